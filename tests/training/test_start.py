"""Going on from a model that is there, as deep as it is or deeper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from transformers import MarianMTModel

from dragoman.engines.loading import EMBEDDED
from dragoman.errors import UsageError
from dragoman.training import stages
from dragoman.training.corpus import OWN_CORPUS
from dragoman.training.pack import read_pack, write_pack
from dragoman.training.start import FITTED, begin, deepen, steps_of, take_vocabulary
from dragoman.training.trainer import Plan, Shape, new_model
from dragoman.training.vocabulary import Encoder

LINES = (OWN_CORPUS / "term-dense.tsv").read_text("utf-8").split("\n")[:80]
LAYERS = int(json.loads((EMBEDDED / "config.json").read_text("utf-8"))["encoder_layers"])
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


def test_a_deeper_model_says_what_the_shallower_one_said(embedded: MarianMTModel) -> None:
    encoder = Encoder(EMBEDDED)
    sources = [encoder.source(ru, "en")[:FITTED] for ru, _, _ in ROWS]
    sources = [source for source in sources if len(source) == FITTED]
    deeper = deepen(embedded, LAYERS + 2, sources).eval()
    assert deeper.config.encoder_layers == len(deeper.model.encoder.layers) == LAYERS + 2
    assert embedded.config.encoder_layers == LAYERS
    assert loss(deeper) == pytest.approx(loss(embedded), abs=0.1)


@pytest.mark.parametrize("layers", [2, 6])
def test_there_is_room_for_one_layer_between_each_two(layers: int) -> None:
    shape = Shape(width=32, feed_forward=64, heads=2, encoder_layers=3, decoder_layers=1)
    model = new_model(shape, Encoder(EMBEDDED).vocab)
    with pytest.raises(UsageError, match=r"of 3 encoder layers.*--layers 3 to 5"):
        deepen(model, layers, [[1, 2, 3]])


def test_a_run_goes_on_from_the_weights_and_steps_of_a_model(work: Path) -> None:
    plan = Plan(steps=1, tokens=600, warmup=10**6, dropout=0.0)  # as good as no rate
    shape = Shape(encoder_layers=LAYERS)
    stages.run(work, shape, plan, lambda line: None, threads=1, start=EMBEDDED)
    state = torch.load(work / "state" / "state.pt", weights_only=True)
    assert state["step"] == steps_of(EMBEDDED) + 1
    stages.finish(work, work / "model", lambda line: None)
    mine = MarianMTModel.from_pretrained(work / "model")
    shipped = MarianMTModel.from_pretrained(EMBEDDED)
    for (name, ours), theirs in zip(mine.named_parameters(), shipped.parameters(), strict=True):
        assert torch.allclose(ours.float(), theirs.float(), atol=1e-2), name


def test_a_run_that_begins_deeper_is_taken_up_again(work: Path) -> None:
    shape, said = Shape(encoder_layers=LAYERS + 1), list[str]()
    for _ in range(2):
        stages.run(work, shape, Plan(steps=1, tokens=600), said.append, threads=1, start=EMBEDDED)
    assert said == [f"resumed at step {steps_of(EMBEDDED) + 1}"]
    stages.finish(work, work / "model", said.append)
    config = json.loads((work / "model" / "config.json").read_text("utf-8"))
    assert config["encoder_layers"] == LAYERS + 1


def test_what_no_run_can_begin_with_is_one_clear_line(work: Path, tmp_path: Path) -> None:
    pack = read_pack(work / "pack.npz")
    nowhere = tmp_path / "nowhere"
    for wrong in (
        lambda: begin(nowhere, Shape(), work / "vocab", pack),
        lambda: take_vocabulary(nowhere, tmp_path / "vocab"),
    ):
        with pytest.raises(UsageError, match="no model to begin with"):
            wrong()
    (work / "vocab" / "source.spm").write_bytes(b"another")
    with pytest.raises(UsageError, match=r"vocabulary is not that of the pack.*--stage prepare"):
        begin(EMBEDDED, Shape(), work / "vocab", pack)


def test_another_pack_begins_a_new_epoch(work: Path) -> None:
    shape = Shape(encoder_layers=LAYERS)

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
