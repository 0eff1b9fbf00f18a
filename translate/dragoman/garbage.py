"""Python's search for garbage in cycles, kept from looking where there is none.

It goes through all objects that a process holds, and ours hold half a million for good: terms in
all their forms, names, rows. What they leave behind is freed without it, by counting references.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 70_000  # objects made before it looks at the newest; Python's own number is 700


@contextmanager
def uncollected() -> Iterator[None]:
    """It does not look at all: for reading what all stays, a third of whose time it would be."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def rarely_collected() -> Iterator[None]:
    """It looks a hundred times less often: for work of any length. May be nested."""
    first, *others = gc.get_threshold()
    if 0 < first < RARELY:  # 0: switched off
        gc.set_threshold(RARELY, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)
