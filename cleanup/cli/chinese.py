"""What --help says in Chinese.

The English stands at each command and option; beside this file lies a table, English → Chinese, a paragraph a
row, which a test holds to them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from functools import cache, wraps
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

TABLE = Path(__file__).with_name("help.zh.tsv")


@cache
def table() -> dict[str, str]:
    """English → Chinese."""
    rows = (row.split("\t") for row in TABLE.read_text("utf-8").splitlines())
    return {english: chinese for english, chinese in rows}


def chinese(text: str) -> str:
    """The help text in Chinese, paragraph by paragraph; what the table lacks stays English."""
    parts = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(table().get(" ".join(part.split()), part) for part in parts)


def speaking(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same command, whose options say in Chinese what they are."""
    given = getattr(command, "__signature__", None)
    shown = (given or inspect.signature(command)).parameters.values()
    hints = (
        {each.name: each.annotation for each in shown}
        if given
        else get_type_hints(command, include_extras=True)
    )

    @wraps(command)
    def saying(**options: object) -> object:
        return command(**options)

    parameters = [each.replace(annotation=_said(hints[each.name]), kind=each.KEYWORD_ONLY) for each in shown]
    saying.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    saying.__annotations__ = {each.name: each.annotation for each in parameters}
    saying.__doc__ = chinese(command.__doc__ or "")
    return saying


def _said(annotation: Any) -> Any:
    """An annotation `Annotated[type, option]` with the option's help in Chinese."""
    if not hasattr(annotation, "__metadata__"):
        return annotation
    kind, *notes = get_args(annotation)
    told = []
    for note in notes:
        one = copy(note)
        one.help = chinese(note.help or "")
        told.append(one)
    return get_origin(annotation)[(kind, *told)]
