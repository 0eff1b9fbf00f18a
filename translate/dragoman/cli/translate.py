"""``dragoman translate``: releases in, catalogs out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    ALL,
    HERE,
    ToOption,
    WorkspaceOption,
    app,
    complain,
    languages,
    out,
    releases,
)
from dragoman.cli.summary import duration, summarise
from dragoman.cli.watching import Watch, log
from dragoman.errors import DragomanError, UsageError
from dragoman.files import stream_atomically
from dragoman.report import Report, Tally
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.estimate import Estimate
    from dragoman.job import Job

APART = 100  # releases from which on the engine gets a process of its own


@app.command()
def translate(
    release: Annotated[
        list[Path] | None, typer.Argument(help="Releases (files); all of seeds/ by default.")
    ] = None,
    to: ToOption = ALL,
    engine: Annotated[
        str,
        typer.Option(
            help="embedded, a model folder, a name from `dragoman models`, or http://HOST/v1#MODEL."
        ),
    ] = "embedded",
    pivot: Annotated[
        str, typer.Option(help="Translate in two steps, through this language (en).")
    ] = "",
    workspace: WorkspaceOption = HERE,
    trust_memory: Annotated[
        bool, typer.Option("--trust-memory", help="Exact memory matches need no confirmation.")
    ] = False,
    flags_lost: Annotated[
        bool,
        typer.Option(
            "--flags-lost",
            help="The catalogs come from a tool that drops fuzzy marks: what the machine wrote is "
            "a draft again.",
        ),
    ] = False,
    limit: Annotated[
        int, typer.Option(min=0, help="Stop after so many releases with something to do; 0: none.")
    ] = 0,
    since: Annotated[
        str,
        typer.Option(help="Only files changed since a date (2024-03-14) or a git revision."),
    ] = "",
    only_changed: Annotated[
        bool,
        typer.Option(
            "--only-changed",
            help="Only releases whose text is new; changed terms or engines can wait.",
        ),
    ] = False,
    on: Annotated[
        str, typer.Option(help="Where the engine works: here, process, ray or ray:ADDRESS.")
    ] = "",
    workers: Annotated[
        int,
        typer.Option(min=0, help="With --on process or ray: how many engines; 0: as many as fit."),
    ] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how long it would take, from a trial.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="One JSON object a line, for machines.")
    ] = False,
) -> int:
    """Translate releases into reviewable PO files; texts that people wrote are never replaced."""
    from dragoman.selection import not_entered
    from dragoman.selection import since as changed_since
    from dragoman.session import open_job

    wanted = languages(to)
    place = Workspace.at(workspace)
    paths = releases(place, release)
    if not paths:
        complain(f"{place.seeds}: no releases in it; put *.txt or *.html files there")
        return 1
    paths = changed_since(place, paths, since) if since else paths
    paths += [] if release else not_entered(place)
    count = min(len(paths), limit or len(paths))
    crew = on or ("process" if len(paths) >= APART and not dry_run else "here")
    with (
        _stoppable(),
        Watch(count, len(wanted), log_json, limited=bool(limit)) as watch,
        open_job(
            place,
            _through(engine, pivot),
            wanted,
            watch,
            trust_memory=trust_memory,
            trust_flags=not flags_lost,
            only_changed=only_changed,
            limit=limit,
            on=crew,
            workers=workers,
        ) as job,
    ):
        if dry_run:
            return _estimate(job, paths, log_json)
        report = _run(job, paths, log_json)
    if not log_json:
        summarise(report)
    return 1 if report.failures else 0


def _run(job: Job, paths: Sequence[Path], log_json: bool) -> Report:
    """Run, and report what was done even when the run is stopped."""
    from dragoman.pipeline import run

    tally = Tally(job.on_row, job.on_failure)
    stopped = "it broke down"
    try:
        run(job, paths, tally)
        stopped = ""
    except KeyboardInterrupt:
        stopped = "interrupted"
        raise
    except DragomanError as error:
        stopped = str(error)
        raise
    finally:
        report = tally.report(job.engine.name, stopped)
        _save(report, job.workspace)
        if log_json:
            log("end", **report.summary())
    return report


def _save(report: Report, place: Workspace) -> None:
    try:
        stream_atomically(place.state / "run-report.json", report.as_json())
    except DragomanError as error:
        complain(f"{error} (the report of this run is not written)")


def _through(engine: str, pivot: str) -> str:
    """The name of `engine` when it translates through `pivot`: a pair is named FIRST+SECOND."""
    from dragoman.engines.models import PIVOTS

    if pivot not in ("", "en"):
        raise UsageError(f"--pivot {pivot}: no such way", advice="pivot through en")
    return engine if not pivot or engine in PIVOTS or "+" in engine else f"{engine}+{engine}"


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM stop the run as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _estimate(job: Job, paths: Sequence[Path], log_json: bool) -> int:
    from dataclasses import asdict

    from dragoman.estimate import estimate
    from dragoman.processes import fitting

    found = estimate(job, paths)
    if log_json:
        log("estimate", **{**asdict(found), "seconds": found.seconds})
    else:
        _show(found, fitting(job.engine) if len(paths) >= APART else 1)
    return 1 if found.failures else 0


def _show(found: Estimate, processes: int) -> None:
    out.print(f"{found.releases} releases to do, {found.unchanged} unchanged.")
    out.print(
        f"About {found.sentences} sentences in all languages together: {found.known} known or "
        f"repeated, {found.to_draft} to draft (from {found.sampled} releases)."
    )
    shared = f" (in one process; {processes} will share it)" if processes > 1 else ""
    out.print(
        f"About {duration(found.seconds)}: {duration(found.start)} until the first draft, "
        f"{duration(found.engine)} for the engine{shared}, "
        f"{duration(found.rest)} for reading and writing."
    )
    out.print("Nothing was written.")
