"""Marks of Russian texts as models read them: quotes, signs, numerals, capitals for emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dragoman.languages.ru_capitals import is_function_word, is_known, small

Edit = tuple[int, int, str]
"""Start and stop of what is replaced, and what stands for it."""

_TO_ROMAN: Final = str.maketrans("ХІ", "XI")
_QUOTED = re.compile(r"(?<![\w\"])\"(?=\S)[^\"]+(?<=\S)\"(?!\w)|„[^„“”]+[“”]|“[^“”]+”")
_NUMERAL = re.compile(r"(?<!\w)(?=[IVXХІ]*[ХІ])[IVXХІ]{2,}(?!\w)")
_SIZE = re.compile(r"(?<=\d)(?: ?[хx×] | ?[х×] ?| [хx×])(?=\d)")
_CAPITALS = re.compile(r"(?<![\w«\"-])[А-ЯЁ]{2,}(?![\w»\"-])")
_SIGNED = re.compile(r"(?<![\w)])\+(?=\d{1,3}(?!\d| ?\(?\d))")
_AND = re.compile(r"(?<=[а-яё»] )&(?= [а-яё«])")


def _quotes(text: str) -> Iterator[Edit]:
    for found in _QUOTED.finditer(text):
        yield found.start(), found.start() + 1, "«"
        yield found.end() - 1, found.end(), "»"


def _numerals(text: str) -> Iterator[Edit]:
    for found in _NUMERAL.finditer(text):
        yield *found.span(), found[0].translate(_TO_ROMAN)


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
        if word.islower() and is_known(word) and (len(word) > 4 or is_function_word(word)):
            first = not text[: found.start()].strip()
            yield *found.span(), word.capitalize() if first else word


RULES: Final = (_quotes, _numerals, _sizes, _signs, _emphasis)
