"""Terms: the wording that the glossary asks for stands, and none that it forbids."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.glossary import holds, violates
from dragoman.records import Issue


def check_terms(pair: Pair) -> Iterator[Issue]:
    """`term`: a wanted term is missing. `forbidden`: a rendering that must not stand is there.

    What counts as standing is the glossary's to say (`dragoman.glossary.holds` and `violates`):
    whole words, any case ending, and a forbidden rendering inside a wanted one does not count.
    A term that occurs several times is told once.
    """
    told: set[str] = set()
    for term in pair.terms:
        if term.lemma in told:
            continue
        wrong = violates(term, pair.target, pair.lang) if term.forbidden else ()
        missing = any(term.forms) and not holds(term, pair.target, pair.lang)
        if wrong:
            yield Issue("forbidden", "error", f"“{wrong[0]}” must be “{term.lemma}”")
        if missing:
            guess = " (a guessed spelling)" if term.guessed else ""
            yield Issue("term", "warning", f"{term.surface}: “{term.lemma}” is missing{guess}")
        if wrong or missing:
            told.add(term.lemma)
