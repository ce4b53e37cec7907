"""The family `spaces`."""
