"""Rules: rules/<family>/<rule>.py."""
