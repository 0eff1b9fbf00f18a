"""``dragoman models``: what can be named after --engine, and fetching it ahead of time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from dragoman.cli.app import app, err, out
from dragoman.errors import UsageError

models = typer.Typer(
    help="Named models: licence, size, languages; fetch or convert one.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(models, name="models")

_LINE = "{:<14} {:<12} {:>9} {:>7}  {:<17} {}"  # with two lines below: fits 80 columns


@models.callback()
def list_models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """List the named models, and say which are on this machine."""
    if context.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from dragoman.engines.hub import cached
    from dragoman.engines.models import PIVOTS, PRESETS

    if as_json:
        rows = [asdict(p) | {"here": cached(p.repo, p.revision) is not None} for p in PRESETS]
        out.print(json.dumps({"models": rows, "pivots": PIVOTS}, indent=2), markup=False)
        return
    out.print(_LINE.format("name", "licence", "download", "RAM", "languages", "here"), style="bold")
    for p in PRESETS:
        size, ram = f"{p.download_mb} MB", f"{p.ram_gb:.1f} GB"
        here = "yes" if cached(p.repo, p.revision) else "no"
        line = _LINE.format(p.name, p.licence, size, ram, " ".join(p.pairs), here)
        out.print(f"{line}\n    {p.repo} @ {p.revision[:8]}", markup=False)
        if p.note:
            out.print(f"    {p.note}", markup=False)
    for name, (first, second) in PIVOTS.items():
        out.print(f"{name}: {first} + {second}, through English", markup=False)
    out.print("The embedded model needs no name and no network.")
    out.print("Fetch a model, or such a pair: dragoman models fetch NAME")
    out.print("A server of your own: --engine http://HOST:PORT/v1#MODEL, with its key in")
    out.print("DRAGOMAN_API_KEY and a limit in DRAGOMAN_REQUESTS_PER_MINUTE, if it has them.")


@models.command()
def fetch(name: Annotated[str, typer.Argument(help="A name from the list, or a hub id.")]) -> int:
    """Download a model (of a pair both) and verify it, so that later runs need no network."""
    from dragoman.engines.models import PIVOTS, preset

    for one in PIVOTS.get(name, (name,)):
        out.print(f"{one}: in {_download(one)}", markup=False)
        known = preset(one)
        if known and not known.commercial:
            out.print(f"{one}: {known.licence}, {known.note}", markup=False)
    return 0


def _download(name: str) -> Path:
    """Fetch one model under a progress bar."""
    from dragoman.engines.hub import fetch as download

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
        console=err, disable=not err.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(name, total=None)

        def show(file: str, done: int, total: int) -> None:
            bar.update(task, description=file, completed=done, total=total)

        return download(name, on_progress=show)


@models.command()
def convert(
    name: Annotated[str, typer.Argument(help="embedded, a name from the list, or a folder.")],
) -> int:
    """Convert a model for CTranslate2, which later runs then use (extra `fast`).

    What the embedded model drafts may then differ from machine to machine, and with the sentences
    that share a batch. DRAGOMAN_RUNTIME=transformers in the environment goes back.
    """
    from dragoman.engines.conversion import convert as convert_folder
    from dragoman.engines.loading import load_engine
    from dragoman.engines.seq2seq import Seq2SeqEngine

    engine = load_engine(name)
    if not isinstance(engine, Seq2SeqEngine):
        raise UsageError(f"{name} cannot be converted", advice="name one model of its own")
    folder = convert_folder(engine.folder, engine.family)
    out.print(f"{name}: converted to {folder}", markup=False)
    out.print("DRAGOMAN_RUNTIME=transformers goes back to the slower one.", markup=False)
    return 0
