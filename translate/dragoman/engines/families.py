"""The model families, recognised from the configuration files of a folder alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from dragoman.engines.codecs import (
    BaseCodec,
    M2M100Codec,
    MadladCodec,
    MarianCodec,
    NllbCodec,
    Small100Codec,
)
from dragoman.engines.identity import read_json
from dragoman.errors import EngineError


@dataclass(frozen=True, slots=True)
class Family:
    """A family and the names of its classes in transformers. Of each group of `files` a folder
    must have one: without them tokenizers fail in strange ways, or are empty."""

    name: str
    model_class: str
    tokenizer_class: str
    codec: type[BaseCodec] | None  # None: a decoder-only model, prompted
    files: tuple[tuple[str, ...], ...] = ()

    ALL: ClassVar[Mapping[str, Family]]


_MARIAN = (("vocab.json",), ("source.spm",), ("target.spm",))
_M2M100 = (("vocab.json",), ("sentencepiece.bpe.model",))
_NLLB = (("tokenizer.json", "sentencepiece.bpe.model"),)
_T5 = (("tokenizer.json", "spiece.model", "sentencepiece.model"),)

Family.ALL = {
    family.name: family
    for family in (
        Family("marian", "MarianMTModel", "MarianTokenizer", MarianCodec, _MARIAN),
        Family("m2m100", "M2M100ForConditionalGeneration", "M2M100Tokenizer", M2M100Codec, _M2M100),
        Family(
            "small100", "M2M100ForConditionalGeneration", "M2M100Tokenizer", Small100Codec, _M2M100
        ),
        Family("nllb", "M2M100ForConditionalGeneration", "NllbTokenizer", NllbCodec, _NLLB),
        Family("madlad", "T5ForConditionalGeneration", "T5Tokenizer", MadladCodec, _T5),
        Family("causal", "AutoModelForCausalLM", "AutoTokenizer", None),
    )
}


def recognise(folder: Path) -> Family:
    """The family of the model in `folder`, from its configuration files.

    Raises EngineError when the files are missing or the architecture is none of ours.
    """
    config = read_json(folder, "config.json")
    tokenizer = read_json(folder, "tokenizer_config.json", required=False)
    kind = str(config.get("model_type") or "")
    architecture = str((config.get("architectures") or [""])[0])
    reader = str(tokenizer.get("tokenizer_class", ""))
    if kind == "marian":
        name = "marian"
    elif kind == "m2m_100":
        name = _m2m_variant(config, reader, folder)
    elif kind == "t5":
        name = "madlad"
    elif architecture.endswith("ForCausalLM"):
        name = "causal"
    else:
        raise EngineError(
            f"a model of the kind {kind or 'unknown'!r} ({architecture or 'no architecture'})"
            " cannot translate here",
            advice="use a Marian, M2M100, NLLB, MADLAD or instruction-tuned chat model",
            path=folder,
        )
    return Family.ALL[name]


def _m2m_variant(config: dict[str, Any], reader: str, folder: Path) -> str:
    """Three families share an architecture: the tokenizer tells them apart."""
    if "SMALL100" in reader.upper() or (folder / "tokenization_small100.py").exists():
        return "small100"
    if reader.startswith("Nllb"):
        return "nllb"
    if reader.startswith("M2M100"):
        # SMaLL-100 saved with the ordinary tokenizer: 12 encoder layers over 3 decoder layers.
        shallow = (config.get("encoder_layers"), config.get("decoder_layers")) == (12, 3)
        return "small100" if shallow else "m2m100"
    has_vocabulary = (folder / "vocab.json").exists()
    return "m2m100" if has_vocabulary else "nllb"
