"""``dragoman check``: what is wrong in the catalogs, one line a finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import ALL, HERE, ToOption, WorkspaceOption, app, complain, languages, out
from dragoman.report import Failure
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.findings import Finding


@app.command()
def check(
    release: Annotated[
        list[Path] | None,
        typer.Argument(help="Releases or PO files; all catalogs by default."),
    ] = None,
    to: ToOption = ALL,
    approved: Annotated[
        bool, typer.Option("--approved", help="Only entries that a person approved.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Run all checks over catalogs; exit status 1 when an error stands.

    A reviewer dismisses a finding by a comment in the PO: # dragoman: ignore CODE
    """
    from dragoman.findings import check_catalogs
    from dragoman.inspection import Inspector, find_catalogs

    place = Workspace.at(workspace)
    findings: list[Finding] = []
    failures: list[Failure] = []
    with Inspector(place) as inspector:
        places = find_catalogs(place, release or (), languages(to))
        for found in check_catalogs(inspector, places, states=("approved",) if approved else None):
            if isinstance(found, Failure):
                failures.append(found)
                complain(found.message)
                continue
            findings.append(found)
            if not as_json:
                out.print(str(found), markup=False)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        report = {
            "errors": errors,
            "warnings": len(findings) - errors,
            "findings": [finding.as_json() for finding in findings],
            "failures": [{"path": f.path, "message": f.message} for f in failures],
        }
        out.print(json.dumps(report, ensure_ascii=False, indent=2), markup=False)
    else:
        out.print(f"{errors} error(s), {len(findings) - errors} warning(s)", markup=False)
    return 1 if errors or failures else 0
