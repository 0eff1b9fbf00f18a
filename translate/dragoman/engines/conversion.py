"""Converting local encoder-decoder models for CTranslate2 (optional extra ``fast``).

A model is converted once; the conversion is kept in the user's cache.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import Any

from dragoman.engines.base import Decoding
from dragoman.engines.families import Family
from dragoman.engines.identity import folder_digest
from dragoman.engines.integers import sayable
from dragoman.engines.runtime import load_model, load_text
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.engines.sizes import read_said
from dragoman.errors import EngineError
from dragoman.files import user_cache

WORDS = "vmap.txt"  # the tokens that may be said, where CTranslate2 looks for them
FAMILIES = ("marian", "m2m100", "small100", "nllb", "madlad")


def installed() -> bool:
    """Whether CTranslate2 can be imported (it is not imported here)."""
    return importlib.util.find_spec("ctranslate2") is not None


def converted_folder(folder: Path) -> Path:
    """Where the conversion of the model in `folder` is kept: named by the model's content."""
    return user_cache() / "ctranslate2" / folder_digest(folder)


def convert(folder: Path, family: Family) -> Path:
    """Convert the model in `folder`, unless that was done before; return the folder made.

    Raises EngineError when CTranslate2 is not installed, does not know the family, or the
    model cannot be loaded or stored.
    """
    if not installed():
        raise EngineError(
            "CTranslate2 is not installed", advice="in Dragoman's folder: pip install -e '.[fast]'"
        )
    if family.name not in FAMILIES:
        raise EngineError(
            f"CTranslate2 does not run {family.name} models here",
            advice="use the model without conversion",
            path=folder,
        )
    target = converted_folder(folder)
    if (target / "model.bin").is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as made:
            _convert(folder, family, Path(made) / "model")
            if target.exists():
                shutil.rmtree(target)
            (Path(made) / "model").rename(target)
    except EngineError:
        raise
    except Exception as error:  # the converter raises many kinds
        words = " ".join(str(error).split())[:200]
        raise EngineError(
            f"cannot be converted for CTranslate2: {type(error).__name__}: {words}",
            advice="use the model without conversion",
            path=folder,
        ) from error
    return target


def _convert(folder: Path, family: Family, target: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    _mend_loaders()
    tokenizer = load_text(folder, family, "ru").tokenizer
    model = load_model(folder, family, tokenizer, Decoding(dtype="float32")).to("cpu")

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Converts the model and tokenizer that our own loading made and checked."""

        def load_model(self, *_args: Any, **_kwargs: Any) -> Any:
            return model

        def load_tokenizer(self, *_args: Any, **_kwargs: Any) -> Any:
            return tokenizer

    Converter(str(folder)).convert(str(target))
    if words := _words(Seq2SeqEngine(folder, family, name=folder.name)):
        (target / WORDS).write_text(words, encoding="utf-8")


def _words(engine: Seq2SeqEngine) -> str:
    """A vocabulary map: after the tag of each language, the tokens that may be said in it; empty
    where the model does not tell what its training said."""
    lines = []
    for to, tokens in read_said(engine.folder).items():
        tokenizer = engine.text.tokenizer
        kept = sayable(tokenizer, tokens.difference(engine.banned))
        [tag, *_] = tokenizer.convert_ids_to_tokens(engine.text.codec.encode("", to))
        lines.append(f"{tag}\t{' '.join(tokenizer.convert_ids_to_tokens(kept))}\n")
    return "".join(lines)


def _mend_loaders() -> None:
    """Register loaders for three cases that CTranslate2's own do not know.

    transformers 5 leaves M2M100's language codes out of the vocabulary that is read: they are
    put back where their ids are. And a Marian model is taken to start decoding from a zero
    embedding: true of OPUS-MT, but not of one whose padding row was trained or never zeroed.
    And transformers 5 calls every T5 tied: what it scales by is said elsewhere.
    """
    from ctranslate2.converters import transformers as loaders

    @loaders.register_loader("M2M100Config")
    class M2M100(loaders.M2M100Loader):  # type: ignore[misc]
        def get_vocabulary(self, model: Any, tokenizer: Any) -> Any:
            tokens = super().get_vocabulary(model, tokenizer)
            codes = getattr(tokenizer, "lang_token_to_id", {})
            absent = sorted((c for c in codes if c not in tokens), key=lambda c: codes[c])
            if absent:
                at = codes[absent[0]]
                tokens[at:at] = absent
            return tokens

    @loaders.register_loader("MarianConfig")
    class Marian(loaders.MarianMTLoader):  # type: ignore[misc]
        def get_model_spec(self, model: Any) -> Any:
            pad = model.get_input_embeddings().weight[model.config.pad_token_id]
            self.from_zero = not bool(pad.any())
            return super().get_model_spec(model)

        def set_decoder(self, spec: Any, decoder: Any) -> None:
            super().set_decoder(spec, decoder)
            spec.start_from_zero_embedding = self.from_zero

        def set_config(self, config: Any, model: Any, tokenizer: Any) -> None:
            super().set_config(config, model, tokenizer)
            if not self.from_zero:
                config.decoder_start_token = tokenizer.pad_token

        def get_vocabulary(self, model: Any, tokenizer: Any) -> Any:
            tokens = super().get_vocabulary(model, tokenizer)
            return tokens if self.from_zero else [*tokens, tokenizer.pad_token]

        def _remove_pad_weights(self, spec: Any) -> None:
            if self.from_zero:
                super()._remove_pad_weights(spec)

    @loaders.register_loader("T5Config")
    class T5(loaders.T5Loader):  # type: ignore[misc]
        def get_model_spec(self, model: Any) -> Any:
            tied = model.config.tie_word_embeddings
            model.config.tie_word_embeddings = getattr(model.config, "scale_decoder_outputs", tied)
            try:
                return super().get_model_spec(model)
            finally:
                model.config.tie_word_embeddings = tied
