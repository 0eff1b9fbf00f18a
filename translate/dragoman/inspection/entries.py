"""What there is to say about each entry of a catalog."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, cast

from dragoman.checks import (
    Pair,
    TargetLanguage,
    check_dismissal,
    dismissed,
    run_checks,
    run_release_checks,
    said,
)
from dragoman.glossary import Glossary, wanted
from dragoman.records import Entry, Hit, Issue, Term

State = Literal["approved", "draft", "changed", "failed"]

_SCORE = re.compile(r"score: *(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A term of a sentence and whether its translation says it; offsets into the source."""

    start: int
    stop: int
    surface: str
    lemma: str
    concept: str
    guessed: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Inspected:
    """An entry with what an editor should know; `line` is that of its ``msgid`` in the file.

    `state`: approved; draft (fuzzy, nobody has looked yet); changed (fuzzy with ``#|``: the
    Russian changed); failed (no translation). `issues` are those that nobody dismissed, errors
    first. `score` is the machine's, where it still stands in the notes.
    """

    line: int
    state: State
    source: str
    target: str
    comment: str
    score: float | None
    terms: tuple[Verdict, ...]
    issues: tuple[Issue, ...]

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that keep the entry from being published."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    @property
    def missed(self) -> tuple[Verdict, ...]:
        """The terms that the translation does not say."""
        return tuple(term for term in self.terms if not term.found)


def inspect(
    entries: Sequence[Entry], lines: Sequence[int], lang: str, glossary: Glossary
) -> tuple[Inspected, ...]:
    """Run every check over `entries`, which stand on `lines`, in the order of the release.

    Terms are found over all entries together, so that a surname is known by a full name before it.
    """
    hits = glossary.find_in_document([entry.msgid for entry in entries])
    terms = [tuple(_wanted(hit, lang) for hit in found) for found in hits]
    pairs = [
        Pair(entry.msgid, entry.msgstr, cast(TargetLanguage, lang), asked)
        for entry, asked in zip(entries, terms, strict=True)
    ]
    issues = _issues(entries, pairs)
    return tuple(
        Inspected(
            line,
            state_of(entry),
            entry.msgid,
            entry.msgstr,
            entry.comment,
            _score(entry),
            tuple(_verdict(term, entry.msgstr, lang) for term in asked),
            found,
        )
        for entry, line, asked, found in zip(entries, lines, terms, issues, strict=True)
    )


def state_of(entry: Entry) -> State:
    """Where an entry stands, by the catalog alone."""
    if not entry.msgstr.strip():
        return "failed"
    if not entry.fuzzy:
        return "approved"
    return "draft" if entry.previous_msgid is None else "changed"


def first_words(text: str, length: int = 60) -> str:
    """The beginning of `text` on one line, cut between words at `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"


def _issues(entries: Sequence[Entry], pairs: Sequence[Pair]) -> list[tuple[Issue, ...]]:
    ignored = [dismissed(entry.comment) for entry in entries]
    found = [list(run_checks(p, dismissed=codes)) for p, codes in zip(pairs, ignored, strict=True)]
    written = [index for index, pair in enumerate(pairs) if pair.target.strip()]
    for position, issue in run_release_checks([pairs[index] for index in written]):
        index = written[position]
        if not {issue.code, "all"} & ignored[index]:
            found[index].append(issue)
    for index, entry in enumerate(entries):
        found[index] += check_dismissal(entry.comment)
    return [tuple(sorted(some, key=lambda issue: issue.severity != "error")) for some in found]


def _verdict(term: Term, target: str, lang: str) -> Verdict:
    found = said(term, target, lang)
    return Verdict(
        term.start, term.stop, term.surface, term.lemma, term.concept, term.guessed, found
    )


def _wanted(hit: Hit, lang: str) -> Term:
    """`wanted`, remembered: inflecting a term takes milliseconds, and the same ones come often."""
    term = _wanted_anywhere(replace(hit, start=0, stop=hit.stop - hit.start), lang)
    return replace(term, start=hit.start, stop=hit.stop)


@lru_cache(maxsize=8192)
def _wanted_anywhere(hit: Hit, lang: str) -> Term:
    return wanted(hit, lang)


def _score(entry: Entry) -> float | None:
    found = (_SCORE.match(line) for line in entry.extracted)
    return next((float(match[1]) for match in found if match), None)
