"""A workspace: a folder that holds ``seeds/``, ``glossary/`` and ``locales/``."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError, WorkspaceError
from dragoman.files import write_atomically

LANGUAGES = ("en", "az")
SUFFIXES = (".txt", ".html", ".htm")
# In an installed package the starter data lies inside it, in a checkout at the root.
_PACKAGED = Path(__file__).parent / "starter"
_CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where everything lies. `root` is absolute."""

    root: Path

    @classmethod
    def at(cls, folder: Path | str) -> Workspace:
        """The workspace in `folder`. Raises WorkspaceError when there is none."""
        root = Path(folder).expanduser().resolve()
        if not root.is_dir():
            raise WorkspaceError("no such folder", path=folder, advice="name an existing one")
        if not (root / "seeds").is_dir() and not (root / "locales").is_dir():
            raise WorkspaceError(
                "no workspace: it holds neither seeds/ nor locales/",
                path=folder,
                advice=f"make one with `dragoman init {folder}` or use --workspace",
            )
        return cls(root)

    @property
    def seeds(self) -> Path:
        """The folder of the Russian releases."""
        return self.root / "seeds"

    @property
    def glossary(self) -> Path:
        """The folder of the term base."""
        return self.root / "glossary"

    @property
    def locales(self) -> Path:
        """The folder of the catalogs."""
        return self.root / "locales"

    @property
    def state(self) -> Path:
        """The folder of the ledger and the caches, which can be rebuilt."""
        return self.root / ".dragoman"

    def catalog(self, release: str, lang: str) -> Path:
        """The PO file of a release in a language."""
        return self.locales / lang / "LC_MESSAGES" / f"{release}.po"

    def template(self, release: str) -> Path:
        """The POT file of a release."""
        return self.locales / f"{release}.pot"

    def releases(self) -> Iterator[Path]:
        """The release files under seeds/, in name order."""
        if not self.seeds.is_dir():
            raise WorkspaceError("no seeds/ folder", path=self.root, advice="put releases there")
        for path in sorted(self.seeds.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(self.seeds).parts)
            if path.suffix.lower() in SUFFIXES and not hidden:
                yield path

    def source(self, path: Path) -> str:
        """The name of a release file in ``#:`` references: relative to the workspace."""
        absolute = Path(os.path.normpath(Path.cwd() / path))
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        return f"seeds/{path.name}"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace for one run. Raises WorkspaceError when another run has it."""
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise WorkspaceError(
                f"cannot write: {error.strerror}",
                path=self.state,
                advice="make the folder writable or choose another workspace",
            ) from error
        try:
            _claim(handle, self.root)
            yield
        finally:
            os.close(handle)


def _claim(handle: int, root: Path) -> None:
    """Take the lock, which the system gives back when the process ends, however it ends."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise WorkspaceError(
            f"another run (process {holder}) is at work here",
            path=root,
            advice="wait until it ends",
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)


def starter(name: str) -> Path:
    """The folder of starter data (``glossary``) that comes with Dragoman."""
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / name


def init(folder: Path) -> tuple[str, ...]:
    """Make a workspace in `folder` with the starter glossary; return what was made.

    Existing files are left as they are. Raises UsageError when `folder` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file", path=folder, advice="name a folder")
    made = []
    for name in ("seeds", "locales", "glossary"):
        if not (folder / name).is_dir():
            (folder / name).mkdir(parents=True)
            made.append(f"{name}/")
    for source in sorted(starter("glossary").rglob("*.csv")):
        target = folder / "glossary" / source.relative_to(starter("glossary"))
        if not target.exists():
            write_atomically(target, source.read_bytes())
            made.append(target.relative_to(folder).as_posix())
    ignored = folder / ".gitignore"
    if not ignored.exists():  # the ledger and the indexes are this machine's own
        write_atomically(ignored, ".dragoman/\n")
        made.append(ignored.name)
    return tuple(made)
