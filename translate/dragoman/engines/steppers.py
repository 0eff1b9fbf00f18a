"""One step of a decoder for many hypotheses at once, with its caches.

`CachedStepper` calls any encoder-decoder model of transformers; `dragoman.engines.bart` runs the
decoders of the families that are used most.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from dragoman.engines.bart import BartStepper
from dragoman.engines.encoding import encoded

if TYPE_CHECKING:
    import torch


class Stepper(Protocol):
    """Rows are hypotheses: at first one a sentence, later the same number for each sentence,
    those of a sentence together."""

    @property
    def columns(self) -> torch.Tensor | None:
        """The tokens that the columns of `logits` stand for; None: they are all, in order."""
        ...

    def advance(self, tokens: torch.Tensor) -> torch.Tensor:
        """Feed rows x tokens; return states, rows x size."""
        ...

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """What follows some of the states of `advance`: rows x `columns`."""
        ...

    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """Feed rows x tokens; return the logits that follow, rows x vocabulary."""
        ...

    def select(self, rows: torch.Tensor, sentences: torch.Tensor | None) -> None:
        """Keep `rows`, in that order; `sentences` are those still there when some are not."""
        ...


def make_stepper(
    model: Any,
    input_ids: torch.Tensor,
    attention_mask: torch.Tensor,
    banned: Iterable[int] = (),
) -> Stepper:
    """Encode a padded batch (rows x source tokens) and stand before the first token.

    `banned` are tokens of which no logits are wanted; a stepper may compute them all the same.
    """
    hidden = encoded(model, input_ids, attention_mask)
    if model.config.model_type in ("marian", "m2m_100"):
        return BartStepper(model, hidden, attention_mask, banned)
    return CachedStepper(model, hidden, attention_mask)


class CachedStepper:
    """Over the model's own forward pass and cache."""

    columns: torch.Tensor | None = None

    def __init__(self, model: Any, hidden: torch.Tensor, mask: torch.Tensor) -> None:
        from transformers.cache_utils import DynamicCache, EncoderDecoderCache

        self.model, self.hidden, self.mask = model, hidden, mask
        self.cache = EncoderDecoderCache(DynamicCache(), DynamicCache())

    def advance(self, tokens: torch.Tensor) -> torch.Tensor:
        """See `Stepper.advance`; the states are logits."""
        from transformers.modeling_outputs import BaseModelOutput

        logits: torch.Tensor = self.model(
            encoder_outputs=BaseModelOutput(last_hidden_state=self.hidden),
            attention_mask=self.mask,
            decoder_input_ids=tokens,
            past_key_values=self.cache,
            use_cache=True,
        ).logits[:, -1]
        return logits

    step = advance

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """See `Stepper.logits`."""
        return states

    def select(self, rows: torch.Tensor, sentences: torch.Tensor | None) -> None:
        """See `Stepper.select`. The source side is the same for all rows of a sentence, and so
        is copied only when the number of rows changes."""
        self.cache.self_attention_cache.reorder_cache(rows)
        if sentences is not None or len(rows) != len(self.mask):
            self.cache.cross_attention_cache.reorder_cache(rows)
            self.hidden = self.hidden.index_select(0, rows)
            self.mask = self.mask.index_select(0, rows)
