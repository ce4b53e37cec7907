"""The family `encoding`."""
