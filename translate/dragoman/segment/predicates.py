"""Whether words can stand as a sentence: asked only where a dot may belong to an abbreviation.

pymorphy3 is imported on the first such question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dragoman.languages.ru import analyser

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[а-яё]+)*")
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"|„[^“”]*[“”]")
_BRACKETED = re.compile(r"\([^()]*\)")
# "Рост – 12%": a dash stands for the verb, but not between figures.
_DASH = re.compile(r"(?<![\d\s]) [–—] |\d[%\w]* [–—] (?!\d)")
_NEXT_END = re.compile(r"(?<=\w\w\w)[.!?…]+(?=[»”\")]*(?: |$))")
_FINITE = frozenset(("VERB", "PRTS", "ADJS", "PRED"))
_LIKELY = 0.25  # of a word's readings; «рады» is read as a short adjective with .29
_PROPER = frozenset(("Surn", "Name", "Patr", "Geox", "Orgn"))


# Where a clause begins that needs a predicate of its own.
_CLAUSE = re.compile(
    r"[,:;] (?:о том, |тем, |то, |потому |так )?"
    r"(?=(?:что|чтобы|когда|если|где|куда|откуда|поскольку|хотя|пока|котор[а-яё]+|чь[а-яё]+|чей)\b"
    r"|(?:(?:а|и|но) )?(?:в|во|с|до|к|за|по|на|после|уже) [\w ]*\d)"
)


def is_complete(text: str) -> bool:
    """Whether a sentence may end behind `text`: its main clause and its last one have predicates.

    "Он отметил, что в 2023 г." waits for one, and so does "Закон, который принят в 2013 г."
    """
    clauses = _CLAUSE.split(_bare(text))
    return has_predicate(clauses[0]) and has_predicate(clauses[-1])


def can_begin(text: str) -> bool:
    """Whether `text`, up to its next full stop, has a predicate and so may be a sentence."""
    end = _NEXT_END.search(text)
    return has_predicate(text[: end.start()] if end else text)


def has_agent(left: str, right: str) -> bool:
    """Whether `right` begins with the agent of a passive in `left`: создана … Указом Президента.

    The agent is a noun in the instrumental with a capital letter, behind nothing but capitals.
    """
    if not any(_weight(w, lambda tag: tag.POS == "PRTS") for w in _WORD.findall(left)):
        return False
    for word in _WORD.findall(right)[:4]:
        if not word[0].isupper():
            return False
        if _weight(word, lambda tag: tag.POS == "NOUN" and tag.case == "ablt"):
            return True
    return False


def has_predicate(text: str) -> bool:
    """Whether `text` holds a finite verb, a short form, or a dash that stands for one.

    What is quoted or bracketed counts only where there is nothing else.
    """
    bare = _bare(text)
    if _DASH.search(bare):
        return True
    return any(_is_finite(word) for word in _WORD.findall(bare))


def _bare(text: str) -> str:
    bare = _BRACKETED.sub(" ", _QUOTED.sub(" ", text))
    return bare if re.search(r"\w", bare) else text


def is_common_word(word: str) -> bool:
    """Whether `word` is in the dictionary and hardly a name: Стороны, but not Виторино."""
    return _is_known(word.lower()) and not _weight(word, lambda tag: bool(_PROPER & tag.grammemes))


def may_be_surname(word: str) -> bool:
    """Whether `word` is a surname in the dictionary, or in no dictionary at all."""
    return not _is_known(word.lower()) or _weight(word, lambda tag: "Surn" in tag)


@lru_cache(maxsize=8192)
def _is_finite(word: str) -> bool:
    if len(word) < 2:
        return False
    return _weight(word, lambda tag: tag.POS in _FINITE)


def _weight(word: str, fits: Callable[[Any], bool]) -> bool:
    return sum(score for tag, score in _readings(word.lower()) if fits(tag)) >= _LIKELY


@lru_cache(maxsize=8192)
def _readings(word: str) -> tuple[tuple[Any, float], ...]:
    return tuple((reading.tag, float(reading.score)) for reading in analyser().parse(word))


def _is_known(word: str) -> bool:
    return bool(analyser().word_is_known(word))
