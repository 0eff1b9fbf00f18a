"""Clean lines become the text of a release and its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.records import Block, BlockKind
from dragoman.releases.chrome import chrome_rules

# An opening paragraph that reads as running text; headlines end in no full stop.
_LONGEST_HEADLINE = 200  # characters

_NARROWEST_WRAP, _WIDEST_WRAP = 40, 120  # columns an editor or a mail program wraps at
_WRAPS_NEEDED = 3
_LIST_ITEM = re.compile(
    r"[•●▪◦■*·]|[-–—] |\(?(?:\d{1,3}|[а-яa-z])[.)] |(?:\d{1,2}\.)+ ?\S|[IVX]+\. "
)
_WORD_START = re.compile(r"[«„“\"(]?([^\W\d_])")


@dataclass(frozen=True, slots=True)
class Line:
    """A clean line of text and the 1-based line of the file it began on."""

    text: str
    number: int


def lay_out(lines: Sequence[Line]) -> tuple[str, tuple[Block, ...]]:
    """The text of a release, one paragraph a line, and its blocks with their kinds."""
    chrome = chrome_rules([line.text for line in lines])
    paragraphs = _unwrap(lines, chrome)
    blocks: list[Block] = []
    start = 0
    titled = False
    for line, rule in paragraphs:
        if line.text:
            kind: BlockKind = "chrome" if rule else "paragraph"
            if not rule and not titled:
                titled = True
                kind = "title" if _is_headline(line.text) else "paragraph"
            blocks.append(Block(start, start + len(line.text), kind, line.number))
        start += len(line.text) + 1
    return "\n".join(line.text for line, _ in paragraphs), tuple(blocks)


def _is_headline(text: str) -> bool:
    return len(text) <= _LONGEST_HEADLINE or not text.endswith((".", ":", ";"))


def _unwrap(lines: Sequence[Line], chrome: Sequence[str | None]) -> list[tuple[Line, str | None]]:
    """Join the lines of a paragraph that was wrapped by hand or by a mail program.

    A line goes on in the next where that begins with a small letter after no closing mark; in
    a text wrapped throughout, also where the next word would not have fitted any more.
    """
    width = _wrap_width(lines, chrome)
    joined: list[tuple[Line, str | None]] = []
    previous = ""
    in_list = False  # "Обсуждены:" and then items, which begin with small letters too
    for line, rule in zip(lines, chrome, strict=True):
        in_list = previous.endswith(":") or (in_list and not line.text[:1].isupper())
        open_above = bool(joined) and not rule and not joined[-1][1]
        if open_above and (
            _did_not_fit(previous, line.text, width)
            or (not in_list and _goes_on(previous, line.text))
        ):
            last = joined[-1][0]
            glue = "" if re.search(r"\w-$", last.text) else " "
            joined[-1] = (Line(last.text + glue + line.text, last.number), None)
        else:
            joined.append((line, rule))
        previous = line.text
    return joined


def _goes_on(above: str, below: str) -> bool:
    """Whether `below` begins in the middle of a sentence that `above` left open."""
    first = _WORD_START.match(below)
    if not above or not first or _LIST_ITEM.match(below):
        return False
    return first[1].islower() and not above.endswith((".", "!", "?", "…", ":", ";"))


def _did_not_fit(above: str, below: str, width: int) -> bool:
    """Whether a line of `width` columns had to end before the first word of `below`."""
    if not width or not above or not below or _LIST_ITEM.match(below):
        return False
    return len(above) + 1 + len(below.split(" ", 1)[0]) > width


def _wrap_width(lines: Sequence[Line], chrome: Sequence[str | None]) -> int:
    """The column at which the text was wrapped throughout, or 0.

    Wrapped text has no line wider than a screen, and where a line ended because the next word
    did not fit, that word is as a rule an ordinary one with a small letter.
    """
    texts = ["" if rule else line.text for line, rule in zip(lines, chrome, strict=True)]
    width = max(map(len, texts), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    wraps = [b for a, b in pairwise(texts) if _did_not_fit(a, b, width)]
    small = sum(b[0].islower() for b in wraps)
    return width if len(wraps) >= _WRAPS_NEEDED and small * 2 >= len(wraps) else 0
