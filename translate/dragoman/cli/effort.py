"""``dragoman effort``: how much reviewers changed, and where the machine should learn first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dragoman.cli.app import ALL, HERE, ToOption, WorkspaceOption, app, complain, languages, out
from dragoman.errors import WorkspaceError
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.effort import Effort, Group


@app.command()
def effort(
    release: Annotated[
        list[Path] | None,
        typer.Argument(help="Releases or PO files; all catalogs by default."),
    ] = None,
    to: ToOption = ALL,
    limit: Annotated[int, typer.Option(help="Rows a table; 0: all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Compare approved texts with the machine's drafts: TER and chrF by engine, release, term."""
    from dragoman.effort import measure
    from dragoman.inspection import Inspector, find_catalogs
    from dragoman.ledger import Ledger

    place = Workspace.at(workspace)
    path = place.state / "ledger.sqlite"
    if not path.is_file():
        raise WorkspaceError(
            "no ledger, so the machine's drafts are not known",
            advice="run `dragoman translate` first",
            path=path,
        )
    with Inspector(place) as inspector, Ledger(path) as ledger:
        found = measure(inspector, ledger, find_catalogs(place, release or (), languages(to)))
    if as_json:
        out.print(json.dumps(found.as_json(), ensure_ascii=False, indent=2), markup=False)
    else:
        _show(found, limit)
    for failure in found.failures:
        complain(failure.message)
    return 1 if found.failures else 0


def _show(found: Effort, limit: int) -> None:
    total = found.total
    if not total.sentences:
        out.print("No approved entry with a machine draft on record yet.")
        return
    out.print(
        f"{total.sentences} approved sentences, {total.edited} edited; "
        f"TER {total.ter:.1f}, chrF {total.chrf:.1f}"
    )
    if found.unknown:
        out.print(f"{found.unknown} more approved without a machine draft on record.")
    _table("engine", found.engines, limit)
    _table("release", found.releases, limit)
    _table("term", found.terms, limit)
    out.print(Text("\n" + "\n".join(found.signatures), style="dim"))


def _table(head: str, groups: Sequence[Group], limit: int) -> None:
    shown = groups[:limit] if limit else groups
    if not shown:
        return
    of_terms = hasattr(shown[0], "put_in")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(head, overflow="fold")
    table.add_column("to")
    for name in ("sentences", "edited", "words", "TER", "chrF"):
        table.add_column(name, justify="right")
    if of_terms:
        table.add_column("put in", justify="right")
        table.add_column("taken out", justify="right")
    for group in shown:
        cells = [str(group.sentences), str(group.edited), str(group.words)]
        cells += [f"{group.ter:.1f}", f"{group.chrf:.1f}"]
        if of_terms:
            cells += [str(getattr(group, name)) for name in ("put_in", "taken_out")]
        table.add_row(Text(group.name), group.lang, *cells)
    out.print("")
    out.print(table)
    if len(shown) < len(groups):
        out.print(f"… and {len(groups) - len(shown)} more (--limit 0)")
