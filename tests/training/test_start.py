"""Going on from a model that is there, as wide as it is or wider."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from transformers import MarianMTModel

from dragoman.cli import main
from dragoman.engines.loading import EMBEDDED
from dragoman.errors import UsageError
from dragoman.training import activity, stages
from dragoman.training.corpus import OWN_CORPUS
from dragoman.training.pack import read_pack, write_pack
from dragoman.training.start import Shape, begin, new_model, steps_of, take_vocabulary, widen
from dragoman.training.trainer import Plan, Trainer
from dragoman.training.vocabulary import Encoder

LINES = (OWN_CORPUS / "term-dense.tsv").read_text("utf-8").split("\n")[:80]
UNITS = int(json.loads((EMBEDDED / "config.json").read_text("utf-8"))["encoder_ffn_dim"])
ROWS = [tuple(line.split("\t")) for line in LINES]


@pytest.fixture(scope="module")
def embedded() -> MarianMTModel:
    return MarianMTModel.from_pretrained(EMBEDDED, dtype=torch.float32).eval()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work folder with the vocabulary of the embedded model and a small pack."""
    take_vocabulary(EMBEDDED, tmp_path / "vocab")
    rows = [(ru, text, lang) for ru, en, az in ROWS for text, lang in ((en, "en"), (az, "az"))]
    write_pack(tmp_path / "pack.npz", rows, Encoder(tmp_path / "vocab"))
    return tmp_path


def loss(model: MarianMTModel) -> float:
    """Nats a target token over the first sentences, into English."""
    encoder, total, tokens = Encoder(EMBEDDED), 0.0, 0
    for russian, english, _ in ROWS[:12]:
        source = torch.tensor([encoder.source(russian, "en")])
        target = torch.tensor([encoder.target(english)])
        with torch.no_grad():
            total += float(model(input_ids=source, labels=target).loss) * target.shape[1]
        tokens += target.shape[1]
    return total / tokens


def test_a_wider_model_says_what_the_narrower_one_said(embedded: MarianMTModel) -> None:
    wider = widen(embedded, UNITS + 64).eval()
    sizes = [layer.fc1.weight.shape[0] for layer in wider.model.encoder.layers]
    assert set(sizes) == {wider.config.encoder_ffn_dim} == {UNITS + 64}
    assert embedded.config.encoder_ffn_dim == UNITS
    assert loss(wider) == pytest.approx(loss(embedded), abs=1e-5)


