"""Models that score how text goes on."""
