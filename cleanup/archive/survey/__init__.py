"""Phase one of a run: what an archive says of itself, file by file, and the profile made of it."""
