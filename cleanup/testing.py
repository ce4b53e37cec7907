"""Whether a rule keeps what it says: its cases, its look-alikes, its safety, the data that it names."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import cast

from cleanup import witness
from cleanup.archive.survey.part import merge, survey_file
from cleanup.data import files
from cleanup.data.learned import Learned
from cleanup.data.profile import Profile
from cleanup.data.roster import Person, Roster
from cleanup.engine.readings import beside
from cleanup.engine.repair import NEEDS, Settings, read, repair_document
from cleanup.model.document import Document, EngineReading, RowAt
from cleanup.model.fix import Applicability, Span
from cleanup.model.journal import Policy
from cleanup.model.result import Result
from cleanup.plan import is_own
from cleanup.rules.contract import Case, Tools
from cleanup.rules.rule import Rule
from cleanup.text.once import forget


def check(rule: ModuleType) -> None:
    """Raise AssertionError that says all that is wrong with a rule; `rule` is its module.

    Cases come out as they say; one acts and one look-alike is left alone; what is taken back is as it was; no
    fix promises more than SAFETY; NEEDS names every data file that is read for the cases.
    """
    found = faults(cast(Rule, rule))
    assert not found, "\n".join([f"{rule.__name__}:", *found])


def faults(rule: Rule) -> list[str]:
    """What is wrong with a rule, a line each."""
    acts = [case for case in rule.CASES if case.becomes is not None or case.flags]
    found = [] if acts else ["no case acts"]
    found += [] if len(acts) < len(rule.CASES) else ["no look-alike is left alone"]
    for case in rule.CASES:
        found += [f"{case.text!r}: {fault}" for fault in _case_faults(rule, case)]
    lacking = sorted(reads(rule).difference(getattr(rule, "NEEDS", ()), NEEDS))
    return found + [f"NEEDS lacks {name}" for name in lacking]


def _case_faults(rule: Rule, case: Case) -> list[str]:
    result = run(rule, case)
    wanted = case.text if case.becomes is None else case.becomes
    found = [] if result.repaired == wanted else [f"becomes {result.repaired!r}, not {wanted!r}"]
    if bool(result.journal.flags) != case.flags:
        found.append("is not flagged" if case.flags else "is flagged")
    if result.undo() != case.text:
        found.append("does not come back")
    for record in result.journal.records:
        if Applicability[record.applicability.upper()] > rule.SAFETY:
            found.append(f"a fix claims {record.applicability}, SAFETY is {rule.SAFETY.label}")
    return found


def run(rule: Rule, case: Case) -> Result:
    """A case repaired by its rule alone, with all that it sets."""
    settings = Settings(
        Policy(min(rule.SAFETY, Applicability.LIKELY), 0.0),
        only=(rule.NAME,),
        headlines=case.headlines,
        learned=Learned(case.own),
        to=case.to,
        rules=(rule.__name__,) if is_own(rule) else (),
    )
    document = _document(case)
    return repair_document(document, _roster(case), settings, _archive(case, document))


def reads(rule: Rule) -> set[str]:
    """The data files that a rule reads for its cases; what was read before is read anew."""
    found: set[str] = set()
    for case in rule.CASES:
        document = _document(case)
        archive = _archive(case, document)
        tools = Tools(
            _roster(case),
            headlines=case.headlines,
            learned=Learned(case.own),
            to=case.to,
            profile=archive.apart_from(document) if archive else None,
        )
        forget()
        with files.noting(found):
            for _ in rule.find(document, tools):
                pass
    return found


def _document(case: Case) -> Document:
    """The text of a case, with the rows that it lies in, where it says so."""
    document = read(case.text.encode(), "case.txt")
    lines = [line for line in document.lines if line.kind != "blank"]
    rows = [
        RowAt(line.span.start, line.span.end, kind, 0.9, doubtful=kind == "doubtful")
        for line, kind in zip(lines, case.rows, strict=False)
    ]
    document = replace(document, rows=tuple(rows))
    if case.sure is not None:
        said = (EngineReading(Span(at, at + 1), case.sure) for at in range(len(document.text)))
        document = replace(document, engine=tuple(said))
    if case.page:
        return witness.beside(document, [witness.recorded(case.page, case.unsure)])
    return beside(document, [read(case.other.encode(), "other.txt")]) if case.other else document


def _roster(case: Case) -> Roster:
    terms = case.terms or (("", ""),) * len(case.roster)
    rows = zip(case.roster, terms, strict=True)
    return Roster(tuple(Person(*who, start=since, end=until) for who, (since, until) in rows))


def _archive(case: Case, document: Document) -> Profile | None:
    """The profile of a case's archive, which holds the document too."""
    others = (read(text.encode(), "case.txt") for text in case.elsewhere)
    return merge(map(survey_file, (document, *others))) if case.elsewhere else None
