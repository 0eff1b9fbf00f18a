"""``dragoman glossary import`` and ``export``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import ALL, HERE, WorkspaceOption, complain, languages, out
from dragoman.cli.glossary.app import base_of, glossary, here
from dragoman.errors import GlossaryError, UsageError
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.glossary.incoming import Incoming, Plan

_FORMAT = "csv, tsv (OmegaT), tbx (2019), tbx2 (2008) or po (Weblate); told by the ending."
_MOST = 50  # lines shown of a long list


@glossary.command("export")
def export_terms(
    file: Annotated[Path, typer.Argument(help="Where to; .csv, .tsv, .tbx or .po.")],
    kind: Annotated[str, typer.Option("--format", help=_FORMAT)] = "",
    to: Annotated[str, typer.Option("--to", help="Languages of a .tsv or .po.")] = ALL,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Write the term base for another tool; a .tsv or .po is made for each language."""
    from dragoman.files import write_atomically
    from dragoman.glossary.exchange import BILINGUAL, format_of, render_terms

    place = Workspace.at(workspace)
    found = format_of(file, kind)
    if file.resolve().is_relative_to(place.glossary.resolve()):
        raise UsageError(f"{file} lies in the term base itself", advice="write it elsewhere")
    rows = base_of(place).rows
    langs = languages(to) if found in BILINGUAL else ("",)
    for lang in langs:
        path = file.with_name(f"{file.stem}.{lang}{file.suffix}") if len(langs) > 1 else file
        write_atomically(path, render_terms(rows, found, lang))
        out.print(f"{here(path)}: {len(rows)} concepts", markup=False)
    return 0


@glossary.command("import")
def import_terms(
    file: Annotated[list[Path], typer.Argument(help="Files; one a language goes together.")],
    kind: Annotated[str, typer.Option("--format", help=_FORMAT)] = "",
    to: Annotated[str, typer.Option("--to", help="Language of a .tsv or .po.")] = "",
    update: Annotated[
        bool, typer.Option("--update", help="Let the files win where the base says otherwise.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep what the base says, and take new rows only.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, and write nothing.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Bring terms into the term base: all of them or, when anything is wrong, none."""
    from dragoman.glossary.exchange import read_terms
    from dragoman.glossary.incoming import plan_import

    if update and keep:
        raise UsageError("--update and --keep exclude each other", advice="use one of them")
    place = Workspace.at(workspace)
    base = base_of(place, may_be_empty=True)
    lang = languages(to)[0] if to else ""
    incoming: list[Incoming] = []
    faults: list[GlossaryError] = []
    for path in file:
        try:
            reading = read_terms(path, kind, lang)
        except GlossaryError as error:
            faults.append(error)
            continue
        incoming += reading.rows
        faults += reading.faults
        for remark in reading.remarks:
            complain(f"{here(path)}: {remark}")
    if faults:
        return _refuse(faults)
    plan = plan_import(base.rows, incoming, place.glossary, update=update)
    if plan.faults:
        return _refuse(plan.faults)
    _show(plan, update=update, dry_run=dry_run)
    if plan.differing and not update and not keep:
        complain("nothing was imported; decide with --update (the files win) or --keep (the base)")
        return 1
    if not dry_run:
        for changed in plan.stage.write():
            out.print(f"{here(changed)}: written", markup=False)
    return 0


def _refuse(faults: Sequence[GlossaryError]) -> int:
    """Every fault in its line; only a very long list is cut, with its length."""
    for fault in faults[: 20 * _MOST]:
        complain(str(fault))
    if len(faults) > 20 * _MOST:
        complain(f"and {len(faults) - 20 * _MOST} more")
    complain(f"nothing was imported: {len(faults)} fault(s)")
    return 1


def _show(plan: Plan, *, update: bool, dry_run: bool) -> None:
    lines = [f"+ {item.cells['id']}: {item.cells['ru']}" for item in plan.added]
    for line in lines[:_MOST]:
        out.print(line, markup=False)
    if len(lines) > _MOST:
        out.print(f"and {len(lines) - _MOST} more new rows")
    for difference in plan.differing[: 4 * _MOST]:
        row, item = difference.row, difference.incoming
        mark = "~" if update else "!"
        for column, old, new in difference.columns:
            out.print(
                f"{mark} {here(row.path)}:{row.line} ({column}): “{old}” -> “{new}” "
                f"({here(item.path)}:{item.line})",
                markup=False,
            )
    if len(plan.differing) > 4 * _MOST:
        out.print(f"and {len(plan.differing) - 4 * _MOST} more that differ")
    for finding in plan.findings[:_MOST]:
        complain(str(finding))
    would = "would be " if dry_run else ""
    differ = f"{would}updated" if update else "differ"
    out.print(
        f"{len(plan.added)} {would}added, {len(plan.differing)} {differ}, {plan.same} the same"
    )
