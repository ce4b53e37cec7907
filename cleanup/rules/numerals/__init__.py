"""The family `numerals`."""
