"""``dragoman glossary suggest`` and ``stats``: what the term base may want, how it fares."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import HERE, WorkspaceOption, complain, out, releases
from dragoman.cli.glossary.app import JsonOption, base_of, glossary, here
from dragoman.workspace import LANGUAGES, Workspace

if TYPE_CHECKING:
    from dragoman.glossary.proposals import Suggestion
    from dragoman.glossary.respelled import Approved
    from dragoman.glossary.stats import Usage
    from dragoman.records import Document


@glossary.command()
def suggest(
    release: Annotated[
        list[Path] | None, typer.Argument(help="Releases to read; all of seeds/ by default.")
    ] = None,
    least: Annotated[int, typer.Option("--min", help="Least number of occurrences.")] = 2,
    limit: Annotated[int, typer.Option(help="Most suggestions; 0: all.")] = 50,
    csv: Annotated[
        Path | None,
        typer.Option(help="Write them as rows with the status `proposed`, to fill and import."),
    ] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Suggest new rows: what recurs in the releases, and names that reviewers put right."""
    from dragoman.glossary.respelled import respelled_names
    from dragoman.glossary.suggest import suggest as candidates

    place = Workspace.at(workspace)
    base = base_of(place)
    failures: list[str] = []
    respelled = respelled_names(base, _reviewed(place, failures))
    told = {item.ru for item in respelled}
    documents = _documents(place, releases(place, release), failures)
    seen = [item for item in candidates(base, documents, least=least) if item.ru not in told]
    found = [*respelled, *seen]
    found = found[:limit] if limit else found
    if csv is not None:
        _write(place, csv, found, {concept.id for concept in base.concepts})
    if as_json:
        shown = [item.as_json() for item in found]
        out.print(json.dumps(shown, ensure_ascii=False, indent=2), markup=False)
    elif csv is None:
        _show(found)
    for failure in failures:
        complain(failure)
    return 1 if failures else 0


def _documents(place: Workspace, paths: Sequence[Path], failures: list[str]) -> Iterator[Document]:
    from dragoman.errors import ReleaseError
    from dragoman.releases import read_release
    from dragoman.segment import segment_release

    for path in paths:
        try:
            yield segment_release(read_release(path, source=place.source(path)))
        except ReleaseError as error:
            failures.append(str(error))


def _reviewed(place: Workspace, failures: list[str]) -> Iterator[tuple[str, tuple[Approved, ...]]]:
    """The approved entries of every catalog."""
    from dragoman.errors import CatalogError
    from dragoman.glossary.respelled import Approved
    from dragoman.inspection import find_catalogs, read_numbered, state_of

    for catalog in find_catalogs(place, (), LANGUAGES):
        try:
            numbered = read_numbered(catalog)
        except CatalogError as error:
            failures.append(str(error))
            continue
        yield (
            catalog.lang,
            tuple(
                Approved(here(catalog.path), line, entry.msgid, entry.msgstr)
                for entry, line in zip(numbered.catalog.active, numbered.lines, strict=True)
                if state_of(entry) == "approved"
            ),
        )


def _show(found: Sequence[Suggestion]) -> None:
    for item in found:
        short = f" ({item.abbreviation})" if item.abbreviation else ""
        said = f" = {item.en} / {item.az}" if item.en or item.az else ""
        out.print(
            f"{item.ru}{short}{said} [{item.type}; {item.count} in {item.releases} "
            f"file(s); {item.why}]",
            markup=False,
        )
        for path, line, text in item.contexts:
            text = text if len(text) <= 110 else text[:109] + "…"
            out.print(f"    {path}:{line}: {text}", markup=False, style="dim")
    if not found:
        out.print("nothing recurs that the term base lacks")


def _write(place: Workspace, path: Path, found: Sequence[Suggestion], taken: set[str]) -> None:
    from dragoman.errors import UsageError
    from dragoman.files import write_atomically
    from dragoman.glossary.proposals import proposed_rows

    if path.resolve().is_relative_to(place.glossary.resolve()):
        raise UsageError(
            f"--csv {path}: rows without translations would break the term base",
            advice="write elsewhere, fill the file in, then `dragoman glossary import` it",
        )
    write_atomically(path, proposed_rows(found, taken))
    lacking = sum(not (item.en and item.az) for item in found)
    out.print(
        f"{path}: {len(found)} row(s), {lacking} of them without translations; fill them in and "
        f"run: dragoman glossary import {path}",
        markup=False,
    )


@glossary.command()
def stats(
    limit: Annotated[int, typer.Option(help="Most terms in each list; 0: all.")] = 15,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Show how much of the releases the base covers, what is unused, which terms are missed."""
    from dragoman.errors import CatalogError
    from dragoman.glossary.stats import Usage
    from dragoman.inspection import Inspector, find_catalogs

    place = Workspace.at(workspace)
    base = base_of(place)
    usage = Usage(base)
    failures: list[str] = []
    for document in _documents(place, releases(place, None), failures):
        usage.add_release(document)
    with Inspector(place, lambda: base) as inspector:
        for catalog in find_catalogs(place, (), LANGUAGES):
            try:
                usage.add_catalog(catalog.lang, inspector.inspect(catalog))
            except CatalogError as error:
                failures.append(str(error))
    if as_json:
        out.print(json.dumps(usage.as_json(), ensure_ascii=False, indent=2), markup=False)
    else:
        _show_usage(usage, limit or None)
    for failure in failures:
        complain(failure)
    return 1 if failures else 0


def _show_usage(usage: Usage, limit: int | None) -> None:
    from dragoman.glossary.stats import rates

    for name, value in usage.totals().items():
        shown = (
            ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        )
        out.print(f"{name.replace('_', ' ')}: {shown}", markup=False)
    for lang in LANGUAGES:
        held, drafts, right, approved = rates(usage.success, lang)
        out.print(f"said in {lang}: drafts {held}/{drafts}, approved {right}/{approved}")
    missed = [item for item in usage.success if item.missed and item.concept][:limit]
    if missed:
        out.print("\nmissed most often:")
    for item in missed:
        total = item.drafts + item.approved
        out.print(f"  {item.concept} ({item.lang}): {item.missed} of {total}", markup=False)
    often = usage.occurrences.most_common(limit)
    if often:
        out.print("\nfound most often:")
    for concept, count in often:
        out.print(f"  {concept}: {count}", markup=False)
