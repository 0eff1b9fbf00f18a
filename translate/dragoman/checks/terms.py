"""Terms: the wording that the glossary asks for stands, and none that it forbids."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.consistency import resembled
from dragoman.checks.pair import Pair, lower, words
from dragoman.glossary import holds, violates
from dragoman.languages.az_letters import harmonise
from dragoman.records import Issue


def check_terms(pair: Pair) -> Iterator[Issue]:
    """`term`: a wanted term is missing. `forbidden`: a rendering that must not stand is there.

    What counts as standing is the glossary's to say (`dragoman.glossary.holds` and `violates`):
    whole words, any case ending, and a forbidden rendering inside a wanted one does not count.
    A term that occurs several times is told once. The spelling of a guessed name is a proposal:
    any name that resembles its last word will do.
    """
    told: set[str] = set()
    for term in pair.terms:
        if term.lemma in told:
            continue
        wrong = violates(term, pair.target, pair.lang) if term.forbidden else ()
        missing = any(term.forms) and not holds(term, pair.target, pair.lang)
        if wrong:
            yield Issue("forbidden", "error", f"“{wrong[0]}” must be “{term.lemma}”")
        if missing and term.guessed:
            missing = not resembled(term.lemma, pair.target)
        if missing and pair.lang == "az":
            missing = not _inhabitant(term.lemma, pair.target)
        if missing:
            guess = " or however it is spelled" if term.guessed else ""
            yield Issue("term", "warning", f"{term.surface}: “{term.lemma}”{guess} is missing")
        if wrong or missing:
            told.add(term.lemma)


def _inhabitant(lemma: str, text: str) -> bool:
    """Whether a place stands as an adjective in -lI: Tacikistan, tacikistanlı müfəttiş."""
    if " " in lemma or not lemma[:1].isupper():
        return False
    adjective = harmonise("lI", lemma)
    return any(word.startswith(lower(lemma, "az") + adjective) for word in words(text, "az"))
