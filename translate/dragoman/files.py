"""The one place where files are written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dragoman.errors import WorkspaceError

# The process is part of the name, so that what a killed one leaves can be told.
_TEMPORARY = re.compile(r"\..+\.(\d+)-\w+\.tmp")


def user_cache() -> Path:
    """The folder for what can be made again: in XDG_CACHE_HOME, else in ``~/.cache``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "dragoman"


def write_atomically(path: Path, data: str | bytes) -> bool:
    """Write `data` (text as UTF-8, newlines as given) to `path`; return whether it changed.

    Writes beside the target, syncs and renames, so that a reader or a power cut sees the old
    file or the new one, never a half. A file that already holds `data` is left untouched.

    Raises WorkspaceError when the folder cannot be made or written; the old file stays.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    try:
        if path.is_file() and path.read_bytes() == payload:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, (payload,))
    except OSError as error:
        raise _explained(error, path) from error
    return True


def stream_atomically(path: Path, parts: Iterable[str]) -> None:
    """Write the text that `parts` make up to `path`, without holding all of it, as
    `write_atomically` does. Raises WorkspaceError as that does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, (part.encode("utf-8") for part in parts))
    except OSError as error:
        raise _explained(error, path) from error


def sweep(folder: Path) -> None:
    """Remove from `folder` and below what processes that were killed left half-written."""
    for path in folder.rglob(".*.tmp"):
        named = _TEMPORARY.fullmatch(path.name)
        if named and not _alive(int(named[1])):
            with contextlib.suppress(OSError):
                path.unlink()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    prefix = f".{path.name}.{os.getpid()}-"
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes private files; a catalog is for everyone the umask allows.
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _explained(error: OSError, path: Path) -> WorkspaceError:
    said = f"cannot write: {error.strerror or error}"
    return WorkspaceError(said, advice=_advice(error), path=path)


def _advice(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "free some disk space and run the command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "make the folder writable or choose another workspace"
    return "check the path and run the command again"
