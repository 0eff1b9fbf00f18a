"""Requests whose text is written otherwise, their terms in their new places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.records import Request

Edit = tuple[int, int, str]
"""Start and stop of what is replaced, and what stands for it."""


def rewritten(request: Request, edits: Iterable[Edit]) -> Request | None:
    """`request` with `edits` made, which are in order and apart; None where there is none.

    A term that lies within an edit is no longer a term of the request; an edit that a term
    otherwise overlaps is not made.
    """
    terms = request.terms
    made = [
        (start, stop, new)
        for start, stop, new in edits
        if not any(
            t.start < stop and start < t.stop and not (start <= t.start and t.stop <= stop)
            for t in terms
        )
    ]
    if not made:
        return None
    text = request.text
    for start, stop, new in reversed(made):
        text = text[:start] + new + text[stop:]
    kept = []
    for term in terms:
        if not any(start < term.stop and term.start < stop for start, stop, _ in made):
            gone = sum(stop - start - len(new) for start, stop, new in made if stop <= term.start)
            kept.append(term.moved(gone))
    return replace(request, text=text, terms=tuple(kept))
