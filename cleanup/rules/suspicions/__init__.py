"""The family `suspicions`."""
