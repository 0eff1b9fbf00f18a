"""Strategies compared over a real, tiny model: what it says only when told, and what it can be
made to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.engines import Decoding, load_engine
from dragoman.glossary import Glossary, load_glossary
from dragoman.strategies import STRATEGIES, Outcome, compare_strategies

ROWS = [
    {"ru": "Министр подписал договор.", "en": "x", "az": "Baş nazir müqavilə imzaladı."},
    {"ru": "В страну прибыли 12 тысяч человек.", "en": "x", "az": "Ölkəyə 12 min nəfər gəldi."},
]
TERMS = "id,type,ru,en,az,status\nminister,title,министр,minister,baş nazir,approved\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    folder = tmp_path_factory.mktemp("terms")
    (folder / "terms.csv").write_text(TERMS, "utf-8")
    return load_glossary(folder, folder / "cache.sqlite")


@pytest.fixture(scope="module")
def outcomes(taught: Path, base: Glossary) -> dict[str, Outcome]:
    """What the model knows by heart it would say instead: other words may cost it more here."""
    engine = load_engine(str(taught), decoding=Decoding(dtype="float32"))
    patient = {name: replace(steps, max_drop=1.0) for name, steps in STRATEGIES.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dragoman.strategies.STRATEGIES", patient)
        return {o.strategy: o for o in compare_strategies(engine, base, ROWS, "az")}


def test_the_model_says_the_term_only_when_told(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["none"].right.terms == 1
    assert outcomes["none"].right.said == 0
    assert outcomes["annotation"].right.said == 1
    assert outcomes["annotation"].right.form == outcomes["annotation"].right.place == 1
    assert outcomes["annotation"].used == {"annotated": 1, "plain": 1}


def test_the_constrained_beam_brings_it_in_too(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["constrained beam"].right.said == 1
    assert outcomes["constrained beam"].used == {"constrained": 1, "plain": 1}


def test_all_together_lose_nothing(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["all"].right.place == 1
    assert outcomes["all"].chrf == 100 > outcomes["none"].chrf
