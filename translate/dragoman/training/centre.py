"""Weights that say the same, with activations that eight-bit integers can hold.

Training with norms behind each part drives a dimension or two of the states far away from zero, and
to nearly the same value for every token (87 where the others are about 1). Integers with one scale
for a row then have no room for the rest. What a norm adds to each dimension on the average is
therefore taken out of its bias and put into the biases of all that it goes to, which changes
nothing but the rounding (an exact shift; compare Wei et al. 2023, "Outlier Suppression+").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

from dragoman.training.pack import Pack

Row = tuple[list[int], list[int]]
"""The token ids of a source, and of what its decoder is fed."""


LOOKED_AT = 200  # pairs


def sample(pack: Pack, pad: int) -> list[Row]:
    """Some pairs of a pack, always the same; the decoder is first fed `pad`."""
    chosen = Random(1).sample(range(len(pack)), min(len(pack), LOOKED_AT))
    return [
        (pack.sequence(2 * i).tolist(), [pad, *pack.sequence(2 * i + 1)[:-1].tolist()])
        for i in chosen
    ]


def centre(model: Any, rows: Sequence[Row]) -> None:
    """Centre the norms of a MarianMTModel of float32 on what they give for `rows`."""
    import torch

    norms = [norm for norm, _, _ in _norms(model)]
    with torch.no_grad(), _means(norms) as means:
        for source, fed in rows:
            model(input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([fed]))
    with torch.no_grad():
        for (norm, readers, carrier), (total, count) in zip(_norms(model), means, strict=True):
            bias = (norm.bias - total / count).to(torch.bfloat16).float()  # as it will be stored
            _move(norm, readers, carrier, norm.bias - bias)


def for_training(model: Any) -> None:
    """Take what `centre` did back, on a model of float32: dropout falls on what the parts add, and
    must not take such constants away from some tokens."""
    import torch

    with torch.no_grad():
        for norm, readers, carrier in _norms(model):
            if carrier is not None:
                _move(norm, readers, carrier, -carrier.bias.clone())


def _move(norm: Any, readers: Sequence[Any], carrier: Any, shift: Any) -> None:
    """Take `shift` out of what a norm gives and make up for it wherever that goes."""
    norm.bias -= shift
    for reader in readers:
        reader.bias += reader.weight @ shift
    if carrier is not None:
        carrier.bias += shift


def _norms(model: Any) -> Iterator[tuple[Any, list[Any], Any]]:
    """Each norm, the linear maps that read it, and the one that is added to it afterwards.

    The last norm of the decoder is left out: its reader has no bias of its own.
    """
    encoder, decoder = model.model.encoder.layers, model.model.decoder.layers
    for layer, after in zip(encoder, [*encoder[1:], None], strict=True):
        yield layer.self_attn_layer_norm, [layer.fc1], layer.fc2
        if after is not None:
            yield layer.final_layer_norm, _joined(after.self_attn), after.self_attn.out_proj
        else:
            cross = [one.encoder_attn for one in decoder]
            readers = [part for one in cross for part in (one.k_proj, one.v_proj)]
            yield layer.final_layer_norm, readers, None
    for layer, after in zip(decoder, [*decoder[1:], None], strict=True):
        cross = layer.encoder_attn
        yield layer.self_attn_layer_norm, [cross.q_proj], cross.out_proj
        yield layer.encoder_attn_layer_norm, [layer.fc1], layer.fc2
        if after is not None:
            yield layer.final_layer_norm, _joined(after.self_attn), after.self_attn.out_proj


def _joined(attention: Any) -> list[Any]:
    return [attention.q_proj, attention.k_proj, attention.v_proj]


@contextmanager
def _means(norms: Sequence[Any]) -> Iterator[list[list[Any]]]:
    """The sums of what each norm gives, and of how many tokens, while the model runs."""
    sums: list[list[Any]] = [[0, 0] for _ in norms]

    def hook(at: int) -> Any:
        def add(module: Any, inputs: Any, output: Any) -> None:
            tokens = output.flatten(0, -2)
            sums[at][0] = sums[at][0] + tokens.sum(0)
            sums[at][1] += len(tokens)

        return add

    hooks = [norm.register_forward_hook(hook(at)) for at, norm in enumerate(norms)]
    try:
        yield sums
    finally:
        for handle in hooks:
            handle.remove()
