"""A match that differs in nothing but figures, with the figures of the new sentence put in.

    Принято 10 мер.  10 measures were taken.
    Принято 12 мер.  12 measures were taken.

What a person wrote is a better draft than what a model makes anew, as long as no word has to change
with the figure. So this is done only where the figures are whole numbers, each stands once in the
old Russian and once in its translation, and nothing in the translation hangs on it: no suffix
(``10-cu``, ``5th``, ``8-member``), no article (``an 8 per cent rise``), no English ``1``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.memory.difference import Piece, pieces

_FIGURE = re.compile(r"[1-9]\d*")
_NUMBER = re.compile(r"\d+")
# What makes a figure part of a date, a decimal, a grouped number or a word, before and after it.
_BOUND_BEFORE = re.compile(r"(?:[\w.,:/+-]|\d[ \u00a0\u202f])$")
_BOUND_AFTER = re.compile(r"[\w'’-]|[.,:/]\d|[ \u00a0\u202f]\d")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")


def adapted(old: str, new: str, target: str, lang: str) -> str | None:
    """`target`, a translation of `old` into `lang`, made one of `new`; None where unsure."""
    found = [piece for piece in pieces(old, new) if piece.kind != "same"]
    changes = list(zip(found[::2], found[1::2], strict=False))
    if not changes or len(found) % 2 or not all(map(_is_figure, changes)):
        return None
    places = []
    for (_, before), (_, after) in changes:
        at = _place(before, old, target)
        if at is None or (lang == "en" and not _fits_english(target[:at], before, after)):
            return None
        places.append((at, at + len(before), after))
    for start, stop, after in sorted(places, reverse=True):
        target = target[:start] + after + target[stop:]
    return target


def _is_figure(change: Sequence[Piece]) -> bool:
    gone, come = change
    return (
        (gone.kind, come.kind) == ("gone", "new")
        and _FIGURE.fullmatch(gone.text) is not None
        and _FIGURE.fullmatch(come.text) is not None
    )


def _place(figure: str, old: str, target: str) -> int | None:
    """Where `figure` stands in `target`, if it stands there once, once in `old`, and freely."""
    found = [number for number in _NUMBER.finditer(target) if number[0] == figure]
    if len(found) != 1 or _NUMBER.findall(old).count(figure) != 1:
        return None
    start, stop = found[0].span()
    if _BOUND_BEFORE.search(target[:start]) or _BOUND_AFTER.match(target[stop:]):
        return None
    return start


def _fits_english(head: str, before: str, after: str) -> bool:
    """Whether neither the number of a noun nor an article can depend on the figure."""
    return "1" not in (before, after) and not _ARTICLE.search(head)
