"""Terms: the wording that the glossary asks for stands, and none that it forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.pair import Pair, lower
from dragoman.records import Issue, Term

_SPACES = re.compile(r"[\s\u00a0]+")


def _normal(text: str, lang: str) -> str:
    """Lower case, one kind of space, hyphen and apostrophe."""
    text = _SPACES.sub(" ", lower(text, lang)).replace("’", "'")
    return text.replace("‑", "-").replace("–", "-").replace("ё", "е")


@lru_cache(maxsize=2048)
def _pattern(forms: tuple[str, ...], lang: str) -> re.Pattern[str]:
    longest_first = sorted({_normal(form, lang) for form in forms if form}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def check_terms(pair: Pair) -> Iterator[Issue]:
    """`term`: a wanted term is missing. `forbidden`: a rendering that must not stand is there.

    A form counts when it stands as whole words, in any case of letters (Turkic rules for
    Azerbaijani). A forbidden rendering inside a form that is wanted does not count.
    """
    if not pair.terms:
        return
    target = _normal(pair.target, pair.lang)
    rest = target
    for term in pair.terms:
        if term.forms and term.forms[0]:
            rest = _pattern(term.forms, pair.lang).sub("\n", rest)
    told: set[str] = set()
    for term in pair.terms:
        yield from _one(term, pair.lang, target, rest, told)


def _one(term: Term, lang: str, target: str, rest: str, told: set[str]) -> Iterator[Issue]:
    match = _pattern(term.forbidden, lang).search(rest) if term.forbidden else None
    if match and match[0] not in told:
        told.add(match[0])
        yield Issue("forbidden", "error", f"“{match[0]}” must be “{term.lemma}”")
    wanted = any(term.forms) and term.lemma not in told
    if wanted and not _pattern(term.forms, lang).search(target):
        told.add(term.lemma)
        guess = " (a guessed spelling)" if term.guessed else ""
        yield Issue("term", "warning", f"{term.surface}: “{term.lemma}” is missing{guess}")
