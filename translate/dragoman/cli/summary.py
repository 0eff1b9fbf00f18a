"""What a run tells at its end."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from dragoman.cli.app import complain, out
from dragoman.report import Report, Row

SHOWN = 40  # catalogs up to which each has a row in the table


def summarise(report: Report) -> None:
    """Print the table of a run, and what could not be done."""
    done = len(report.rows) - report.unchanged
    rows = () if done > SHOWN else [row for row in report.rows if not row.unchanged]
    if report.rows:
        out.print(_table(report, rows))
    if done > SHOWN:
        out.print(
            f"{done} catalogs, {report.speed:.1f} segments/s; the engine was at work for "
            f"{duration(report.engine_seconds)} of {duration(report.seconds)}."
        )
    if report.runtime:
        out.print(f"Drafted by {report.engine} on {report.runtime}.", markup=False)
    if report.unchanged:
        out.print(f"{report.unchanged} catalogs: nothing has changed since the last run.")
    for notice in report.notices:
        complain(notice)
    if report.failures:
        complain(f"{len(report.failures)} could not be done; see the lines above")


def _table(report: Report, rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("release", overflow="fold")
    table.add_column("to")
    heads = "segments drafted reused memory kept failed warnings terms seconds".split()
    for head in heads:
        table.add_column(head, justify="right")
    sums = report.languages if len(report.languages) > 1 else ()
    for row in (*rows, *sums, report.total):
        counts = [getattr(row, head) for head in heads[:-2]]
        held = f"{row.terms - row.missed}/{row.terms}"
        style = "bold" if row is report.total else ""
        table.add_row(
            row.release, row.lang, *map(str, counts), held, f"{row.seconds:.1f}", style=style
        )
    return table


def duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
