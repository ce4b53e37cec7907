"""The models that rules ask, opened once a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from cleanup.data import characters, files, names
from cleanup.data.profile import Elsewhere, Profile
from cleanup.score import again, channel, drift_cues, formulas, judge, kenlm, naming, ngram, pieces, unfitting
from cleanup.score import witnessed as reading
from cleanup.score.beside import Beside
from cleanup.score.choice import Choice
from cleanup.score.corrector import Corrector
from cleanup.score.logistic import Logistic
from cleanup.score.noise import Specks
from cleanup.score.pairs import BrokenModel, Pairs
from cleanup.score.regression import Weights, weights
from cleanup.score.trees import BrokenTrees, Trees
from cleanup.text.cache import Kept
from cleanup.text.cues import Cues
from cleanup.text.once import in_turn, once

_Model = TypeVar("_Model")
_SHIPPED = ("models/runs.bin", "models/eras.bin")
JUDGES = ("models/judge.tsv", "models/eras.judge.tsv")
"""Of the language models shipped: of news and papers, and of other eras and genres."""
BESIDE = ("models/runs-beside.bin", "models/eras-beside.bin")
UNFITTING = "models/unfitting.tsv"
AGAIN = ("models/runs-again.tsv", "models/eras-again.tsv")
_kept = Kept("trees", "3", 20)
_FILE_COUNTS = 8
"""A file of the archive in hand counts for so many other texts, by hand: it says what is said there."""
_FEWEST_FILES, _SHORTEST_PHRASE = 6, 8
"""Files of an archive that must have a phrase, and its characters, so that it is one of the archive's
formulas."""


def language(file: str = "") -> ngram.Ngrams:
    """The language model shipped, or the user's own of `ocrfix train lm` or KenLM; raises DataError."""
    return _own(files.stand(file)) if file else shipped(0)


@once
def shipped(number: int) -> ngram.Ngrams:
    """One of the language models that came with the tool: of news and papers, of other eras and genres."""
    return _opened(ngram.Ngrams, _SHIPPED[number])


@in_turn
@lru_cache(maxsize=2)
def _own(file: files.Stand) -> ngram.Ngrams:
    place = file.place
    try:
        return kenlm.Kenlm(place, language()) if kenlm.is_kenlm(place) else ngram.Ngrams(place)
    except OSError as error:
        raise files.DataError(
            f"语言模型 {place} 无法读取：{error.strerror}；请检查 --model 的路径。",
            f"The language model {place} cannot be read: {error.strerror}; check the path given to --model.",
        ) from None
    except ngram.BrokenModel as error:
        raise files.DataError(
            f"语言模型 {place} 不能用：须由 ocrfix train lm 所写，或是 KenLM 文件（需装 kenlm）。",
            f"The language model {place} cannot be used: {error}",
        ) from None


@once
def pairs() -> Pairs:
    """Counts of neighbouring characters."""
    return _opened(Pairs, "models/pairs.bin")


@once
def neighbours(name: str) -> Beside:
    """Which characters stand beside which, by a language model shipped."""
    return _opened(Beside, name)


def own_neighbours(model: str) -> Beside:
    """The same by a user's own model, where such a table lies beside it; else that of news."""
    place = Path(model).with_name(f"{Path(model).stem}-beside.bin") if model else None
    return _beside(files.stand(place)) if place and place.is_file() else neighbours(BESIDE[0])


@in_turn
@lru_cache(maxsize=2)
def _beside(file: files.Stand) -> Beside:
    return Beside(file.place)


@once
def misreadings() -> channel.Channel:
    """How likely a character is read as another."""
    drawn = _opened(channel.Glyphs, "models/drawn.bin")
    reread = _opened(channel.Reread, "models/reread.bin")
    return channel.Channel(drawn, reread, characters.misread())


def _opened(kind: Callable[[Path], _Model], name: str) -> _Model:
    try:
        return kind(files.path(name))
    except (ngram.BrokenModel, channel.BrokenChannel, BrokenModel) as error:
        raise files.DataError(error.message.zh, error.message.en) from None


def _trees(name: str, columns: Sequence[str]) -> dict[str, Trees]:
    """The trees of a table shipped, by kind; raises DataError."""

    def made() -> tuple[tuple[str, Any], ...]:
        return tuple((kind, each.parts) for kind, each in again.load(files.rows(name, 5), columns).items())

    with _whole(name):
        kept = _kept.of((name, files.digest(name), *columns), made)
        return {kind: Trees.of(parts) for kind, parts in kept}


@once
def joins() -> Trees:
    """How likely wrapped lines go on."""
    return _trees("models/joins.tsv", Cues._fields)[""]


@once
def verse() -> Trees:
    """How likely the lines around a break are verse."""
    return _trees("models/verse.tsv", Cues._fields)[""]


@once
def drift_trees() -> Trees:
    """How likely a formula was printed where a text differs from it."""
    return _trees("models/drift.tsv", drift_cues.Cues._fields)[""]


@once
def said() -> formulas.Formulas:
    """What is always said the same way, as shipped."""
    return _said(files.stand(str(files.path("models/formulas.bin"))))


@in_turn
@lru_cache(maxsize=4)
def _said(file: files.Stand) -> formulas.Formulas:
    try:
        return pieces.load(file.place)
    except pieces.BrokenFormulas as error:
        raise files.DataError(error.message.zh, error.message.en) from None
    except OSError as error:
        raise files.DataError(
            f"套语文件 {file.place} 无法读取：{error.strerror}；请检查它。",
            f"The formulas {file.place} cannot be read: {error.strerror}; check the file.",
        ) from None


