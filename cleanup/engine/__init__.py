"""find -> settle -> apply -> record, to a bounded fixed point."""

from cleanup.engine.run import run

__all__ = ["run"]
