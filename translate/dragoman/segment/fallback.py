"""razdel's own rules, asked about one boundary, so that their names can be told too.

razdel (github.com/natasha/razdel, MIT) decides by ten characters on each side of a mark.
"""

from __future__ import annotations

from typing import Any

from razdel.rule import JOIN
from razdel.segmenters.sentenize import RULES as RAZDEL_RULES
from razdel.segmenters.sentenize import SentSplit

from dragoman.segment.boundaries import Boundary

_WINDOW = 10
_BUFFER = 40  # characters of the sentence so far; razdel looks at no more than 20


def razdel_rule(boundary: Boundary) -> tuple[bool, str]:
    """Whether razdel would cut at `boundary`, and the name of its rule as ``razdel:name``."""
    text, at = boundary.text, boundary.stop - 1
    split: Any = SentSplit(text[max(0, at - _WINDOW) : at], text[at], text[at + 1 :][:_WINDOW])
    split.buffer = text[max(boundary.begun, at - _BUFFER) : at]
    for rule in RAZDEL_RULES:
        action = rule(split)
        if action:
            return action != JOIN, f"razdel:{rule.name}"
    return True, "razdel:sentence_end"
