"""The encoder's half of a translation: a padded batch to states, fast on a processor.

On a processor a few sentences are encoded at a time, with no more padding than these need among
themselves. A Marian model of integers (`integers.quantise`) is run on its own weights: all but the
attention sees real tokens only, one under the other, and no padding at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

ENCODED = 512  # tokens that are encoded together: so many stay in the processor's cache
PADDED = 16  # tokens; kernels sum a row of such a length in the same order, padding or not
NEVER = -1e9  # what is added to the attention to a place that is not to be seen


def padded(sources: Sequence[Sequence[int]], pad: int, device: Any) -> tuple[Any, Any]:
    """Source ids filled up with `pad`, and what of them is no padding: two tensors, rows x
    tokens."""
    import torch

    longest = max(len(ids) for ids in sources)
    longest += -longest % PADDED
    ids = [[*row, *[pad] * (longest - len(row))] for row in sources]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in sources]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)


def encoded(model: Any, input_ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """States, rows x source tokens x size; those of padding mean nothing. `mask` is 1 for the
    tokens of a row, which come first, and 0 for its padding."""
    import torch

    if input_ids.device.type != "cpu":
        return _theirs(model, input_ids, mask)
    own = model.config.model_type == "marian" and hasattr(model, "integer_head")
    longest = input_ids.shape[1]
    parts: list[torch.Tensor] = []
    for start, stop, width in _groups(mask.sum(1).tolist(), longest):
        part = (input_ids[start:stop, :width], mask[start:stop, :width])
        states = _ours(model.get_encoder(), *part) if own else _theirs(model, *part)
        parts.append(torch.nn.functional.pad(states, (0, 0, 0, longest - width)))
    return torch.cat(parts)


def _groups(lengths: list[int], longest: int) -> Iterator[tuple[int, int, int]]:
    """Neighbouring rows of `ENCODED` tokens together: the first, the one after the last, and
    their width."""
    start = width = 0
    for at, length in enumerate(lengths):
        wider = max(width, min(longest, length + -length % PADDED), 1)
        if at > start and wider * (at - start + 1) > ENCODED:
            yield start, at, width
            start, wider = at, max(min(longest, length + -length % PADDED), 1)
        width = wider
    if lengths:
        yield start, len(lengths), width


def _theirs(model: Any, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    states: torch.Tensor = model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
    return states


def _ours(encoder: Any, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The encoder of Marian: each part is followed by its residual and normalisation."""
    real = mask.bool()
    bias = (mask == 0)[:, None, None, :].float() * NEVER
    places = encoder.embed_positions.weight[: ids.shape[1]].float()
    x = (encoder.embed_tokens(ids).float() * encoder.embed_scale + places)[real]
    for layer in encoder.layers:
        x = layer.self_attn_layer_norm(x + _attend(layer.self_attn, x, real, bias))
        x = layer.final_layer_norm(x + layer.fc2(layer.activation_fn(layer.fc1(x))))
    return _spread(x, real)


def _attend(attention: Any, x: torch.Tensor, real: torch.Tensor, bias: torch.Tensor) -> Any:
    import torch

    joined = _spread(attention.joined(x), real)
    shape = (*real.shape, 3, attention.num_heads, attention.head_dim)
    queries, keys, values = joined.view(shape).permute(2, 0, 3, 1, 4)
    mixed = torch.nn.functional.scaled_dot_product_attention(
        queries, keys, values, attn_mask=bias, scale=attention.scaling
    )
    return attention.out_proj(mixed.transpose(1, 2).flatten(2)[real])


def _spread(x: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """Tokens one under the other to rows x tokens, padding filled with zeros."""
    out = x.new_zeros((*real.shape, x.shape[-1]))
    out[real] = x
    return out
