"""English spelling of Azerbaijani names, by the letter rules of official English texts.

ə->a, x->kh, q->g, c->j, ç->ch, ş->sh, ğ->gh, ı->i, ö->o, ü->u, j as it is, as in Heydər Əliyev ->
Heydar Aliyev, Hacıyev -> Hajiyev. Names with an established English form of their own
(Bakı -> Baku) are the glossary's matter.
"""

from __future__ import annotations

import re
from typing import Final

from dragoman.languages.az_letters import upper

_LETTERS: Final = {
    "ə": "a", "x": "kh", "q": "g", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh",
    "ı": "i", "ö": "o", "ü": "u",
}  # fmt: skip
_CAPITALS: Final = {upper(k): v.capitalize() for k, v in _LETTERS.items()} | {"İ": "I"}


def english_name(name: str) -> str:
    """`name` in English letters: ``Hüseynov`` -> ``Huseynov``, ``Xəlilzadə`` -> ``Khalilzada``.

    ``Heydər oğlu`` becomes ``Heydar oghlu``; a word all in capitals stays so.
    """
    return re.sub(r"\w+", lambda m: _word(m.group()), name)


def _word(word: str) -> str:
    shouted = len(word) > 1 and word == upper(word)
    out = "".join(_CAPITALS.get(c) or _LETTERS.get(c) or c for c in word)
    return out.upper() if shouted else out
