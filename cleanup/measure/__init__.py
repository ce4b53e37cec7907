"""Figures on sets of documents with their truth, and what is learnt from such pairs."""
