"""Beam search that must say given words, each in one of several forms.

Grid beam search with banks (Hokamp and Liu 2017; Post and Vilar 2018) and disjunctive
constraints held in tries, over any encoder-decoder model of transformers: for the few sentences
whose terms no other way brought in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dragoman.engines.beam import Beam, closed_up, repeats
from dragoman.engines.constraints import State, Trie, build_trie
from dragoman.engines.steppers import make_stepper

if TYPE_CHECKING:
    import torch

NO_REPEAT = 6  # no run of so many tokens is said twice


class _Rules(NamedTuple):
    """What holds for every sentence: the end, what is never said, what continues a word."""

    eos: int
    banned: frozenset[int]
    glued: Sequence[bool]


class _Candidate(NamedTuple):
    score: float
    row: int
    token: int
    state: State


class _Search:
    """The search for one sentence: its running hypotheses and those that came to their end."""

    def __init__(
        self,
        wanted: Sequence[Sequence[Sequence[int]]],
        limit: int,
        n_best: int,
        begun: Sequence[int] | None = None,
    ) -> None:
        self.tries = [build_trie(group) for group in wanted]
        self.limit, self.n_best, self.begun = limit, n_best, begun
        self.tokens: list[tuple[int, ...]] = [()]
        self.scores, self.states = [0.0], [State()]
        self.finished: list[Beam] = []

    def advance(
        self, logprobs: Any, top: Sequence[Sequence[int]], rules: _Rules, beams: int
    ) -> list[int]:
        """Take the best continuations; return the rows that they continue, none when done.

        `logprobs` (an array) and `top` have a row for each running hypothesis, and more.
        """
        candidates = _expand(
            logprobs, self._choices(top, rules), self.scores, self.states, self.tries, rules
        )
        for c in candidates:
            if c.token == rules.eos:
                self.finished.append(Beam(self.tokens[c.row], c.score, True))
        kept = _fill_banks([c for c in candidates if c.token != rules.eos], beams, self.tokens)
        self.finished = sorted(self.finished, key=lambda beam: -beam.score)[: self.n_best]
        length = len(self.tokens[0]) + 1  # of every running hypothesis, the new token included
        if not kept or length == self.limit or self._settled(kept, length):
            return []
        self.tokens = [(*self.tokens[c.row], c.token) for c in kept]
        self.scores, self.states = [c.score for c in kept], [c.state for c in kept]
        return [c.row for c in kept]

    def _choices(self, top: Sequence[Sequence[int]], rules: _Rules) -> list[set[int]]:
        """The tokens that may follow each running hypothesis."""
        begun = self.begun
        if begun is not None and len(self.tokens[0]) < len(begun):
            return [{begun[len(self.tokens[0])]}]
        return [
            self._free(state, top[row], rules)
            if begun is None or state.met
            else set(state.openings(self.tries))
            for row, state in enumerate(self.states)
        ]

    def _free(self, state: State, top: Sequence[int], rules: _Rules) -> set[int]:
        """The likeliest tokens, those that advance a constraint, and the end when it may come."""
        choices = {*top, *state.openings(self.tries)} - rules.banned
        if len(state.met) == len(self.tries):
            choices.add(rules.eos)
        else:
            choices.discard(rules.eos)
        if self.begun is not None and state.just_met >= 0:  # what is said in place stays whole
            choices = {t for t in choices if not rules.glued[t] or t in (state.node or ())}
        return choices

    def _settled(self, kept: list[_Candidate], length: int) -> bool:
        """Whether no running hypothesis can enter the finished ones any more."""
        best = max(c.score for c in kept) / length
        return len(self.finished) == self.n_best and self.finished[-1].score >= best


def constrained_search(
    model: Any,
    input_ids: torch.Tensor,
    attention_mask: torch.Tensor,
    wanted: Sequence[Sequence[Sequence[Sequence[int]]]],
    *,
    prefix: Sequence[int],
    eos: int,
    banned: Sequence[int],
    glued: Sequence[bool],
    limits: Sequence[int],
    begun: Sequence[Sequence[int]] | None = None,
    beams: int = 12,
    n_best: int = 4,
) -> list[list[Beam]]:
    """Translate a padded batch so that of each row's groups in `wanted` a form is said.

    `input_ids` and `attention_mask` are rows x source tokens; `wanted` is rows x groups x forms x
    target token ids; `glued[token]` says that a token continues a word; `limits` are the most
    tokens, end included. With `begun`, tokens for each row, a translation begins with these and
    says its one group next. Returns for each row up to `n_best` hypotheses that say all groups,
    best first; none when the search does not reach its end.
    """
    import torch

    device = model.device
    rules = _Rules(eos, frozenset(banned), glued)
    searches = [
        _Search(groups, limit, n_best, begun[i] if begun else None)
        for i, (groups, limit) in enumerate(zip(wanted, limits, strict=True))
    ]
    active = list(range(len(searches)))
    width = 1  # rows a sentence; the first step has only one
    with torch.inference_mode():
        stepper = make_stepper(model, input_ids, attention_mask)
        logits = stepper.step(torch.tensor([list(prefix)] * len(searches), device=device))
        while active:
            logprobs = logits.float().log_softmax(-1)
            top = logprobs.topk(min(beams, logprobs.shape[-1]), dim=-1).indices.tolist()
            values = logprobs.cpu().numpy()  # indexed several times faster
            origins = [
                searches[i].advance(values[at * width :], top[at * width :], rules, beams)
                for at, i in enumerate(active)
            ]
            kept = closed_up([not rows for rows in origins])
            active = [active[at] for at in kept]
            if not active:
                break
            # Always as many rows: a product of fewer is summed in another order.
            index = [at * width + row for at in kept for row in _filled(origins[at], beams)]
            changed = torch.tensor(kept, device=device) if len(kept) < len(origins) else None
            stepper.select(torch.tensor(index, device=device), changed)
            last = [
                tokens[-1] for i in active for tokens in _filled(searches[i].tokens, beams)
            ]  # fmt: skip
            logits = stepper.step(torch.tensor(last, device=device)[:, None])
            width = beams
    return [search.finished for search in searches]


Item = TypeVar("Item")


def _filled(items: Sequence[Item], count: int) -> list[Item]:
    """As many as `count`, the last over and over where there are fewer."""
    return [*items, *[items[-1]] * (count - len(items))]


def _expand(
    logprobs: Any,
    choices: Sequence[set[int]],
    scores: Sequence[float],
    states: Sequence[State],
    tries: Sequence[Trie],
    rules: _Rules,
) -> list[_Candidate]:
    """The continuations of each row, the best first."""
    found: list[_Candidate] = []
    for row, state in enumerate(states):
        ordered = sorted(choices[row])
        values = logprobs[row, ordered].tolist()
        for token, value in zip(ordered, values, strict=True):
            after = state.step(token, tries, rules.glued[token])
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
