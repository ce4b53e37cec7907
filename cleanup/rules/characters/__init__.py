"""The family `characters`."""
