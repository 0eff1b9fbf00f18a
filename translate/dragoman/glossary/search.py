"""Look a concept up by any form of any of its wordings, in any of the three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.errors import GlossaryError
from dragoman.glossary import romanise
from dragoman.glossary.base import Glossary
from dragoman.glossary.expand import Forms, expand_all
from dragoman.glossary.fold import fold, fold_key
from dragoman.glossary.lexicon import COLUMNS, REQUIRED
from dragoman.glossary.load import Record, Row, read_table
from dragoman.glossary.spelling import feminine
from dragoman.languages import az, guess_kind, recognise, ru_names
from dragoman.records import Concept

TARGETS = ("en", "az")
How = Literal["is", "holds", "part"]
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_ORDER = ("is", "holds", "part")


@dataclass(frozen=True, slots=True)
class Found:
    """A row and why it was found: the text `is` a form of it, `holds` one, is a `part` of one.

    `dropped` says why a release with this text would not take the term: another one covers it.
    """

    row: Row
    lang: str
    surface: str
    how: How
    dropped: str = ""


def find_concepts(base: Glossary, text: str) -> tuple[Found, ...]:
    """The concepts that `text` names, the closest first; each once.

    `text` may stand in any case, number and letter case, hold several terms, or be a part of a
    term's base form (at least three letters). Deprecated concepts are found too.
    """
    wanted = " ".join(text.split())
    found: dict[str, Found] = {}
    for hit in sorted(_all(base, wanted), key=_closeness):
        found.setdefault(hit.row.concept.id, hit)
    return tuple(found.values())


def known_forms(base: Glossary, texts: Iterable[str]) -> tuple[tuple[str, Row], ...]:
    """Those of the Russian `texts` that are, in whatever form, terms of the base, with the row."""
    rows = {row.concept.id: row for row in base.rows}
    found = []
    for text in (t.strip() for t in texts if t.strip()):
        whole = (
            c
            for c in base.index.candidates(text, fold(text))
            if (c.start, c.stop) == (0, len(text))
        )
        found += [(text, rows[c.hit.concept.id]) for c in whole][:1]
    return tuple(found)


def _all(base: Glossary, text: str) -> Iterator[Found]:
    rows = {row.concept.id: row for row in base.rows}
    for candidate in base.explain(text):
        if candidate.hit.concept.id:
            surface = candidate.hit.surface
            how = _how(surface, text)
            yield Found(rows[candidate.hit.concept.id], "ru", surface, how, candidate.reason)
    for word in fold(text).text.split():
        for concept, form in base.index.surnames.get(word, ()):
            yield Found(rows[concept.id], "ru", form.exact, "part")
    for row, forms in expand_all(base.rows, base.cache):
        for lang in TARGETS:
            yield from _in_target(row, text, lang)
        yield from _parts(row, forms, text)


def _closeness(found: Found) -> tuple[int, int, bool]:
    """What sorts the closest first: of what `text` is a part, people before all that bears their
    name (Aliyev, and then the foundation)."""
    place = _ORDER.index(found.how)
    of_more = found.how == "part" and found.row.concept.type != "person"
    return place, -len(found.surface), of_more


def _how(surface: str, text: str) -> How:
    return "is" if len(surface) == len(text) else "holds"


def _in_target(row: Row, text: str, lang: str) -> Iterator[Found]:
    wording = row.concept.wording(lang)
    lowered = _lower(text, lang)
    phrases = (wording.preferred, *wording.admitted, *wording.forbidden, wording.abbreviation)
    for phrase in phrases:
        # Endings change the end of a phrase only; a look at its first letters saves inflecting it.
        if not phrase or _lower(phrase, lang)[: min(3, len(phrase) - 1)] not in lowered:
            continue
        kind = guess_kind(phrase, lang, row.concept.type)
        for span in recognise(text, phrase, lang, kind):
            yield Found(row, lang, span.surface, _how(span.surface, text))
        if _lower(phrase, lang) == lowered:  # in small letters it is no name, but it is meant
            yield Found(row, lang, text, "is")
    if row.concept.type == "person" and any(
        _by_surname(text, phrase, lang) for phrase in (wording.preferred, *wording.admitted)
    ):
        yield Found(row, lang, text, "part")


def _by_surname(text: str, full: str, lang: str) -> bool:
    """Whether `text` is a form of the surname in `full`, alone or after a given name's beginning:
    Hüseynovun, V. Huseynov."""
    given, _, family = full.rpartition(" ")
    *lead, last = text.split()
    if not given or _lower(last, lang)[:2] != _lower(family, lang)[:2]:
        return False
    if any(len(word) > 1 and "." not in word for word in lead):
        return False  # another full name
    pairs = zip(lead, given.split(), strict=False)
    if any(_lower(initial, lang)[0] != _lower(name, lang)[0] for initial, name in pairs):
        return False
    name = _capital(last, lang)
    return any(span.surface == name for span in recognise(name, family, lang, "name"))


def _capital(word: str, lang: str) -> str:
    """`word` as a name is written: Huseynov for huseynov and HUSEYNOV."""
    rest = _lower(word[1:], lang) if word.isupper() else word[1:]
    if lang == "az" and word[:1] == "i":
        return "İ" + rest
    return word[:1].upper() + rest


def _parts(row: Row, forms: Forms, text: str) -> Iterator[Found]:
    """The row, where `text` is a part of a Russian form or of an English or Azerbaijani wording."""
    if len(text) < 3:
        return
    concept = row.concept
    # Latin letters are no Russian: Pope is not in «прокуроре».
    folded = fold_key(text) if _CYRILLIC.search(text) else text.lower()
    if any(folded in form.folded for form in forms if form.kind != "surname"):
        yield Found(row, "ru", text, "part")
    for lang in TARGETS:
        wording = concept.wording(lang)
        if any(
            _lower(text, lang) in _lower(p, lang) for p in (wording.preferred, *wording.admitted)
        ):
            yield Found(row, lang, text, "part")


def _lower(text: str, lang: str) -> str:
    return az.lower(text) if lang == "az" else text.casefold()


@dataclass(frozen=True, slots=True)
class FoundName:
    """A row of the name lexicon."""

    kind: str
    ru: tuple[str, ...]
    en: str
    az: str
    path: str
    line: int


def find_names(folder: Path, text: str) -> tuple[FoundName, ...]:
    """The rows of ``folder/*.csv`` (the name lexicon) that a word of `text` is a form of."""
    words = [word.strip('.,;:()«»"') for word in text.split()]
    wanted = {word for word in words if len(word) > 1}
    bases = {base for word in wanted for base in _nominatives(word)}
    faults: list[GlossaryError] = []
    records = (
        record
        for path in sorted(folder.glob("*.csv"))
        for record in read_table(path, COLUMNS, REQUIRED, faults)
    )
    return tuple(_name(record) for record in records if _is_name(record, wanted, bases))


def _nominatives(word: str) -> Iterator[str]:
    folded = fold(word).exact
    capital = folded[:1].upper() + folded[1:]
    for nominative in ru_names.possible_nominatives(capital):
        yield nominative
        if nominative.endswith(("ова", "ева", "ина", "ына")):
            yield nominative[:-1]


def _is_name(record: Record, wanted: set[str], bases: set[str]) -> bool:
    if any(fold(ru).exact in bases for ru in record.several("ru")):
        return True
    return any(
        recognise(_capital(word, lang), name, lang, "name")
        for lang in TARGETS
        for name in _spellings(record, lang)
        for word in wanted
        if _lower(word[:2], lang) == _lower(name[:2], lang)
    )


def _spellings(record: Record, lang: str) -> tuple[str, ...]:
    """A name as it is written, in English also as others write it; of a surname a woman's too."""
    name = record.cells[lang]
    names = (name, *romanise.variants(name, record.cells["az"])) if lang == "en" else (name,)
    if record.cells["kind"] == "surname":
        names += tuple(feminine(each) for each in names)
    return tuple(dict.fromkeys(names))


def _name(record: Record) -> FoundName:
    cells = record.cells
    ru = record.several("ru")
    return FoundName(cells["kind"], ru, cells["en"], cells["az"], str(record.path), record.line)


def describe(concept: Concept) -> Iterator[str]:
    """A concept for a terminal, a language a line."""
    ru = " | ".join((*concept.ru, *concept.ru_abbreviations))
    yield f"{concept.id} ({concept.type}, {concept.status})"
    yield f"  ru {ru}"
    for lang in TARGETS:
        wording = concept.wording(lang)
        parts = [wording.preferred]
        parts += [f"({wording.abbreviation})"] if wording.abbreviation else []
        parts += [f"also {', '.join(wording.admitted)}"] if wording.admitted else []
        parts += [f"never {', '.join(wording.forbidden)}"] if wording.forbidden else []
        yield f"  {lang} {' · '.join(parts)}"
    if concept.note:
        yield f"  note {concept.note}"
