"""Pairs as token ids, stored flat, and read back as batches of a few fixed shapes.

Every new tensor shape costs the CPU backend a compilation of kernels, so each side is padded to
one of `BUCKETS` and a batch always has the same number of rows for its pair of buckets. (On a CPU
set ONEDNN_PRIMITIVE_CACHE_CAPACITY to some 20,000, or kernels are compiled over and over.) A small
pack takes `WIDE_BUCKETS`: spread over all the others it would make batches of a few rows only, each
with the weight of a full one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from dragoman.training.vocabulary import Encoder

BUCKETS = (8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128, 160)
WIDE_BUCKETS = (32, 64, 160)


@dataclass(frozen=True, slots=True)
class Pack:
    """`ids` (int16, all sequences end to end) and `offsets` (int64, 2 n + 1: source, target, …)."""

    ids: np.ndarray
    offsets: np.ndarray

    def __len__(self) -> int:
        return (len(self.offsets) - 1) // 2

    def sequence(self, number: int) -> np.ndarray:
        """Sequence `number`: pair i has its source at 2 i and its target at 2 i + 1."""
        return self.ids[self.offsets[number] : self.offsets[number + 1]]


def write_pack(path: Path, pairs: Iterable[tuple[str, str, str]], encoder: Encoder) -> int:
    """Encode (source, target, lang) into `path` (.npz); return how many pairs fitted."""
    import numpy as np

    ids: list[int] = []
    offsets = [0]
    for source, target, lang in pairs:
        sides = encoder.source(source, lang), encoder.target(target)
        if max(map(len, sides)) > BUCKETS[-1]:
            continue
        for side in sides:
            ids.extend(side)
            offsets.append(len(ids))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path, ids=np.array(ids, dtype=np.int16), offsets=np.array(offsets, dtype=np.int64)
    )
    return (len(offsets) - 1) // 2


def read_pack(path: Path) -> Pack:
    """Read what `write_pack` wrote. Raises UsageError when there is no such file."""
    import numpy as np

    if not path.is_file():
        raise UsageError(
            "no training pack", path=path, advice="run `dragoman train --stage prepare`"
        )
    with np.load(path) as data:
        return Pack(data["ids"], data["offsets"])


def batches(
    pack: Pack,
    *,
    tokens: int,
    pad: int,
    seed: int,
    buckets: Sequence[int] = BUCKETS,
    first: int = 0,
) -> Iterator[tuple[object, object]]:
    """One epoch of (source, target) int64 arrays, of shapes [rows, bucket] of their buckets,
    from batch `first` on.

    About `tokens` source and as many target positions make a batch. Pairs are drawn without
    replacement; the last batch of a shape is filled up with empty rows (all `pad`).
    """
    import numpy as np

    random = np.random.default_rng(seed)
    lengths = np.diff(pack.offsets)
    sides = [np.searchsorted(np.array(buckets), lengths[side::2]) for side in (0, 1)]
    shape_of = sides[0] * len(buckets) + sides[1]
    plan: list[tuple[tuple[int, int, int], np.ndarray]] = []
    for shape in np.unique(shape_of):
        source, target = buckets[shape // len(buckets)], buckets[shape % len(buckets)]
        members = random.permutation(np.flatnonzero(shape_of == shape))
        rows = max(1, 2 * tokens // (source + target))
        plan += [
            ((rows, source, target), members[i : i + rows]) for i in range(0, len(members), rows)
        ]
    for number in random.permutation(len(plan))[first:]:
        yield _batch(pack, plan[number][1], plan[number][0], pad)


def _batch(
    pack: Pack, members: np.ndarray, shape: tuple[int, int, int], pad: int
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    rows, *widths = shape
    arrays = [np.full((rows, width), pad, dtype=np.int64) for width in widths]
    for row, member in enumerate(members):
        for side, array in enumerate(arrays):
            sequence = pack.sequence(2 * member + side)
            array[row, : len(sequence)] = sequence
    return arrays[0], arrays[1]
