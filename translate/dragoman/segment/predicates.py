"""Whether words can stand as a sentence: asked only where a dot may belong to an abbreviation.

pymorphy3 is imported on the first such question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[а-яё]+)*")
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"|„[^“”]*[“”]")
_BRACKETED = re.compile(r"\([^()]*\)")
# "Рост – 12%": a dash stands for the verb, but not between figures.
_DASH = re.compile(r"(?<![\d\s]) [–—] |\d[%\w]* [–—] (?!\d)")
_FINITE = frozenset(("VERB", "PRTS", "ADJS", "PRED"))
_LIKELY = 0.25  # of a word's readings; «рады» is read as a short adjective with .29
_PROPER = frozenset(("Surn", "Name", "Patr", "Geox", "Orgn"))


def has_predicate(text: str) -> bool:
    """Whether `text` holds a finite verb, a short form, or a dash that stands for one.

    What is quoted or bracketed counts only where there is nothing else.
    """
    bare = _BRACKETED.sub(" ", _QUOTED.sub(" ", text))
    if not re.search(r"\w", bare):
        bare = text
    if _DASH.search(bare):
        return True
    return any(_is_finite(word) for word in _WORD.findall(bare))


def is_common_word(word: str) -> bool:
    """Whether `word` is in the dictionary and is not likely a name: Стороны, but not Виторино."""
    readings = _readings(word.lower())
    if not _analyser().word_is_known(word.lower()):
        return False
    return sum(r.score for r in readings if _PROPER & set(r.tag.grammemes)) < _LIKELY


@lru_cache(maxsize=8192)
def _is_finite(word: str) -> bool:
    if len(word) < 2:
        return False
    readings = _readings(word.lower())
    return sum(r.score for r in readings if r.tag.POS in _FINITE) >= _LIKELY


def _readings(word: str) -> list[Any]:
    return list(_analyser().parse(word))


@lru_cache(maxsize=1)
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
