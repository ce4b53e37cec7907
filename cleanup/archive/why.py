"""Why a page that is known is to be repaired again.

new, unfinished, retry   it was not repaired, or not to the end
changed                  its file has another content
settings, people, profile, data, code   what it was made with is not what it would be made with now
decisions, missing       people said something of it since; its results are gone
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cleanup.archive.decided.news import News
from cleanup.archive.inputs import Input
from cleanup.archive.ledger import Ledger, Row
from cleanup.archive.page import state

JOBS = "jobs"
"""In the ledger: the digests of jobs that pages were made by, with what each is made of."""
REMEMBERED = 50
"""So many jobs (by hand: more have never run over one archive)."""


@dataclass(frozen=True)
class Plan:
    """What to do again."""

    group: str = "auto"
    retry: bool = False
    """Pages that failed as well."""
    changed_only: bool = False
    """Only pages that are new or whose content changed, not those that other settings would give anew."""
    checksum: bool = False
    """Read every page to see whether it changed, and do not trust size and time."""
    settle: float = 0.0
    """Seconds that a file must have lain unchanged (a scanner may still be writing it)."""


def of(ledger: Ledger, known: Row, found: Input, out: Path, settings_sha: str, news: News, plan: Plan) -> str:
    """Why a known page is to be repaired again; empty where it is not."""
    if known.status == "todo":
        return "unfinished"
    if known.status == "gone" and not known.characters:
        return "new"
    if known.status == "failed" and plan.retry:
        return "retry"
    if _changed(known, found, plan.checksum):
        return "changed"
    if plan.changed_only:
        return ""
    if known.settings_sha != settings_sha:
        return _what_differs(ledger, known.settings_sha, settings_sha)
    if known.status == "failed":
        return ""
    if news.concern(known, found.source):
        return "decisions"
    if not all((out / name).exists() for name in (known.clean, known.report, known.journal)):
        return "missing"
    return ""


def _what_differs(ledger: Ledger, before: str, now: str) -> str:
    """What of a job is not as it was: settings, people, profile, data or code."""
    kept: dict[str, dict[str, str]] = ledger.get(JOBS) or {}
    then, here = kept.get(before), kept.get(now)
    if then is None or here is None:
        return "settings"
    differing = [name for name, digest in here.items() if then.get(name) != digest]
    return "settings" if "settings" in differing or not differing else differing[-1]


def remember(ledger: Ledger, digest: str, parts: dict[str, str]) -> None:
    """Keep what the digest of a job was made of, so that a later run can say what differs."""
    kept: dict[str, dict[str, str]] = ledger.get(JOBS) or {}
    kept.pop(digest, None)
    ledger.put(JOBS, dict([*kept.items(), (digest, parts)][-REMEMBERED:]))


def _changed(known: Row, found: Input, checksum: bool) -> bool:
    now = state(found.source)
    if now == (known.size, known.mtime) and not (checksum and known.status == "done"):
        return False
    if known.status == "failed":
        return True
    try:
        with Path(found.source).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() != known.source_sha
    except OSError:
        return True
