"""Read the case tables under tests/cases/checks."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "cases" / "checks"


def rows(name: str, columns: int) -> list[tuple[int, list[str]]]:
    """The cells of each line with its number; ``#`` begins a comment, ␠ stands for a space."""
    found = []
    separator = "\t" if name.endswith(".tsv") else "|"
    for number, line in enumerate((CASES / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip().replace("␠", " ") for cell in line.split(separator)]
        assert len(cells) == columns, f"{name}:{number}: {len(cells)} cells, {columns} expected"
        found.append((number, cells))
    return found


def params(name: str) -> list[object]:
    """Pytest parameters (wanted, lang, source, target), named by file and line.

    A line that begins with ``known`` is a known failure: a fix announces itself.
    """
    found = []
    for number, (wanted, *cells) in rows(name, 4):
        known = (pytest.mark.xfail(strict=True),) if wanted.startswith("known ") else ()
        wanted = wanted.removeprefix("known ")
        found.append(pytest.param(wanted, *cells, id=f"{name}:{number}", marks=known))
    return found


def references() -> list[tuple[str, str, str]]:
    """The 200 correct translations: (lang, source, target)."""
    return [(cells[0], cells[1], cells[2]) for _, cells in rows("references.tsv", 3)]
