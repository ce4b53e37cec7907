"""--help in both languages: every sentence has its Chinese, and the table has no other."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
import typer
from conftest import Run

from bench.reference.commands import options
from cleanup.cli.chinese import TABLE, chinese, table
from cleanup.cli.tree import tree


def _said(app: typer.Typer) -> Iterator[str]:
    """Every paragraph that a command tree says of itself."""
    texts = [app.info.help, app.registered_callback.epilog, app.registered_callback.callback.__doc__]
    commands = list(app.registered_commands)
    for group in app.registered_groups:
        texts.append(group.typer_instance.info.help)
        commands += group.typer_instance.registered_commands
    texts += [each.callback.__doc__ for each in commands]
    callbacks = [app.registered_callback.callback, *(each.callback for each in commands)]
    texts += [option.help for callback in callbacks for option in options(callback)]
    for text in texts:
        if isinstance(text, str):
            yield from (" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n"))


def test_every_sentence_has_its_chinese() -> None:
    said = set(_said(tree("")))
    known = table()
    assert not sorted(said - set(known)), f"{TABLE.name} lacks these"
    assert not sorted(set(known) - said), f"{TABLE.name} has these in vain"
    rows = TABLE.read_text("utf-8").splitlines()
    assert len(rows) == len(known)


def test_the_chinese_tree_is_the_same_but_for_its_words() -> None:
    english, other = tree(""), tree("", "zh")
    assert [each.name for each in english.registered_commands] == [
        each.name for each in other.registered_commands
    ]
    for one, two in zip(english.registered_commands, other.registered_commands, strict=True):
        for first, second in zip(options(one.callback), options(two.callback), strict=True):
            assert (first.names, first.choices, first.default) == (
                second.names,
                second.choices,
                second.default,
            )
            assert second.help == chinese(first.help)


@pytest.mark.parametrize("words", [(), ("batch",), ("train", "lm")])
def test_help_is_in_the_reader_s_language(ocrfix: Run, words: tuple[str, ...]) -> None:
    zh = ocrfix(*words, "--help", LC_ALL="zh_CN.UTF-8")
    en = ocrfix(*words, "--help")
    assert zh.returncode == en.returncode == 0
    assert any("一" <= char <= "鿿" for char in zh.stdout.decode())
    assert not any("一" <= char <= "鿿" for char in en.stdout.decode())
