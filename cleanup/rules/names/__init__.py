"""The family `names`."""
