"""How good repairs are, and what they learn from pairs of OCR text and truth."""
