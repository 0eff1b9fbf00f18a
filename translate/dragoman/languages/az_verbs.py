"""Azerbaijani verbs, as far as it takes to recognise them."""

from __future__ import annotations

import re

_BUFFERED = {"t": "[td]"}  # et-mək, ed-ir
_ENDING = "(?:[mydnbrşlcsıiuüaə][a-zəıöüğşç]*)?"


def verb_pattern(infinitive: str) -> str:
    """A pattern of the forms of a verb (`-maq`, `-mək`): its stem with what endings begin with;
    it takes some other words that begin alike for it, too."""
    stem = re.sub(r"m[aə][qk]$", "", infinitive)
    last = _BUFFERED.get(stem[-1:], re.escape(stem[-1:]))
    return re.escape(stem[:-1]) + last + _ENDING
