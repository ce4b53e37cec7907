"""Frozen core types; standard library only."""
