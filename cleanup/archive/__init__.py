"""What a folder of many pages needs: survey, repair with what it says of itself, stitching."""
