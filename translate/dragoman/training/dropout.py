"""Dropout at the price of a look-up."""

from __future__ import annotations

from typing import Any


def drop(model: Any, share: float, seed: int) -> None:
    """Dropout on what every sublayer adds to the residual stream (Vaswani et al. 2017, 5.4).

    Masks are slices of one random pool: drawing a fresh one for every call costs a tenth of the
    time of training on a CPU.
    """
    import random

    import torch

    if not share:
        return
    device = next(model.parameters()).device
    generator = torch.Generator(device).manual_seed(seed)
    pool = torch.rand(1 << 24, generator=generator, device=device) >= share
    masks = pool.to(torch.bfloat16) / (1 - share)
    places = random.Random(seed)

    def hook(module: Any, inputs: Any, output: Any) -> Any:
        if not module.training:
            return output
        start = places.randrange(len(masks) - output.numel())
        return output * masks[start : start + output.numel()].view_as(output)

    for name, module in model.named_modules():
        if name.endswith(("out_proj", "fc2")):
            module.register_forward_hook(hook)
