"""``dragoman memory``: the translation memory, in and out, searched and counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dragoman.cli.app import (
    ALL,
    HERE,
    ToOption,
    WorkspaceOption,
    app,
    complain,
    languages,
    out,
)
from dragoman.errors import MemoryFileError, UsageError
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.memory import Match, TranslationMemory
    from dragoman.memory.exchange import Imported

memory = typer.Typer(
    name="memory",
    help="What was approved before: import, export, search, count.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(memory)

_STYLES = {"same": "", "gone": "red strike", "new": "bold green"}


@memory.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="TMX files.")],
    workspace: WorkspaceOption = HERE,
) -> int:
    """Take TMX files into the memory; one imported before under the same name is replaced."""
    from dragoman.memory.exchange import import_tmx

    failed = 0
    with _opened(workspace) as found:
        for path in files:
            try:
                _report(import_tmx(found.store, path))
            except MemoryFileError as error:
                complain(str(error))
                failed += 1
    return 1 if failed else 0


@memory.command()
def forget(
    name: Annotated[str, typer.Argument(help="An imported file, as `stats` names it.")],
    workspace: WorkspaceOption = HERE,
) -> int:
    """Take an imported TMX file out of the memory again."""
    from dragoman.memory.exchange import forget_tmx

    with _opened(workspace) as found:
        forget_tmx(found.store, name)
    out.print(f"{name}: no longer in the memory", markup=False)
    return 0


@memory.command()
def export(
    file: Annotated[Path, typer.Argument(help="The TMX file to write.")],
    to: ToOption = ALL,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Write the memory, approved and imported, to a TMX 1.4b file."""
    from dragoman.memory.exchange import export_tmx

    with _opened(workspace) as found:
        units = export_tmx(found, file, languages(to))
    out.print(f"{file}: {units} units", markup=False)
    return 0


@memory.command()
def search(
    text: Annotated[str, typer.Argument(help="A Russian sentence.")],
    to: ToOption = ALL,
    limit: Annotated[int, typer.Option(min=1, help="Matches a language, at most.")] = 5,
    least: Annotated[int, typer.Option(min=50, max=100, help="Least similarity in per cent.")] = 75,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Show sentences of the memory that are like TEXT, with what differs."""
    from dragoman.releases.normalise import clean

    wanted = clean(text.encode("utf-8", "replace").decode("utf-8"))
    if not wanted:
        raise UsageError("there is no text to search for", advice="give a Russian sentence")
    with _opened(workspace) as found:
        matches = {lang: found.similar(wanted, lang, limit, least / 100) for lang in languages(to)}
    if as_json:
        rows = {lang: [asdict(match) for match in some] for lang, some in matches.items()}
        out.print(json.dumps(rows, ensure_ascii=False, indent=2), markup=False)
        return 0
    for lang, some in matches.items():
        for match in some:
            _show(lang, match, wanted)
    if not any(matches.values()):
        out.print(f"Nothing in the memory is like it by {least}% or more.")
    return 0


@memory.command()
def stats(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Count what the memory holds, and where it comes from."""
    with _opened(workspace) as found:
        counts = found.stats()
    if as_json:
        out.print(json.dumps(asdict(counts), ensure_ascii=False, indent=2), markup=False)
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("to", "sentences", "contested"):
        table.add_column(head, justify="left" if head == "to" else "right")
    for lang, number in counts.sentences.items():
        table.add_row(lang, str(number), str(counts.contested[lang]))
    out.print(table)
    out.print(f"{counts.catalogs} catalogs with approved entries")
    for name, number in counts.imported:
        out.print(f"{name}: {number} pairs imported", markup=False)
    out.print(f"{counts.size / 1e6:.1f} MB on disk")
    return 0


@contextmanager
def _opened(workspace: Path) -> Iterator[TranslationMemory]:
    """The memory of a workspace, and a line on standard error for each unreadable catalog."""
    from dragoman.memory import open_memory

    with open_memory(Workspace.at(workspace), make=True) as found:
        assert found is not None
        for notice in found.notices:
            complain(notice)
        yield found


def _report(done: Imported) -> None:
    pairs = ", ".join(f"{number} {lang}" for lang, number in sorted(done.pairs.items()))
    again = ", in place of the earlier import" if done.replaced else ""
    out.print(f"{done.name}: {pairs} of {done.tally.units} units{again}", markup=False)
    left = {
        "without Russian": done.tally.without_russian,
        "without a target language of ours": done.tally.without_target,
        "too long for a sentence": done.tally.too_long,
    }
    for why, number in left.items():
        if number:
            out.print(f"  left out: {number} {why}", markup=False)
    others = done.tally.foreign
    if others:
        listed = ", ".join(f"{code} ({number})" for code, number in others)
        out.print(f"  other languages: {listed}", markup=False)


def _show(lang: str, match: Match, wanted: str) -> None:
    from dragoman.memory.difference import pieces

    line = Text(f"{match.percent:3}%  {lang}  {match.origin}", style="bold")
    russian = Text("      ")
    for kind, text in pieces(match.source, wanted):
        shown = {"same": text, "gone": f"[-{text}-]", "new": f"{{+{text}+}}"}[kind]
        russian.append(shown, style=_STYLES[kind])
    for part in (line, russian, Text(f"      {match.target}")):
        out.print(part)
