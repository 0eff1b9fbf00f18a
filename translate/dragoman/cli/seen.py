"""``dragoman evaluate --seen``: terms that training has seen, and terms that it has not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from dragoman.cli.app import out
from dragoman.engines import load_engine
from dragoman.files import write_atomically
from dragoman.seen import Group, compare_seen
from dragoman.session import lazy_glossary
from dragoman.training.probe import seen_concepts
from dragoman.workspace import Workspace


def show_seen(
    place: Workspace,
    engine: str,
    rows: Sequence[dict[str, str]],
    langs: Sequence[str],
    output: Path | None,
) -> None:
    """Compare the groups on the sentences of a set; `output` is a folder for seen.json."""
    machine = load_engine(engine, workspace=place.root)
    base = lazy_glossary(place)()
    seen = seen_concepts(base)
    found = [group for lang in langs for group in compare_seen(machine, base, rows, lang, seen)]
    out.print(_table(found))
    if output is not None:
        text = json.dumps([group.as_json() for group in found], indent=2) + "\n"
        write_atomically(output / "seen.json", text)


def _table(found: Sequence[Group]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("terms", "told", "to"):
        table.add_column(head)
    for head in ("number", "said", "right form"):
        table.add_column(head, justify="right")
    for group in found:
        score = group.score
        shares = [f"{value:.1f}%" for value in (score.success, score.right_form)]
        shares = shares if score.terms else ["-", "-"]  # of none there is no share
        table.add_row(group.group, group.way, group.lang, str(score.terms), *shares)
    return table
