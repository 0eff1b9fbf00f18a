"""Terms: the wording that the glossary asks for stands, and none that it forbids."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.consistency import resembled
from dragoman.checks.pair import Pair
from dragoman.glossary import holds, violates
from dragoman.records import Issue, Term


def said(term: Term, text: str, lang: str) -> bool:
    """Whether `text` says the term, as `dragoman.glossary.holds` has it: whole words, any ending.

    The spelling of a guessed name is a proposal: any surname much like it will do.
    """
    return holds(term, text, lang) or (term.guessed and resembled(term.lemma, text))


def check_terms(pair: Pair) -> Iterator[Issue]:
    """`term`: a wanted term is missing. `forbidden`: a rendering that must not stand is there.

    A forbidden rendering inside a wanted one does not count (`dragoman.glossary.violates`). A term
    that occurs several times is told once.
    """
    told: set[str] = set()
    for term in pair.terms:
        if term.lemma in told:
            continue
        wrong = violates(term, pair.target, pair.lang) if term.forbidden else ()
        missing = any(term.forms) and not said(term, pair.target, pair.lang)
        if wrong:
            yield Issue("forbidden", "error", f"“{wrong[0]}” must be “{term.lemma}”")
        if missing:
            guess = " or however it is spelled" if term.guessed else ""
            yield Issue("term", "warning", f"{term.surface}: “{term.lemma}”{guess} is missing")
        if wrong or missing:
            told.add(term.lemma)
