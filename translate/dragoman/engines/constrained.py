"""Beam search that must say given words, each in one of several forms.

Grid beam search with banks (Hokamp and Liu 2017; Post and Vilar 2018) and disjunctive
constraints held in tries, over any encoder-decoder model of transformers. For single
sentences: it serves the few whose terms no other way brought in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.engines.beam import Beam, repeats
from dragoman.engines.steppers import make_stepper

if TYPE_CHECKING:
    import torch

END = -1  # marks a node of a trie at which a form is complete
Trie = dict[int, Any]
NO_REPEAT = 6  # no run of so many tokens is said twice


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
class _State:
    """How far a hypothesis has come: constraints met, and the one being said."""

    met: frozenset[int] = frozenset()
    active: int = -1
    node: Trie | None = None
    depth: int = 0
    just_met: int = -1  # met with the last token; undone if the word goes on

    def progress(self) -> int:
        """The bank: constraints met first, tokens of the current one second."""
        return len(self.met) * 100 + (self.depth if self.active not in self.met else 0)

    def step(self, token: int, tries: Sequence[Trie], glued: bool) -> _State:
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
    def _enter(met: frozenset[int], number: int, node: Trie, depth: int) -> _State:
        complete = END in node
        goes_on = len(node) > complete
        return _State(
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
def _between(met: frozenset[int]) -> _State:
    """The state between constraints; most of all states are this one."""
    return _State(met)


class _Candidate(NamedTuple):
    score: float
    row: int
    token: int
    state: _State


def constrained_search(
    model: Any,
    input_ids: Sequence[int],
    wanted: Sequence[Sequence[Sequence[int]]],
    *,
    prefix: Sequence[int],
    eos: int,
    banned: Sequence[int],
    glued: Sequence[bool],
    limit: int,
    beams: int = 12,
    n_best: int = 4,
) -> list[Beam]:
    """Translate one sentence so that a form of each group in `wanted` is said.

    `wanted` is groups x forms x target token ids; `glued[token]` says that a token continues
    a word; `limit` is the most tokens, end included. Returns up to `n_best` hypotheses that
    say all groups, best first; none when the search does not reach its end.
    """
    import torch

    tries = [build_trie(group) for group in wanted]
    device = model.device
    with torch.inference_mode():
        source = torch.tensor([list(input_ids)], device=device)
        stepper = make_stepper(model, source, torch.ones_like(source))
        logits = stepper.step(torch.tensor([list(prefix)], device=device))
        tokens: list[tuple[int, ...]] = [()]
        scores, states = [0.0], [_State()]
        finished: list[Beam] = []
        for length in range(1, limit + 1):
            candidates = _expand(logits, scores, states, tries, eos, banned, glued, beams)
            for c in candidates:
                if c.token == eos:
                    finished.append(Beam(tokens[c.row], c.score, True))
            kept = _fill_banks([c for c in candidates if c.token != eos], beams, tokens)
            finished = sorted(finished, key=lambda beam: -beam.score)[:n_best]
            if not kept or _settled(finished, kept, length, n_best):
                break
            tokens = [(*tokens[c.row], c.token) for c in kept]
            scores, states = [c.score for c in kept], [c.state for c in kept]
            stepper.select(torch.tensor([c.row for c in kept], device=device), None)
            logits = stepper.step(torch.tensor([[c.token] for c in kept], device=device))
    return finished


def _settled(finished: list[Beam], kept: list[_Candidate], length: int, n_best: int) -> bool:
    """Whether no running hypothesis can enter the finished ones any more."""
    return len(finished) == n_best and finished[-1].score >= max(c.score for c in kept) / length


def _expand(
    logits: torch.Tensor,
    scores: list[float],
    states: list[_State],
    tries: Sequence[Trie],
    eos: int,
    banned: Sequence[int],
    glued: Sequence[bool],
    beams: int,
) -> list[_Candidate]:
    """The best continuations of each row, those that advance a constraint, and the end."""
    forbidden = set(banned)
    logprobs = logits.float().log_softmax(-1)
    top = logprobs.topk(min(beams, logprobs.shape[-1]), dim=-1).indices.tolist()
    values_of = logprobs.cpu().numpy()  # indexed several times faster
    found: list[_Candidate] = []
    for row, state in enumerate(states):
        choices = {*top[row], *state.openings(tries)} - forbidden
        if len(state.met) == len(tries):
            choices.add(eos)
        else:
            choices.discard(eos)
        ordered = sorted(choices)
        values = values_of[row, ordered].tolist()
        for token, value in zip(ordered, values, strict=True):
            after = state.step(token, tries, glued[token])
            found.append(_Candidate(scores[row] + value, row, token, after))
    return sorted(found, key=lambda c: -c.score)


def _fill_banks(
    candidates: list[_Candidate], beams: int, tokens: Sequence[Sequence[int]]
) -> list[_Candidate]:
    """Share the beam among the stages of progress, so that none starves; best first in each.
    A candidate that says a run of `tokens` twice is left out (asked only of those that would
    be kept)."""
    banks: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        banks.setdefault(candidate.state.progress(), []).append(candidate)
    ordered = [banks[progress] for progress in sorted(banks, reverse=True)]
    kept: list[_Candidate] = []
    rank = 0
    while len(kept) < beams and any(rank < len(bank) for bank in ordered):
        for bank in ordered:
            if rank < len(bank) and len(kept) < beams:
                c = bank[rank]
                if not repeats(tokens[c.row], c.token, NO_REPEAT):
                    kept.append(c)
        rank += 1
    return kept
