"""``dragoman train``: the embedded model, from corpora or from what reviewers approved."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import HERE, WorkspaceOption, app, out
from dragoman.errors import UsageError
from dragoman.training.start import Shape
from dragoman.training.trainer import Plan
from dragoman.workspace import Workspace

if TYPE_CHECKING:
    from dragoman.training.corpus import HeldOut

STAGES = ("all", "prepare", "run", "export", "back", "pivot")


@app.command()
def train(
    work: Annotated[Path, typer.Option(help="Folder for packs and checkpoints.")] = Path("runs"),
    stage: Annotated[
        str, typer.Option(help="all, prepare, run, export; back or pivot for synthetic pairs.")
    ] = "all",
    data: Annotated[
        Path | None, typer.Option(help="Folder of general.ru-en.tsv.xz and general.ru-az.tsv.xz.")
    ] = None,
    held_out: Annotated[
        list[Path] | None, typer.Option(help="Evaluation sets, kept out of training.")
    ] = None,
    minutes: Annotated[float, typer.Option(help="Time to train; 0: no limit.")] = 0,
    steps: Annotated[
        int | None, typer.Option(help="Steps to train [20000; with --from-reviewed 240].")
    ] = None,
    tokens: Annotated[int | None, typer.Option(help="Tokens of a batch [3456].")] = None,
    rate: Annotated[
        float | None, typer.Option(help="Learning rate [7e-4; with --from-reviewed 4e-5].")
    ] = None,
    decay: Annotated[float, typer.Option(help="Last share of the run with a falling rate.")] = 0.3,
    dropout: Annotated[
        float, typer.Option(help="Share of a layer's output left out; 0: for a model too small.")
    ] = 0.1,
    passes: Annotated[int, typer.Option(help="Annotated passes over our corpus in a pack.")] = 3,
    general: Annotated[float, typer.Option(help="Share of the general pairs in a pack.")] = 0.6,
    aligned: Annotated[
        bool, typer.Option(help="Annotate what word alignment finds, too (needs eflomal).")
    ] = True,
    vocabulary: Annotated[int, typer.Option(help="Pieces.")] = 8000,
    width: Annotated[int, typer.Option(help="Model width.")] = 256,
    layers: Annotated[str, typer.Option(help="Encoder+decoder layers.")] = "6+2",
    units: Annotated[
        str, typer.Option(help="Feed-forward units of an encoder+decoder layer.")
    ] = "2048+1024",
    least: Annotated[
        float, typer.Option(help="back, pivot: chrF of a round trip that a pair must have.")
    ] = 50.0,
    limit: Annotated[int, typer.Option(help="back, pivot: texts to translate; 0: all.")] = 0,
    threads: Annotated[int, typer.Option(help="CPU threads; 0: all.")] = 0,
    start: Annotated[
        str,
        typer.Option(
            help="Go on from this model folder (or `embedded`): its weights, its vocabulary."
        ),
    ] = "",
    from_reviewed: Annotated[
        list[Path] | None,
        typer.Option(help="Fine-tune on reviewed PO or TMX files (or folders of them) instead."),
    ] = None,
    replay: Annotated[
        float, typer.Option(help="--from-reviewed: pairs of our corpus beside each reviewed pair.")
    ] = 3.0,
    to_folder: Annotated[Path | None, typer.Option("--out", help="Model folder to write.")] = None,
    workspace: WorkspaceOption = HERE,
) -> int:
    """Train the embedded model; every stage can be stopped and taken up again."""
    from dragoman.engines.loading import EMBEDDED
    from dragoman.session import lazy_glossary
    from dragoman.training import stages
    from dragoman.training.prepare import Mix

    if stage not in STAGES:
        raise UsageError(f"--stage {stage}: no such stage", advice=f"use {', '.join(STAGES)}")
    shape = _shape(width, layers, units)
    place = Workspace.at(workspace)
    kept_out = stages.read_held_out(held_out or ())
    plan = Plan(
        steps=20_000 if steps is None else steps, minutes=minutes or math.inf,
        tokens=tokens or 3456, rate=rate or 7e-4, decay=decay, dropout=dropout,
    )  # fmt: skip
    folder = to_folder or work / "model"
    base = EMBEDDED if start == "embedded" else Path(start) if start else None
    if from_reviewed:
        from dragoman.training.reviewed import read_reviewed
        from dragoman.training.start import require

        require(base or EMBEDDED)
        tuning = work / "tuned"  # beside what a training in the same folder has made
        stages.tune(
            base or EMBEDDED, read_reviewed(from_reviewed), tuning, to_folder or tuning / "model",
            lazy_glossary(place)(), kept_out, _tuning(plan, steps, rate, tokens), _say,
            replay=replay,
        )  # fmt: skip
        return 0
    if stage in ("back", "pivot"):
        if base:
            raise UsageError(
                f"--start {start}: not for --stage {stage}",
                advice="it begins from the model in --work, or from the shipped one",
            )
        _synthetic(stage, work, kept_out, data, shape, plan, threads, least, limit)
        return 0
    if stage in ("all", "prepare"):
        mix = Mix(passes=passes, general=general, aligned=aligned)
        stages.prepare(
            work, lazy_glossary(place)(), kept_out, data=data, mix=mix, vocabulary=vocabulary,
            log=_say, start=base,
        )  # fmt: skip
    if stage in ("all", "run"):
        stages.run(work, shape, plan, _say, threads, base)
    if stage in ("all", "export"):
        stages.finish(work, folder, _say)
    return 0


def _synthetic(
    stage: str, work: Path, held_out: HeldOut, data: Path | None, shape: Shape, plan: Plan,
    threads: int, least: float, limit: int,
) -> None:  # fmt: skip
    """Train the helper for the steps or minutes given (--steps 0: as it stands), then translate.

    Every part is taken up where it stands, so that slices of any length add up.
    """
    from dragoman.engines.loading import EMBEDDED
    from dragoman.training import stages

    trained = work / "model"
    forward = trained if (trained / "config.json").is_file() else EMBEDDED
    helper = stages.helper(
        work, forward, held_out, data=data, shape=shape, plan=plan, log=_say, threads=threads
    )
    if stage == "back":
        stages.back_translate(
            work, helper, forward, held_out, data=data, least=least, limit=limit, log=_say
        )
    else:
        stages.pivot(work, helper, held_out, data=data, least=least, limit=limit, log=_say)


def _tuning(plan: Plan, steps: int | None, rate: float | None, tokens: int | None) -> Plan:
    """What did no harm on 500 reviewed pairs: slow, and in full batches (training/README.md)."""
    return replace(
        plan, steps=steps or 240, rate=rate or 4e-5, tokens=tokens or 3456, warmup=20, decay=0.5
    )


def _shape(width: int, layers: str, units: str) -> Shape:
    numbers = [*layers.split("+"), *units.split("+")]
    if len(numbers) != 4 or not all(n.isdigit() for n in numbers) or width % 32:
        raise UsageError(
            f"--width {width} --layers {layers} --units {units}",
            advice="write 256, 6+2 and 2048+1024, say",
        )
    encoder, decoder, encoder_units, decoder_units = map(int, numbers)
    return Shape(width, encoder_units, decoder_units, max(1, width // 64), encoder, decoder)


def _say(line: str) -> None:
    out.print(line, markup=False)
