"""Where a run of training begins: the weights of a model that is there, deeper if that is asked.

New encoder layers stand between the old ones. Each begins as a copy of the layer below it that
adds nothing yet to the residual stream (its output projections are zero), so that training goes
on from where the shallower model stood (Chen et al. 2016, "Net2Net"; Li et al. 2020,
"Shallow-to-Deep Training for Neural Machine Translation").
"""

from __future__ import annotations

import copy
import filecmp
import json
import shutil
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.training.export import TOKENIZER
from dragoman.training.pack import Pack
from dragoman.training.trainer import Shape

FITTED = 24  # new layers are fitted to so many sources, and to so many tokens of each


def take_vocabulary(start: Path, vocabulary: Path) -> None:
    """Copy the vocabulary of the model in `start` to the folder `vocabulary`, if that has none.

    Raises UsageError when there is no model.
    """
    if not (start / "source.spm").is_file():
        raise UsageError("no model to begin with", path=start, advice="check --start")
    if not (vocabulary / "vocab.json").is_file():
        vocabulary.mkdir(parents=True, exist_ok=True)
        for name in TOKENIZER:
            shutil.copy(start / name, vocabulary / name)


def begin(start: Path, shape: Shape, vocabulary: Path, pack: Pack) -> Any:
    """The model of the folder `start`, with more encoder layers where `shape` has more.

    Raises UsageError when there is no model or it has another vocabulary than the pack.
    """
    from transformers import MarianMTModel

    own, packed = start / "source.spm", vocabulary / "source.spm"
    if not (own.is_file() and (start / "config.json").is_file()):
        raise UsageError("no model to begin with", path=start, advice="check --start")
    if not filecmp.cmp(own, packed, shallow=False):
        raise UsageError(
            "its vocabulary is not that of the pack",
            path=start,
            advice="run --stage prepare with the same --start in a new --work folder",
        )
    model: Any = MarianMTModel.from_pretrained(start)
    if shape.encoder_layers <= model.config.encoder_layers:
        return model
    sources = (pack.sequence(2 * number) for number in range(len(pack)))
    long = [source[:FITTED].tolist() for source in sources if len(source) >= FITTED]
    return deepen(model, shape.encoder_layers, long[:FITTED])


def steps_of(start: Path) -> int:
    """How many steps the model in the folder `start` was trained; 0 where it does not say."""
    card = start / "training.json"
    return int(json.loads(card.read_text("utf-8"))["steps"]) if card.is_file() else 0


def deepen(model: Any, layers: int, sources: list[list[int]]) -> Any:
    """A MarianMTModel with `layers` encoder layers that holds the weights of `model`.

    `sources` (token ids, all of one length) are what the new layers are fitted to. Raises
    UsageError when it cannot have so many: there is room for one between each two.
    """
    import torch
    from transformers import MarianMTModel

    old = model.config.encoder_layers
    if not old <= layers < 2 * old:
        raise UsageError(
            f"a model of {old} encoder layers cannot become one of {layers}",
            advice=f"use --layers {old} to {2 * old - 1}",
        )
    config = copy.deepcopy(model.config)
    config.encoder_layers = layers
    deeper: Any = MarianMTModel(config).to(model.dtype)
    with torch.no_grad():
        states = (
            model.eval()
            .model.encoder(torch.tensor(sources), output_hidden_states=True)
            .hidden_states
        )
    weights = {k: v for k, v in model.state_dict().items() if not k.startswith(_LAYERS)}
    for place, (number, new) in enumerate(_origins(old, layers)):
        layer = model.model.encoder.layers[number]
        part = _passing(layer, states[number + 1].float()) if new else layer.state_dict()
        weights |= {f"{_LAYERS}{place}.{name}": value for name, value in part.items()}
    deeper.load_state_dict(weights)
    deeper.generation_config = model.generation_config
    return deeper


_LAYERS = "model.encoder.layers."


def _origins(old: int, new: int) -> list[tuple[int, bool]]:
    """For each layer of the deeper model: the old one it comes from, and whether it is an addition.

    None is added above the last: its norms would level the scales of the states (that of the end of
    the sentence is another), on which the decoder depends.
    """
    gaps, more = old - 1, new - old
    origin: list[tuple[int, bool]] = []
    for number in range(old):
        origin.append((number, False))
        if number < gaps and (number + 1) * more // gaps > number * more // gaps:
            origin.append((number, True))
    return origin


def _passing(layer: Any, output: Any) -> dict[str, Any]:
    """The weights of a copy of `layer` that hands on the `output` of that layer, [n, length, d].

    Marian normalises after each sublayer. The norm of a sublayer that adds nothing would centre
    and scale its input anew; it is told to undo that, as far as one mean and one spread can.
    """
    weights = {name: value.clone() for name, value in layer.state_dict().items()}
    for name in ("self_attn.out_proj", "fc2"):
        for part in ("weight", "bias"):
            weights[f"{name}.{part}"].zero_()
    for name in ("self_attn_layer_norm", "final_layer_norm"):
        weights[f"{name}.weight"].fill_(float(output.std(-1, correction=0).mean()))
        weights[f"{name}.bias"].fill_(float(output.mean()))
    return weights
