"""What a rule may ask, in parts by what it needs; all data is loaded when first asked for."""
