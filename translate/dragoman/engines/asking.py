"""What the engine is asked for a sentence: with all of its terms, some, none, or another source."""

from __future__ import annotations

from dataclasses import replace

from dragoman.engines.candidates import Case
from dragoman.records import Request


def untold(request: Request) -> Request:
    """What the engine gets of `request` when it is not told terms."""
    return Request(request.text, unsaid=request.terms)


def with_missing(case: Case) -> Request:
    """The request with the terms only that its best candidate lacks, where it lacks any."""
    missing = case.best.missing if case.best else ()
    if not missing:
        return case.request
    said = tuple(term for term in case.request.terms if term not in missing)
    return replace(case.request, terms=missing, unsaid=said)


def with_targets(case: Case) -> Request:
    """The request with each missing term replaced by its best target form in the source.

    Models copy words in another script more often than not.
    """
    missing = case.best.missing if case.best else case.request.terms
    text, parts, at = case.request.text, [], 0
    for term in sorted(missing, key=lambda term: term.start):
        if term.start >= at:
            parts += [text[at : term.start], term.forms[0] if term.forms else term.lemma]
            at = term.stop
    return Request("".join([*parts, text[at:]]))
