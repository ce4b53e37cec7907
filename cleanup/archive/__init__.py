"""Whole archives: inputs, issues and pages; what they say of themselves; the ledger, and who repairs them."""
