"""The number type of weights is measured once a machine, and any fault of the cache is borne."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.engines import Decoding, load_engine, precision


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache of a user, and a record of what was measured."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    precision.fastest.cache_clear()
    yield tmp_path / "dragoman" / "precision.json"
    precision.fastest.cache_clear()


def stub(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> list[str]:
    asked: list[str] = []

    def measure(kind: str) -> float:
        asked.append(kind)
        return seconds[kind]

    monkeypatch.setattr(precision, "measure", measure)
    return asked


def test_every_type_can_be_measured() -> None:
    seconds = {kind: precision.measure(kind) for kind in ("float32", "bfloat16", "int8")}
    assert all(0 < value < 10 for value in seconds.values()), seconds


def test_measured_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stub(monkeypatch, float32=3, bfloat16=2, int8=1)
    assert precision.fastest("float32", "bfloat16") == "bfloat16"
    precision.fastest.cache_clear()  # another process
    assert precision.fastest("float32", "bfloat16") == "bfloat16"
    assert asked == ["float32", "bfloat16"]
    assert precision.fastest("float32", "bfloat16", "int8") == "int8"
    assert asked == ["float32", "bfloat16", "int8"], "only what is new is measured"
    (found,) = json.loads(cache.read_text("utf-8")).values()
    assert found == {"float32": 3, "bfloat16": 2, "int8": 1}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}', '{"x": {"int8": "fast"}}'])
def test_a_broken_cache_is_measured_anew(
    cache: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    stub(monkeypatch, float32=1, bfloat16=2)
    cache.parent.mkdir()
    cache.write_text(text, "utf-8")
    assert precision.fastest("float32", "bfloat16") == "float32"
    assert json.loads(cache.read_text("utf-8"))


def test_a_cache_that_cannot_be_written(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub(monkeypatch, float32=1, bfloat16=2)
    cache.parent.write_text("a file where a folder should be", "utf-8")
    assert precision.fastest("float32", "bfloat16") == "float32"


@pytest.mark.parametrize("kind", ["float32", "bfloat16", "int8"])
def test_a_marian_model_takes_the_fastest(
    cache: Path, taught: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    others = dict.fromkeys(("float32", "bfloat16", "int8"), 2.0)
    stub(monkeypatch, **{**others, kind: 1.0})
    engine = load_engine(str(taught))
    assert engine.runtime == f"transformers {kind}"  # type: ignore[attr-defined]
    asked = load_engine(str(taught), decoding=Decoding(dtype="float32"))
    assert asked.runtime == "transformers float32"  # type: ignore[attr-defined]
