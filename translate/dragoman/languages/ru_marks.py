"""Marks of Russian texts as models read them: quotes, signs, numerals, capitals for emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dragoman.languages.ru_capitals import is_known, small
from dragoman.languages.text import Edit, words

TO_ROMAN: Final = str.maketrans("ХІ", "XI")
_STRESSED: Final = words("не ни без все всё только")
_QUOTED = re.compile(r"(?<![\w\"])\"(?=\S)[^\"]+(?<=\S)\"(?!\w)|„[^„“”]+[“”]|“[^“”]+”")
CYRILLIC_NUMERAL = re.compile(r"(?<!\w)(?=[IVXХІ]*[ХІ])[IVXХІ]{2,}(?!\w)")
_SIZE = re.compile(r"(?<=\d)(?: ?[хx×] | ?[х×] ?| [хx×])(?=\d)")
_CAPITALS = re.compile(r"(?<![\w«\"-])[А-ЯЁ]{2,}(?![\w»\"-])")
_SIGNED = re.compile(r"(?<![\w)])\+(?=\d{1,3}(?!\d| ?\(?\d))")
_AND = re.compile(r"(?<=[а-яё»] )&(?= [а-яё«])")


def _quotes(text: str) -> Iterator[Edit]:
    for found in _QUOTED.finditer(text):
        yield found.start(), found.start() + 1, "«"
        yield found.end() - 1, found.end(), "»"


def _numerals(text: str) -> Iterator[Edit]:
    for found in CYRILLIC_NUMERAL.finditer(text):
        yield *found.span(), found[0].translate(TO_ROMAN)


def _sizes(text: str) -> Iterator[Edit]:
    """3,5 × 4,5 in one word, with the Latin letter."""
    for found in _SIZE.finditer(text):
        yield *found.span(), "x"


def _signs(text: str) -> Iterator[Edit]:
    for found in _SIGNED.finditer(text):
        yield *found.span(), "плюс "
    for found in _AND.finditer(text):
        yield *found.span(), "и"


def _emphasis(text: str) -> Iterator[Edit]:
    """Words in capitals that are no abbreviations: НЕ допускается."""
    for found in _CAPITALS.finditer(text):
        word = small(found[0])
        plain = len(word) > 4 or word in _STRESSED or _among_capitals(text, found)
        if word.islower() and is_known(word) and plain:
            first = re.search(r"(?:^|\w{3,}\.|[!?…])\W*$", text[: found.start()])
            yield *found.span(), word.capitalize() if first else word


def _among_capitals(text: str, found: re.Match[str]) -> bool:
    """Whether the word before or after is in capitals, too: ПО alone is software."""
    before, after = text[: found.start()].split()[-1:], text[found.end() :].split()[:1]
    return any(len(word) > 2 and word.isupper() for word in (*before, *after))


MARKS: Final = (_quotes, _numerals, _sizes, _signs, _emphasis)
