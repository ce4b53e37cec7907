"""The ledger OUT/ocrfix.db, and all that is asked of it: no other room of the archive speaks SQL to it."""

from cleanup.archive.ledger.core import NAME, BrokenLedger, Ledger, Row

__all__ = ["NAME", "BrokenLedger", "Ledger", "Row"]
