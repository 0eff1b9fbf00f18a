"""The repository's own term base, loaded once with a cache of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.glossary import Glossary, load_glossary

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    return load_glossary(ROOT / "glossary", tmp_path_factory.mktemp("cache") / "terms.sqlite")
