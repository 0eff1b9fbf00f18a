"""A small workspace for tests: two releases and seven concepts of our own."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

# One thread: what is measured here is behaviour, and thread pools are slow to start.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Translate Toolkit's programs stand beside the interpreter, its environment active or not.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing measured or converted here gets into the cache of the user who runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A fresh copy of the golden workspace, without catalogs."""
    root = tmp_path / "ws"
    for name in ("seeds", "glossary"):
        shutil.copytree(GOLDEN / "workspace" / name, root / name)
    return root
