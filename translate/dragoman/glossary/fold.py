"""Fold Russian text for matching, keeping the way back to the original offsets.

Folded away: case, ё, kinds of dash, quote and space, doubled spaces, the stray space in
``Страны- первопроходца``, soft hyphens and stress marks, Latin look-alikes (``Aзербайджан``
with a Latin A). Every change is local, so that a match in the folded text has exact offsets
in the original, which is never altered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LOOKALIKES = str.maketrans("ABCEHIKMOPTXYaceiopxyкІіЈј", "АВСЕНIКМОРТХУасеiорхукIiJj")
_LATIN_SHAPED = frozenset("ABCEHKMOPTXYaceopxy")
_ONE_TO_ONE = {
    "ё": "е", "Ё": "Е",
    **dict.fromkeys("‐‑‒–—―−⁃﹣－", "-"),
    **dict.fromkeys("«»“”„‟″＂", '"'),
    **dict.fromkeys("’‘ʼ`´‛", "'"),
    **dict.fromkeys("\t\n\r\v\f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
}  # fmt: skip
_MAPPED = re.compile(f"[{re.escape(''.join(_ONE_TO_ONE))}]")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\u0300\u0308"
# What changes the length: invisible marks, й in two parts, doubled spaces, and a space that
# strayed to one side of a hyphen between letters.
_IRREGULAR = re.compile(
    rf"[{_INVISIBLE}]+|[иИ]\u0306|(?<= ) +|(?<=[^\W_]) +(?=,)"
    r"|(?<=[^\W\d_]-) +(?=[^\W\d_])|(?<=[^\W\d_]) +(?=-[^\W\d_])"
)
_RARE = re.compile(f"[{_INVISIBLE}\u0306]")
_PAIRS = ("  ", " ,", " -", "- ")  # a text without these and the rare marks has nothing irregular
_LATIN = re.compile("[A-Za-zІіЈј]")
_WORD_WITH_LATIN = re.compile(r"[^\W\d_]*[A-Za-zІіЈј][^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is folded; `exact` is the same but with its capitals. Both have one length."""

    text: str
    exact: str
    starts: tuple[int, ...]  # folded positions where the shift changes
    shifts: tuple[int, ...]  # original position minus folded position, from each start on

    def original(self, position: int) -> int:
        """The offset in the original text of a folded position."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The half-open original span of a non-empty folded span."""
        return self.original(start), self.original(stop - 1) + 1


def fold(text: str) -> Folded:
    """Fold `text`; the result's offsets lead back to it."""
    # Quicker than str.translate, which asks its table about every Cyrillic letter.
    plain = _MAPPED.sub(lambda found: _ONE_TO_ONE[found.group()], text)
    if not _RARE.search(plain) and not any(pair in plain for pair in _PAIRS):
        return _folded(plain, (0,), (0,))
    pieces: list[str] = []
    starts, shifts = [0], [0]
    done = length = 0
    for irregular in _IRREGULAR.finditer(plain):
        piece = plain[done : irregular.start()]
        found = irregular.group()
        kept = {"и": "й", "И": "Й"}.get(found[0], "")
        pieces += (piece, kept)
        length += len(piece) + len(kept)
        done = irregular.end()
        starts.append(length)
        shifts.append(done - length)
    pieces.append(plain[done:])
    return _folded("".join(pieces), tuple(starts), tuple(shifts))


def _folded(exact: str, starts: tuple[int, ...], shifts: tuple[int, ...]) -> Folded:
    if _LATIN.search(exact):
        exact = _WORD_WITH_LATIN.sub(_cyrillic, exact)
    lowered = exact.lower()
    if len(lowered) != len(exact):  # İ becomes two characters in lower case
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in exact)
    return Folded(lowered, exact, starts, shifts)


_SIMPLE = re.compile(r"[А-Яа-яё]+(?:[ -][А-Яа-яё]+)*")


def fold_term(text: str) -> tuple[str, str]:
    """The folded and the exact text of a term; quick for one in plain Cyrillic."""
    if _SIMPLE.fullmatch(text):
        exact = text.replace("ё", "е")
        return exact.lower(), exact
    folded = fold(text)
    return folded.text, folded.exact


def fold_key(text: str) -> str:
    """The folded form of a term, as it is sought in folded text."""
    return fold(text).text.strip()


def _cyrillic(match: re.Match[str]) -> str:
    word = match.group()
    if any("а" <= c <= "я" or "А" <= c <= "Я" for c in word) or set(word) <= _LATIN_SHAPED:
        return word.translate(_LOOKALIKES)
    return word.translate({ord("І"): "I", ord("і"): "i", ord("Ј"): "J", ord("ј"): "j"})
