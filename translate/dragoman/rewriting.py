"""Requests whose text is written otherwise, their terms in their new places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.languages.text import Edit
from dragoman.records import Request


def rewritten(request: Request, edits: Iterable[Edit], *, absorb: bool = False) -> Request | None:
    """`request` with `edits` made, which are in order and apart; None where there is none.

    An edit that shares words with a term is not made; with `absorb` it is if the term lies within
    it, and the request loses the term. `Request.unsaid` is left as it is.
    """
    made = [edit for edit in edits if not _in_the_way(request, edit, absorb)]
    if not made:
        return None
    text = request.text
    for start, stop, new in reversed(made):
        text = text[:start] + new + text[stop:]
    kept = []
    for term in request.terms:
        if not any(start < term.stop and term.start < stop for start, stop, _ in made):
            gone = sum(stop - start - len(new) for start, stop, new in made if stop <= term.start)
            kept.append(term.moved(gone))
    return replace(request, text=text, terms=tuple(kept))


def _in_the_way(request: Request, edit: Edit, absorb: bool) -> bool:
    start, stop, _ = edit
    return any(
        term.start < stop and start < term.stop
        and not (absorb and start <= term.start and term.stop <= stop)
        for term in request.terms
    )  # fmt: skip
