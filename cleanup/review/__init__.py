"""Review: a local page over results that shows them and takes decisions; it never edits text itself."""
