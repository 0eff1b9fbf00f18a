"""Lists of terms, and how a member left out of one is put back among its neighbours.

Models drop a country out of ten. Where the source lists terms (``Германии, Польши и Венгрии``)
and the translation says the neighbours of a missing one side by side, in their base forms, its
place is between them: only after the last member does Azerbaijani mark the case of a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dragoman.records import Request, Term

_LAST = (" и ", " или ", ", а также ")  # what may join the last member of a list
_AND = {"en": "and", "az": "və"}

Holds = Callable[[Term, str], bool]


def put_back(
    request: Request, term: Term, text: str, to: str, holds: Holds
) -> Iterator[tuple[int, int, str]]:
    """Where the missing `term` belongs in `text`: the span of its neighbours and the new text.

    The last member of an Azerbaijani list is not put back: the case would have to move to it.
    """
    members = _list_of(request, term)
    at = members.index(term)
    before = [t for t in members[:at] if holds(t, text)]
    after = [t for t in members[at + 1 :] if holds(t, text)]
    if before and after:
        for match in _side_by_side(before[-1], after[0], text, to):
            rest = text[match.end("one") :]
            yield match.start(), match.end(), f"{text[: match.end('one')]}, {term.lemma}{rest}"
    elif len(after) > 1:
        for match in _side_by_side(after[0], after[1], text, to):
            lead = text[: match.start()]
            # Not behind another member, nor between an article and its word: the United States.
            if not lead.rstrip().endswith((",", f" {_AND[to]}", " the", " a", " an")):
                yield match.start(), match.end(), f"{lead}{term.lemma}, {text[match.start() :]}"
    elif len(before) > 1 and to == "en":
        for match in _side_by_side(before[-2], before[-1], text, to):
            comma, joined, _ = match["joint"].partition(" and ")
            if joined:
                new = f"{before[-2].lemma}, {before[-1].lemma}{comma} and {term.lemma}"
                yield match.start(), match.end(), text[: match.start()] + new + text[match.end() :]


def _side_by_side(one: Term, two: Term, text: str, to: str) -> Iterator[re.Match[str]]:
    """Where the base forms of two terms stand as neighbours in a list."""
    end = r"(?!\w)" if to == "en" else ""  # an Azerbaijani list has its case on its last member
    joint = rf"(?P<joint>, |,? {_AND[to]} )"
    yield from re.finditer(
        rf"(?<!\w)(?P<one>{re.escape(one.lemma)}){joint}{re.escape(two.lemma)}{end}", text
    )


def rows(text: str, terms: Sequence[Term]) -> Iterator[list[Term]]:
    """The `terms` of `text`, in its order, in rows: those that are listed together, joined by
    commas and at last by a conjunction, and each of the others alone."""
    row: list[Term] = []
    closed = False
    for term in terms:
        joint = text[row[-1].stop : term.start] if row else ""
        if row and (closed or joint not in (", ", *_LAST) or not _similar(row[0], term)):
            yield row
            row, closed = [], False
        row.append(term)
        closed = joint in _LAST
    if row:
        yield row


def _similar(one: Term, other: Term) -> bool:
    """Whether both are names or both are none."""
    return one.lemma[:1].isupper() == other.lemma[:1].isupper()


def _list_of(request: Request, term: Term) -> Sequence[Term]:
    """The terms that the source lists together with `term`, itself among them."""
    terms = sorted(request.terms, key=lambda t: (t.start, t.stop))
    return next(row for row in rows(request.text, terms) if term in row)
