"""Readers of dictionaries/; every table is loaded on first use."""
