"""The sub-application and what its commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import app
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.glossary import Glossary

glossary = typer.Typer(
    help="Keep the term base: check it, find and add terms, see what a change would touch.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(glossary, name="glossary")

JsonOption = Annotated[bool, typer.Option("--json", help="For machines.")]


def base_of(place: Workspace, *, may_be_empty: bool = False) -> Glossary:
    """The term base of a workspace. Raises GlossaryFaults."""
    from dragoman.glossary import load_glossary

    cache = place.state / "terms.sqlite"
    return load_glossary(place.glossary, cache, may_be_empty=may_be_empty)


def here(path: str | Path) -> str:
    """A path as a person in the current folder would type it."""
    from dragoman.inspection import shown

    return shown(Path(path))
