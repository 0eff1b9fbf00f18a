"""Rows that disagree: one Russian form in two concepts, a wording wanted here, forbidden there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from dragoman.glossary.fold import fold_key
from dragoman.glossary.lint.cells import TARGETS, same
from dragoman.glossary.lint.finding import Finding, error, place, warning
from dragoman.glossary.load import Row
from dragoman.glossary.match import wants_letters


def check_clashes(rows: Iterable[Row], only: Collection[str] | None = None) -> Iterator[Finding]:
    """Findings that take two rows; with `only`, those that involve a concept with such an id.

    Deprecated rows are never found in text and clash with none.
    """
    live = [row for row in rows if row.concept.status != "deprecated"]
    asked = frozenset(row.concept.id for row in live) if only is None else frozenset(only)
    yield from _same_russian(live, asked)
    yield from _same_abbreviation(live, asked)
    yield from _forbidden_elsewhere(live, asked)


def _same_russian(rows: Sequence[Row], asked: frozenset[str]) -> Iterator[Finding]:
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in {fold_key(text) for text in row.concept.ru}:
            holders[key].append(row)
    yield from _shared(holders, "ru", asked)


def _same_abbreviation(rows: Sequence[Row], asked: frozenset[str]) -> Iterator[Finding]:
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for text in set(row.concept.ru_abbreviations):
            holders[text].append(row)
    yield from _shared(holders, "ru_abbr", asked)


def _shared(holders: dict[str, list[Row]], column: str, asked: frozenset[str]) -> Iterator[Finding]:
    for key, sharing in holders.items():
        for i, row in enumerate(sharing):
            for other in sharing[:i]:
                involved = row.concept.id in asked or other.concept.id in asked
                if involved and not _apart(row, other):
                    yield _clash(row, other, column, key)


def _apart(row: Row, other: Row) -> bool:
    """Whether letters tell the two rows apart in a text: Того, the country, and того."""
    return {wants_letters(row), wants_letters(other)} == {"capitals", "small"}


def _clash(row: Row, other: Row, column: str, key: str) -> Finding:
    texts = row.concept.ru if column == "ru" else row.concept.ru_abbreviations
    shown = next((text for text in texts if fold_key(text) == key or text == key), key)
    differing = [
        f"{lang} “{_wording(row, lang)}” and “{_wording(other, lang)}”"
        for lang in TARGETS
        if same(_wording(row, lang), lang) != same(_wording(other, lang), lang)
    ]
    where = f"«{shown}» is also {other.concept.id} ({place(other)})"
    ranked = row.concept.status != other.concept.status  # the approved one wins, always
    make = warning if ranked else error
    if differing:
        return make(row, column, "conflict", f"{where}, said otherwise: {'; '.join(differing)}")
    return make(row, column, "duplicate", f"{where}, with the same wordings; keep one row")


def _wording(row: Row, lang: str) -> str:
    return row.concept.wording(lang).preferred


def _forbidden_elsewhere(rows: Sequence[Row], asked: frozenset[str]) -> Iterator[Finding]:
    for lang in TARGETS:
        said: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        for row in rows:
            wording = row.concept.wording(lang)
            said[same(wording.preferred, lang)].append((row, "preferred"))
            for text in wording.admitted:
                said[same(text, lang)].append((row, "admitted"))
            if wording.abbreviation:
                said[same(wording.abbreviation, lang)].append((row, "the abbreviation"))
        for row in rows:
            for text in row.concept.wording(lang).forbidden:
                sayers = [
                    (other, how)
                    for other, how in said.get(same(text, lang), ())
                    if row.concept.id in asked or other.concept.id in asked
                ]
                yield from _contradicted(row, f"{lang}_forbidden", text, sayers)


def _contradicted(
    row: Row, column: str, text: str, sayers: Iterable[tuple[Row, str]]
) -> Iterator[Finding]:
    for other, how in sayers:
        if other is row:
            continue  # told as `forbidden`
        # An abbreviation or a word may rightly mean one thing and not another (IMO, Turkey).
        make = error if how == "preferred" and " " in text else warning
        yield make(
            row, column, "conflict",
            f"“{text}” is forbidden here and {how} in {other.concept.id} ({place(other)})",
        )  # fmt: skip
