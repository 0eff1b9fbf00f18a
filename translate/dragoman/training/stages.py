"""The stages of training, each leaving its result in the work folder for the next.

prepare   corpora -> vocab/ and pack.npz
run       pack.npz -> state/ (checkpoints; taken up again where they stand)
finish    state/average -> a model folder
back      the helper, az-ru, and the model so far -> synthetic.back.tsv, which prepare mixes in
pivot     the helper, en-az and az-en -> synthetic.pivot.tsv, likewise
tune      a model folder and reviewed pairs -> a model folder
"""

from __future__ import annotations

import filecmp
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from dragoman.engines.sizes import read_said
from dragoman.errors import UsageError
from dragoman.glossary import Glossary
from dragoman.training.annotate import Annotator
from dragoman.training.centre import sample
from dragoman.training.corpus import OWN_CORPUS, HeldOut, Pair, read_monolingual, unique
from dragoman.training.export import averaged, export
from dragoman.training.pack import WIDE_BUCKETS, Pack, read_pack, write_pack
from dragoman.training.prepare import (
    Mix,
    align_terms,
    build,
    make_vocabulary,
    read_data,
    sampled,
)
from dragoman.training.rare import RareWords, read_entries, write_dictionary
from dragoman.training.start import Shape, begin, new_model, steps_of, take_vocabulary, trainable
from dragoman.training.synthetic import (
    PROSE,
    REVERSED,
    Direction,
    Translator,
    fresh,
    helper_rows,
    make_pairs,
    read_synthetic,
)
from dragoman.training.trainer import Plan, Trainer
from dragoman.training.vocabulary import Encoder

Log = Callable[[str], None]


def read_held_out(paths: Iterable[Path]) -> HeldOut:
    """The evaluation sentences in files and folders: every line, every tab-separated cell."""
    texts: list[str] = []
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if not file.is_file():
                raise UsageError("no such evaluation set", path=file, advice="check --held-out")
            lines = file.read_text("utf-8").splitlines()
            texts += [cell for line in lines for cell in line.split("\t") if cell.strip()]
    return HeldOut(texts)


def prepare(
    work: Path, glossary: Glossary, held_out: HeldOut, *, data: Path | None, mix: Mix,
    vocabulary: int, log: Log, corpus: Path = OWN_CORPUS, start: Path | None = None,
) -> None:  # fmt: skip
    """Write ``vocab/`` (unless there is one; that of the model in `start`, if given) with the
    dictionary, ``links.*`` and ``pack.npz``."""
    if start:
        take_vocabulary(start, work / "vocab")
    domain, general = read_data(data, held_out, corpus)
    log(f"{len(domain)} pairs of our corpus, {len(general)} general pairs")
    if not (work / "vocab" / "vocab.json").is_file():
        make_vocabulary(work / "vocab", domain, general, vocabulary)
    chosen = sampled(general, mix)
    aligned = None
    if mix.aligned:
        names = {
            "en": [name.en for name in glossary.names.names],
            "az": [name.az for name in glossary.names.names],
        }
        text = read_monolingual(data)
        aligned = align_terms([*domain, *chosen], names, text, mix, work, log)
    encoder = Encoder(work / "vocab")
    made = read_synthetic(work)
    if made:
        log(f"{len(made)} pairs that models made")
    rare = None
    if mix.words:
        sources = (pair.source for pair in (*domain, *chosen))
        rare = RareWords(sources, Random(mix.seed), read_entries(mix.words))
        write_dictionary(rare.entries, work / "vocab")
    count = build(work / "pack.npz", domain, chosen, glossary, encoder, mix, aligned, made, rare)
    log(f"{count} pairs packed")


def run(
    work: Path, shape: Shape, plan: Plan, log: Log, threads: int = 0, start: Path | None = None
) -> None:
    """Train on the pack for as long as `plan` says, from where an earlier run stopped.

    The first run begins with the weights in the model folder `start` (of the same vocabulary), if
    one is given, its encoder widened to `shape`. Ctrl-C and
    SIGTERM end a run after the step in progress; the state is saved.
    """
    import torch

    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(plan.seed)
    encoder, pack = Encoder(work / "vocab"), read_pack(work / "pack.npz")
    model = begin(start, shape, work / "vocab") if start else new_model(shape, encoder.vocab)
    trainer = Trainer(model, plan, work / "state")
    if start:
        trainer.step = trainer.began = steps_of(start)
    if trainer.resume():
        log(f"resumed at step {trainer.step}")
    _train(trainer, pack, encoder.pad, log)


