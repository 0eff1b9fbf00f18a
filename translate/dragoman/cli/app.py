"""The Typer application and what all commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dragoman.errors import UsageError
from dragoman.workspace import LANGUAGES, Workspace

app = typer.Typer(
    name="dragoman",
    help="Russian press releases in, reviewable English and Azerbaijani catalogs out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# A pipe or a log file has no width of its own; tables there must not be squeezed.
_WIDTH = None if sys.stdout.isatty() else 160
out = Console(highlight=False, soft_wrap=True, width=_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)

WorkspaceOption = Annotated[
    Path,
    typer.Option("--workspace", "-w", help="Folder that holds seeds/, glossary/ and locales/."),
]
ToOption = Annotated[str, typer.Option("--to", help="Target languages, separated by commas.")]
HERE = Path()
ALL = ",".join(LANGUAGES)


def complain(message: str) -> None:
    """One line on standard error."""
    err.print(f"dragoman: {message}", markup=False)


def languages(text: str) -> tuple[str, ...]:
    """The languages of ``--to``. Raises UsageError for one we do not translate into."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for lang in found:
        if lang not in LANGUAGES:
            raise UsageError(f"--to {lang}: not a target language", advice=f"use {ALL}")
    if not found:
        raise UsageError("--to names no language", advice=f"use {ALL}")
    return found


def releases(workspace: Workspace, named: list[Path] | None) -> list[Path]:
    """The release files a command is about: those named, else all of seeds/.

    A name that is no file here may be one in seeds/, with or without its ending.
    """
    if not named:
        return list(workspace.releases())
    return [_resolve(workspace, path) for path in named]


def _resolve(workspace: Workspace, path: Path) -> Path:
    if path.exists() or path.is_absolute():
        return path
    inside = workspace.root / path
    if inside.exists():
        return inside
    in_seeds = workspace.seeds / path
    if in_seeds.exists():
        return in_seeds
    found = [p for p in workspace.releases() if p.stem == str(path)] if path.name else []
    return found[0] if len(found) == 1 else path
