"""``dragoman evaluate``: scores with signatures, terms, and significance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from dragoman.cli.app import ALL, HERE, ToOption, WorkspaceOption, app, languages, out
from dragoman.cli.seen import show_seen
from dragoman.cli.strategies import show_strategies
from dragoman.confidence import confidence
from dragoman.errors import UsageError
from dragoman.evaluation import Evaluation, compare, read_set
from dragoman.evaluation import evaluate as score
from dragoman.files import write_atomically
from dragoman.workspace import Workspace


@app.command()
def evaluate(
    test_set: Annotated[Path, typer.Argument(help="TSV (ru, en, az) or folder of *.ru *.en *.az.")],
    to: ToOption = ALL,
    engine: Annotated[str, typer.Option(help="As for translate.")] = "embedded",
    terms: Annotated[
        bool, typer.Option(help="Tell the engine the terms, and enforce them.")
    ] = True,
    against: Annotated[
        Path | None, typer.Option(help="Folder with another system's out.en, out.az to compare.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder for out.<lang> and scores.json.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Only the first so many sentences; 0: all.")] = 0,
    strategies: Annotated[
        bool, typer.Option("--strategies", help="Each way of enforcing terms alone, then all.")
    ] = False,
    seen: Annotated[
        bool, typer.Option("--seen", help="Terms by whether training has seen them.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Translate an evaluation set and score it: BLEU, chrF2++, TER, terms."""
    from dragoman.session import draft_sentences

    place = Workspace.at(workspace)
    rows = read_set(test_set)
    rows = rows[:limit] if limit else rows
    if strategies:
        show_strategies(place, engine, rows, languages(to), output)
        return 0
    if seen:
        show_seen(place, engine, rows, languages(to), output)
        return 0
    found: list[Evaluation] = []
    report = []
    lines: list[str] = []
    for lang in languages(to):
        drafts, wanted = draft_sentences(place, engine, [r["ru"] for r in rows], lang, terms=terms)
        said = [draft.text for draft in drafts]
        references = [row[lang] for row in rows]
        found.append(score(engine, lang, said, references, wanted))
        report.append(found[-1].as_json())
        if sure := confidence(drafts, references):
            report[-1]["confidence"] = sure.as_json()
            lines.append(f"{lang} {sure}")
        if output is not None:
            write_atomically(output / f"out.{lang}", "".join(f"{line}\n" for line in said))
        if against is not None:
            report[-1]["against"] = compare(said, _other(against, lang), references)
    out.print(_table(found))
    for line in lines:
        out.print(line, markup=False)
    for row in report:
        for line in row.get("against", ()):
            out.print(f"{row['lang']} {line}", markup=False)
    for signature in dict.fromkeys(s.signature for e in found for s in e.scores):
        out.print(signature, markup=False)
    if output is not None:
        write_atomically(output / "scores.json", json.dumps(report, indent=2) + "\n")
    return 0


def _other(folder: Path, lang: str) -> list[str]:
    path = folder / f"out.{lang}"
    if not path.is_file():
        raise UsageError("no output to compare with", path=path, advice="make it with --output")
    return path.read_text("utf-8").rstrip("\n").split("\n")


def _table(found: list[Evaluation]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in (
        "system",
        "to",
        "sentences",
        "BLEU",
        "chrF2++",
        "TER",
        "terms",
        "said",
        "same form",
    ):
        table.add_column(head, justify="left" if head in ("system", "to") else "right")
    for e in found:
        values = [f"{score.value:.1f}" for score in e.scores]
        success = (str(e.terms.terms), f"{e.terms.success:.1f}%", f"{e.terms.right_form:.1f}%")
        table.add_row(e.system, e.lang, str(e.sentences), *values, *success)
    return table
