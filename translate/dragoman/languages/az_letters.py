"""Azerbaijani letters: case mapping, vowels and harmony.

Python's own case mapping is wrong for Turkic text (``"İ".lower()`` is two characters and
``"ı".upper()`` is ``I`` but ``"I".lower()`` is ``i``), hence the maps here.
"""

from __future__ import annotations

from functools import lru_cache

LOWER_LETTERS = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
UPPER_LETTERS = "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"
ALPHABET = UPPER_LETTERS + LOWER_LETTERS

BACK = frozenset("aıou")
FRONT = frozenset("eəiöü")
VOWELS = BACK | FRONT

# Harmony: the open vowel of a suffix (A) and its close vowel (I) by the last vowel of the stem.
OPEN = {v: "a" if v in BACK else "ə" for v in VOWELS}
CLOSE = dict(zip("aıeəiouöü", "ııiiiuuüü", strict=True))


def lower(text: str) -> str:
    """`text` in small letters, character for character: the length never changes."""
    return text.replace("İ", "i").replace("I", "ı").lower()


def upper(text: str) -> str:
    """`text` in capitals; a character without a single capital (ß) stays as it is."""
    raised = text.replace("i", "İ").replace("ı", "I")
    capitals = raised.upper()
    if len(capitals) == len(text):
        return capitals
    return "".join(u if len(u := c.upper()) == 1 else c for c in raised)


def capitalise(text: str) -> str:
    """`text` with its first letter raised and the rest untouched."""
    for i, c in enumerate(text):
        if c.isalpha():
            return text[:i] + upper(c) + text[i + 1 :]
    return text


def last_vowel(word: str) -> str:
    """The vowel that rules harmony: the last one of `word`; ``ə`` when it has none."""
    return next((c for c in reversed(lower(word)) if c in VOWELS), "ə")


def syllables(word: str) -> int:
    return sum(c in VOWELS for c in lower(word))


def harmonise(pattern: str, stem: str) -> str:
    """`pattern` with A and I made to agree with `stem`, each vowel with the one before it.

    >>> harmonise("lArImIz", "yol"), harmonise("lArImIz", "ölkə")
    ('larımız', 'lərimiz')
    """
    return _after(last_vowel(stem), pattern)


@lru_cache(maxsize=4096)
def _after(vowel: str, pattern: str) -> str:
    out = []
    for c in pattern:
        if c in "AI":
            c = vowel = (OPEN if c == "A" else CLOSE)[vowel]
        out.append(c)
    return "".join(out)
