"""Which words of a translation say which words of its source, told by a model's attention.

A translation, whoever made it, is fed to a translation model as if it had written it itself
(teacher forcing); where the decoder looks in the source before it says a word is where that word
comes from (Bahdanau, Cho and Bengio 2015; measured against hand-made alignments by Garg et al.
2019). The last decoder layer knows that before the word is said, the first one after it was said
(Chen et al. 2020); the geometric mean of both was best on ``tests/cases/engines/alignments.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from dragoman.engines.alignment import Alignment, Place
from dragoman.engines.annotation import unmarked
from dragoman.engines.encoding import encoded
from dragoman.errors import EngineError

if TYPE_CHECKING:
    import torch

    from dragoman.engines.seq2seq import Seq2SeqEngine

_WORD = re.compile(r"\S+")
_LONGEST = 200  # words of a sentence that is aligned


class Aligns(Protocol):
    """What repair asks of an aligner."""

    def align(self, source: str, target: str, to: str) -> Alignment | None:
        """None when these cannot be aligned (too long, or not in the model's letters)."""
        ...


class Aligner:
    """Alignment by a Marian model that translates between the languages."""

    def __init__(self, engine: Seq2SeqEngine) -> None:
        self.engine = engine
        # The terms of one sentence ask for the same alignment, and its candidates share words.
        self.align = lru_cache(maxsize=256)(self._align)
        self._source_pieces = lru_cache(maxsize=4096)(self._pieces)
        self._states = lru_cache(maxsize=64)(self._encoded)

    def _align(self, source: str, target: str, to: str) -> Alignment | None:
        """See `Aligns.align`. Raises EngineError when the model cannot be loaded."""
        here, there = _words(source), _words(target)
        if not here or not there or max(len(here), len(there)) > _LONGEST:
            return None
        source = unmarked(source)
        pieces = [self._source_pieces(source[a:b]) for a, b in here]
        codec = self.engine.text.codec
        said = [codec.pieces(target[a:b]) for a, b in there]
        ids = codec.encode(" ".join(source[a:b] for a, b in here), to)
        lead = len(ids) - 1 - sum(map(len, pieces))
        tokens = [token for word in said for token in word]
        if lead < 0 or not all(said) or not all(pieces):
            return None
        if max(len(ids), len(tokens) + 2) > self.engine.sizes.longest:
            return None
        before, after = self._attention(ids, [*self.engine.prefix(to), *tokens])
        first = len(self.engine.prefix(to)) - 1
        weights = _word_weights(
            before[first:-1, lead:-1], after[first + 1 :, lead:-1], said, pieces
        )
        return Alignment(here, there, weights, target)

    def _pieces(self, word: str) -> list[int]:
        codec: Any = self.engine.text.codec  # Marian's
        return list(codec.source_pieces(word))

    def _encoded(self, ids: tuple[int, ...]) -> torch.Tensor:
        """The states of the encoder, 1 x tokens x size."""
        import torch

        batch = torch.tensor([ids], device=self.engine.model.device)
        return encoded(self.engine.model, batch, torch.ones_like(batch))

    def _attention(self, ids: list[int], said: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Attention of the last and of the first decoder layer, mean over heads: one row for
        each token that the decoder is fed, one column for each of the source."""
        import torch
        from transformers.modeling_outputs import BaseModelOutput

        model = self.engine.model
        layers = [model.get_decoder().layers[i].encoder_attn for i in (-1, 0)]
        with torch.inference_mode(), _caught(layers) as states:
            hidden = self._states(tuple(ids))
            model.model(  # without the head: what comes next is not asked
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
                decoder_input_ids=torch.tensor([said], device=model.device),
                use_cache=False,
            )
            last, first = (
                _probabilities(layer, state, hidden)
                for layer, state in zip(layers, states, strict=True)
            )
        return last, first


@contextmanager
def _caught(layers: Sequence[Any]) -> Iterator[list[Any]]:
    """What each attention module is asked, while the model runs. The attention itself is not
    kept by the fast kernels, and is computed once more from this."""
    states: list[Any] = [None] * len(layers)

    def hook(at: int) -> Any:
        def catch(module: Any, arguments: Any, named: dict[str, Any]) -> None:
            states[at] = named["hidden_states"] if "hidden_states" in named else arguments[0]

        return catch

    hooks = [
        layer.register_forward_pre_hook(hook(at), with_kwargs=True)
        for at, layer in enumerate(layers)
    ]
    try:
        yield states
    finally:
        for handle in hooks:
            handle.remove()


def _probabilities(layer: Any, state: Any, hidden: Any) -> Any:
    """Softmax of scaled products of queries and keys, mean over the heads: fed x source."""
    shape = (-1, layer.num_heads, state.shape[-1] // layer.num_heads)
    queries = (layer.q_proj(state) * layer.scaling).float().view(shape).transpose(0, 1)
    keys = layer.k_proj(hidden).float().view(shape).transpose(0, 1)
    return (queries @ keys.transpose(1, 2)).softmax(-1).mean(0)


def _word_weights(
    before: torch.Tensor,
    after: torch.Tensor,
    said: Sequence[Sequence[int]],
    pieces: Sequence[Sequence[int]],
) -> tuple[tuple[float, ...], ...]:
    """From tokens to words: both views summed over the pieces of a source word and averaged over
    those of a target word; words of the source that all look at are put down; rows sum to 1."""
    rows, columns = _membership(said), _membership(pieces)
    rows = rows / rows.sum(1, keepdim=True)
    views = [rows @ view.cpu().double() @ columns.T + 0.01 for view in (before, after)]
    both = (views[0] * views[1]).sqrt()
    shared = both / both.sum(0, keepdim=True)
    weights = shared / shared.sum(1, keepdim=True)
    return tuple(map(tuple, weights.tolist()))


def _membership(words: Sequence[Sequence[int]]) -> torch.Tensor:
    """Words x tokens: 1 where a token is a piece of the word."""
    import torch

    sizes = torch.tensor([len(word) for word in words])
    owner = torch.repeat_interleave(torch.arange(len(words)), sizes)
    return torch.nn.functional.one_hot(owner, len(words)).T.double()


def _words(text: str) -> tuple[Place, ...]:
    return tuple((m.start(), m.end()) for m in _WORD.finditer(text))


@lru_cache(maxsize=1)
def embedded_aligner() -> Aligner | None:
    """The aligner over the model in the package, which is loaded when first asked; None where
    there is none."""
    from dragoman.engines.loading import load_engine
    from dragoman.engines.seq2seq import Seq2SeqEngine

    try:
        engine = load_engine("embedded")
    except EngineError:
        return None
    return Aligner(engine) if isinstance(engine, Seq2SeqEngine) else None


def aligner_for(engine: object) -> Aligns | None:
    """Who aligns what `engine` says: a Marian model that takes terms does so itself, for any
    other engine the model in the package does. None for an engine that makes faults on purpose."""
    from dragoman.engines.fake import FakeEngine
    from dragoman.engines.seq2seq import Seq2SeqEngine

    if isinstance(engine, FakeEngine):
        return None
    if isinstance(engine, Seq2SeqEngine) and engine.takes_terms:
        return Aligner(engine)
    return embedded_aligner()
