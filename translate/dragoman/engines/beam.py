"""Beam search over any encoder-decoder model of transformers.

Ours instead of `generate()` because it drops a sentence from the batch as soon as it is done,
holds each sentence to its own length, and returns log-probabilities without keeping the scores
of every step. The hypotheses are those of `generate(num_beams=k, early_stopping=False)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.engines.steppers import Stepper, make_stepper

BLOCK = 64  # columns of logits that are looked at together
LOOKED_AT = 128  # rows of logits that are: so many stay in the processor's cache

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Beam:
    """A hypothesis: its token ids without prefix and end, the sum of its log-probabilities
    (end included), and whether it came to its end."""

    tokens: tuple[int, ...]
    logprob: float
    finished: bool

    @property
    def length(self) -> int:
        """The number of tokens that `logprob` sums over."""
        return len(self.tokens) + self.finished

    @property
    def score(self) -> float:
        """Mean log-probability of a token."""
        return self.logprob / max(1, self.length)


@dataclass(slots=True)
class _Sentence:
    """The state of one sentence of the batch."""

    limit: int
    beams: int
    no_repeat: int = 0
    length_penalty: float = 1.0
    tokens: list[tuple[int, ...]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    finished: list[Beam] = field(default_factory=list)
    done: bool = False

    def advance(self, candidates: Sequence[tuple[float, int, int]], eos: int) -> list[int]:
        """Take the best continuations (score, beam, token), best first; return their beams."""
        if self.done:
            return [0] * self.beams
        tokens: list[tuple[int, ...]] = []
        scores: list[float] = []
        origins: list[int] = []
        before = len(self.finished)
        for rank, (score, beam, token) in enumerate(candidates):
            if rank >= self.beams and len(tokens) == self.beams:
                break
            if score == float("-inf") or score != score:
                continue
            if self.no_repeat and repeats(self.tokens[beam], token, self.no_repeat):
                continue
            if token == eos:
                if rank < self.beams:
                    self.finished.append(Beam(self.tokens[beam], score, True))
            elif len(tokens) < self.beams:
                tokens.append((*self.tokens[beam], token))
                scores.append(score)
                origins.append(beam)
        if len(self.finished) > before:
            self.finished.sort(key=lambda beam: -self._score(beam.logprob, beam.length))
            del self.finished[self.beams :]
        self.tokens, self.scores = tokens, scores
        self.done = self._over()
        return (
            [0] * self.beams if self.done else origins + origins[-1:] * (self.beams - len(origins))
        )

    def last(self, eos: int) -> list[int]:
        """The last token of each beam; dead ones fill it up."""
        last = [] if self.done else [tokens[-1] for tokens in self.tokens]
        return last + [eos] * (self.beams - len(last))

    def _over(self) -> bool:
        if not self.tokens or len(self.tokens[0]) >= self.limit:
            return True
        # No running beam can overtake the finished ones (log-probabilities only fall).
        if len(self.finished) < self.beams:
            return False
        worst = self._score(self.finished[-1].logprob, self.finished[-1].length)
        return worst >= self._score(max(self.scores), len(self.tokens[0]))

    def _score(self, logprob: float, length: int) -> float:
        """What hypotheses are compared by."""
        return float(logprob / max(1, length) ** self.length_penalty)

    def result(self) -> list[Beam]:
        running = [Beam(t, s, False) for t, s in zip(self.tokens, self.scores, strict=True)]
        return self.finished or running


def repeats(tokens: Sequence[int], token: int, size: int) -> bool:
    """Whether `token` after `tokens` makes a run of `size` tokens that stands there already."""
    run = (*tokens[-(size - 1) :], token)
    return any(tuple(tokens[i : i + size]) == run for i in range(len(tokens) - size + 1))


def beam_search(
    model: Any,
    input_ids: torch.Tensor,
    attention_mask: torch.Tensor,
    *,
    prefix: Sequence[int],
    eos: int,
    banned: Sequence[int],
    beams: int,
    limits: Sequence[int],
    no_repeat: int = 0,
    length_penalty: float = 1.0,
) -> list[list[Beam]]:
    """Translate a padded batch; for each row its hypotheses, best first.

    `input_ids` and `attention_mask` are rows x source tokens. `prefix` is what the decoder
    starts with (start token, perhaps a language code), `limits` the most tokens each row may
    have, end included. No run of `no_repeat` tokens is said twice (0: no such rule). Hypotheses
    are compared by their log-probability over their length to the power of `length_penalty`. A row
    of which no hypothesis came to its end returns unfinished ones.
    """
    import torch

    device = input_ids.device
    sentences = [
        _Sentence(limit, beams, no_repeat, length_penalty, [()], [0.0]) for limit in limits
    ]
    active = list(range(len(sentences)))
    width = 1  # beams a sentence; the first step has only one
    with torch.inference_mode():
        stepper = make_stepper(model, input_ids, attention_mask, banned)
        states = stepper.advance(torch.tensor([list(prefix)] * len(sentences), device=device))
        while True:
            rows = [sentences[i] for i in active]
            found = _continuations(stepper, states, _running(rows, width), width, beams, banned)
            origins = [row.advance(c, eos) for row, c in zip(rows, found, strict=True)]
            kept = closed_up([row.done for row in rows])
            active = [active[at] for at in kept]
            if not active:
                break
            index = [at * width + beam for at in kept for beam in origins[at]]
            changed = torch.tensor(kept, device=device) if len(kept) < len(rows) else None
            if width == 1 or index != list(range(len(rows) * width)):
                stepper.select(torch.tensor(index, device=device), changed)
            width = beams
            last = [token for i in active for token in sentences[i].last(eos)]
            states = stepper.advance(torch.tensor(last, device=device)[:, None])
    return [sentence.result() for sentence in sentences]


def closed_up(done: Sequence[bool]) -> list[int]:
    """Which sentences of a batch go on, and in what order: the last ones take the places of those
    that are done, so that few must be moved.

    >>> closed_up([False, True, False, False, False])
    [0, 4, 2, 3]
    """
    left = len(done) - sum(done)
    last = iter([at for at in range(len(done) - 1, left - 1, -1) if not done[at]])
    return [next(last) if done[at] else at for at in range(left)]


def _running(rows: Sequence[_Sentence], width: int) -> list[list[float]]:
    """The scores of all beams of each sentence; dead ones fill it up."""
    lost = float("-inf")
    return [
        [lost] * width if row.done else row.scores + [lost] * (width - len(row.scores))
        for row in rows
    ]


def _continuations(
    stepper: Stepper,
    states: torch.Tensor,
    running: list[list[float]],
    width: int,
    beams: int,
    banned: Sequence[int],
) -> list[list[tuple[float, int, int]]]:
    """See `_candidates`; a few sentences at a time, so that logits stay in the cache."""
    count = max(1, LOOKED_AT // width)
    found: list[list[tuple[float, int, int]]] = []
    for start in range(0, len(running), count):
        logits = stepper.logits(states[start * width : (start + count) * width])
        logprobs = logits.float().log_softmax(-1)
        if stepper.columns is None:  # else the tokens that may be said are all there are
            logprobs[:, list(banned)] = float("-inf")
        scores = running[start : start + count]
        found += _candidates(logprobs, scores, width, beams, stepper.columns)
    return found


def _candidates(
    logprobs: torch.Tensor,
    running: list[list[float]],
    width: int,
    beams: int,
    columns: torch.Tensor | None,
) -> list[list[tuple[float, int, int]]]:
    """The 2 x beams best continuations of each sentence: (score, beam, token), best first.

    `logprobs` is rows x columns. The best so many columns of a row stand in the so many blocks
    whose maxima are highest, so that one fast pass and a search in these blocks finds them.
    """
    import torch

    missing = -logprobs.shape[-1] % BLOCK
    if missing:
        logprobs = torch.nn.functional.pad(logprobs, (0, missing), value=float("-inf"))
    blocks = logprobs.view(-1, width, logprobs.shape[-1] // BLOCK, BLOCK)
    before = torch.tensor(running, device=logprobs.device)[:, :, None]
    tops = (blocks.amax(-1) + before).flatten(1)
    places = tops.topk(min(2 * beams, tops.shape[-1]), dim=-1).indices
    inside = blocks.flatten(1, 2).gather(1, places[:, :, None].expand(-1, -1, BLOCK))
    origins = places // blocks.shape[2]
    inside = inside + before[:, :, 0].gather(1, origins)[:, :, None]
    best = inside.flatten(1).topk(min(2 * beams, inside.shape[1] * BLOCK), dim=-1)
    at = best.indices // BLOCK
    tokens = places.gather(1, at) % blocks.shape[2] * BLOCK + best.indices % BLOCK
    if columns is not None:
        tokens = columns[tokens]
    found = (best.values.tolist(), origins.gather(1, at).tolist(), tokens.tolist())
    return [list(zip(*row, strict=True)) for row in zip(*found, strict=True)]
