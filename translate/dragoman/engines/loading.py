"""From the name a person gives to the engine it stands for."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.engines.base import Decoding, Engine
from dragoman.engines.fake import FakeEngine
from dragoman.engines.families import recognise
from dragoman.engines.identity import require_weights
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError

EMBEDDED = Path(__file__).resolve().parent.parent / "model"
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+(@[\w./-]+)?")


def load_engine(
    name: str = "embedded",
    *,
    workspace: Path | None = None,
    source: str = "ru",
    decoding: Decoding | None = None,
) -> Engine:
    """The engine that `name` stands for; weights are read by its first `translate` only.

    `name` is ``embedded``, ``fake`` (``fake:FAULT,...[@EVERY]``), a model folder (relative
    ones are looked for here and in `workspace`) or a hub id ``org/name[@revision]`` that is
    already on this machine. `source` is the language translated from.

    Raises EngineError when the name is unknown or the model's files are not in order.
    """
    settings = decoding or Decoding()
    if name == "embedded":
        return _embedded(source, settings)
    if name == "fake" or name.startswith("fake:"):
        return _fake(name)
    folder = _folder(name, workspace)
    if folder is not None:
        return from_folder(folder, name=name, source=source, decoding=settings)
    raise EngineError(
        f"there is no engine {name!r}",
        advice="use embedded, a model folder, or a name from `dragoman models`",
    )


def from_folder(
    folder: Path, *, name: str, source: str = "ru", decoding: Decoding | None = None
) -> Engine:
    """The engine for a model folder in the Hugging Face format. Raises EngineError."""
    family = recognise(folder)
    require_weights(folder)
    return Seq2SeqEngine(folder, family, name=name, source=source, decoding=decoding)


def _embedded(source: str, decoding: Decoding) -> Engine:
    if not (EMBEDDED / "config.json").is_file():
        raise EngineError(
            "this installation has no embedded model",
            advice="install the package again, or name another engine with --engine",
            path=EMBEDDED,
        )
    return from_folder(EMBEDDED, name="embedded", source=source, decoding=decoding)


def _fake(name: str) -> Engine:
    faults, _, every = name.removeprefix("fake").removeprefix(":").partition("@")
    if every and not (every.isdigit() and int(every)):
        raise EngineError(f"{name!r} is no fake engine", advice="write fake:FAULT@3, say")
    return FakeEngine(tuple(f for f in faults.split(",") if f), int(every or 1))


def _folder(name: str, workspace: Path | None) -> Path | None:
    """The folder that `name` means, None when it does not look like one."""
    path = Path(name).expanduser()
    places = [path] if path.is_absolute() or not workspace else [path, workspace / path]
    for place in places:
        if place.is_dir():
            return place.resolve()
        if place.exists():
            raise EngineError(
                "is a file, not a model folder", advice="give the folder it is in", path=place
            )
    if path.is_absolute() or name.startswith((".", "~")):
        raise EngineError(
            "there is no such model folder", advice="check the path given to --engine", path=path
        )
    return None
