"""Outputs: one file each; a report is rendered from a Result, never computed anew."""
