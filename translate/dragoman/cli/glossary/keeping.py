"""``dragoman glossary check``, ``find`` and ``add``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dragoman.cli.app import HERE, WorkspaceOption, complain, out
from dragoman.cli.glossary.app import JsonOption, base_of, glossary, here
from dragoman.workspace import Workspace


@glossary.command()
def check(
    warnings: Annotated[
        bool, typer.Option("--warnings/--errors-only", help="Show doubts too.")
    ] = True,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Look the term base over, one line a finding; exit status 1 when there is an error."""
    from dataclasses import replace

    from dragoman.glossary.lint import lint

    place = Workspace.at(workspace)
    found = [
        replace(finding, path=here(finding.path))
        for finding in lint(place.glossary, place.state / "terms.sqlite")
    ]
    errors = sum(finding.severity == "error" for finding in found)
    shown = [f for f in found if warnings or f.severity == "error"]
    if as_json:
        report = {"errors": errors, "warnings": len(found) - errors}
        findings = [finding.as_json() for finding in shown]
        out.print(
            json.dumps({**report, "findings": findings}, ensure_ascii=False, indent=2), markup=False
        )
    else:
        for finding in shown:
            out.print(str(finding), markup=False)
        out.print(f"{errors} error(s), {len(found) - errors} warning(s)", markup=False)
    return 1 if errors else 0


@glossary.command()
def find(
    text: Annotated[list[str], typer.Argument(help="A term in any form, in any language.")],
    limit: Annotated[int, typer.Option(help="Most concepts to show; 0: all.")] = 20,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Find concepts by any form in Russian, English or Azerbaijani; exit status 1 for none."""
    from dragoman.glossary.search import describe, find_concepts, find_names

    place = Workspace.at(workspace)
    wanted = " ".join(text)
    found = find_concepts(base_of(place), wanted)
    shown = found[:limit] if limit else found
    for hit in shown:
        why = {"is": "", "holds": f", for “{hit.surface}”", "part": ", holds it"}[hit.how]
        where = f"{here(hit.row.path)}:{hit.row.line}"
        dropped = f"; not taken here: {hit.dropped}" if hit.dropped else ""
        out.print(f"{where}: {hit.lang}{why}{dropped}", markup=False)
        for line in describe(hit.row.concept):
            out.print(f"  {line}", markup=False)
    if len(shown) < len(found):
        out.print(f"and {len(found) - len(shown)} more; use --limit 0", markup=False)
    names = find_names(place.glossary / "names", wanted)
    for name in names:
        where = f"{here(name.path)}:{name.line}"
        out.print(f"{where}: {name.kind} {'|'.join(name.ru)} = {name.en} / {name.az}", markup=False)
    if not found and not names:
        complain(f"“{wanted}” is not in the term base; add it with `dragoman glossary add`")
        return 1
    return 0


@glossary.command()
def add(
    ru: Annotated[str, typer.Argument(help="Russian, in the nominative; variants after |.")],
    en: Annotated[str, typer.Argument(help="English: preferred, then admitted ones after |.")],
    az: Annotated[str, typer.Argument(help="Azerbaijani: preferred, then admitted after |.")],
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            help="organisation, title, person, place, document, event, law or general.",
        ),
    ] = "general",
    abbreviations: Annotated[
        str, typer.Option("--abbr", help="Russian,English,Azerbaijani abbreviation: ГМС,SMS,DMX.")
    ] = "",
    forbidden_en: Annotated[str, typer.Option(help="English never to be used; several: |.")] = "",
    forbidden_az: Annotated[str, typer.Option(help="The same for Azerbaijani.")] = "",
    match: Annotated[str, typer.Option(help="Flags for ru_match: case, plural, fixed …")] = "",
    status: Annotated[str, typer.Option(help="approved or proposed.")] = "approved",
    note: Annotated[str, typer.Option(help="A remark for other maintainers.")] = "",
    source: Annotated[str, typer.Option(help="Where the wording comes from.")] = "",
    identity: Annotated[str, typer.Option("--id", help="Made of the English by default.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the row.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Add a concept to the CSV file of its type, unless the base has it already."""
    from dragoman.errors import UsageError
    from dragoman.glossary.incoming import Incoming, plan_import
    from dragoman.glossary.search import known_forms

    place = Workspace.at(workspace)
    base = base_of(place, may_be_empty=True)
    short = [part.strip() for part in abbreviations.split(",")] if abbreviations else ["", "", ""]
    if len(short) != 3:
        raise UsageError("--abbr wants three abbreviations", advice="write --abbr ГМС,SMS,DMX")
    cells = {
        "id": identity, "type": kind, "ru": ru, "ru_abbr": short[0], "ru_match": match,
        **_wording("en", en, forbidden_en, short[1]), **_wording("az", az, forbidden_az, short[2]),
        "status": status, "note": note, "source": source,
    }  # fmt: skip
    there = known_forms(base, (*ru.split("|"), short[0]))
    for text, row in there:
        complain(f"{here(row.path)}:{row.line}: «{text}» is there already, as {row.concept.id}")
    if there:
        complain("nothing was added; change that row instead, or give the new term another form")
        return 1
    plan = plan_import(base.rows, [Incoming(cells, "the new row", 0)], place.glossary)
    for difference in plan.differing:
        row = difference.row
        complain(f"{here(row.path)}:{row.line}: the id {row.concept.id} is taken; choose another")
    for fault in plan.faults:
        fault.path, fault.line = None, None
        complain(str(fault))
    if plan.faults or plan.differing:
        complain("nothing was added")
        return 1
    for finding in plan.findings:
        complain(str(finding))
    table = next(iter(plan.stage.tables.values()))
    made = plan.added[0].cells["id"]
    line = next(n for n in range(2, len(table.lines) + 1) if table.cells(n).get("id") == made)
    if not dry_run:
        plan.stage.write()
    done = "would add" if dry_run else "added"
    out.print(f"{here(table.path)}:{line}: {done} {table.lines[line - 1]}", markup=False)
    return 0


def _wording(lang: str, text: str, forbidden: str, abbreviation: str) -> dict[str, str]:
    preferred, _, admitted = text.partition("|")
    return {
        lang: preferred.strip(), f"{lang}_admitted": admitted,
        f"{lang}_forbidden": forbidden, f"{lang}_abbr": abbreviation,
    }  # fmt: skip
