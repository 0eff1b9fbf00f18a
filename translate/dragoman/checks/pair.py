"""What every check is given, and the few helpers that all checks share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.languages import az, en
from dragoman.records import Term

TargetLanguage = Literal["en", "az"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Russian source and its translation into `lang`, with the terms found in the source."""

    source: str
    target: str
    lang: TargetLanguage
    terms: tuple[Term, ...] = ()


@lru_cache(maxsize=16384)
def lower(text: str, lang: str) -> str:
    """`text` in small letters by the rules of `lang`; the length never changes."""
    return az.lower(text) if lang == "az" else en.lower(text)


@lru_cache(maxsize=1024)
def folded(text: str, lang: str) -> str:
    """`text` in small letters with ё as е, for looking words up; the length never changes."""
    return lower(text, lang).replace("ё", "е")


@lru_cache(maxsize=1024)
def words(text: str, lang: str) -> tuple[str, ...]:
    """The words of `text` in small letters, in order; digits and marks are left out."""
    return tuple(WORD.findall(lower(text, lang).replace("’", "'")))


def quoted(found: list[str], most: int = 3) -> str:
    """The first few different words of `found` in quotation marks, for a message."""
    different = list(dict.fromkeys(found))
    shown = ", ".join(f"“{word}”" for word in different[:most])
    return shown + (" …" if len(different) > most else "")
