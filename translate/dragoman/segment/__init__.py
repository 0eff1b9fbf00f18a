"""A release is cut into segments: its title whole, then sentence by sentence.

An ordered list of small named rules (`rules`) looks at every place where a sentence may end; what
none of them knows goes to the rules of razdel. Conventions, where linguists differ:

- The title is one segment, even if it holds two sentences. So is each heading and list item.
- A quotation of several sentences stays in the sentence that quotes it, up to 600 characters.
- Direct speech goes on over its dashes: «…! – сказал он. – …» is one sentence.
- A remark in brackets after a sentence belongs to it: «… в Баку. (Фото: пресс-служба.)»
- A semicolon never cuts; lists in one line are cut where an item ends in a full stop.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Document, Release, Segment
from dragoman.segment.boundaries import Boundary, candidates, pairs_of
from dragoman.segment.fallback import razdel_rule
from dragoman.segment.rules import RULES

__all__ = ["Verdict", "explain", "format_explanation", "segment_release", "split_sentences"]

_CONTEXT = 28  # characters shown on each side of a cut


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided at one candidate: a sentence ends at `stop` and the next begins at `onward`.

    `cut` says whether it does, `rule` names the rule that decided (``razdel:…`` for razdel's).
    """

    stop: int
    onward: int
    cut: bool
    rule: str


def explain(text: str) -> tuple[Verdict, ...]:
    """Every place in a paragraph where a sentence may end, in order, with the deciding rule.

    Offsets are characters of `text`, which must be normalised (single spaces, one line).
    """
    pairs = pairs_of(text)
    begun = 0
    verdicts = []
    for start, mark_stop, stop in candidates(text):
        boundary = Boundary(text, begun, start, mark_stop, stop, pairs)
        cut, rule = _decide(boundary)
        verdicts.append(Verdict(stop, boundary.onward, cut, rule))
        if cut:
            begun = boundary.onward
    return tuple(verdicts)


def _decide(boundary: Boundary) -> tuple[bool, str]:
    for rule in RULES:
        verdict = rule(boundary)
        if verdict is not None:
            return verdict, rule.__name__
    return razdel_rule(boundary)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a paragraph as half-open character offsets, in order.

    They hold every character but the space between two sentences. An empty text has none.
    """
    cuts = [verdict for verdict in explain(text) if verdict.cut]
    starts = [0, *(verdict.onward for verdict in cuts)]
    stops = [*(verdict.stop for verdict in cuts), len(text)]
    return tuple((a, b) for a, b in zip(starts, stops, strict=True) if a < b)


def segment_release(release: Release) -> Document:
    """The segments of a release in reading order; chrome has none, the title is one."""
    segments: list[Segment] = []
    texts = (block for block in release.blocks if block.kind != "chrome")
    for paragraph, block in enumerate(texts):
        text = release.text[block.start : block.stop]
        is_title = block.kind == "title"
        for start, stop in ((0, len(text)),) if is_title else split_sentences(text):
            segments.append(
                Segment(
                    text=text[start:stop],
                    start=block.start + start,
                    stop=block.start + stop,
                    paragraph=paragraph,
                    kind="title" if is_title else "sentence",
                    line=block.line,
                )
            )
    return Document(release, tuple(segments))


def format_explanation(release: Release) -> tuple[str, ...]:
    """The cutting of a release as lines of text for a terminal: each block, each decision."""
    lines = []
    for block in release.blocks:
        text = release.text[block.start : block.stop]
        lines.append(f"{release.source}:{block.line} {block.kind}: {_shorten(text)}")
        for verdict in explain(text) if block.kind == "paragraph" else ():
            before = text[max(0, verdict.stop - _CONTEXT) : verdict.stop]
            after = text[verdict.onward : verdict.onward + _CONTEXT]
            what = "cut " if verdict.cut else "keep"
            lines.append(f"  {what} {verdict.rule:<22} …{before} ¦ {after}…")
    segments = len(segment_release(release).segments)
    return (*lines, f"{segments} segments")


def _shorten(text: str) -> str:
    return text if len(text) <= 2 * _CONTEXT else f"{text[: 2 * _CONTEXT].rstrip()}…"
