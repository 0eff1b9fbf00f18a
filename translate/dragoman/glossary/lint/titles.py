"""Offices against their institutions: a title must name the organisation as the base does.

Two ways to tell: the title holds the organisation's full name (начальник Государственной
Миграционной Службы), or it is the minister of a ministry (министр юстиции, Министерство юстиции).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.glossary.base import Glossary
from dragoman.glossary.fold import fold, fold_key
from dragoman.glossary.lint.cells import TARGETS
from dragoman.glossary.lint.finding import Finding, place, warning
from dragoman.glossary.load import Row
from dragoman.glossary.match import Candidate, resolve
from dragoman.glossary.said import holds
from dragoman.glossary.wanted import wanted
from dragoman.languages import az

_CONTAINED = ("organisation",)
_CONTAINERS = ("title", "event", "document", "organisation")


def check_titles(base: Glossary) -> Iterator[Finding]:
    """Titles (and events, documents, sub-organisations) that name an organisation otherwise."""
    rows = {row.concept.id: row for row in base.rows}
    for row in base.rows:
        if row.concept.type in _CONTAINERS and row.concept.status != "deprecated":
            yield from _contained(base, rows, row)
    yield from _ministers(base)


def _contained(base: Glossary, rows: dict[str, Row], row: Row) -> Iterator[Finding]:
    for number, text in enumerate(row.concept.ru):
        for inner in _inner(base, row, text):
            for lang in TARGETS:
                said = row.concept.wording(lang).preferred
                term = wanted(inner.hit, lang)
                if number == 0 and not holds(term, said, lang):
                    other = rows[inner.hit.concept.id]
                    yield warning(
                        row, lang, "inconsistent",
                        f"“{said}” does not say «{inner.hit.surface}» as {other.concept.id} "
                        f"does: “{term.lemma}” ({place(other)})",
                    )  # fmt: skip


def _inner(base: Glossary, row: Row, text: str) -> list[Candidate]:
    """The longest official names that stand inside the phrase and are not all of it.

    One that goes on with «и» is another name (Организация экономического сотрудничества и
    развития).
    """
    pool = [
        c
        for c in base.index.candidates(text, fold(text))
        if c.hit.concept.type in _CONTAINED
        and c.hit.concept.id != row.concept.id
        and c.stop - c.start < len(text)
        and any(letter.isupper() for letter in c.hit.concept.ru[0])
        and not text[c.stop :].startswith(" и ")
    ]
    return resolve(pool)[0]


def _ministers(base: Glossary) -> Iterator[Finding]:
    ministries: dict[str, Row] = {}
    for row in base.rows:
        for text in row.concept.ru if row.concept.type == "organisation" else ():
            found = re.fullmatch(r"министерство (.+)", fold_key(text))
            if found:
                ministries[found[1]] = row
    for row in base.rows:
        found = re.fullmatch(r"министр (.+)", fold_key(row.concept.ru[0]))
        if row.concept.type != "title" or not found:
            continue
        ministry = ministries.get(found[1])
        if ministry is None:
            continue
        for lang in TARGETS:
            field = _field(row.concept.wording(lang).preferred, lang)
            wording = ministry.concept.wording(lang)
            fields = {_field(text, lang) for text in (wording.preferred, *wording.admitted)}
            if field not in fields:
                yield warning(
                    row, lang, "inconsistent",
                    f"“{row.concept.wording(lang).preferred}” and “{wording.preferred}” of "
                    f"{ministry.concept.id} ({place(ministry)}) name the field differently",
                )  # fmt: skip


def _field(wording: str, lang: str) -> str:
    """What a ministry or minister is in charge of, bare of the office."""
    if lang == "en":
        text = re.sub(r"^(minister|ministry) (of|for) (the )?", "", wording.casefold())
        return re.sub(r"\b(the|and|&)\b", " ", text).replace(",", " ").strip().replace("  ", " ")
    text = az.lower(wording)
    return re.sub(r" (naziri|nazirliyi)$", "", text)
