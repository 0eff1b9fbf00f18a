"""Russian and translation side by side, on one page for an editor to read or print.

No scripts and nothing from outside: the page can be mailed. Colour only repeats what a word says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Literal

from dragoman.inspection import CatalogPlace, Inspected, State
from dragoman.publish.prepare import Sentence
from dragoman.records import Document

_LANGUAGES = {"en": "English", "az": "Azerbaijani"}
_STATES: dict[State | Literal["absent"], str] = {
    "approved": "approved",
    "draft": "machine draft",
    "changed": "the Russian changed",
    "failed": "not translated",
    "absent": "not in the catalog",
}
# Notes of the catalog that the page shows as they are; terms and issues it tells itself.
_NOTES = ("changed:", "failed:", "note:")


def render_bilingual(document: Document, place: CatalogPlace, sentences: Sequence[Sentence]) -> str:
    """A standalone HTML page: a row a sentence, with its state, terms and findings."""
    name = escape(document.release.name)
    language = _LANGUAGES[place.lang]
    rows = []
    for _, group in groupby(sentences, lambda s: s.segment.paragraph):
        cells = "\n".join(_row(sentence, place.lang) for sentence in group)
        rows.append(f'<section class="paragraph">\n{cells}\n</section>')
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}: Russian and {language}</title>\n"
        f"<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"{_head(name, language, place, sentences)}\n"
        f"<main>\n{_columns(language)}\n" + "\n".join(rows) + "\n</main>\n</body>\n</html>\n"
    )


def _head(name: str, language: str, place: CatalogPlace, sentences: Sequence[Sentence]) -> str:
    counts = Counter(sentence.state for sentence in sentences)
    entries = [sentence.entry for sentence in sentences if sentence.entry]
    found = [entry for entry in entries if entry.state != "failed"]
    errors = sum(len(entry.errors) for entry in found)
    warnings = sum(len(entry.issues) for entry in found) - errors
    terms = sum(len(entry.terms) for entry in found)
    missed = sum(len(entry.missed) for entry in found)
    legend = "".join(
        f'<li class="{state}"><b>{counts[state]}</b> {words}</li>'
        for state, words in _STATES.items()
        if counts[state]
    )
    bar = "".join(
        f'<i class="{state}" style="flex-grow:{counts[state]}"></i>'
        for state in _STATES
        if counts[state]
    )
    facts = [f"{len(sentences)} sentences", f"{terms - missed} of {terms} terms said"]
    facts += [f"errors: {errors}"] if errors else []
    facts += [f"warnings: {warnings}"] if warnings else []
    where = "/".join(place.path.parts[-4:])  # in the workspace, so that no page tells a home
    return (
        f"<header>\n<h1>{name}</h1>\n"
        f"<p>Russian and {language} · {' · '.join(facts)} · {escape(where)}</p>\n"
        f'<div class="bar">{bar}</div>\n<ul class="legend">{legend}</ul>\n</header>'
    )


def _columns(language: str) -> str:
    return f'<div class="columns"><span>Russian</span><span>{language}</span></div>'


def _row(sentence: Sentence, lang: str) -> str:
    entry = sentence.entry
    kind = " title" if sentence.segment.kind == "title" else ""
    russian = _russian(sentence)
    target = _target(entry, lang) if entry and entry.target.strip() else "—"
    return (
        f'<div class="row {sentence.state}{kind}">\n'
        f'<p class="ru" lang="ru">{russian}</p>\n'
        f'<div class="to"><p lang="{lang}">{target}</p>{_notes(sentence)}</div>\n</div>'
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    stop: int
    css: str
    title: str


def _russian(sentence: Sentence) -> str:
    text, entry = sentence.segment.text, sentence.entry
    marks = [
        _Mark(term.start, term.stop, "found" if term.found else "missing", term.lemma)
        for term in (entry.terms if entry else ())
    ]
    return _marked(text, marks)


def _target(entry: Inspected, lang: str) -> str:
    """The translation with the base forms of its terms marked, as far as they stand so."""
    marks = []
    for term in entry.terms:
        stem = re.escape(term.lemma)
        if term.found and (found := re.search(rf"(?<!\w){stem}\w*", entry.target, re.IGNORECASE)):
            marks.append(_Mark(found.start(), found.end(), "found", term.surface))
    return _marked(entry.target, marks)


def _marked(text: str, marks: Sequence[_Mark]) -> str:
    parts, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.start < at:
            continue
        parts.append(escape(text[at : mark.start], quote=False))
        inner = escape(text[mark.start : mark.stop], quote=False)
        parts.append(f'<mark class="{mark.css}" title="{escape(mark.title)}">{inner}</mark>')
        at = mark.stop
    parts.append(escape(text[at:], quote=False))
    return "".join(parts).replace("\n", "<br>")


def _notes(sentence: Sentence) -> str:
    """What stands under a translation: its state, and what speaks against it."""
    entry = sentence.entry
    items = []
    if sentence.state != "approved":
        items.append(("state", _STATES[sentence.state]))
    if entry is not None:
        items += [
            ("missing", f"{term.surface} → {term.lemma}{' (guessed)' if term.guessed else ''}")
            for term in entry.missed
            if entry.state != "failed"
        ]
        items += [
            (issue.severity, f"{issue.code}: {issue.message}")
            for issue in entry.issues
            if issue.code not in ("term", "empty")
        ]
        items += [("note", note) for note in sentence.notes if note.startswith(_NOTES)]
        items += [("comment", entry.comment)] if entry.comment.strip() else []
    if not items:
        return ""
    told = "".join(f'<li class="{css}">{escape(text, quote=False)}</li>' for css, text in items)
    line = f'<li class="line">line {entry.line}</li>' if entry else ""
    return f"<ul>{told}{line}</ul>"


@lru_cache(maxsize=1)
def _style() -> str:
    return files("dragoman.publish").joinpath("bilingual.css").read_text("utf-8")
