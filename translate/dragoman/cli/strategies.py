"""``dragoman evaluate --strategies``: a table of what each way of enforcing terms does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from dragoman.cli.app import out
from dragoman.engines import load_engine
from dragoman.files import write_atomically
from dragoman.session import lazy_glossary
from dragoman.strategies import Outcome, compare_strategies
from dragoman.workspace import Workspace


def show_strategies(
    place: Workspace,
    engine: str,
    rows: Sequence[dict[str, str]],
    langs: Sequence[str],
    output: Path | None,
) -> None:
    """Compare the strategies on the sentences of a set; `output` is a folder for
    strategies.json."""
    machine = load_engine(engine, workspace=place.root)
    base = lazy_glossary(place)()
    found = [outcome for lang in langs for outcome in compare_strategies(machine, base, rows, lang)]
    out.print(_table(found))
    if output is not None:
        report = [outcome.as_json() for outcome in found]
        text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
        write_atomically(output / "strategies.json", text)


def _table(found: Sequence[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("strategy", "to"):
        table.add_column(head)
    for head in ("terms", "said", "right form", "right place", "chrF2++", "new seconds"):
        table.add_column(head, justify="right")
    for outcome in found:
        right = outcome.right
        shares = (f"{right.share(n):.1f}%" for n in (right.said, right.form, right.place))
        table.add_row(
            outcome.strategy, outcome.lang, str(right.terms), *shares, f"{outcome.chrf:.1f}",
            f"{outcome.seconds:.0f}",
        )  # fmt: skip
    return table
