"""Tiny models, made once a session."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tiny_models

MAKERS: dict[str, Callable[[Path], Path]] = {
    "marian": tiny_models.marian,
    "marian-tags": lambda p: tiny_models.marian(p, tags=("eng", "aze_Latn")),
    "marian-terms": lambda p: tiny_models.marian(p, tags=("en", "az"), symbols=tiny_models.SYMBOLS),
    "m2m100": tiny_models.m2m100,
    "small100": lambda p: tiny_models.m2m100(p, small100=True),
    "nllb": tiny_models.nllb,
    "nllb-bare": lambda p: tiny_models.nllb(p, codes=False),
    "madlad": tiny_models.madlad,
}


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the folder of a tiny model by name; treat it as read-only."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = MAKERS[name](tmp_path_factory.mktemp(name))
        return made[name]

    return get


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian model that knows `tiny_models.TAUGHT` by heart and takes terms."""
    folder = tmp_path_factory.mktemp("taught")
    tiny_models.marian(folder, tags=("en", "az"), symbols=tiny_models.SYMBOLS, init=0.1)
    return tiny_models.teach(folder, tiny_models.TAUGHT)
