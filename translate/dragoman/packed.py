"""A list that only grows and hardly takes memory."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")
_BLOCK = 256


class Packed(Sequence[T]):
    """Many small records, compressed by blocks: some twenty bytes for the row of a catalog.

    A run over an archive keeps one for each catalog until its end, and no more than this of it.
    """

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._last: list[T] = []

    def append(self, item: T) -> None:
        """Add one at the end."""
        self._last.append(item)
        if len(self._last) == _BLOCK:
            self._blocks.append(zlib.compress(pickle.dumps(self._last)))
            self._last = []

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from self._unpacked(block)
        yield from self._last

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        number = range(len(self))[place]  # raises IndexError, counts from the end
        block, inside = divmod(number, _BLOCK)
        found = self._last if block == len(self._blocks) else self._unpacked(self._blocks[block])
        return found[inside]

    @staticmethod
    def _unpacked(block: bytes) -> list[T]:
        found: list[T] = pickle.loads(zlib.decompress(block))
        return found
