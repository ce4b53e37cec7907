"""Whole archives: inputs, issues and pages, the ledger, and the worker processes that repair them."""
