"""What the words before a name say of it: that it is one, and in which case it stands."""

from __future__ import annotations

import re

from dragoman.glossary.match import GOVERNMENT
from dragoman.glossary.mentions import View
from dragoman.glossary.tokens import cue_cases

_WORD_BEFORE = re.compile(r"([а-я-]+) $")
_CLAUSE = re.compile(r"[.,;:!?()\"]| - | и ")
_VERB = re.compile(r"...(?:л|ла|ло|ли|лся|лась|лись|ает|яет|ит|ют|ят)$")


def word_before(view: View, start: int) -> str:
    """The small-lettered word right before folded position `start`; empty when there is none."""
    found = _WORD_BEFORE.search(view.folded.text, max(0, start - 30), start)
    return found.group(1) if found else ""


def context(view: View, start: int) -> tuple[str, ...]:
    """The cases that the title, the preposition or the cue word before `start` asks for."""
    at = view.folded.original(start)
    for c in view.terms:
        if c.stop == at - 1 and c.hit.concept.type == "title":
            return c.hit.cases
    return GOVERNMENT.get(word_before(view, start)) or _cue(view, start)


def announced(view: View, start: int) -> bool:
    """Whether a title, a country or a cue word before `start` announces a person."""
    at = view.folded.original(start)
    if any(c.stop == at - 1 and c.hit.concept.type in ("title", "place") for c in view.terms):
        return True
    return bool(_cue(view, start))


def _cue(view: View, start: int) -> tuple[str, ...]:
    """The cases of the nearest word before `start`, in its clause, that announces a person."""
    clause = _CLAUSE.split(view.folded.text[max(0, start - 90) : start])[-1]
    for word in reversed(clause.split()[-8:]):
        if cases := cue_cases(word):
            return cases
        if _VERB.search(word):
            break
    return ()
