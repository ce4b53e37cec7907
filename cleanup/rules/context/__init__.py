"""Rules that weigh the whole context."""
