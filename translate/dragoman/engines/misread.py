"""Figures that a model misread: of ``3 517`` a small one makes 1517 now and then."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

_FIGURE = re.compile(r"\d+(?:[ \u00a0.,]\d{3}(?!\d))*(?:[.,]\d+)?")
_CLOCK = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)  # 18 часов is 6 p.m.
_LIKE = 0.5  # of the digits of one that the other has in the same order


def misread(source: str, text: str, lang: str) -> tuple[str, str] | None:
    """What `text` says for the one figure of the Russian `source` that it lacks, and that figure as
    the language `lang` writes it; None where it is not plain which stands for which."""
    if _CLOCK.search(text):
        return None
    theirs, ours = _figures(source), _figures(text)
    lost = list((Counter(theirs.values()) - Counter(ours.values())).elements())
    added = list((Counter(ours.values()) - Counter(theirs.values())).elements())
    if len(lost) != 1 or len(added) != 1:
        return None
    if SequenceMatcher(None, lost[0], added[0], autojunk=False).ratio() <= _LIKE:
        return None
    right = next(figure for figure, digits in theirs.items() if digits == lost[0])
    wrong = next(figure for figure, digits in ours.items() if digits == added[0])
    return wrong, _written(right, lang)


def _figures(text: str) -> dict[str, str]:
    """The figures of `text`, each with its digits."""
    return {found[0]: re.sub(r"\D", "", found[0]) for found in _FIGURE.finditer(text)}


def _written(figure: str, lang: str) -> str:
    """A Russian figure as `lang` writes it: 3 517,5 is 3,517.5 in English."""
    if lang != "en":
        return figure
    return figure.replace(",", ".").replace(" ", ",").replace("\u00a0", ",")
