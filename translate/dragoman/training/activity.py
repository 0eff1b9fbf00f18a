"""Feed-forward units that answer nothing any more, noticed and put to work again.

A ReLU unit that is below zero for every token passes no gradient, so nothing trains it. Muon makes
this common: it moves all directions of a matrix alike, also the one that all tokens share, along
which a unit is quickly pushed down for good. What a turn of the matrix does along that direction is
therefore taken back through the bias; a unit that fires rarely is raised a little with every look,
and one that hardly ever does begins anew (as Bricken et al. 2023, "Towards monosemanticity", revive
the features of a dictionary): random towards its input, zero towards its output, so that the model
says what it said before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LOOK = 4  # steps from one look to the next
RARELY = 0.02  # of the tokens: raised
HARDLY = 1e-4  # of the tokens: begun anew
JUDGED = 100_000  # tokens over which that is judged
RAISE = 2.0  # of the learning rate, a step


@dataclass(slots=True)
class Layer:
    """One feed-forward layer's weights, and what its units did.

    `trained` and `averaged` are each the matrix in front [units, width], its bias [units] and the
    matrix behind [width, units].
    """

    trained: list[Any]
    averaged: list[Any]
    tokens: int = 0
    fired: Any = None  # [units], how often since the last revival
    share: Any = None  # [units], of the tokens last looked at
    mean: Any = None  # [width], of the inputs last looked at
    sums: list[Any] = field(default_factory=list)  # of the inputs and their squares, [width] each
    last: Any = None  # [units, width], the matrix in front at the last look


class Activity:
    """Watches the feed-forward layers of a Marian model in training."""

    def __init__(self, model: Any, trained: dict[Any, Any], averaged: dict[Any, Any]) -> None:
        """The dicts give the copies that the optimiser works on and their running averages."""
        self.layers = []
        self._looking = False
        for block in _blocks(model):
            weights = (block.fc1.weight, block.fc1.bias, block.fc2.weight)
            layer = Layer([trained[w] for w in weights], [averaged[w] for w in weights])
            self.layers.append(layer)
            block.fc1.register_forward_hook(self._hook(layer))

    def before(self, step: int) -> None:
        """Tell that training step `step` begins."""
        self._looking = step % LOOK == 0

    def after(self, step: int, rate: float, optimisers: list[Any]) -> int:
        """Keep the units at their level, raise what fires rarely and begin anew what hardly does.

        Returns how many units began anew. To be called when the optimisers have stepped.
        """
        if not self._looking:
            return 0
        for layer in self.layers:
            inner, bias, _ = layer.trained
            if layer.last is not None:
                bias -= (inner - layer.last) @ layer.mean
            bias += (layer.share < RARELY) * (RAISE * LOOK * rate)
        revived = sum(_revive(y, optimisers) for y in self.layers if y.tokens >= JUDGED)
        for layer in self.layers:
            layer.last = layer.trained[0].clone()
        return revived

    def _hook(self, layer: Layer) -> Any:
        import torch

        def hook(module: Any, inputs: Any, output: Any) -> None:
            if not self._looking:
                return
            with torch.no_grad():
                fired = (output > 0).flatten(0, -2).sum(0)
                seen = inputs[0].detach().flatten(0, -2).float()
                sums = [seen.sum(0), seen.square().sum(0)]
                layer.share = fired / len(seen)
                layer.mean = sums[0] / len(seen)
                layer.fired = fired if layer.fired is None else layer.fired + fired
                layer.tokens += len(seen)
                layer.sums = (
                    [a + b for a, b in zip(layer.sums, sums, strict=True)] if layer.sums else sums
                )

        return hook


def _blocks(model: Any) -> Iterator[Any]:
    yield from model.model.encoder.layers
    yield from model.model.decoder.layers


def _revive(layer: Layer, optimisers: list[Any]) -> int:
    import torch

    dead = (layer.fired <= HARDLY * layer.tokens).nonzero().flatten()
    mean, square = (total / layer.tokens for total in layer.sums)
    layer.fired, layer.tokens, layer.sums = None, 0, []
    if not len(dead):
        return 0
    fresh = torch.randn(len(dead), len(mean), device=mean.device)
    # Across the direction that all tokens share, and of deviation 1 over tokens.
    fresh -= torch.outer(fresh @ mean, mean) / mean.square().sum()
    fresh /= (fresh.square() @ (square - mean.square())).sqrt()[:, None]
    for inner, bias, outer in (layer.trained, layer.averaged):
        inner[dead] = fresh
        bias[dead] = -1.0 - fresh @ mean  # one token in six is above zero
        outer[:, dead] = 0.0
    for optimiser in optimisers:
        for weight, places in zip(layer.trained, (dead, dead, (slice(None), dead)), strict=True):
            for moment in optimiser.state.get(weight, {}).values():
                if moment.shape == weight.shape:
                    moment[places] = 0.0
    return len(dead)