def every_formula(own: str, elsewhere: Elsewhere | None) -> list[formulas.Formulas]:
    """The formulas shipped, the user's own, and those of the archive in hand."""
    archive = archive_formulas(elsewhere.profile) if elsewhere else []
    return [said(), *own_formulas(own), *archive]


def own_formulas(file: str) -> list[formulas.Formulas]:
    """The user's own formulas of `ocrfix train formulas`, where there are any."""
    return [_said(files.stand(file))] if file else []


@in_turn
@lru_cache(maxsize=2)
def archive_formulas(profile: Profile) -> list[formulas.Formulas]:
    """What stands between marks in many files of an archive."""
    phrases = {
        phrase: _FILE_COUNTS * count
        for phrase, count in profile.tables.get("phrases", {}).items()
        if count >= _FEWEST_FILES and len(phrase) >= _SHORTEST_PHRASE
    }
    return [pieces.of_phrases("archive", phrases)] if phrases else []


@once
def specks() -> Logistic:
    """How likely nothing in a line can be read."""
    with _whole("models/specks.tsv"):
        return Logistic({feature: float(weight) for feature, weight in files.rows("models/specks.tsv", 2)})


def choice(learned: tuple[tuple[str, str, float], ...], model: str = "") -> Choice:
    """What reads a text by the models shipped that fit it, or by the user's own language model, if any."""
    if model:
        return Choice((language(model),), lambda _: corrector(learned, model))
    return Choice((shipped(0), shipped(1)), lambda at: reader(at, learned))


def reader(number: int, learned: tuple[tuple[str, str, float], ...] = ()) -> Corrector:
    """What reads by one of the language models shipped."""
    near = neighbours(BESIDE[number])
    return _corrector(learned, shipped(number), near, JUDGES[number], again_by(number))


def corrector(learned: tuple[tuple[str, str, float], ...], model: str = "") -> Corrector:
    """Language model (the user's own, if any), channel and judge, with what was learned of misreadings."""
    own = own_judge(model)
    judged = files.stand(own) if own else JUDGES[0]
    return _corrector(learned, language(model), own_neighbours(model), judged, None if model else again_by(0))


@in_turn
@lru_cache(maxsize=2)
def _corrector(
    learned: tuple[tuple[str, str, float], ...],
    runs: ngram.Ngrams,
    near: Beside,
    judged: files.Stand | str,
    second: again.Again | None,
) -> Corrector:
    return Corrector(runs, near, misreadings().and_also(learned), judge_of(judged), second)


@once
def again_by(number: int) -> again.Again:
    """What looks again at what a language model shipped proposes: the other one, and trees."""
    doubted = _trees(UNFITTING, unfitting.NAMES)[""]
    return again.Again(shipped(1 - number), _trees(AGAIN[number], again.NAMES), doubted)


def judge_of(file: files.Stand | str) -> judge.Judge:
    """The judge in a file of the user's, or in one shipped."""
    if isinstance(file, str):
        with _whole(file):
            return judge.load(files.rows(file, 4))
    own = file.place
    try:
        return judge.load(files.rows_of(own, 4))
    except (KeyError, IndexError, ValueError) as error:
        raise files.DataError(
            f"{own} 不完整；请用 ocrfix train judge --model 重新拟合，或把它移走。",
            f"{own} is damaged ({error}); fit it again with ocrfix train judge --model, or move it away.",
        ) from None


def own_judge(model: str) -> Path | None:
    """The judge of `ocrfix train judge --model` for the user's own model, where one lies beside it."""
    place = beside(model)
    return place if model and place.is_file() else None


def beside(model: str | Path) -> Path:
    """Where the judge of a language model of the user's lies."""
    return Path(f"{model}.judge.tsv")


def digests(model: str) -> dict[str, str]:
    """SHA-256 of the user's own language model and its judge, by what they are; empty without."""
    named = {"language model": Path(model), "judge": own_judge(model)} if model else {}
    return {
        f"{what}: {place.name}": files.digest_of(files.stand(place)) for what, place in named.items() if place
    }


def noise(model: str = "") -> Specks:
    """What finds runs of noise, by the language models shipped or the user's own."""
    return _noise((language(model),) if model else (shipped(0), shipped(1)))


@in_turn
@lru_cache(maxsize=2)
def _noise(models: tuple[ngram.Ngrams, ...]) -> Specks:
    return Specks(models, characters.noise())


@once
def roster_names() -> naming.Naming:
    """Whether a name shown is a misread one of the roster."""
    with _whole("models/naming.tsv"):
        weights = {name: float(weight) for name, weight in files.rows("models/naming.tsv", 2)}
        return naming.Naming(weights, misreadings(), language(), names)


@once
def witnessed() -> Weights:
    """How likely a witness is right that read a picture otherwise."""
    with _whole("models/witness.tsv"):
        cells = {term.partition(": ")[2]: row for term, *row in files.rows("models/witness.tsv", 4)}
        return weights(cells, reading.NAMES, reading.CURVED)


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """A table that lacks something is told by its name."""
    try:
        yield
    except (BrokenTrees, KeyError, IndexError, ValueError) as error:
        raise files.DataError(
            f"{name} 不完整；请恢复它或重新安装 ocrfix。",
            f"{name} is damaged ({error}); restore it or reinstall ocrfix.",
        ) from None
