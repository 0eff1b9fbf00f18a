"""Models of the Hugging Face hub on this machine, and fetching them when a command asks.

Finding a model reads folders only. `fetch` is the one function of Dragoman's engines that
opens a connection to the hub.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dragoman.engines.families import recognise
from dragoman.engines.identity import require_weights
from dragoman.engines.models import preset
from dragoman.errors import EngineError

HUB_ID = re.compile(r"[\w-][\w.-]*/[\w][\w.-]*(@[\w./-]+)?")

OnProgress = Callable[[str, int, int], None]
"""Called with a file's name, the bytes of all files done and the bytes in all."""

_WANTED = re.compile(r"[^/]+\.(json|model|spm|txt|jinja)|model.*\.safetensors|pytorch_model.*\.bin")
_UNWANTED = {"metadata.json", "benchmark_results.txt", "README.md"}


def repository(name: str) -> tuple[str, str] | None:
    """The (hub id, revision) that a preset's name or ``org/name[@revision]`` stands for."""
    if found := preset(name):
        return found.repo, found.revision
    if HUB_ID.fullmatch(name) and not name.startswith("."):
        repo, _, revision = name.partition("@")
        return repo, revision or "main"
    return None


def cache_folder() -> Path:
    """Where huggingface_hub keeps its files (its own environment variables are obeyed)."""
    if "HF_HUB_CACHE" in os.environ:
        return Path(os.environ["HF_HUB_CACHE"]).expanduser()
    home = os.environ.get("HF_HOME") or (
        Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    )
    return Path(home).expanduser() / "hub"


def cached(repo: str, revision: str) -> Path | None:
    """The folder of a model already on this machine, None when it is not (no import, no network).

    Reads the layout that huggingface_hub documents: ``models--org--name/refs`` and
    ``/snapshots``.
    """
    place = cache_folder() / f"models--{repo.replace('/', '--')}"
    reference = place / "refs" / revision
    commit = reference.read_text().strip() if reference.is_file() else revision
    snapshot = place / "snapshots" / commit
    return snapshot if (snapshot / "config.json").exists() else None


def fetch(
    name: str, *, on_progress: OnProgress = lambda *_: None, endpoint: str | None = None
) -> Path:
    """Download the model `name` (a preset or hub id), verify it and return its folder.

    What is already there is not downloaded again. Weights are compared with the checksums that
    the hub states. Raises EngineError when the name is unknown, the hub cannot be reached or
    refuses, the disk is full, or a file arrived damaged.
    """
    known = repository(name)
    if known is None:
        raise EngineError(
            f"there is no model {name!r}",
            advice="give a name that `dragoman models` lists, or a hub id such as org/name",
        )
    repo, revision = known
    try:
        folder = _download(repo, revision, on_progress, endpoint)
    except EngineError:
        raise
    except Exception as error:  # the hub's client raises many kinds; all mean "not fetched"
        raise _fault(repo, revision, error) from error
    recognise(folder)
    require_weights(folder)
    return folder


def _download(repo: str, revision: str, on_progress: OnProgress, endpoint: str | None) -> Path:
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.utils import logging
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    # A broken transfer is taken up again: nothing to be told of.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    info = HfApi(endpoint=endpoint).model_info(repo, revision=revision, files_metadata=True)
    files = chosen_files(info.siblings or ())
    total = sum(file.size or 0 for file in files)
    done, folder = 0, Path()

    def report(file: Any) -> Callable[[int], None]:
        before = done
        return lambda n: on_progress(file.rfilename, before + n, total)

    for file in files:
        report(file)(0)
        path = hf_hub_download(
            repo,
            file.rfilename,
            revision=info.sha or revision,
            endpoint=endpoint,
            tqdm_class=_meter(report(file)),
        )
        _verify(Path(path), file)
        done, folder = done + (file.size or 0), Path(path).parent
    on_progress("", total, total)
    _remember(repo, revision, info.sha)
    return folder


def _meter(report: Callable[[int], None]) -> Any:
    """A progress class for the hub's client that reports bytes and draws nothing."""
    from huggingface_hub.utils.tqdm import tqdm

    class Meter(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            kwargs["disable"] = True
            super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
            self.sofar = int(kwargs.get("initial") or 0)

        def update(self, n: float | None = 1) -> None:
            self.sofar += int(n or 0)
            report(self.sofar)

    return Meter


def chosen_files(siblings: Iterable[Any]) -> list[Any]:
    """Of the files of a repository those that loading needs; safetensors rather than pickles.

    config.json comes last: `cached` looks for it, and a download that was stopped is no model.
    """
    files = [s for s in siblings if _WANTED.fullmatch(s.rfilename) and s.rfilename not in _UNWANTED]
    safe = any(s.rfilename.endswith(".safetensors") for s in files)
    files = [s for s in files if not (safe and s.rfilename.startswith("pytorch_model"))]
    return sorted(files, key=lambda s: s.rfilename == "config.json")


def _verify(path: Path, file: Any) -> None:
    size = path.stat().st_size
    stated = getattr(file.lfs, "sha256", None) if file.lfs else None
    damaged = file.size is not None and size != file.size
    if stated and not damaged:
        with path.open("rb") as stream:
            damaged = hashlib.file_digest(stream, "sha256").hexdigest() != stated
    if damaged:
        path.resolve().unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise EngineError(
            f"{file.rfilename} arrived damaged and was removed", advice="fetch the model again"
        )


def _remember(repo: str, revision: str, commit: str | None) -> None:
    """Let `cached` find a branch by its name, as huggingface_hub notes it itself."""
    if commit and commit != revision:
        reference = cache_folder() / f"models--{repo.replace('/', '--')}" / "refs" / revision
        reference.parent.mkdir(parents=True, exist_ok=True)
        reference.write_text(commit)


def _fault(repo: str, revision: str, error: Exception) -> EngineError:
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return EngineError(
            f"the hub gives {repo} only to those who accepted its terms",
            advice="accept them on the hub's page and log in with `hf auth login`",
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return EngineError(f"{repo} has no revision {revision}", advice="check the revision")
    if isinstance(error, errors.RepositoryNotFoundError):
        return EngineError(f"the hub has no model {repo}", advice="check the name")
    if isinstance(error, OSError) and error.errno is not None:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return EngineError(
            f"cannot store {repo}: {error.strerror}",
            advice="free some disk space" if full else f"check the folder {cache_folder()}",
        )
    words = " ".join(str(error).split())[:120]
    return EngineError(
        f"cannot reach the model hub for {repo} ({type(error).__name__}: {words})",
        advice="connect to the network, or copy the model folder here and name that",
    )