def _train(trainer: Trainer, pack: Pack, pad: int, log: Log) -> None:
    if threading.current_thread() is not threading.main_thread():
        trainer.run(pack, pad, log)
        return
    before = {
        number: signal.signal(number, lambda *_: trainer.stop())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        trainer.run(pack, pad, log)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def finish(work: Path, folder: Path, log: Log) -> None:
    """Export the averaged model to `folder`; with what its training said, if the pack is there."""
    model, steps = averaged(work / "state")
    rows, said = [], None
    if (work / "pack.npz").is_file():  # a state from another machine may come without it
        pack, encoder = read_pack(work / "pack.npz"), Encoder(work / "vocab")
        rows, said = sample(pack, encoder.pad), encoder.said(pack)
    size = export(model, work / "vocab", folder, steps=steps, rows=rows, said=said)
    log(f"{folder}: {size:,} bytes of weights, {steps} steps")


def helper(
    work: Path, forward: Path, held_out: HeldOut, *, data: Path | None, shape: Shape,
    plan: Plan, log: Log, threads: int = 0, corpus: Path = OWN_CORPUS,
) -> Path:  # fmt: skip
    """Train (or train on) the helper in ``work/helper``; return its model folder.

    It begins with the weights of the model `forward`, when that has the same vocabulary: a model
    that knows three languages one way learns the other way sooner.
    """
    folder = work / "helper"
    vocabulary = folder / "vocab"
    if not (vocabulary / "vocab.json").is_file():
        if not (work / "vocab" / "vocab.json").is_file():
            raise UsageError("no vocabulary", path=work / "vocab", advice="run --stage prepare")
        shutil.copytree(work / "vocab", vocabulary)
    if not (folder / "pack.npz").is_file():
        rows = [row for way in REVERSED for row in helper_rows(way, data, held_out, corpus)]
        count = write_pack(folder / "pack.npz", rows, Encoder(vocabulary))
        log(f"{count} pairs for the helper, {', '.join(map(str, REVERSED))}")
    if plan.steps:
        same = filecmp.cmp(forward / "source.spm", vocabulary / "source.spm", shallow=False)
        run(folder, shape, plan, log, threads, forward if same else None)
    finish(folder, folder / "model", log)
    return folder / "model"


def back_translate(
    work: Path, helper_folder: Path, forward: Path, held_out: HeldOut, *, data: Path | None,
    least: float, limit: int, log: Log,
) -> None:  # fmt: skip
    """Give Azerbaijani sentences a Russian side; `forward` (ru-az) tells whether it holds."""
    texts = fresh(read_monolingual(data), held_out)
    Random(1).shuffle(texts)
    make_pairs(
        [(text, text) for text in texts[: limit or None]],
        Translator(helper_folder, Direction("az", "ru")),
        Translator(forward, Direction("ru", "az")),
        work / "synthetic.back.tsv", lambda own, made: Pair(made, own, "az", "back"), least, log,
    )  # fmt: skip


def pivot(
    work: Path, helper_folder: Path, held_out: HeldOut, *, data: Path | None, least: float,
    limit: int, log: Log,
) -> None:  # fmt: skip
    """Translate the English side of Russian-English prose into Azerbaijani."""
    _, general = read_data(data, held_out)
    prose = [p for p in general if p.lang == "en" and p.origin in PROSE]
    Random(1).shuffle(prose)
    items = [(pair.source, pair.target) for pair in prose][: limit or None]
    make_pairs(
        items,
        Translator(helper_folder, Direction("en", "az")),
        Translator(helper_folder, Direction("az", "en")),
        work / "synthetic.pivot.tsv", lambda own, made: Pair(own, made, "az", "pivot"), least, log,
    )  # fmt: skip


def tune(
    base: Path, reviewed: Sequence[Pair], work: Path, folder: Path, glossary: Glossary,
    held_out: HeldOut, plan: Plan, log: Log, *, replay: float = 3.0,
    corpus: Path = OWN_CORPUS,
) -> None:  # fmt: skip
    """Fine-tune the model in `base` on reviewed pairs and write it to `folder`.

    For each reviewed pair `replay` pairs of our own corpus are shown again, so that the old skill
    is kept (rehearsal: Robins 1995; mixed fine-tuning: Chu et al. 2017). Words of the model's
    dictionary are not told: what reviewers say for them is to be learnt.
    """
    kept = list(unique(reviewed, held_out))
    if not kept:
        raise UsageError("no reviewed pair to learn from", advice="approve entries first")
    own, _ = read_data(None, held_out, corpus)
    random = Random(plan.seed)
    old = random.sample(own, min(len(own), round(replay * len(kept))))
    log(f"{len(kept)} reviewed pairs, {len(old)} pairs of our corpus beside them")
    annotator = Annotator(glossary, random)
    rows = []
    for pair in (*kept, *old):
        rows.append((pair.source, pair.target, pair.lang))
        marked = annotator.annotate(pair, glossary.find(pair.source))
        rows += [(*marked, pair.lang)] if marked else []
    encoder = Encoder(base)
    write_pack(work / "pack.npz", rows, encoder)
    model = trainable(base)
    plan = replace(plan, average=min(plan.average, 0.99), buckets=WIDE_BUCKETS)
    trainer = Trainer(model, plan, work / "state")
    _train(trainer, read_pack(work / "pack.npz"), encoder.pad, log)
    pack = read_pack(work / "pack.npz")
    known, new = read_said(base), encoder.said(pack)
    said = {lang: sorted(tokens.union(new[lang])) for lang, tokens in known.items()}
    tuned, steps = averaged(work / "state")
    export(tuned, base, folder, steps=steps, rows=sample(pack, encoder.pad), said=said)
    log(f"{folder}: tuned in {trainer.step} steps")
