"""Quotes and dashes of the target language where the translator left Russian ones.

Every change replaces one mark by one mark, so that words, figures and offsets stay as they were
read and approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a language: quotes, quotes inside quotes, and the dash between spaces."""

    quotes: tuple[str, str]
    inner: tuple[str, str]
    dash: str


# English: the spaced en dash of British and EU style, which the releases of the Azerbaijani
# government use too. Azerbaijani: “ ” and a spaced tire. Quotes inside quotes are rare in
# Azerbaijani and usage varies; ‘ ’ is unlikely to be mistaken for anything else.
MARKS = {
    "en": Marks(("“", "”"), ("‘", "’"), "–"),
    "az": Marks(("“", "”"), ("‘", "’"), "–"),
}

_RUSSIAN = re.compile('[«»„‟"]')
_QUOTE = re.compile('[«»„‟“”"]')
# A dash or a hyphen between spaces, but not between figures (a subtraction, a phone number) and
# not at the head of a line (a list, direct speech).
_SPACED = r"(?<=[ \u00a0])[-‒—―](?=[ \u00a0])"
_DASH = re.compile(rf"(?<=[^\s\d][ \u00a0]){_SPACED}|{_SPACED}(?=[ \u00a0][^\s\d])")


def typeset(text: str, lang: str) -> str:
    """`text` with the quotes and dashes of `lang` (en, az); of the same length.

    Quotes are touched only where a Russian one (« » „) or a straight one stands: who wrote “ ” or
    ‘ ’ meant it. Straight quotes that do not pair stay. A spaced hyphen or em dash becomes the
    dash of the language, except between figures and at the head of the text.
    """
    marks = MARKS[lang]
    if _RUSSIAN.search(text):
        text = _quoted(text, marks)
    return _DASH.sub(lambda found: _dash(found, marks), text)


def _dash(found: re.Match[str], marks: Marks) -> str:
    return marks.dash if found.string[: found.start()].strip() else found[0]


def _quoted(text: str, marks: Marks) -> str:
    """`text` with its quotes replaced by depth, or one by one where they do not pair."""
    straight_pairs = text.count('"') % 2 == 0
    chars = list(text)
    depth: list[str] = []
    paired = True
    for found in _QUOTE.finditer(text):
        at, mark = found.start(), found[0]
        if mark == '"' and not straight_pairs:
            continue
        if _opens(text, at, depth):
            chars[at] = (marks.inner if depth else marks.quotes)[0]
            depth.append(mark)
        elif depth:
            depth.pop()
            chars[at] = (marks.inner if depth else marks.quotes)[1]
        else:
            paired = False
    if paired and not depth:
        return "".join(chars)
    plain = _one_by_one(text, marks)
    return plain if plain == text else _quoted(plain, marks)  # they may pair now


def _opens(text: str, at: int, depth: list[str]) -> bool:
    """Whether the mark at `at` opens: “ closes what „ began, and " goes by its neighbours."""
    mark = text[at]
    if mark == "“":
        return not (depth and depth[-1] == "„")
    if mark == '"':
        if depth and depth[-1] == '"':
            after = text[at + 1 : at + 2]
            return text[at - 1 : at] in _BEFORE_OPENING and bool(after) and after.isalnum()
        return True
    return mark in "«„‟"


_BEFORE_OPENING = tuple(" \u00a0([«„“")


def _one_by_one(text: str, marks: Marks) -> str:
    opening, closing = marks.quotes
    return text.translate(str.maketrans("«„‟»", opening * 3 + closing))
