"""What a model folder is, without loading it: its configuration and a digest of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import EngineError

_WHOLE = 32 << 20  # files up to this size are read whole ...
_SAMPLES, _SAMPLE = 128, 16 << 10  # ... of larger ones, so many pieces of so many bytes
_POINTER = 1024  # bytes that a pointer of Git LFS has at most
_IGNORED = {".gitattributes", "readme.md", "license", "license.txt", "optimizer.pt"}


def folder_digest(folder: Path) -> str:
    """12 hexadecimal digits that change when a file of the model changes.

    Reads configuration and vocabulary whole and samples evenly from large weight files (all
    weights move in training, so a sample of 2 MB tells two models apart); file times and
    hidden files count for nothing. Some 0.1 s for the embedded model.

    Raises EngineError when the folder cannot be read.
    """
    digest = hashlib.blake2b(digest_size=6)
    try:
        for path in sorted(_model_files(folder)):
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            for piece in _content(path):
                digest.update(piece)
    except OSError as error:
        raise EngineError(
            f"cannot read the model: {error.strerror or error}",
            advice="check the folder and its permissions",
            path=folder,
        ) from error
    return digest.hexdigest()


def _model_files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(".") and path.name.lower() not in _IGNORED
    ]


def _content(path: Path) -> Iterator[bytes]:
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= _WHOLE:
            yield stream.read()
            return
        for i in range(_SAMPLES):
            stream.seek((size - _SAMPLE) * i // (_SAMPLES - 1))
            yield stream.read(_SAMPLE)


def read_json(folder: Path, name: str, *, required: bool = True) -> dict[str, Any]:
    """The JSON object in `folder`/`name`; empty when it is absent and not `required`.

    Raises EngineError when it is missing, is no JSON or is no object.
    """
    path = folder / name
    if not required and not path.exists():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EngineError(
            f"no {name} in the model folder",
            advice="give a folder that holds a model in the Hugging Face format",
            path=folder,
        ) from None
    except (OSError, ValueError) as error:
        raise EngineError(
            f"cannot be read: {error}", advice="download or export the model again", path=path
        ) from error
    if not isinstance(value, dict):
        raise EngineError("is not a JSON object", advice="export the model again", path=path)
    return value


def require_weights(folder: Path) -> None:
    """Raise EngineError when `folder` lacks weights, or shards that its index names, or when a
    file is only the pointer that stands for it in a Git clone."""
    for path in _model_files(folder):
        if path.stat().st_size < _POINTER and path.read_bytes().startswith(b"version https://git-"):
            raise EngineError(
                "is a pointer of Git LFS, not the file itself",
                advice="run `git lfs pull` in the folder, or download the model again",
                path=path,
            )
    found = {path.name for path in _model_files(folder)}
    for index in ("model.safetensors.index.json", "pytorch_model.bin.index.json"):
        if index in found:
            shards = set(read_json(folder, index).get("weight_map", {}).values())
            if missing := sorted(shards - found):
                raise EngineError(
                    f"weight file {missing[0]} is missing ({len(missing)} in all)",
                    advice="download or export the model again",
                    path=folder,
                )
            return
    if not found & {"model.safetensors", "pytorch_model.bin"}:
        raise EngineError(
            "no model.safetensors in the model folder",
            advice="download or export the model again",
            path=folder,
        )
