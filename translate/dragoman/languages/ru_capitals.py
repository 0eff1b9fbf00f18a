"""Russian words in capitals: which of them are abbreviations and names, by the lexicon."""

from __future__ import annotations

import re

from dragoman.languages.ru_words import analyser, parses_of

_ABBREVIATED = 6  # letters of the longest abbreviations
_VOWEL = re.compile("[аеёиоуыэюя]")
_STATES = {"АР", "РФ", "РК", "КР", "ММ"}  # some are words, too
_NAMES = {"Name", "Surn", "Patr", "Geox", "Orgn"}


def small(word: str) -> str:
    """A word in capitals as it would stand within a sentence, by its likeliest reading: names with
    a capital, abbreviations as they are."""
    first, lower = parses_of(word)[0], word.lower()
    unread = len(word) <= _ABBREVIATED and ("UNKN" in first.tag or not _VOWEL.search(lower))
    if "Abbr" in first.tag or (unread and len(word) > 1) or word in _STATES:
        return word
    if _NAMES & set(first.tag.grammemes):
        return "-".join(part.capitalize() for part in lower.split("-"))
    return lower


def is_known(word: str) -> bool:
    """Whether the lexicon has a word; letters of any size."""
    return bool(analyser().word_is_known(word.lower()))
