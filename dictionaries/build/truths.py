"""What joins.py, verse.py, specks.py, again.py share: pages with their truth, unseen pages, trees written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import LICENCE, write_table
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cleanup import formats
from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.measure import pairing
from cleanup.model.document import Document
from cleanup.plan import family_rules
from cleanup.rules.rule import early_of
from cleanup.score.trees import LEAF

FOLDS = 5


class Page(NamedTuple):
    """A page as the rules meet it."""

    name: str
    truth: str
    document: Document


def early() -> tuple[str, ...]:
    """The rules of layout that run before the rest: what `layout.join` meets is what they leave."""
    return tuple(rule.NAME for rule in family_rules("layout") if early_of(rule))


def pages(folder: Path, early: tuple[str, ...]) -> Iterator[Page]:
    """The pages of a folder (NAME.ocr.txt, NAME.gt.txt) after the rules `early` alone."""
    for trio in pairing.of_set(folder):
        source = from_text(trio.ocr.read_text("utf-8"), "page.txt")
        text = repair_document(source, settings=Settings(only=early)).repaired
        yield Page(trio.name, trio.truth.read_text("utf-8"), formats.parse(text, "text", "page.txt"))


def unseen(
    model: Any, rows: csr_matrix, right: NDArray[Any], page: NDArray[Any], weight: NDArray[Any] | None = None
) -> NDArray[np.float64]:
    """The probability of each row by a model that saw no row of its page."""
    chance = np.zeros(len(right))
    for fold in range(FOLDS):
        test = page % FOLDS == fold
        model.fit(rows[~test], right[~test], None if weight is None else weight[~test])
        chance[test] = model.predict_proba(rows[test])[:, 1]
    return chance


def write_trees(
    out: Path,
    model: Any,
    names: Sequence[str],
    *,
    source: str,
    date: str,
    used_by: str = "layout.join where lines are wrapped",
) -> None:
    """Write the table of a fitted model of boosted trees over numbers of these names."""
    rows = list(node_rows(model, names))
    write_table(
        out,
        ("node", "ask", "bar", "yes", "no"),
        rows,
        source=source,
        licence=LICENCE.replace("counts", "bars and leaves"),
        used_by=used_by,
        date=date,
    )
    print(f"{len(rows)} nodes")


def node_rows(model: Any, names: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """The trees of a fitted model, one row a node: TREE.NODE, ask, bar, yes, no."""
    for at, tree in enumerate(model.booster_.dump_model()["tree_info"]):
        for place, node in enumerate(_nodes(tree["tree_structure"], names)):
            yield f"{at:03}.{place:03}", *node


def _nodes(tree: dict[str, Any], names: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """The nodes of a tree over numbers of these names, root first: ask, bar, yes, no."""
    waiting, size = [tree], 1
    for node in waiting:
        if "leaf_value" in node:
            yield LEAF, f"{node['leaf_value']:.4f}", "", ""
            continue
        waiting += [node["left_child"], node["right_child"]]
        ask, bar = names[node["split_feature"]], f"{node['threshold']:.7g}"
        yield ask, bar, str(size), str(size + 1)
        size += 2
