"""``dragoman translate``: releases in, catalogs out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from dragoman.cli.app import (
    ALL,
    HERE,
    ToOption,
    WorkspaceOption,
    app,
    complain,
    err,
    languages,
    out,
    releases,
)
from dragoman.files import write_atomically
from dragoman.report import Failure, Report, Row
from dragoman.workspace import Workspace


@app.command()
def translate(
    release: Annotated[
        list[Path] | None, typer.Argument(help="Releases (files); all of seeds/ by default.")
    ] = None,
    to: ToOption = ALL,
    engine: Annotated[
        str, typer.Option(help="embedded, a model folder, or a name from `dragoman models`.")
    ] = "embedded",
    workspace: WorkspaceOption = HERE,
    trust_memory: Annotated[
        bool, typer.Option("--trust-memory", help="Exact memory matches need no confirmation.")
    ] = False,
    limit: Annotated[int, typer.Option(help="Stop after so many releases; 0: no limit.")] = 0,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="One JSON object a line, for machines.")
    ] = False,
) -> int:
    """Translate releases into reviewable PO files; texts that people wrote are never replaced."""
    from dragoman.session import open_job

    wanted = languages(to)
    place = Workspace.at(workspace)
    paths = releases(place, release)
    if not paths:
        complain(f"{place.seeds}: no releases in it; put *.txt or *.html files there")
        return 1
    paths = paths[:limit] if limit else paths
    with (
        _watch(len(paths) * len(wanted), log_json) as watcher,
        open_job(place, engine, wanted, watcher, trust_memory=trust_memory) as job,
    ):
        from dragoman.pipeline import run

        report = run(job, paths)
    write_atomically(place.state / "run-report.json", report.as_json())
    if log_json:
        _log("end", **report.summary())
    else:
        summarise(report)
    return 1 if report.failures else 0


def summarise(report: Report) -> None:
    """Print the table of a run, and what could not be done."""
    done = [row for row in report.rows if not row.unchanged]
    if len(done) <= 40:
        out.print(_table(report, done))
    else:
        out.print(_table(report, ()))
    same = len(report.rows) - len(done)
    if same:
        out.print(f"{same} catalogs: nothing has changed since the last run.")
    for notice in report.notices:
        complain(notice)
    if report.failures:
        complain(f"{len(report.failures)} could not be done; see the lines above")


def _table(report: Report, rows: list[Row] | tuple[Row, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("release", overflow="fold")
    table.add_column("to")
    heads = "segments drafted reused kept failed warnings terms seconds".split()
    for head in heads:
        table.add_column(head, justify="right")
    for row in (*rows, report.total):
        held = f"{row.terms - row.missed}/{row.terms}"
        counts = (row.segments, row.drafted, row.reused, row.kept, row.failed, row.warnings)
        style = "bold" if row is rows or row.release == "total" else ""
        table.add_row(
            row.release, row.lang, *map(str, counts), held, f"{row.seconds:.1f}", style=style
        )
    return table


def _log(event: str, **facts: Any) -> None:
    out.print(json.dumps({"event": event, **facts}, ensure_ascii=False), markup=False)


class _watch:
    """Shows a run: a progress bar on a terminal, plain lines or JSON lines otherwise."""

    def __init__(self, catalogs: int, log_json: bool) -> None:
        self._json = log_json
        self._bar: Progress | None = None
        self._catalogs = catalogs
        self._wanted = 0
        if err.is_terminal and not log_json:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=err,
                transient=True,
            )
            self._catalog_task = self._bar.add_task("catalogs", total=catalogs)
            self._segment_task = self._bar.add_task("sentences", total=None)

    def __enter__(self) -> _watch:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def on_row(self) -> Callable[[Row], None]:
        return self._row

    def _row(self, row: Row) -> None:
        if self._json:
            from dataclasses import asdict

            _log("catalog", **asdict(row))
        elif self._bar:
            self._bar.advance(self._catalog_task)
        elif not row.unchanged:
            out.print(
                f"{row.release} {row.lang}: {row.segments} segments, {row.drafted} drafted, "
                f"{row.warnings} warnings",
                markup=False,
            )

    def failure(self, failure: Failure) -> None:
        """A release or catalog that could not be done: one line at once."""
        if self._json:
            _log("failure", path=failure.path, message=failure.message)
        else:
            complain(failure.message)

    def wanted(self, count: int) -> None:
        """So many more sentences are to be drafted."""
        self._wanted += count
        if self._bar:
            self._bar.update(self._segment_task, total=self._wanted)

    def drafted(self, count: int) -> None:
        """So many sentences were drafted."""
        if self._bar:
            self._bar.advance(self._segment_task, count)
