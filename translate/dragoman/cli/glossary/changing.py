"""``dragoman glossary diff`` and ``impact``: a change of the term base, and what it touches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import ALL, HERE, ToOption, WorkspaceOption, complain, languages, out
from dragoman.cli.glossary.app import JsonOption, base_of, glossary, here
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.glossary.impact import Known, Touched
    from dragoman.glossary.revisions import Change

RevisionArgument = Annotated[
    str, typer.Argument(help="A git revision; the last commit by default.")
]
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


@glossary.command()
def diff(
    revision: RevisionArgument = "HEAD",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Show which concepts came, went or changed since a git revision."""
    from dragoman.glossary.revisions import changes, glossary_at

    place = Workspace.at(workspace)
    old = glossary_at(place.glossary, revision, place.state / "terms.sqlite")
    found = changes(old, base_of(place))
    if as_json:
        shown = [change.as_json() for change in found]
        out.print(json.dumps(shown, ensure_ascii=False, indent=2), markup=False)
        return 0
    for change in found:
        out.print(_line(change), markup=False)
        for column, before, after in change.columns:
            out.print(f"    {column}: “{before}” -> “{after}”", markup=False)
    counts = [f"{sum(c.kind == kind for c in found)} {kind}" for kind in _MARKS]
    out.print(", ".join(counts))
    return 0


def _line(change: Change) -> str:
    if change.row is None:
        return f"{_MARKS[change.kind]} {change.id}"
    concept = change.row.concept
    where = f" ({here(change.row.path)}:{change.row.line})" if change.kind != "removed" else ""
    words = f"{concept.ru[0]} = {concept.en.preferred} / {concept.az.preferred}"
    return f"{_MARKS[change.kind]} {change.id}: {words}{where}"


@glossary.command()
def impact(
    revision: RevisionArgument = "HEAD",
    release: Annotated[
        list[Path] | None, typer.Argument(help="Releases or PO files; all catalogs by default.")
    ] = None,
    to: ToOption = ALL,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Show what the next `dragoman translate` will do because the term base changed.

    Machine drafts that it redoes are counted; approved entries are listed: they stay as they are
    and get a note.
    """
    from dragoman.glossary.impact import impact as touched_by
    from dragoman.glossary.revisions import changes, glossary_at
    from dragoman.inspection import find_catalogs
    from dragoman.report import Failure

    place = Workspace.at(workspace)
    old = glossary_at(place.glossary, revision, place.state / "terms.sqlite")
    new = base_of(place)
    found = changes(old, new)
    touched: list[Touched] = []
    failed = False
    with _known(place) as known:
        catalogs = find_catalogs(place, release or (), languages(to))
        for item in touched_by(old, new, found, catalogs, known) if found else ():
            if isinstance(item, Failure):
                complain(item.message)
                failed = True
            else:
                touched.append(item)
    if as_json:
        report = {
            "changes": [change.as_json() for change in found],
            "touched": [item.as_json() for item in touched],
        }
        out.print(json.dumps(report, ensure_ascii=False, indent=2), markup=False)
    else:
        _show(touched, len(found))
    return 1 if failed else 0


@contextmanager
def _known(place: Workspace) -> Iterator[Known]:
    """The ledger's answer; where there is no ledger everything counts as a person's."""
    from dragoman.ledger import Ledger

    path = place.state / "ledger.sqlite"
    if not path.exists():
        yield lambda source, lang, text, release: False
        return
    with Ledger(path) as ledger:
        yield ledger.is_machine_text


def _show(touched: Sequence[Touched], changed: int) -> None:
    for path, items in groupby(touched, key=lambda item: item.path):
        several = list(items)
        redone = sum(item.redone for item in several)
        out.print(
            f"{path}: {redone} draft(s) will be redone, {len(several) - redone} kept", markup=False
        )
        _list(item for item in several if not item.redone)
    redone = sum(item.redone for item in touched)
    out.print(
        f"{changed} change(s) touch {len(touched)} entries: {redone} machine draft(s) will be "
        f"redone, {len(touched) - redone} approved or written by people stay and get a note"
    )


def _list(kept: Iterable[Touched]) -> None:
    for item in kept:
        told = "; ".join(map(str, item.terms))
        out.print(f"  {item.path}:{item.line}: {item.standing}: {told}", markup=False)
