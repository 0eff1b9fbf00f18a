"""Rows that disagree: one Russian form in two concepts, a wording wanted here, forbidden there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from dragoman.glossary.fold import fold_key, fold_term
from dragoman.glossary.lint.cells import TARGETS, same
from dragoman.glossary.lint.finding import Finding, error, place, warning
from dragoman.glossary.load import Row
from dragoman.glossary.match import wants_letters

_MOST = 3  # rows named of many that say one forbidden wording


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
        for key in {fold_term(text)[0].strip() for text in row.concept.ru}:
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
        if len(sharing) > 1:
            for row, other in _sharing(sharing, asked):
                yield _clash(row, other, column, key)


def _sharing(rows: Sequence[Row], asked: frozenset[str]) -> Iterator[tuple[Row, Row]]:
    """Each row with the first before it, of each status and kind of letters, that it clashes with.

    All pairs would grow with the square of the rows: a merged cell filled down gives one Russian
    form to thousands. Letters tell Того, the country, and того apart.
    """
    firsts: dict[tuple[str, str, bool], Row] = {}
    for row in rows:
        letters, mine = wants_letters(row), row.concept.id in asked
        for (other_letters, _, others), other in firsts.items():
            if (mine or others) and {letters, other_letters} != {"capitals", "small"}:
                yield row, other
        firsts.setdefault((letters, row.concept.status, mine), row)


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
        banned = {same(text, lang) for row in rows for text in row.concept.wording(lang).forbidden}
        said = _sayers(rows, lang, banned, asked) if banned else {}
        for row in rows:
            for text in row.concept.wording(lang).forbidden:
                sayers = [
                    (other, how)
                    for other, how in said.get(same(text, lang), ())
                    if row.concept.id in asked or other.concept.id in asked
                ]
                yield from _contradicted(row, f"{lang}_forbidden", text, sayers)


def _sayers(
    rows: Sequence[Row], lang: str, banned: Collection[str], asked: frozenset[str]
) -> dict[str, list[tuple[Row, str]]]:
    """Who says what others forbid, by its key: `_MOST` of each manner, so that it stays short."""
    said: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    counts: Counter[tuple[str, str, bool]] = Counter()
    for row in rows:
        wording = row.concept.wording(lang)
        manners = [(wording.preferred, "preferred"), (wording.abbreviation, "the abbreviation")]
        for text, how in (*manners, *((text, "admitted") for text in wording.admitted)):
            if text and (key := same(text, lang)) in banned:
                counts[key, how, row.concept.id in asked] += 1
                if counts[key, how, row.concept.id in asked] <= _MOST:
                    said[key].append((row, how))
    return said


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
