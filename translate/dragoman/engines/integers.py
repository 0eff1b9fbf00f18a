"""Linear maps in eight-bit integers, on any processor and in any batch the same.

Weights are rounded to integers of -127 to 127 with a scale for each output, activations with one
for each row, just before the product. Sums of such products are whole numbers below 2**24, so
they are exact whatever kernel forms them and in whatever order: what a sentence becomes does not
depend on the sentences batched with it, nor on the machine's instructions. The integer kernel of
oneDNN is used where it is exact and faster than float32 (processors with VNNI: up to nine times),
else float32 multiplies the same integers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.engines.beam import BLOCK
from dragoman.errors import EngineError

if TYPE_CHECKING:
    import torch

WIDEST = 1024  # 127 * 127 * 1024 is the last such sum that float32 holds exactly
ROWS = 512
_LEAST = 1e-12

Product = Callable[["torch.Tensor", "torch.Tensor"], "torch.Tensor"]
"""Rows x inputs and inputs x outputs, both int8, to rows x outputs, int32 or float32."""


class IntegerLinear:
    """A linear map with int8 weights (inputs x outputs); float32 in and out."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        """`weight` is outputs x inputs, as in `torch.nn.Linear`."""
        import torch

        scale = weight.detach().float().abs().amax(1).clamp_min_(_LEAST) / 127
        whole = torch.round(weight.detach().float() / scale[:, None]).to(torch.int8)
        added = scale.new_zeros(len(weight)) if bias is None else bias.detach().float().clone()
        self.weight, self.scale, self.bias = whole.t().contiguous(), scale, added
        self.product = fastest_product() if weight.device.type == "cpu" else _floating

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """... x inputs to ... x outputs."""
        import torch

        rows = x.reshape(-1, x.shape[-1])
        if len(rows) <= ROWS:  # so many stay in the processor's cache
            out = self._map(rows)
        else:
            out = torch.cat([self._map(part) for part in torch.split(rows, ROWS)])
        return out.view(*x.shape[:-1], out.shape[-1])

    def _map(self, rows: torch.Tensor) -> torch.Tensor:
        import torch

        step = rows.abs().amax(-1, keepdim=True).mul_(1 / 127).clamp_min_(_LEAST)
        whole = torch.div(rows, step).round_().to(torch.int8)
        out = self.product(whole, self.weight) * self.scale
        return torch.addcmul(self.bias, out, step)


class Head:
    """The last map of a decoder, onto the tokens that may be said.

    `tokens[column]` is the token a column stands for; the columns are filled up with ones that
    are never likely.
    """

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, tokens: Sequence[int]) -> None:
        import torch

        kept = torch.tensor(tokens, device=weight.device)
        missing = -len(tokens) % BLOCK
        pad = torch.nn.functional.pad
        self.linear = IntegerLinear(
            pad(weight[kept], (0, 0, 0, missing)), pad(bias[kept], (0, missing), value=-1e9)
        )
        self.tokens = pad(kept, (0, missing), value=tokens[0])
        self.count = len(tokens)
        self.vocabulary = len(weight)
        self._without: dict[frozenset[int], Head] = {}
        self._made_of = weight, bias

    def without(self, banned: Iterable[int]) -> Head:
        """The map onto the tokens that are not `banned`; kept, since a run asks for few."""
        lost = frozenset(banned).intersection(self.tokens[: self.count].tolist())
        if not lost:
            return self
        if lost not in self._without:
            left = [token for token in self.tokens[: self.count].tolist() if token not in lost]
            self._without[lost] = Head(*self._made_of, left)
        return self._without[lost]

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Rows x inputs to rows x columns."""
        return self.linear(x)

    def spread(self, logits: torch.Tensor) -> torch.Tensor:
        """Rows x columns to rows x vocabulary, impossible where there is no column."""
        out = logits.new_full((len(logits), self.vocabulary), float("-inf"))
        out[:, self.tokens[: self.count]] = logits[:, : self.count]
        return out


def sayable(tokenizer: Any, tokens: Iterable[int]) -> list[int]:
    """Of `tokens` those that may stand in a translation, which never has Cyrillic letters."""
    rows = sorted(tokens)
    words = tokenizer.convert_ids_to_tokens(rows)
    return [i for i, word in zip(rows, words, strict=True) if not _cyrillic(word)]


def _cyrillic(word: str | None) -> bool:
    return any("\u0400" <= character <= "\u04ff" for character in word or "")


def quantise(model: Any, tokenizer: Any, banned: Iterable[int]) -> None:
    """Turn the linear maps of a Marian or M2M100 model into integer ones, for `BartStepper`.

    `banned` tokens and those with Cyrillic letters will never be said. The projections of a
    layer's attention over itself are joined to one map, `joined`. Raises EngineError for other
    models.
    """
    import torch

    kind = model.config.model_type
    if kind not in ("marian", "m2m_100"):
        raise EngineError(
            f"{kind} models are run in int8 by CTranslate2 only",
            advice="choose float32 or bfloat16",
        )
    rows = set(range(model.config.vocab_size)) - set(banned)
    tokens = sayable(tokenizer, rows)
    embedding = model.get_output_embeddings()
    bias = getattr(model, "final_logits_bias", None)
    bias = embedding.weight.new_zeros(len(embedding.weight)) if bias is None else bias.view(-1)
    for layer in (*model.get_encoder().layers, *model.get_decoder().layers):
        parts = [getattr(layer.self_attn, name) for name in ("q_proj", "k_proj", "v_proj")]
        weight = torch.cat([part.weight for part in parts])
        layer.self_attn.joined = IntegerLinear(weight, torch.cat([part.bias for part in parts]))
    for half in (model.get_encoder(), model.get_decoder()):
        for module in half.modules():
            if isinstance(module, torch.nn.Linear):
                module.forward = IntegerLinear(module.weight, module.bias)  # type: ignore[assignment, method-assign]
                module.weight = module.bias = None  # type: ignore[assignment]
    model.integer_head = Head(embedding.weight.detach().float(), bias.float(), tokens)


@cache
def fastest_product() -> Product:
    """The fastest exact product of this processor, measured once a process (a few ms)."""
    exact = [product for product in (_whole, _floating) if _is_exact(product)]
    return min(exact, key=_seconds)


def _whole(rows: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    import torch

    return torch._int_mm(rows, weight)


def _floating(rows: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    out = rows[:, :WIDEST].float() @ weight[:WIDEST].float()
    for start in range(WIDEST, len(weight), WIDEST):
        stop = start + WIDEST
        out = out.double() + (rows[:, start:stop].float() @ weight[start:stop].float())
    return out


def _is_exact(product: Product) -> bool:
    """Whether a kernel sums extremes without saturation (instructions before VNNI do not)."""
    import torch

    rows = torch.full((32, WIDEST), 127, dtype=torch.int8)
    rows[::2] = -127
    rows[:, 1::3] = 126
    weight = torch.full((WIDEST, 32), 127, dtype=torch.int8)
    weight[::2, ::4] = -127
    expected = rows.long() @ weight.long()
    try:
        return bool(torch.equal(product(rows, weight).long(), expected))
    except RuntimeError:  # no such kernel in this build
        return False


def _seconds(product: Product) -> float:
    import torch

    rows = torch.ones((64, 256), dtype=torch.int8)
    weight = torch.ones((256, 1024), dtype=torch.int8)
    product(rows, weight)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        product(rows, weight)
        times.append(time.perf_counter() - began)
    return min(times)
