"""``dragoman init``: a new workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.app import app, out
from dragoman.workspace import init as make


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="The folder to make; may exist.")]) -> int:
    """Make a workspace: seeds/, locales/ and a glossary/ with the starter term base."""
    made = make(folder)
    out.print(f"{folder}: made {', '.join(made)}" if made else f"{folder}: all there", markup=False)
    out.print(f"Put releases into {folder / 'seeds'} and run: dragoman translate -w {folder}")
    return 0
