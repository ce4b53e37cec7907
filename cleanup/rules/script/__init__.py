"""The script of the text, changed where that is asked for."""
