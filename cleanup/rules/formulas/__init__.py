"""The family `formulas`."""
