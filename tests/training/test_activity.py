"""Feed-forward units that answer nothing are noticed and begun anew."""

from pathlib import Path

import pytest
import torch

from dragoman.training import activity
from dragoman.training.start import Shape, new_model
from dragoman.training.trainer import Plan, Trainer

TINY = Shape(
    width=32, encoder_units=64, decoder_units=64, heads=2, encoder_layers=1, decoder_layers=1
)
VOCAB = {"</s>": 0, "<pad>": 1, **{f"piece {i}": i for i in range(2, 50)}}
PAD = VOCAB["<pad>"]


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    torch.manual_seed(3)
    return Trainer(new_model(TINY, VOCAB), Plan(dropout=0.0, warmup=1), tmp_path)


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(5)
    source, target = (torch.randint(2, 50, (16, 12), generator=generator) for _ in range(2))
    return source, target


def update(trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor], rate: float = 1e-4) -> float:
    return trainer._update(*batch, PAD, rate)


def silence(trainer: Trainer, units: slice) -> None:
    """Let units of the encoder be below zero whatever comes."""
    layer = trainer.activity.layers[0]
    layer.trained[1][units] = -1000.0
    trainer._publish(trainer.master)


def test_silent_units_begin_anew(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(trainer, slice(0, 40))
    monkeypatch.setattr(activity, "JUDGED", 1)
    update(trainer, batch)
    assert trainer.revived >= 40
    for inner, bias, outer in (
        trainer.activity.layers[0].trained,
        trainer.activity.layers[0].averaged,
    ):
        assert (bias[:40] > -100).all() and inner[:40].abs().sum() > 0 and not outer[:, :40].any()
    for _ in range(activity.LOOK):
        update(trainer, batch, rate=0.0)
    share = trainer.activity.layers[0].share[:40]
    assert 0.05 < float(share.mean()) < 0.35, f"fire for {share} of the tokens, not for a sixth"


def test_what_the_model_says_stays_while_units_begin_anew(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(trainer, slice(0, 40))
    before = update(trainer, batch, rate=0.0)
    monkeypatch.setattr(activity, "JUDGED", 1)
    for _ in range(activity.LOOK):
        update(trainer, batch, rate=0.0)
    assert trainer.revived >= 40
    assert update(trainer, batch, rate=0.0) == before


def test_their_moments_are_forgotten(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(activity.LOOK):
        update(trainer, batch)
    silence(trainer, slice(0, 40))
    trainer.activity.layers[0].fired = None
    monkeypatch.setattr(activity, "JUDGED", 1)
    update(trainer, batch)
    inner, bias, outer = trainer.activity.layers[0].trained
    muon, adam = trainer.optimisers
    assert not muon.state[inner]["momentum_buffer"][:40].any()
    assert muon.state[inner]["momentum_buffer"][40:].any()
    assert not muon.state[outer]["momentum_buffer"][:, :40].any()
    assert not adam.state[bias]["exp_avg"][:40].any()


def test_units_are_judged_over_many_tokens(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    silence(trainer, slice(0, 40))
    for _ in range(2 * activity.LOOK):
        update(trainer, batch)
    assert trainer.revived == 0


def test_units_that_fire_rarely_are_raised(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    silence(trainer, slice(0, 40))
    layer = trainer.activity.layers[0]
    update(trainer, batch, rate=0.0)
    before = layer.trained[1].clone()
    trainer.activity.after(0, 1e-3, [])
    raised = layer.trained[1] - before
    assert torch.allclose(
        raised[:40], torch.tensor(activity.RAISE * activity.LOOK * 1e-3), atol=1e-4
    )
    assert not raised[layer.share >= activity.RARELY].any()


def test_a_matrix_that_turns_along_what_all_tokens_share_moves_no_unit(
    trainer: Trainer, batch: tuple[torch.Tensor, torch.Tensor]
) -> None:
    layer = trainer.activity.layers[0]
    update(trainer, batch, rate=0.0)
    inner, bias, _ = layer.trained
    level = inner @ layer.mean + bias
    inner -= torch.ones(len(inner), 1) * layer.mean
    trainer.activity.after(0, 0.0, [])
    assert torch.allclose(inner @ layer.mean + bias, level, atol=1e-3)
