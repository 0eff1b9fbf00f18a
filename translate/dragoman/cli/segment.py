"""``dragoman segment``: how a release is cut, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.app import app, out


@app.command()
def segment(
    file: Annotated[Path, typer.Argument(help="A release.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Name the rule behind every cut and every kept join.")
    ] = False,
) -> int:
    """Show the segments of a release, one a line."""
    from dragoman.releases import read_release
    from dragoman.segment import format_explanation, segment_release

    release = read_release(file)
    document = segment_release(release)
    if explain:
        for line in format_explanation(release):
            out.print(line, markup=False)
        return 0
    for number, found in enumerate(document.segments, 1):
        out.print(f"{number}\t{found.start}-{found.stop}\t{found.kind}\t{found.text}", markup=False)
    return 0
