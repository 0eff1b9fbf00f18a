"""What a run did: a row for each release and language, and what went wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog. Counts are of its distinct sentences; a sentence is counted once.

    `drafted` by the engine in this run, `reused` from the ledger or from another release of the
    run, `memory` from the translation memory, `kept` because a person wrote or approved them,
    `failed` without a draft. `warnings` counts the findings of all checks that nobody dismissed.
    `missed` of `terms` term occurrences are not in the text.
    """

    release: str
    lang: str
    segments: int = 0
    drafted: int = 0
    reused: int = 0
    memory: int = 0
    kept: int = 0
    failed: int = 0
    warnings: int = 0
    terms: int = 0
    missed: int = 0
    seconds: float = 0.0
    unchanged: bool = False  # nothing had changed since the last run


COUNTS = (
    *("segments", "drafted", "reused", "memory", "kept"),
    *("failed", "warnings", "terms", "missed"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A release, or a catalog of it, that could not be done; `message` is fit for a person."""

    path: str
    message: str

    @classmethod
    def of(cls, path: Path | str, error: Exception) -> Failure:
        """What `error` says of `path`, on one line and in letters that can be printed."""
        message = str(error)
        if isinstance(error, OSError):
            message = f"{path}: cannot be read: {error.strerror or error}; check it"
        elif not isinstance(error, DragomanError):
            kind = type(error).__name__
            message = f"{path}: a fault of Dragoman ({kind}: {error}); please report it"
        return cls(*(_printable(text) for text in (str(path), message)))


def _printable(text: str) -> str:
    line = " ".join(text.split())
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run. `seconds` is wall-clock time, `engine_seconds` what the engine took of it.

    `stopped` says why a run ended before its end.
    """

    engine: str
    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    seconds: float
    notices: tuple[str, ...] = ()
    engine_seconds: float = 0.0
    stopped: str = ""

    @property
    def total(self) -> Row:
        """The sum of all rows."""
        return total(self.rows, self.seconds)

    @property
    def speed(self) -> float:
        """Sentences that came to have a draft, a second of the run."""
        whole = self.total
        return (whole.drafted + whole.reused + whole.memory) / max(self.seconds, 1e-9)

    def summary(self) -> dict[str, Any]:
        """The report without its rows."""
        return {
            "engine": self.engine,
            "stopped": self.stopped,
            "seconds": round(self.seconds, 2),
            "engine_seconds": round(self.engine_seconds, 2),
            "segments_per_second": round(self.speed, 2),
            "catalogs": sum(not row.unchanged for row in self.rows),
            "unchanged": sum(row.unchanged for row in self.rows),
            "total": asdict(self.total),
            "failures": [asdict(failure) for failure in self.failures],
            "notices": list(self.notices),
        }

    def as_json(self) -> str:
        """The report for machines: the summary, and a row for each catalog that was done."""
        head = json.dumps(self.summary(), ensure_ascii=False, indent=2)
        rows = ",\n    ".join(self._rows())
        return f'{head[:-2]},\n  "releases": [\n    {rows}\n  ]\n}}\n'

    def _rows(self) -> Iterator[str]:
        for row in self.rows:
            if not row.unchanged:
                yield json.dumps(asdict(row), ensure_ascii=False)


@dataclass(slots=True)
class Tally:
    """Counts a run as it goes, so that one that is stopped has a report too."""

    on_row: Callable[[Row], None] = lambda row: None
    on_failure: Callable[[Failure], None] = lambda failure: None
    started: float = field(default_factory=time.monotonic)
    rows: list[Row] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notices: tuple[str, ...] = ()
    engine_seconds: float = 0.0

    def add(self, row: Row) -> None:
        """A catalog is done."""
        self.rows.append(row)
        self.on_row(row)

    def fail(self, path: Path | str, error: Exception) -> None:
        """Something could not be done."""
        self.failed(Failure.of(path, error))

    def failed(self, failure: Failure) -> None:
        """Something could not be done."""
        self.failures.append(failure)
        self.on_failure(failure)

    def report(self, engine: str, stopped: str = "") -> Report:
        """The report of what was done until now."""
        seconds = time.monotonic() - self.started
        notices = tuple(dict.fromkeys(notice for notice in self.notices if notice))
        found = (tuple(self.rows), tuple(self.failures), seconds)
        return Report(engine, *found, notices, self.engine_seconds, stopped)


def total(rows: Iterable[Row], seconds: float) -> Row:
    """One row that adds up `rows`; its seconds are those given."""
    found = tuple(rows)
    sums = {name: sum(getattr(row, name) for row in found) for name in COUNTS}
    return Row("total", "", **sums, seconds=seconds, unchanged=all(r.unchanged for r in found))
