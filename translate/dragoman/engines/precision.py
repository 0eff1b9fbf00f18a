"""Which number type a processor multiplies fastest: measured once, then remembered.

Tables of instruction sets do not tell: bfloat16 units differ by a factor of ten between
processors, and a library may lack the kernel for one. What was measured is kept in the user's
cache, so that every run on a machine computes in the same type.
"""

from __future__ import annotations

import contextlib
import json
import platform
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.files import user_cache, write_atomically

if TYPE_CHECKING:
    import torch

ROWS = (32, 256)  # a step of a beam search over a small batch, and the encoder over a sentence
SIZE = (512, 2048)  # inputs and outputs of a feed-forward map of the usual small models
TRIES = 7


@cache
def fastest(*kinds: str) -> str:
    """Of the number types `kinds` (float32, bfloat16, int8) the fastest on this processor."""
    import torch

    key = f"{_processor()}, torch {torch.__version__}, {torch.get_num_threads()} threads"
    known = _read()
    seconds = dict(known.get(key, {}))
    new = [kind for kind in kinds if kind not in seconds]
    if new:
        seconds |= {kind: measure(kind) for kind in new}
        _write({**known, key: seconds})
    return min(kinds, key=lambda kind: seconds[kind])


def best_type() -> str:
    """What a small model computes in: on a processor the fastest of all, on a GPU its own type."""
    import torch

    cuda = torch.cuda.is_available()
    return "auto" if cuda else fastest("float32", "bfloat16", "int8")


def measure(kind: str) -> float:
    """Seconds of the products of a layer in a number type; the best of a few tries."""
    import torch

    with torch.inference_mode():
        generator = torch.Generator().manual_seed(1)
        weight = torch.randn(SIZE[::-1], generator=generator)
        inputs = [torch.randn((rows, SIZE[0]), generator=generator) for rows in ROWS]
        product = _product(kind, weight)
        return sum(min(_timed(product, rows) for _ in range(TRIES)) for rows in inputs)


def _product(kind: str, weight: torch.Tensor) -> Callable[[torch.Tensor], torch.Tensor]:
    import torch

    if kind == "int8":
        from dragoman.engines.integers import IntegerLinear

        return IntegerLinear(weight, None)
    dtype: torch.dtype = getattr(torch, kind)
    kept = weight.to(dtype)
    return lambda rows: torch.nn.functional.linear(rows.to(dtype), kept)


def _timed(product: Callable[[torch.Tensor], torch.Tensor], rows: torch.Tensor) -> float:
    began = time.perf_counter()
    product(rows)
    return time.perf_counter() - began


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _file() -> Path:
    return user_cache() / "precision.json"


def _read() -> dict[str, dict[str, float]]:
    try:
        found = json.loads(_file().read_text("utf-8"))
        return {str(key): {str(k): float(s) for k, s in row.items()} for key, row in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # measured anew


def _write(found: dict[str, dict[str, float]]) -> None:
    with contextlib.suppress(DragomanError):  # in a home that cannot be written: measured again
        write_atomically(_file(), json.dumps(found, indent=2) + "\n")
