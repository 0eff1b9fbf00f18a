"""Pairs as token ids, stored flat, and read back as batches of a few fixed shapes.

Every new tensor shape costs the CPU backend a compilation of kernels, so sequences are padded
to one of `BUCKETS` and a batch always has the same number of rows for its bucket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

    from dragoman.training.vocabulary import Encoder

BUCKETS = (16, 24, 32, 40, 48, 64, 80, 96, 128, 160)


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
        raise UsageError("no training pack", path=path, advice="run `dragoman train prepare`")
    with np.load(path) as data:
        return Pack(data["ids"], data["offsets"])


def batches(pack: Pack, *, tokens: int, pad: int, seed: int) -> Iterator[tuple[object, object]]:
    """One epoch of (source, target) int64 arrays of shape [tokens // bucket, bucket].

    Rows are drawn without replacement; the last rows of a bucket are filled with empty ones
    (all `pad`), so that the shape stays.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    lengths = np.diff(pack.offsets)
    longest = np.maximum(lengths[0::2], lengths[1::2])
    bucket_of = np.searchsorted(np.array(BUCKETS), longest)
    plan: list[tuple[int, np.ndarray]] = []
    for index, bucket in enumerate(BUCKETS):
        members = random.permutation(np.flatnonzero(bucket_of == index))
        rows = max(1, tokens // bucket)
        plan += [(bucket, members[i : i + rows]) for i in range(0, len(members), rows)]
    for number in random.permutation(len(plan)):
        bucket, members = plan[number]
        yield _batch(pack, members, bucket, max(1, tokens // bucket), pad)


def _batch(
    pack: Pack, members: np.ndarray, bucket: int, rows: int, pad: int
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    source = np.full((rows, bucket), pad, dtype=np.int64)
    target = np.full((rows, bucket), pad, dtype=np.int64)
    for row, member in enumerate(members):
        for array, number in ((source, 2 * member), (target, 2 * member + 1)):
            sequence = pack.sequence(number)
            array[row, : len(sequence)] = sequence
    return source, target
