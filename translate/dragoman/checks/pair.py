"""What every check is given, and the few helpers that all checks share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.records import Term

TargetLanguage = Literal["en", "az"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.(?:az|com|org|net|int|gov|edu|ru|eu|info)\b(?:/\S*)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A Russian source and its translation into `lang`, with the terms found in the source."""

    source: str
    target: str
    lang: TargetLanguage
    terms: tuple[Term, ...] = ()


_TURKIC = str.maketrans({"I": "ı", "İ": "i"})


def lower(text: str, lang: str) -> str:
    """Lower-case `text` by the rules of `lang`; the length never changes.

    Azerbaijani pairs I with ı and İ with i. Elsewhere a capital İ (two characters in
    Python's lower case) becomes a plain i, so that offsets stay true.
    """
    if lang == "az":
        return text.translate(_TURKIC).lower()
    return text.replace("İ", "i").lower()


@lru_cache(maxsize=1024)
def words(text: str, lang: str) -> tuple[str, ...]:
    """The words of `text` in lower case, in order; digits and marks are left out."""
    return tuple(WORD.findall(lower(text, lang).replace("’", "'")))


def without_addresses(text: str, fill: str = " ") -> str:
    """`text` with each character of web and mail addresses replaced by `fill` (same length)."""
    if "." not in text and "@" not in text:
        return text
    return ADDRESS.sub(lambda match: fill * len(match[0]), text)
