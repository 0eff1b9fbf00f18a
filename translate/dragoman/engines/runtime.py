"""Loading a model folder with transformers, quietly and once, in the fastest number type."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.engines.base import Decoding
from dragoman.engines.codecs import Codec
from dragoman.engines.families import Family
from dragoman.engines.identity import require_weights
from dragoman.engines.precision import fastest
from dragoman.errors import EngineError


@dataclass(frozen=True, slots=True)
class Text:
    """The tokenizer's side of a model: no weights."""

    codec: Codec
    tokenizer: Any


def load_text(folder: Path, family: Family, source: str, name: str = "") -> Text:
    """Load the tokenizer in `folder` for translating from `source`; `name` is what a person calls
    the model. Raises EngineError."""
    for names in family.files:
        if not any((folder / name).is_file() for name in names):
            raise EngineError(
                f"no {' or '.join(names)} in the model folder",
                advice="download or export the model again",
                path=folder,
            )
    tokenizer = _load_tokenizer(quiet_transformers(), folder, family)
    codec: Any = family.codec(tokenizer, source, name or folder.name) if family.codec else None
    return Text(codec, tokenizer)


def load_model(folder: Path, family: Family, tokenizer: Any, decoding: Decoding) -> Any:
    """Load the weights in `folder`; never looks at a network.

    Raises EngineError when files are missing or unreadable, when weights do not fill the
    architecture, when tokenizer and model do not fit, and when memory does not suffice.
    """
    require_weights(folder)
    device = _prepare(decoding)
    model = _load_model(quiet_transformers(), folder, family, device, _dtype(decoding, device))
    _check_fit(folder, tokenizer, model)
    return model


def quiet_transformers() -> Any:
    """The library, told to write nothing to the terminal."""
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers


def available_cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _prepare(decoding: Decoding) -> str:
    """Set the threads and choose the device."""
    import torch

    if decoding.threads:
        torch.set_num_threads(decoding.threads)
    elif "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(available_cores())
    return "cuda" if torch.cuda.is_available() else "cpu"


def _dtype(decoding: Decoding, device: str) -> Any:
    """The type that weights are loaded in: on a processor, where it is open, the faster of two.
    int8 is made of float32."""
    import torch

    if decoding.dtype == "int8":
        return torch.float32
    if decoding.dtype != "auto":
        return getattr(torch, decoding.dtype)
    if device == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return getattr(torch, fastest("float32", "bfloat16"))


def _load_tokenizer(transformers: Any, folder: Path, family: Family) -> Any:
    try:
        kind = getattr(transformers, family.tokenizer_class)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Marian's asks for sacremoses, which we never use
            return kind.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise _fault("the tokenizer cannot be loaded", folder, error) from error


def _load_model(transformers: Any, folder: Path, family: Family, device: str, dtype: Any) -> Any:
    try:
        model, info = getattr(transformers, family.model_class).from_pretrained(
            str(folder),
            dtype=dtype,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
            ignore_mismatched_sizes=True,  # reported below, in words
        )
        model = model.to(device).eval()
    except Exception as error:
        raise _fault("the model cannot be loaded", folder, error) from error
    # transformers fills what is missing with random numbers: a model that babbles.
    lacking = sorted({*info["missing_keys"], *(_key(item) for item in info["mismatched_keys"])})
    if lacking:
        raise EngineError(
            f"the weights do not fill the model: {len(lacking)} are missing or of another size,"
            f" first {lacking[0]}",
            advice="download or export the model again",
            path=folder,
        )
    return model


def _key(item: Any) -> str:
    """The name in an entry of mismatched_keys: (name, found size, wanted size)."""
    return str(item[0] if isinstance(item, tuple | list) else item)


def _fault(what: str, folder: Path, error: Exception) -> EngineError:
    words = " ".join(str(error).split())[:200]
    if isinstance(error, MemoryError) or "allocate memory" in words or "out of memory" in words:
        return EngineError(
            "not enough memory for this model",
            advice="close other programs or choose a smaller model",
            path=folder,
        )
    return EngineError(
        f"{what}: {type(error).__name__}: {words}",
        advice="check that the folder holds a whole model in the Hugging Face format",
        path=folder,
    )


def _check_fit(folder: Path, tokenizer: Any, model: Any) -> None:
    """The tokenizer must not know a token, nor an end of sentence, that the model does not."""
    rows = int(model.get_input_embeddings().num_embeddings)
    highest = max(tokenizer.get_vocab().values(), default=0)
    if highest >= rows:
        raise EngineError(
            f"the tokenizer has {highest + 1} tokens, the model {rows}",
            advice="use the tokenizer that belongs to the model",
            path=folder,
        )
    if 2 * len(tokenizer) < rows:  # a few rows without a token are common padding
        raise EngineError(
            f"the tokenizer has only {len(tokenizer)} tokens, the model {rows}",
            advice="use the tokenizer that belongs to the model",
            path=folder,
        )
    stated = getattr(model.config, "eos_token_id", None)
    ends = stated if isinstance(stated, list) else [stated]
    if model.config.is_encoder_decoder and tokenizer.eos_token_id not in ends:
        raise EngineError(
            f"tokenizer and model end a sentence differently ({tokenizer.eos_token_id}, {stated})",
            advice="use the tokenizer that belongs to the model",
            path=folder,
        )
