"""The family `phrases`."""
