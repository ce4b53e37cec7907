"""Figures on sets of documents with their truth."""
