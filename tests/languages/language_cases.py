"""Reads the tables under tests/cases: tab-separated rows, ``#`` begins a comment line."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"


def rows(name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of a table, each padded to `columns` and asserted to have no more."""
    found = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        assert len(cells) <= columns, f"{name}: too many columns in {line!r}"
        found.append((*cells, *[""] * (columns - len(cells))))
    return found
