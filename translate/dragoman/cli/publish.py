"""``dragoman publish``: the reviewed release in another language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
    err,
    languages,
    out,
    releases,
)
from dragoman.errors import (
    CatalogError,
    DragomanError,
    PublishError,
    ReleaseError,
    UsageError,
    WorkspaceError,
)
from dragoman.files import write_atomically
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.inspection import Inspector
    from dragoman.records import Document


@app.command()
def publish(
    release: Annotated[
        list[Path] | None, typer.Argument(help="Releases (files); all of seeds/ by default.")
    ] = None,
    to: ToOption = ALL,
    format: Annotated[str, typer.Option("--format", help="txt, md or html.")] = "txt",
    allow_drafts: Annotated[
        bool, typer.Option("--allow-drafts", help="Let entries through that nobody approved.")
    ] = False,
    bilingual: Annotated[
        bool,
        typer.Option(
            "--bilingual", help="Instead: Russian and translation side by side, in any state."
        ),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--out", help="Where to write; locales/<lang>/published by default."),
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Write the reviewed releases as text, Markdown or HTML; refuse what is not approved."""
    from dragoman.inspection import Inspector
    from dragoman.publish import FORMATS

    if format not in FORMATS:
        raise UsageError(f"--format {format}: unknown", advice=f"use {', '.join(FORMATS)}")
    place, langs = Workspace.at(workspace), languages(to)
    paths = releases(place, release)
    if not paths:
        complain(f"{place.seeds}: no releases in it; put *.txt or *.html files there")
        return 1
    faults = 0
    with Inspector(place) as inspector:
        desk = _Desk(place, inspector, format, allow_drafts, bilingual, folder, len(langs) > 1)
        for error in desk.publish(paths, langs):
            faults += 1
            complain(str(error))
            for reason in getattr(error, "reasons", ()):
                err.print(f"  {reason}", markup=False)
    return 1 if faults else 0


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the command was told."""

    workspace: Workspace
    inspector: Inspector
    format: str
    allow_drafts: bool
    bilingual: bool
    folder: Path | None
    several: bool  # languages

    def publish(self, paths: Iterable[Path], langs: Iterable[str]) -> Iterator[DragomanError]:
        """Publish the releases at `paths`; yield what could not be done and go on."""
        from dragoman.releases import read_release
        from dragoman.segment import segment_release

        for path in paths:
            try:
                release = read_release(path, source=self.workspace.source(path))
            except ReleaseError as error:
                yield error
                continue
            document = segment_release(release)
            for lang in langs:
                try:
                    self._write(document, lang)
                except (CatalogError, PublishError, WorkspaceError) as error:
                    yield error

    def _write(self, document: Document, lang: str) -> None:
        from dragoman.inspection import CatalogPlace, read_numbered, shown
        from dragoman.publish import draft_view, prepare, render, render_bilingual

        name = document.release.name
        place = CatalogPlace(name, lang, self.workspace.catalog(name, lang))
        numbered, glossary = read_numbered(place), self.inspector.glossary
        if self.bilingual:
            sentences = draft_view(document, numbered, place, glossary)
            path = self._folder(lang) / f"{name}.bilingual.html"
            write_atomically(path, render_bilingual(document, place, sentences))
            out.print(f"{shown(path)}: {len(sentences)} sentences", markup=False)
            return
        made = prepare(document, numbered, place, glossary, allow_drafts=self.allow_drafts)
        path = self._folder(lang) / f"{name}.{self.format}"
        write_atomically(path, render(made, self.format))
        notes = [f"{made.drafts} draft(s) that nobody approved"] if made.drafts else []
        notes += [f"{made.warnings} warning(s), see `dragoman check`"] if made.warnings else []
        out.print(f"{shown(path)}: {'; '.join(notes) or 'published'}", markup=False)

    def _folder(self, lang: str) -> Path:
        if self.folder is None:
            return self.workspace.locales / lang / "published"
        return self.folder / lang if self.several else self.folder
