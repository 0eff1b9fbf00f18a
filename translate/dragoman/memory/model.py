"""What the memory gives and takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Pair(NamedTuple):
    """An approved translation, as a catalog or a TMX file gives it.

    `date` is when it was last changed, as sortable text (``2024-06-05 09:30``), empty when
    unknown. `context` tells whether it is one of several renderings (it has a msgctxt), `copied`
    whether its notes say that the text came from the memory.
    """

    source: str
    lang: str
    target: str
    date: str = ""
    context: bool = False
    copied: bool = False


class Answer(NamedTuple):
    """The translations of one sentence, the one to use first.

    `origin` is where that stands: the path of a catalog or the name of a TMX file. `others` are
    (target, origin) of those that compete with it, the likelier first.
    """

    target: str
    origin: str
    date: str
    others: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Where the text comes from, and that it is contested, in one line."""
        if not self.others:
            return f"from {self.origin}"
        text, origin = self.others[0]
        more = f" and {len(self.others) - 1} more" if len(self.others) > 1 else ""
        return f"from {self.origin}; {origin}{more} says otherwise: {text}"


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the memory that is like the one looked up.

    `score` is the share of characters they have in common (0 to 1; 1 is the same sentence),
    `difference` the change from `source` to the sentence looked up, marked as ``[-old-]{+new+}``
    and cut to what matters.
    """

    source: str
    target: str
    score: float
    origin: str
    difference: str

    @property
    def percent(self) -> int:
        """The score as people read it; 100 only for the same sentence."""
        return int(self.score * 100 + 1e-9)


@dataclass(frozen=True, slots=True)
class Stats:
    """What the memory holds. `contested` counts sentences with competing translations."""

    sentences: dict[str, int]  # by language
    contested: dict[str, int]
    catalogs: int  # with at least one approved entry
    imported: tuple[tuple[str, int], ...]  # name of the TMX file, its pairs
    size: int  # bytes on disk
