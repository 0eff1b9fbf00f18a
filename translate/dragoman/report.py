"""What a run did: a row for each release and language, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog. Counts are of its distinct sentences; a sentence is counted once.

    `drafted` by the engine in this run, `reused` from the ledger or the memory, `kept` because
    a person wrote or approved them, `failed` without a draft. `warnings` counts the findings of
    all checks that nobody dismissed. `missed` of `terms` term occurrences are not in the text.
    """

    release: str
    lang: str
    segments: int = 0
    drafted: int = 0
    reused: int = 0
    kept: int = 0
    failed: int = 0
    warnings: int = 0
    terms: int = 0
    missed: int = 0
    seconds: float = 0.0
    unchanged: bool = False  # nothing had changed since the last run


@dataclass(frozen=True, slots=True)
class Failure:
    """A release, or a catalog of it, that could not be done; `message` is fit for a person."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run. `seconds` is wall-clock time."""

    engine: str
    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    seconds: float
    notices: tuple[str, ...] = ()

    @property
    def total(self) -> Row:
        """The sum of all rows."""
        return total(self.rows, self.seconds)

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "engine": self.engine,
            "seconds": round(self.seconds, 2),
            "total": asdict(self.total),
            "releases": [asdict(row) for row in self.rows],
            "failures": [asdict(failure) for failure in self.failures],
            "notices": list(self.notices),
        }


def total(rows: Iterable[Row], seconds: float) -> Row:
    """One row that adds up `rows`; its seconds are those given."""
    found = tuple(rows)
    names = ("segments", "drafted", "reused", "kept", "failed", "warnings", "terms", "missed")
    sums = {name: sum(getattr(row, name) for row in found) for name in names}
    return Row("total", "", **sums, seconds=seconds, unchanged=all(r.unchanged for r in found))
