"""Pure string tools: scripts, lines, paragraphs, numbers."""
