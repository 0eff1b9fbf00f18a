"""Where a run of training begins: fresh weights, or those of a model that is there, perhaps wider.

New feed-forward units of the encoder are silent, so that the wider model says what the narrower
one said (Chen et al. 2016, "Net2Net"); `activity` begins them as it does all silent units. New
layers between the old ones, which gave nothing to the residual stream at first, were tried and
broke the trained model within forty steps.
"""

from __future__ import annotations

import copy
import filecmp
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.training.centre import for_training
from dragoman.training.export import TOKENIZER


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the model."""

    width: int = 256
    encoder_units: int = 1024  # of the feed-forward part of a layer
    decoder_units: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2


def new_model(shape: Shape, vocab: dict[str, int]) -> Any:
    """A fresh MarianMTModel over `vocab`, its embeddings shared three ways."""
    from transformers import MarianConfig, MarianMTModel

    pad, eos = vocab["<pad>"], vocab["</s>"]
    config = MarianConfig(
        vocab_size=len(vocab),
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_ffn_dim=shape.encoder_units,
        decoder_ffn_dim=shape.decoder_units,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        activation_function="relu",
        dropout=0.0,  # the trainer's own, see `dropout`
        attention_dropout=0.0,
        activation_dropout=0.0,
        max_position_embeddings=512,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        pad_token_id=pad,
        eos_token_id=eos,
        decoder_start_token_id=pad,
        forced_eos_token_id=eos,
    )
    return MarianMTModel(config)


def require(start: Path) -> None:
    """Raise UsageError when there is no model in `start` to begin with."""
    if not ((start / "source.spm").is_file() and (start / "config.json").is_file()):
        raise UsageError("no model to begin with", path=start, advice="check --start")


def take_vocabulary(start: Path, vocabulary: Path) -> None:
    """Copy the vocabulary of the model in `start` to the folder `vocabulary`, if that has none.

    Raises UsageError when there is no model.
    """
    require(start)
    if not (vocabulary / "vocab.json").is_file():
        vocabulary.mkdir(parents=True, exist_ok=True)
        for name in TOKENIZER:
            shutil.copy(start / name, vocabulary / name)


def begin(start: Path, shape: Shape, vocabulary: Path) -> Any:
    """The model of the folder `start`, its encoder widened where `shape` asks for it.

    Raises UsageError when there is no model or it has another vocabulary than the pack.
    """
    own, packed = start / "source.spm", vocabulary / "source.spm"
    require(start)
    if not filecmp.cmp(own, packed, shallow=False):
        raise UsageError(
            "its vocabulary is not that of the pack",
            path=start,
            advice="run --stage prepare with the same --start in a new --work folder",
        )
    model = trainable(start)
    return widen(model, max(shape.encoder_units, model.config.encoder_ffn_dim))


def trainable(folder: Path) -> Any:
    """The model of a folder in float32, as training wants it."""
    import torch
    from transformers import MarianMTModel

    model: Any = MarianMTModel.from_pretrained(folder, dtype=torch.float32)
    for_training(model)
    return model


def steps_of(start: Path) -> int:
    """How many steps the model in the folder `start` was trained; 0 where it does not say."""
    card = start / "training.json"
    return int(json.loads(card.read_text("utf-8"))["steps"]) if card.is_file() else 0


def widen(model: Any, units: int) -> Any:
    """A MarianMTModel with `units` feed-forward units in each layer of the encoder, which says
    what `model` says. Raises UsageError when `model` has more."""
    from transformers import MarianMTModel

    before = model.config.encoder_ffn_dim
    if units < before:
        raise UsageError(f"{before} units cannot become {units}", advice="check --units")
    config = copy.deepcopy(model.config)
    config.encoder_ffn_dim = units
    wider: Any = MarianMTModel(config).to(model.dtype)
    weights = wider.state_dict()
    for name, value in model.state_dict().items():
        if weights[name].shape != value.shape:  # of the feed-forward part of an encoder layer
            fresh = weights[name].fill_(-1.0 if name.endswith("fc1.bias") else 0.0)
            fresh[tuple(map(slice, value.shape))] = value
        else:
            weights[name] = value
    wider.load_state_dict(weights)
    wider.generation_config = model.generation_config
    return wider
