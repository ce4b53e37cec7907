"""The archive profile under its own room's name; rules know it through cleanup.data.profile."""

from cleanup.data.profile import Profile, load

__all__ = ["Profile", "load"]
