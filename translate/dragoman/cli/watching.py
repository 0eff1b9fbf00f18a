"""How a run is shown while it goes: a live view, plain lines, or JSON lines for machines."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from rich.progress import BarColumn, Progress, TextColumn

from dragoman.cli.app import complain, err, out
from dragoman.report import Failure, Row

MANY = 200  # catalogs from which on not every one gets a line of its own
EVERY = 10.0  # seconds between lines on the progress of a long run


class Watch:
    """Shows a run over so many `releases` into so many `languages`.

    Where the run is `limited`, what is unchanged is none of them. See `dragoman.session.Watcher`.
    """

    def __init__(
        self, releases: int, languages: int, log_json: bool, *, limited: bool = False
    ) -> None:
        self._json, self._limited = log_json, limited
        self._releases, self._languages = releases, languages
        self._catalogs = catalogs = releases * languages
        self._began = self._said = time.monotonic()
        self._asked = self._wanted = self._drafted = 0
        self._done = self._unchanged = self._reused = self._memory = self._failures = 0
        self._bar: Progress | None = None
        if err.is_terminal and not log_json:
            self._bar = Progress(
                BarColumn(bar_width=24),
                TextColumn("{task.fields[facts]}"),
                console=err,
                transient=True,
            )
            self._task = self._bar.add_task("catalogs", total=catalogs, facts="")

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def on_row(self) -> Callable[[Row], None]:
        """Called with each catalog as it is done."""
        return self._row

    def _row(self, row: Row) -> None:
        if row.unchanged and self._limited:
            return
        self._done += 1
        self._unchanged += row.unchanged
        self._reused += row.reused
        self._memory += row.memory
        if self._json:
            if not row.unchanged:
                log("catalog", **asdict(row))
        elif not self._bar and not row.unchanged and self._catalogs <= MANY:
            out.print(
                f"{row.release} {row.lang}: {row.segments} segments, {row.drafted} drafted, "
                f"{row.warnings} warnings",
                markup=False,
            )
        self._show()

    def failure(self, failure: Failure) -> None:
        """A release or catalog that could not be done: one line at once."""
        self._failures += 1
        if self._json:
            log("failure", **asdict(failure))
        else:
            complain(failure.message)
        self._show()

    def wanted(self, count: int, catalogs: int) -> None:
        """So many sentences of so many more catalogs are to be drafted."""
        self._wanted += count
        self._asked += catalogs
        self._show()

    def drafted(self, count: int) -> None:
        """So many sentences were drafted."""
        self._drafted += count
        self._show()

    def _show(self) -> None:
        if self._bar:
            self._bar.update(self._task, completed=self._done, facts=self._line())
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            if self._json:
                log("progress", **self.facts())
            elif self._catalogs > MANY:
                out.print(self._line(), markup=False)

    def facts(self) -> dict[str, Any]:
        """Where the run stands. `eta` is in seconds, None while nothing can be said."""
        seconds = max(1e-9, time.monotonic() - self._began)
        return {
            "releases": self._finished(),
            "of_releases": self._releases,
            "catalogs": self._done,
            "of": self._catalogs,
            "drafted": self._drafted,
            "segments_per_second": round(self._drafted / seconds, 2),
            "reused": self._reused,
            "memory": self._memory,
            "failures": self._failures,
            "eta": self._eta(seconds),
        }

    def _finished(self) -> int:
        """Releases that are done in all languages; one that failed is done with too."""
        return min(self._releases, self._done // self._languages + self._failures)

    def _eta(self, seconds: float) -> int | None:
        """From the sentences still to come, at the speed so far; else from the catalogs."""
        if self._drafted:
            unseen = max(0, self._catalogs - self._asked - self._unchanged)
            ahead = self._wanted - self._drafted + unseen * self._wanted / max(1, self._asked)
            return round(seconds * max(0, ahead) / self._drafted)
        if self._done:
            return round(seconds * max(0, self._catalogs - self._done) / self._done)
        return None

    def _line(self) -> str:
        facts = self.facts()
        eta = facts["eta"]
        clock = "?" if eta is None else f"{eta // 3600}:{eta // 60 % 60:02}:{eta % 60:02}"
        return (
            f"{facts['releases']}/{self._releases} releases, "
            f"{self._drafted} drafted at {facts['segments_per_second']:.1f} segments/s, "
            f"{self._reused} reused, {self._memory} from memory, "
            f"{self._failures} failures, {clock} left"
        )


def log(event: str, **facts: Any) -> None:
    """One JSON object on a line of its own."""
    out.print(json.dumps({"event": event, **facts}, ensure_ascii=False), markup=False)