def test_the_new_units_of_a_wider_model_are_put_to_work(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are silent at first, and `activity` begins silent ones."""
    monkeypatch.setattr(activity, "JUDGED", 500)
    shape = Shape(width=32, encoder_units=8, decoder_units=64, encoder_layers=2, decoder_layers=1)
    model = widen(new_model(shape, Encoder(EMBEDDED).vocab), 24)
    trainer = Trainer(model, Plan(steps=6, tokens=600), work / "state")
    trainer.run(read_pack(work / "pack.npz"), Encoder(EMBEDDED).pad, lambda line: None)
    assert trainer.revived >= 2 * (24 - 8)
    for layer in model.model.encoder.layers:
        assert layer.fc1.weight[8:].float().norm(dim=1).min() > 0


def test_a_model_is_not_made_narrower(embedded: MarianMTModel) -> None:
    with pytest.raises(UsageError, match=r"cannot become 8.*--units"):
        widen(embedded, 8)


def test_a_run_goes_on_from_the_weights_and_steps_of_a_model(work: Path) -> None:
    plan = Plan(steps=1, tokens=600, warmup=10**6, dropout=0.0)  # as good as no rate
    shape = Shape(encoder_units=UNITS)
    stages.run(work, shape, plan, lambda line: None, threads=1, start=EMBEDDED)
    state = torch.load(work / "state" / "state.pt", weights_only=True)
    assert state["step"] == steps_of(EMBEDDED) + 1
    stages.finish(work, work / "model", lambda line: None)
    mine, shipped = (
        MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()
        for folder in (work / "model", EMBEDDED)
    )
    assert loss(mine) == pytest.approx(loss(shipped), abs=0.05)


def test_dropout_does_not_break_a_model_that_was_centred(work: Path) -> None:
    """What the norms were centred by stands in the parts that dropout falls on."""
    said: list[str] = []
    plan = Plan(steps=100, tokens=600, rate=1e-9)
    stages.run(work, Shape(encoder_units=UNITS), plan, said.append, threads=1, start=EMBEDDED)
    [line] = said
    assert float(line.split(" loss ")[1].split()[0]) < 3.5, line


def test_a_run_that_begins_wider_is_taken_up_again(work: Path) -> None:
    shape, said = Shape(encoder_units=UNITS + 32), list[str]()
    for _ in range(2):
        stages.run(work, shape, Plan(steps=1, tokens=600), said.append, threads=1, start=EMBEDDED)
    assert said == [f"resumed at step {steps_of(EMBEDDED) + 1}"]
    stages.finish(work, work / "model", said.append)
    config = json.loads((work / "model" / "config.json").read_text("utf-8"))
    assert config["encoder_ffn_dim"] == UNITS + 32


def test_what_no_run_can_begin_with_is_one_clear_line(work: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for wrong in (
        lambda: begin(nowhere, Shape(), work / "vocab"),
        lambda: take_vocabulary(nowhere, tmp_path / "vocab"),
    ):
        with pytest.raises(UsageError, match="no model to begin with"):
            wrong()
    (work / "vocab" / "source.spm").write_bytes(b"another")
    with pytest.raises(UsageError, match=r"vocabulary is not that of the pack.*--stage prepare"):
        begin(EMBEDDED, Shape(), work / "vocab")


def test_another_pack_begins_a_new_epoch(work: Path) -> None:
    shape = Shape(encoder_units=UNITS)

    def state() -> tuple[int, int]:
        saved = torch.load(work / "state" / "state.pt", weights_only=True)
        return saved["pairs"], saved["place"]

    plan = Plan(steps=2, tokens=600)
    stages.run(work, shape, plan, lambda line: None, threads=1, start=EMBEDDED)
    assert state() == (160, 2)
    rows = [(ru, en, "en") for ru, en, _ in ROWS]
    write_pack(work / "pack.npz", rows, Encoder(work / "vocab"))
    stages.run(work, shape, plan, lambda line: None, threads=1)
    assert state() == (80, 2)


def test_the_rate_warms_up_once_and_not_in_every_slice(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates: list[float] = []

    def update(trainer: Trainer, source: object, target: object, pad: int, rate: float) -> float:
        rates.append(rate)
        trainer.step += 1
        return 0.0

    monkeypatch.setattr(Trainer, "_update", update)
    plan = Plan(steps=2, tokens=600, warmup=4, rate=1.0, decay=0)
    for _ in range(3):
        shape = Shape(encoder_units=UNITS)
        stages.run(work, shape, plan, lambda line: None, threads=1, start=EMBEDDED)
    assert rates == [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]


WRONG = [
    (("--stage", "run"), "vocab: no vocabulary; run `dragoman train --stage prepare`"),
    (("--stage", "run", "--start", "nowhere"), "vocab: no vocabulary"),
    (("--stage", "prepare", "--start", "nowhere"), "nowhere: no model to begin with"),
    (("--from-reviewed", "locales", "--start", "nowhere"), "nowhere: no model to begin with"),
    (("--stage", "pivot", "--start", "embedded"), "--start embedded: not for --stage pivot"),
    (("--units", "5"), "--units 5; write 256, 6+2 and 2048+1024"),
    (("--layers", "six"), "--layers six"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_what_was_asked_wrongly_is_one_clear_line(
    options: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--work", str(tmp_path), *options]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert message in line
