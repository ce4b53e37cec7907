"""The family `repeats`."""
