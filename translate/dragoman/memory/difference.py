"""Two sentences side by side: what left the old one and what came in the new one.

    >>> marked(pieces("Принято 10 мер.", "Принято 12 мер."))
    'Принято [-10-]{+12+} мер.'

The marks are those of `wdiff` and `git diff --word-diff`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "gone", "new"]
# Figures hold together ("1 200,50"), and so do words with a hyphen.
_TOKEN = re.compile(r"\d+(?:[.,:/\u00a0 ]\d+)*|\w+(?:[-‑]\w+)*|\s+|[^\w\s]")
_CONTEXT = 24  # characters kept of what did not change, on each side of what did


class Piece(NamedTuple):
    """A stretch of text that both sentences have, or only the old or the new one."""

    kind: Kind
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The word-wise difference. The pieces that are not "new" make up `old`, exactly, and those
    that are not "gone" make up `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    edits = [
        ("".join(before[a:b]), "".join(after[c:d]), tag == "equal")
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    return tuple(_flat(_joined(edits)))


def marked(found: Sequence[Piece]) -> str:
    """The whole difference in one line."""
    return "".join(_mark(piece) for piece in found)


def excerpt(found: Sequence[Piece], longest: int = 200) -> str:
    """The difference with what did not change cut to a few words around what did."""
    parts = []
    for index, piece in enumerate(found):
        first, last = index == 0, index == len(found) - 1
        parts.append(_mark(piece) if piece.kind != "same" else _cut(piece.text, first, last))
    line = "".join(parts)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _mark(piece: Piece) -> str:
    if piece.kind == "gone":
        return f"[-{piece.text}-]"
    return f"{{+{piece.text}+}}" if piece.kind == "new" else piece.text


def _joined(edits: Sequence[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """Two changed words with nothing but a space between them are one change."""
    held: tuple[str, str] | None = None
    for position, (gone, come, same) in enumerate(edits):
        inside = 0 < position < len(edits) - 1
        if same and not (held and inside and gone.isspace()):
            if held:
                yield (*held, False)
            held = None
            yield (gone, come, True)
        else:
            held = (held[0] + gone, held[1] + come) if held else (gone, come)
    if held:
        yield (*held, False)


def _flat(edits: Iterator[tuple[str, str, bool]]) -> Iterator[Piece]:
    for gone, come, same in edits:
        if same:
            yield Piece("same", gone)
            continue
        if gone:
            yield Piece("gone", gone)
        if come:
            yield Piece("new", come)


def _cut(text: str, first: bool, last: bool) -> str:
    head = "" if first else _ends(text, _CONTEXT)
    tail = "" if last else _ends(text[::-1], _CONTEXT)[::-1]
    return text if len(head) + len(tail) + 3 >= len(text) else f"{head}…{tail}"


def _ends(text: str, longest: int) -> str:
    """The first `longest` characters or so, up to the end of a word."""
    found = re.match(rf"(?s).{{0,{longest}}}(?:(?=\s)\s|$)", text)
    return found[0] if found else text[:longest]
