"""`python -m cleanup` is `ocrfix`."""

from cleanup.cli import main

main()
