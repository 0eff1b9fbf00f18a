"""Places where a sentence may end, each with what the rules look at.

Offsets are half-open counts of characters in the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

# A mark, or a row of them, with what closes round it, before a space.
_MARK = re.compile(r"(?P<mark>[.!?…]+)(?P<closers>[»”“\"’'›)\]]*)(?= \S)")
# A space forgotten after the mark: "сотрудничества.Затем", "МОМ.Встреча", "100%.Также", or put
# before it: "с послом .Стороны". Both sides must be plain words, so that г.Баку, В.Гусейнов and
# site.Az are no ends.
_GLUED = re.compile(
    r"(?:(?<=[а-яё]{3})|(?<=[а-яё]{3} )|(?<=[А-ЯЁ]{2})|(?<=\d%)|(?<=[»)]))"
    r"(?P<mark>[.!?…]+)(?P<closers>[»)]*)(?=[«„\"]?[А-ЯЁ][а-яё]*[ ,])"
)
_LAST_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*$")
_FIRST_WORD = re.compile(r"[^\w]*([^\W\d_]+(?:-[^\W\d_]+)*)")
_PAIRS = {"«": "»", "‹": "›", "(": ")", "[": "]", "„": "“”", "“": "”"}
_CLOSERS = frozenset("»›)]”“")

CUT, KEEP = True, False
OPENING_QUOTES = '«„“"‹'

# What the rules see on each side, in characters: more than any sentence needs, so that a file of
# one endless line takes time in proportion to its length.
_VIEW = 1500
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """Quotes or brackets that belong together; `close` is the index of the closing one."""

    open: int
    close: int
    is_quote: bool


class Pairs:
    """The pairs of a paragraph, found by where they open or close."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._ordered = sorted(pairs, key=lambda p: p.open)
        self._opens = [p.open for p in self._ordered]
        self._by_close = {p.close: p for p in self._ordered}

    def opened(self, start: int, stop: int) -> Sequence[Pair]:
        """The pairs that open in ``[start, stop)``, in order."""
        return self._ordered[bisect_left(self._opens, start) : bisect_left(self._opens, stop)]

    def closing(self, at: int) -> Pair | None:
        """The pair that closes at `at`."""
        return self._by_close.get(at)


@dataclass(frozen=True)
class Boundary:
    """A candidate: the sentence that began at `begun` may end at `stop`, and the next at `onward`.

    `start` is the first character of the mark; `stop` lies behind the mark and its closers.
    """

    text: str
    begun: int
    start: int
    mark_stop: int
    stop: int
    pairs: Pairs

    @property
    def mark(self) -> str:
        """The mark itself: ``.``, ``?!``, ``…``."""
        return self.text[self.start : self.mark_stop]

    @property
    def closers(self) -> str:
        """Quotes and brackets that close right behind the mark."""
        return self.text[self.mark_stop : self.stop]

    @property
    def is_dot(self) -> bool:
        """Whether the mark is a single full stop, which may belong to an abbreviation."""
        return self.mark == "."

    @property
    def onward(self) -> int:
        """Where the next sentence would begin."""
        return self.stop + (self.text[self.stop : self.stop + 1] == " ")

    @cached_property
    def left(self) -> str:
        """The sentence so far, without the mark."""
        return self.text[max(self.begun, self.start - _VIEW) : self.start]

    @cached_property
    def tail(self) -> str:
        """The end of `left`: enough for any abbreviation or number and what stands before it."""
        return self.left[-_TAIL:]

    @cached_property
    def right(self) -> str:
        """The rest of the paragraph."""
        return self.text[self.onward : self.onward + _VIEW]

    @cached_property
    def last_word(self) -> str:
        """The word before the mark, as written; "" where none touches it."""
        found = _LAST_WORD.search(self.tail)
        return found[0] if found else ""

    @cached_property
    def first_word(self) -> str:
        """The first word after the mark, behind any quote or bracket; "" before a number."""
        found = _FIRST_WORD.match(self.right)
        return found[1] if found else ""

    @cached_property
    def closing_pair(self) -> Pair | None:
        """The outermost pair that closes in `closers`."""
        ending = [p for i in range(self.mark_stop, self.stop) if (p := self.pairs.closing(i))]
        return min(ending, key=lambda p: p.open, default=None)

    def within(self, *, quotes: bool) -> int:
        """The length of the tightest quotes (or brackets) the mark stands inside; 0 if in none.

        Only those that opened in this sentence and close behind `closers` count.
        """
        lengths = (
            p.close - p.open
            for p in self.pairs.opened(max(self.begun, self.start - _VIEW), self.start)
            if p.is_quote is quotes and p.close >= self.stop
        )
        return min(lengths, default=0)


def candidates(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, mark_stop, stop) of every mark in `text` that has text behind it."""
    found = [*_MARK.finditer(text), *_GLUED.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        yield match.start("mark"), match.end("mark"), match.end("closers")


def pairs_of(text: str) -> Pairs:
    """Quotes and brackets that match; what never closes is left out.

    A nested pair often closes with one sign for both («Проект «Баку»); then the inner one is
    matched and the outer one is no pair.
    """
    found: list[Pair] = []
    stack: list[tuple[str, int]] = []
    for i, char in enumerate(text):
        if char == '"':
            _straight_quote(text, i, stack, found)
        elif char in _CLOSERS and _closes(char, stack):
            while stack:
                sign, at = stack.pop()
                if char in _PAIRS.get(sign, ""):
                    found.append(Pair(at, i, sign not in "(["))
                    break
        elif char in _PAIRS:
            stack.append((char, i))
    return Pairs(found)


def _closes(char: str, stack: list[tuple[str, int]]) -> bool:
    return any(char in _PAIRS.get(sign, "") for sign, _ in stack)


def _straight_quote(text: str, at: int, stack: list[tuple[str, int]], found: list[Pair]) -> None:
    """A straight quote opens after a space or a bracket, and closes any that is open."""
    before = text[at - 1] if at else " "
    opens = before in " («[–—-" and text[at + 1 : at + 2].strip() != ""
    if not opens and any(sign == '"' for sign, _ in stack):
        while stack:
            sign, start = stack.pop()
            if sign == '"':
                found.append(Pair(start, at, True))
                return
    elif opens:
        stack.append(('"', at))
