"""The decoder of Marian and M2M100 (NLLB, SMaLL-100) run on its own weights, for speed.

Keys are kept once a sentence and not once a beam, those of the source and (see `slots`)
those of what is said; the beams of a sentence attend to them in one product; and a query of length
one goes through plain products, which the fused attention kernels are up to forty times slower at.
In bfloat16 every new shape of a product costs the compilation of a kernel, which is then kept
(700 MB of them in a run of a small model): so attention, whose shapes change with each token, is
done in float32, and the rows of the other products are filled up to a multiple of `ROWS`. Over a
model of integers (`integers.quantise`) it computes logits of the tokens that may be said only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.engines.encoding import NEVER
from dragoman.engines.slots import Slots

if TYPE_CHECKING:
    import torch

    from dragoman.engines.integers import Head


ROWS = 32


def _apply(module: Any, x: torch.Tensor) -> torch.Tensor:
    """A linear module over rows x size, in one of few shapes where shapes are dear."""
    import torch

    out: torch.Tensor
    if x.dtype != torch.bfloat16 or x.device.type != "cpu" or not len(x) % ROWS:
        out = module(x)
        return out
    out = module(torch.nn.functional.pad(x, (0, 0, 0, -len(x) % ROWS)))[: len(x)]
    return out


def _count(rows: torch.Tensor) -> torch.Tensor:
    """0, 1, 2 ... for each of the rows."""
    import torch

    return torch.arange(len(rows), device=rows.device)


class _Layer:
    """A decoder layer's modules and its keys and values, own and source's, in float32."""

    def __init__(self, layer: Any, hidden: torch.Tensor, heads: int) -> None:
        self.module, self.heads = layer, heads
        count, length, size = hidden.shape
        shape = (count, length, heads, size // heads)
        cross = layer.encoder_attn
        # sentences x heads x size x length, and sentences x heads x length x size
        keys, values = cross.k_proj(hidden).float(), cross.v_proj(hidden).float()
        self.source_keys = keys.view(shape).permute(0, 2, 3, 1).contiguous()
        self.source_values = values.view(shape).transpose(1, 2).contiguous()
        # sentences x heads x slots x size
        self.keys = values.new_zeros((count, heads, 0, size // heads))
        self.values = self.keys

    def attend_self(
        self, x: torch.Tensor, slots: torch.Tensor, room: int, bias: torch.Tensor
    ) -> torch.Tensor:
        """Attention of the newest token of each row over the row's past; see `Slots.take`."""
        import torch

        attention = self.module.self_attn
        shape = (*slots.shape, self.heads, x.shape[-1] // self.heads)
        if (joined := getattr(attention, "joined", None)) is not None:
            queries, *made = (part.reshape(shape) for part in joined(x).chunk(3, dim=-1))
        else:
            queries, *made = (
                _apply(part, x).float().view(shape)
                for part in (attention.q_proj, attention.k_proj, attention.v_proj)
            )
        keys, values = self._keep(made, slots, room, bias.shape[-1])
        queries = queries.transpose(1, 2) * attention.scaling
        weights = torch.matmul(queries, keys.transpose(2, 3)).add_(bias).softmax(-1)
        mixed = torch.matmul(weights, values).transpose(1, 2).reshape(x.shape)
        return _apply(attention.out_proj, mixed.to(x.dtype))

    def _keep(
        self, made: Sequence[torch.Tensor], slots: torch.Tensor, room: int, used: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Keep the newest keys and values; return all, sentences x heads x `used` x size."""
        import torch

        if (missing := room - self.keys.shape[2]) > 0:
            pad = torch.nn.functional.pad
            self.keys = pad(self.keys, (0, 0, 0, missing))
            self.values = pad(self.values, (0, 0, 0, missing))
        sentences = _count(slots)[:, None]
        for kept, new in zip((self.keys, self.values), made, strict=True):
            kept[sentences, :, slots] = new
        return self.keys[:, :, :used], self.values[:, :, :used]

    def select(self, sentences: torch.Tensor) -> None:
        """Keep these sentences, in that order; those that stay in their place are not touched."""
        moved = (sentences != _count(sentences)).nonzero()[:, 0]
        for name in ("keys", "values", "source_keys", "source_values"):
            held = getattr(self, name)
            if len(moved):
                held[moved] = held[sentences[moved]]
            setattr(self, name, held[: len(sentences)])

    def attend_source(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Attention of all rows of a sentence over its source, in one product."""
        import torch

        attention = self.module.encoder_attn
        shape = (len(self.source_keys), -1, self.heads, x.shape[-1] // self.heads)
        queries = _apply(attention.q_proj, x).float().mul_(attention.scaling).view(shape)
        weights = torch.matmul(queries.transpose(1, 2), self.source_keys).add_(bias).softmax(-1)
        mixed = torch.matmul(weights, self.source_values).transpose(1, 2).reshape(x.shape)
        return _apply(attention.out_proj, mixed.to(x.dtype))

    def feed_forward(self, x: torch.Tensor) -> torch.Tensor:
        """The two linear maps with the activation between."""
        return _apply(self.module.fc2, self.module.activation_fn(_apply(self.module.fc1, x)))


class BartStepper:
    """Over the weights of a Marian (normalised after each part) or M2M100 (before) decoder."""

    def __init__(
        self, model: Any, hidden: torch.Tensor, mask: torch.Tensor, banned: Iterable[int] = ()
    ) -> None:
        decoder = model.get_decoder()
        config = model.config
        self.model, self.decoder = model, decoder
        self.before = config.model_type == "m2m_100"
        heads = config.decoder_attention_heads
        self.layers = [_Layer(layer, hidden, heads) for layer in decoder.layers]
        self.bias = (mask == 0)[:, None, None, :].float() * NEVER
        self.slots = Slots(len(mask), hidden.device)
        self.position = 0
        head: Head | None = getattr(model, "integer_head", None)
        self.head = None if head is None else head.without(banned)
        self.columns = None if self.head is None else self.head.tokens

    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """See `Stepper.step`."""
        logits = self.logits(self.advance(tokens))
        return logits if self.head is None else self.head.spread(logits)

    def advance(self, tokens: torch.Tensor) -> torch.Tensor:
        """See `Stepper.advance`."""
        for column in tokens.unbind(1):
            x = self._embedded(column)
            slots, bias = self.slots.take()
            for layer in self.layers:
                x = self._layer(layer, x, slots, bias)
            self.position += 1
        if self.before:
            x = self.decoder.layer_norm(x)
        return x

    def _layer(
        self, layer: _Layer, x: torch.Tensor, slots: torch.Tensor, bias: torch.Tensor
    ) -> torch.Tensor:
        module, room = layer.module, self.slots.room
        x = self._part(
            x, lambda y: layer.attend_self(y, slots, room, bias), module.self_attn_layer_norm
        )
        x = self._part(
            x, lambda y: layer.attend_source(y, self.bias), module.encoder_attn_layer_norm
        )
        return self._part(x, layer.feed_forward, module.final_layer_norm)

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        """See `Stepper.logits`."""
        if self.head is not None:
            return self.head(states)
        logits = _apply(self.model.lm_head, states)
        extra = getattr(self.model, "final_logits_bias", None)
        return logits if extra is None else logits + extra.to(logits.dtype)

    def _part(self, x: torch.Tensor, part: Any, norm: Any) -> torch.Tensor:
        """A part of a layer with its residual and normalisation."""
        out: torch.Tensor = x + part(norm(x)) if self.before else norm(x + part(x))
        return out

    def _embedded(self, tokens: torch.Tensor) -> torch.Tensor:
        decoder = self.decoder
        words = decoder.embed_tokens(tokens)
        table = decoder.embed_positions
        if self.before:  # M2M100 scales in the embedding and counts positions after padding's
            place = table.weights[table.padding_idx + 1 + self.position]
        else:
            words = words * decoder.embed_scale
            place = table.weight[self.position]
        out: torch.Tensor = words + place.to(words.dtype)
        return out

    def select(self, rows: torch.Tensor, sentences: torch.Tensor | None) -> None:
        """See `Stepper.select`."""
        self.slots.select(rows, len(self.bias) if sentences is None else len(sentences))
        if sentences is not None:
            self.bias = self.bias.index_select(0, sentences)
            for layer in self.layers:
                layer.select(sentences)
