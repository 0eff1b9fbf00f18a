"""What a run did: a row for each release and language, and what went wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.packed import Packed


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


FAULT = "a fault of Dragoman"


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
            message = f"{path}: {fault(error)}"
        return cls(*(_printable(text) for text in (str(path), message)))


def fault(error: Exception) -> str:
    """What to say of an error that should not have been: a rule that tripped over a text."""
    return f"{FAULT} ({type(error).__name__}: {error}); please report it"


def _printable(text: str) -> str:
    line = " ".join(text.split())
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run. `seconds` is wall-clock time, `engine_seconds` what the engine took of it,
    and `runtime` what computed ("transformers int8", say; empty where nothing was drafted).

    `total` adds up all rows and `languages` those of each language; `unchanged` of the rows are
    catalogs for which there was nothing to do. `stopped` says why a run ended before its end.
    """

    engine: str
    rows: Sequence[Row]
    failures: Sequence[Failure]
    total: Row
    languages: tuple[Row, ...]
    unchanged: int
    notices: tuple[str, ...] = ()
    engine_seconds: float = 0.0
    stopped: str = ""
    runtime: str = ""

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return self.total.seconds

    @property
    def speed(self) -> float:
        """Sentences that came to have a draft, a second of the run."""
        whole = self.total
        return (whole.drafted + whole.reused + whole.memory) / max(self.seconds, 1e-9)

    def summary(self) -> dict[str, Any]:
        """The report without its rows."""
        return {
            "engine": self.engine,
            "runtime": self.runtime,
            "stopped": self.stopped,
            "seconds": round(self.seconds, 2),
            "engine_seconds": round(self.engine_seconds, 2),
            "segments_per_second": round(self.speed, 2),
            "catalogs": len(self.rows) - self.unchanged,
            "unchanged": self.unchanged,
            "total": asdict(self.total),
            "languages": {row.lang: asdict(row) for row in self.languages},
            "failures": [asdict(failure) for failure in self.failures],
            "notices": list(self.notices),
        }

    def as_json(self) -> Iterator[str]:
        """The report for machines, in pieces: the summary, and a row for each catalog done."""
        head = json.dumps(self.summary(), ensure_ascii=False, indent=2)
        yield f'{head[:-2]},\n  "releases": [\n'
        before = "    "
        for row in self.rows:
            if not row.unchanged:
                yield before + json.dumps(asdict(row), ensure_ascii=False)
                before = ",\n    "
        yield "\n  ]\n}\n"


@dataclass(slots=True)
class Tally:
    """Counts a run as it goes, so that one that is stopped has a report too."""

    on_row: Callable[[Row], None] = lambda row: None
    on_failure: Callable[[Failure], None] = lambda failure: None
    started: float = field(default_factory=time.monotonic)
    rows: Packed[Row] = field(default_factory=Packed)
    failures: Packed[Failure] = field(default_factory=Packed)
    unchanged: int = 0
    notices: tuple[str, ...] = ()
    engine_seconds: float = 0.0
    runtime: str = ""
    languages: dict[str, Row] = field(default_factory=dict)  # what there is of each, in all

    def add(self, row: Row) -> None:
        """A catalog is done."""
        self.rows.append(row)
        self.unchanged += row.unchanged
        total = self.languages.get(row.lang, Row("total", row.lang))
        self.languages[row.lang] = _sum(total, row)
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
        whole = reduce(_sum, self.languages.values(), Row("total", ""))
        return Report(
            engine,
            self.rows,
            self.failures,
            replace(whole, seconds=seconds),
            tuple(self.languages.values()),
            self.unchanged,
            tuple(dict.fromkeys(notice for notice in self.notices if notice)),
            self.engine_seconds,
            stopped,
            self.runtime,
        )


def _sum(one: Row, other: Row) -> Row:
    sums: dict[str, Any] = {n: getattr(one, n) + getattr(other, n) for n in (*COUNTS, "seconds")}
    return replace(one, **sums)
