"""From the name a person gives to the engine it stands for."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.engines.base import Decoding, Engine
from dragoman.engines.causal import CausalEngine
from dragoman.engines.conversion import converted_folder, installed
from dragoman.engines.ctranslate import CTranslateEngine
from dragoman.engines.endpoint import EndpointEngine
from dragoman.engines.fake import FakeEngine
from dragoman.engines.families import recognise
from dragoman.engines.hub import cached, repository
from dragoman.engines.identity import require_weights
from dragoman.engines.models import PIVOTS
from dragoman.engines.pivot import PivotEngine
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.engines.transport import RateLimit, Transport
from dragoman.errors import EngineError

RUNTIMES = ("auto", "transformers", "ctranslate2")
EMBEDDED = Path(__file__).resolve().parent.parent / "model"


def load_engine(
    name: str = "embedded",
    *,
    workspace: Path | None = None,
    pivot: str | None = None,
    source: str = "ru",
    decoding: Decoding | None = None,
) -> Engine:
    """The engine that `name` stands for; weights are read by its first `translate` only.

    `name` is one of

    - ``embedded``, the model in the package;
    - ``fake``, or ``fake:FAULT,...[@EVERY]``, for tests;
    - a model folder (relative ones are looked for here and in `workspace`);
    - a preset or a hub id ``org/name[@revision]`` that is already on this machine;
    - ``http(s)://host:port/v1[#model]``, an OpenAI-compatible server;
    - ``FIRST+SECOND``, two engines in a row through the language `pivot` (English unless
      given), or a pair of them that has a name, such as ``opus-mt``.

    Where `decoding` is not given, the environment variable DRAGOMAN_RUNTIME may name a runtime.

    With `pivot` and a single name, that engine translates twice. `source` is the language
    translated from. Nothing here opens a connection. Raises EngineError when the name is
    unknown or the model's files are not in order.
    """
    settings = decoding or Decoding(runtime=_wanted_runtime())
    first, second = _pair(name, pivot)
    if second:
        middle = pivot or "en"
        one = load_engine(first, workspace=workspace, source=source, decoding=settings)
        two = load_engine(second, workspace=workspace, source=middle, decoding=settings)
        _share_weights(one, two)
        return PivotEngine(one, two, middle)
    if name == "embedded":
        return _embedded(source, settings)
    if name == "fake" or name.startswith("fake:"):
        return _fake(name)
    if name.startswith(("http://", "https://")):
        return _endpoint(name, source)
    folder = _folder(name, workspace) or _hub_folder(name)
    if folder is not None:
        return from_folder(folder, name=name, source=source, decoding=settings)
    raise EngineError(
        f"there is no engine {name!r}",
        advice="use embedded, a model folder, or a name from `dragoman models`",
    )


def _pair(name: str, pivot: str | None) -> tuple[str, str]:
    """The two engines that `name` asks for, the second empty when it is one."""
    if name in PIVOTS:
        return PIVOTS[name]
    if "+" in name and not name.startswith("http") and not Path(name).exists():
        first, _, second = name.partition("+")
        return first, second
    return (name, name) if pivot else (name, "")


def _share_weights(one: Engine, two: Engine) -> None:
    """Have one model in memory where both engines are the same."""
    from dragoman.engines.seq2seq import Seq2SeqEngine

    if isinstance(one, Seq2SeqEngine) and type(one) is type(two) and one.folder == two.folder:
        two.twin = one


def from_folder(
    folder: Path, *, name: str, source: str = "ru", decoding: Decoding | None = None
) -> Engine:
    """The engine for a model folder in the Hugging Face format. Raises EngineError."""
    family = recognise(folder)
    require_weights(folder)
    settings = decoding or Decoding(runtime=_wanted_runtime())
    kind: type[Seq2SeqEngine] | type[CausalEngine] = Seq2SeqEngine
    if not family.codec:
        kind = CausalEngine
    elif settings.runtime == "ctranslate2" or (settings.runtime == "auto" and _converted(folder)):
        kind = CTranslateEngine
    return kind(folder, family, name=name, source=source, decoding=settings)


def _wanted_runtime() -> str:
    """What the variable DRAGOMAN_RUNTIME asks for; auto where it is not set."""
    runtime = os.environ.get("DRAGOMAN_RUNTIME") or "auto"
    if runtime not in RUNTIMES:
        raise EngineError(
            f"DRAGOMAN_RUNTIME is {runtime!r}", advice=f"set it to one of {', '.join(RUNTIMES)}"
        )
    return runtime


def _converted(folder: Path) -> bool:
    """Whether the faster runtime is installed and the model was converted for it."""
    return installed() and (converted_folder(folder) / "model.bin").is_file()


def _endpoint(url: str, source: str) -> Engine:
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too few
        whole = False
    if not whole:
        raise EngineError(
            "that is no address of a server",
            advice="write http://HOST:PORT/v1#MODEL after --engine",
        )
    base = url.partition("#")[0].rstrip("/")
    rate = os.environ.get("DRAGOMAN_REQUESTS_PER_MINUTE", "0")
    if not rate.isdigit():
        raise EngineError(f"DRAGOMAN_REQUESTS_PER_MINUTE is {rate!r}", advice="set it to a number")
    key = os.environ.get("DRAGOMAN_API_KEY", "")
    return EndpointEngine(url, Transport(base, key, limit=RateLimit(float(rate))), source)


def _hub_folder(name: str) -> Path | None:
    """The folder of a preset or hub id on this machine, None when `name` is neither."""
    known = repository(name)
    if known is None:
        return None
    folder = cached(*known)
    if folder is None:
        raise EngineError(
            f"the model {name} is not on this machine",
            advice=f"run `dragoman models fetch {name}`, or check the name",
        )
    return folder


def _embedded(source: str, decoding: Decoding) -> Engine:
    if not (EMBEDDED / "config.json").is_file():
        raise EngineError(
            "this installation has no embedded model",
            advice="install the package again, or name another engine with --engine",
            path=EMBEDDED,
        )
    # Its drafts are the same on every machine, and whatever sentences share a batch: our own
    # integers promise that (see `integers`). CTranslate2 is faster and does not, so that it takes
    # a person to choose it, by converting the model.
    if decoding.dtype == "auto":
        decoding = replace(decoding, dtype="int8")
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
