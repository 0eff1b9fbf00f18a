"""Which releases a run is about: those that are new since a day or since a revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.workspace import Workspace


def since(workspace: Workspace, paths: Sequence[Path], moment: str) -> list[Path]:
    """Those of `paths` that changed since `moment`.

    A date or time in ISO 8601 (``2024-03-14``, ``2024-03-14T09:30``, local unless it says
    otherwise) is compared with the files' time of change. Anything else is a git revision: taken
    are the files that differ from it in the working tree, and those that git does not know yet.

    Raises UsageError for what is neither.
    """
    try:
        stamp = datetime.fromisoformat(moment).timestamp()
    except ValueError:
        changed = _changed_in_git(workspace.root, moment)
        return [path for path in paths if (Path.cwd() / path).resolve() in changed]
    # A file that has gone in the meantime is for the run to report.
    return [path for path in paths if not path.exists() or path.stat().st_mtime >= stamp]


def not_entered(workspace: Workspace) -> list[Path]:
    """Folders under seeds/ in which releases are not looked for, so that a run can say so.

    They are links to folders, and folders that may not be read.
    """
    found: list[Path] = []
    walk = os.walk(workspace.seeds, onerror=lambda error: found.append(Path(error.filename)))
    for folder, names, _ in walk:
        names[:] = [name for name in names if not name.startswith(".")]
        found += [path for name in names if (path := Path(folder, name)).is_symlink()]
    return sorted(found)


def _changed_in_git(root: Path, revision: str) -> set[Path]:
    if not revision or revision.startswith("-"):
        raise _neither(revision, "")
    differ = _git(root, revision, "diff", "--name-only", "-z", "--relative", revision, "--")
    new = _git(root, revision, "ls-files", "-z", "--others", "--exclude-standard")
    return {(root / os.fsdecode(name)).resolve() for name in (*differ, *new) if name}


def _git(root: Path, revision: str, *arguments: str) -> list[bytes]:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise _neither(revision, "git is not installed") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _neither(revision, said[0] if said else "git failed") from None
    return done.stdout.split(b"\0")


def _neither(revision: str, why: str) -> UsageError:
    what = f"--since {revision}: neither a date nor a revision"
    return UsageError(f"{what} ({why})" if why else what, advice="write 2024-03-14 or HEAD~1, say")
