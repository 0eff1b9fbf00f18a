"""Cutting an input that is longer than a model can read, where it hurts least.

Sentences of releases are far below any limit; this is for the 400-word monster and for garbage.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.engines.annotation import CLOSE, OPEN

# Where to cut, best first: after the end of a sentence, a semicolon or dash, a comma, a word.
_CUTS = tuple(
    re.compile(p) for p in (r"(?<=[.!?…])\s+", r"(?<=[;:])\s+|\s+(?=[–—])", r"(?<=,)\s+", r"\s+")
)


def split_long(text: str, limit: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """Cut `text` into parts of at most `limit` tokens (as `measure` counts), order kept.

    Never cuts inside a term annotation; a word that is too long by itself is cut by letters.
    """
    if measure(text) <= limit or len(text) < 2:
        return (text,)
    middle = len(text) // 2
    for pattern in _CUTS:
        cuts = [m.span() for m in pattern.finditer(text) if not _inside_term(text, m.start())]
        cuts = [(a, b) for a, b in cuts if len(text) // 5 < a < len(text) * 4 // 5]
        if cuts:
            a, b = min(cuts, key=lambda cut: abs(cut[0] - middle))
            break
    else:
        a = b = middle
    return split_long(text[:a], limit, measure) + split_long(text[b:], limit, measure)


def _inside_term(text: str, at: int) -> bool:
    return text.rfind(OPEN, 0, at) > text.rfind(CLOSE, 0, at)
