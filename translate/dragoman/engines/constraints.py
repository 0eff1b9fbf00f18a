"""What a constrained search still has to say, and how far each hypothesis has come with it.

Each constraint is a word in several forms, held in a trie of their tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

END = -1  # marks a node of a trie at which a form is complete
Trie = dict[int, Any]


def build_trie(forms: Sequence[Sequence[int]]) -> Trie:
    """The trie of token sequences `forms`; nodes are dicts, complete ones hold `END`."""
    root: Trie = {}
    for form in forms:
        node = root
        for token in form:
            node = node.setdefault(token, {})
        node[END] = True
    return root


@dataclass(frozen=True, slots=True)
class State:
    """How far a hypothesis has come: constraints met, and the one being said."""

    met: frozenset[int] = frozenset()
    active: int = -1
    node: Trie | None = None
    depth: int = 0
    just_met: int = -1  # met with the last token; undone if the word goes on

    def progress(self) -> int:
        """The bank: constraints met first, tokens of the current one second."""
        return len(self.met) * 100 + (self.depth if self.active not in self.met else 0)

    def step(self, token: int, tries: Sequence[Trie], glued: bool) -> State:
        """The state after `token`; `glued` says that it continues a word."""
        met = self.met
        if self.node is not None and token in self.node:
            return self._enter(met, self.active, self.node[token], self.depth + 1)
        if glued and self.just_met >= 0:
            met = met - {self.just_met}  # "Bakı" went on to "Bakıxanov"
        if not glued:
            for number, trie in enumerate(tries):
                if number not in met and token in trie:
                    return self._enter(met, number, trie[token], 1)
        return _between(met)

    @staticmethod
    def _enter(met: frozenset[int], number: int, node: Trie, depth: int) -> State:
        complete = END in node
        goes_on = len(node) > complete
        return State(
            met | {number} if complete else met - {number},
            number if goes_on else -1,
            node if goes_on else None,
            depth if goes_on else 0,
            number if complete else -1,
        )

    def openings(self, tries: Sequence[Trie]) -> Iterator[int]:
        """Tokens that advance a constraint from here."""
        if self.node is not None:
            yield from (token for token in self.node if token != END)
        if self.node is None or self.just_met >= 0:
            for number, trie in enumerate(tries):
                if number not in self.met:
                    yield from trie


@lru_cache(maxsize=1024)
def _between(met: frozenset[int]) -> State:
    """The state between constraints; most of all states are this one."""
    return State(met)
