"""From a training state to the model folder of the package."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.engines.dictionary import DICTIONARY
from dragoman.engines.sizes import SAID
from dragoman.errors import UsageError
from dragoman.training.centre import Row, centre

SHARD = "15MB"
LENGTH_PENALTY = 1.5  # a small model leaves things out; its card says what this gained
LARGEST = 64 * 1000 * 1000  # bytes of all weights
TOKENIZER = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")


def averaged(state: Path) -> tuple[Any, int]:
    """The averaged model of a training state, in float32, and how many steps it had.

    Raises UsageError when there is none.
    """
    import torch
    from transformers import MarianMTModel

    average, saved = state / "average", state / "state.pt"
    if not (average / "config.json").is_file() or not saved.is_file():
        raise UsageError("no trained model", path=state, advice="run `dragoman train --stage run`")
    model: Any = MarianMTModel.from_pretrained(average, dtype=torch.float32).eval()
    found = torch.load(saved, weights_only=True, mmap=True, map_location="cpu")
    trained = [p for name, p in model.named_parameters() if "embed_positions" not in name]
    with torch.no_grad():
        for weight, value in zip(trained, found["mean"], strict=True):
            weight.copy_(value)
    return model, found["step"]


def export(
    model: Any,
    vocabulary: Path,
    folder: Path,
    *,
    steps: int,
    rows: Sequence[Row] = (),
    said: Mapping[str, Sequence[int]] | None = None,
) -> int:
    """Write a model of float32 as bf16 shards, with tokenizer and settings, to `folder`.

    Its norms are centred on `rows` first, if there are any (`centre`). `said` are the tokens of
    each target language, where they are known. Returns the size of the weights in bytes. Raises
    UsageError when the model is larger than the package may ship.
    """
    import torch

    size: int = sum(p.numel() for p in model.parameters()) * 2
    if size > LARGEST:
        raise UsageError(f"{size:,} bytes of weights are more than {LARGEST:,}", path=folder)
    if rows:
        centre(model, rows)
    model.to(torch.bfloat16)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("model*.safetensors*"):
        old.unlink()
    model.generation_config.update(
        num_beams=4, length_penalty=LENGTH_PENALTY, max_length=512,
        forced_eos_token_id=model.config.eos_token_id,
        bad_words_ids=[[model.config.pad_token_id]],
    )  # fmt: skip
    model.save_pretrained(folder, max_shard_size=SHARD)
    for shard in folder.glob("model*.safetensors"):
        shard.chmod(0o644)  # written for the owner only, but shipped to everybody
    for name in TOKENIZER:
        shutil.copy(vocabulary / name, folder / name)
    for name in (SAID, DICTIONARY):
        (folder / name).unlink(missing_ok=True)
    if (vocabulary / DICTIONARY).is_file():
        shutil.copy(vocabulary / DICTIONARY, folder / DICTIONARY)
    if said:
        text = json.dumps({lang: list(tokens) for lang, tokens in said.items()})
        (folder / SAID).write_text(text + "\n", "utf-8")
    card = {"steps": steps, "parameters": size // 2, "weights_bytes": size}
    (folder / "training.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return size
