"""Centred weights say the same, and leave integers more room."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import torch

from dragoman.engines.integers import IntegerLinear
from dragoman.training.centre import centre, for_training
from dragoman.training.start import Shape, new_model

VOCAB = {**{f"t{i}": i for i in range(58)}, "</s>": 58, "<pad>": 59}
ROWS = [([1 + i, 2, 3 + i, 58], [59, 4 + i, 5]) for i in range(20)]


@pytest.fixture
def model() -> Any:
    """A random model, one dimension of whose states is far from zero for every token."""
    torch.manual_seed(1)
    shape = Shape(width=32, encoder_units=64, decoder_units=64, heads=2, encoder_layers=2,
                  decoder_layers=2)  # fmt: skip
    made = new_model(shape, VOCAB).eval()
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if name.endswith("layer_norm.bias"):
                weight[7] = 90.0
            elif weight.dim() > 1:
                weight.mul_(10)
    return made


def logits(model: Any) -> torch.Tensor:
    source, fed = (torch.tensor(side) for side in zip(*ROWS, strict=True))
    with torch.no_grad():
        return model(input_ids=source, decoder_input_ids=fed).logits


def loss_by_integers(model: Any) -> float:
    """How much the first map of a feed-forward part loses in eight-bit integers, relatively."""
    layer = model.model.encoder.layers[1]
    seen: list[torch.Tensor] = []
    hook = layer.fc1.register_forward_hook(lambda module, inputs, output: seen.extend(inputs))
    logits(model)
    hook.remove()
    exact, rounded = layer.fc1(seen[0]), IntegerLinear(layer.fc1.weight, layer.fc1.bias)(seen[0])
    varying = exact - exact.flatten(0, 1).mean(0)
    return float((rounded - exact).norm() / varying.norm())


def test_what_the_model_says_stays(model: Any) -> None:
    centred = deepcopy(model)
    centre(centred, ROWS)
    before, after = logits(model).log_softmax(-1), logits(centred).log_softmax(-1)
    assert not torch.equal(
        centred.model.encoder.layers[0].final_layer_norm.bias,
        model.model.encoder.layers[0].final_layer_norm.bias,
    )
    torch.testing.assert_close(after, before, atol=2e-3, rtol=1e-3)


def test_for_training_it_is_taken_back(model: Any) -> None:
    before = logits(model).log_softmax(-1)
    centre(model, ROWS)
    for_training(model)
    for layer in model.model.encoder.layers:
        assert not layer.fc2.bias.any() and not layer.self_attn.out_proj.bias[7:8].any()
    torch.testing.assert_close(logits(model).log_softmax(-1), before, atol=2e-3, rtol=1e-3)


def test_integers_lose_less(model: Any) -> None:
    before = loss_by_integers(model)
    centre(model, ROWS)
    assert loss_by_integers(model) < before / 5
