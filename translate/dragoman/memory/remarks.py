"""The ``#.`` lines by which a catalog shows what the memory holds.

memory 92%: … принято [-10-]{+12+} человек …
memory 92% said: 10 people were received.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.memory.model import Match

_LONGEST = 600  # characters of an old translation, which is there to be copied


def remarks(matches: Iterable[Match]) -> tuple[str, ...]:
    """Two lines a match: what changed in the Russian, and how the old Russian was translated."""
    lines = []
    for match in matches:
        lines.append(f"memory {match.percent}%: {_line(match.difference)}")
        lines.append(f"memory {match.percent}% said: {_line(match.target)}")
    return tuple(lines)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
