"""A release with other sentences in the places of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from dragoman.records import Block, Document, Segment

Translate = Callable[[Segment], str]
"""translate(segment): the text that stands in its place."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a block, and the newlines that stand before it (none before the first)."""

    text: str
    is_title: bool
    newlines: int


def splice(document: Document, translate: Translate) -> str:
    """The release with every segment translated, chrome left out, layout kept; ends in a newline.

    With ``translate=lambda segment: segment.text`` this is the release without its chrome.
    """
    return "".join("\n" * p.newlines + p.text for p in paragraphs(document, translate)) + "\n"


def paragraphs(document: Document, translate: Translate) -> tuple[Paragraph, ...]:
    """The title and paragraphs of the release, translated, in order.

    Sentences are joined by what stands between them in the Russian, and by a space where it is
    nothing. Where chrome stood between two blocks, the larger of the gaps around it stays.
    """
    text = document.release.text
    blocks = [block for block in document.release.blocks if block.kind != "chrome"]
    inside = {n: tuple(some) for n, some in groupby(document.segments, lambda s: s.paragraph)}
    found: list[Paragraph] = []
    for number, block in enumerate(blocks):
        gap = _newlines(document, blocks[number - 1].stop, block.start) if number else 0
        body = _translated(text, block, inside.get(number, ()), translate)
        found.append(Paragraph(body, block.kind == "title", gap))
    return tuple(found)


def _translated(
    text: str, block: Block, segments: tuple[Segment, ...], translate: Translate
) -> str:
    parts = []
    at = block.start
    for segment in segments:
        gap = text[at : segment.start]
        parts.append(gap if gap or at == block.start else " ")
        parts.append(translate(segment))
        at = segment.stop
    return "".join((*parts, text[at : block.stop]))


def _newlines(document: Document, start: int, stop: int) -> int:
    """The widest run of newlines between two offsets, chrome between them counting as text."""
    runs = re.findall("\n+", document.release.text[start:stop])
    return max(map(len, runs), default=1)
