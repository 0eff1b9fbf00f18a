"""``dragoman status``: how far the review is, and what to look at first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dragoman.cli.app import ALL, HERE, ToOption, WorkspaceOption, app, complain, languages, out
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.status import Row, Survey, Task

_MOST_ROWS = 40
_HEADS = (
    "segments", "approved", "draft", "changed", "failed", "errors", "warnings", "terms",
    "words left",
)  # fmt: skip
_STYLES = {"error": "bold red", "failed": "bold red", "term missing": "yellow", "changed": "cyan"}


@app.command()
def status(
    release: Annotated[
        list[Path] | None,
        typer.Argument(help="Releases or PO files; all catalogs by default."),
    ] = None,
    to: ToOption = ALL,
    limit: Annotated[
        int, typer.Option(help="Length of the worklist; 0: all that is left to do.")
    ] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Show the state of each catalog, and a worklist with the riskiest entries first."""
    from dragoman.inspection import Inspector, find_catalogs, untranslated
    from dragoman.status import survey

    place = Workspace.at(workspace)
    langs = languages(to)
    lacking = () if release else untranslated(place, langs)
    with Inspector(place) as inspector:
        places = find_catalogs(place, release or (), langs)
        found = survey(inspector, places, limit=limit, untranslated=lacking)
    if as_json:
        out.print(json.dumps(found.as_json(), ensure_ascii=False, indent=2), markup=False)
    else:
        _show(found)
    for failure in found.failures:
        complain(failure.message)
    return 1 if found.failures else 0


def _show(found: Survey) -> None:
    if not found.rows and not found.failures:
        out.print("No catalogs yet: run `dragoman translate`.", markup=False)
        return
    rows = found.rows if len(found.rows) <= _MOST_ROWS else ()
    out.print(_table((*rows, *found.totals)))
    if found.untranslated:
        few = ", ".join(found.untranslated[:3])
        more = "…" if len(found.untranslated) > 3 else ""
        out.print(f"not yet translated: {len(found.untranslated)} ({few}{more})", markup=False)
    if found.worklist:
        out.print(f"\nLook at these first ({len(found.worklist)} of {found.open}):", markup=False)
    for task in found.worklist:
        out.print(_line(task))


def _table(rows: Iterable[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("release", overflow="fold")
    table.add_column("to")
    for head in _HEADS:
        table.add_column(head, justify="right")
    for row in rows:
        terms = f"{row.terms - row.missed}/{row.terms}"
        counts = (
            row.segments, row.approved, row.draft, row.changed, row.failed, row.errors,
            row.warnings, terms, row.words_left,
        )  # fmt: skip
        style = "bold" if not row.path else ""
        table.add_row(Text(row.release), row.lang, *map(str, counts), style=style)
    return table


def _line(task: Task) -> Text:
    line = Text(f"{task.path}:{task.line}: ")
    line.append(task.risk, style=_STYLES.get(task.risk, ""))
    if task.reasons and task.reasons[0] != "no translation":
        shown = " · ".join(reason.removeprefix(f"{task.risk}: ") for reason in task.reasons[:3])
        line.append(f": {shown}")
    return line.append(f" | {task.source}", style="dim")
