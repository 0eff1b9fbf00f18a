"""Confidence against quality."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli import main
from dragoman.confidence import confidence, spearman
from dragoman.records import Draft

VALUES = st.lists(st.floats(-5, 0), min_size=3, max_size=30)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3], [9, 4, 1], -1.0),
        ([1, 1, 1], [1, 2, 3], 0.0),
        # ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6 * 4 / (5 * 24)
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),
        # ties: 1 2.5 2.5 4 against 1 2 3 4, by Pearson of the ranks
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / (4.5 * 5) ** 0.5),
    ],
)
def test_spearman(first: list[float], second: list[float], expected: float) -> None:
    assert spearman(first, second) == pytest.approx(expected)


@given(VALUES)
def test_only_the_order_counts(values: list[float]) -> None:
    cubes = [value**3 for value in values]
    if len(set(cubes)) == len(set(values)) > 1:
        assert spearman(values, cubes) == pytest.approx(1)


def draft(text: str, score: float | None) -> Draft:
    return Draft(text, "engine" if text else "failed", score=score)


def test_quarters_and_what_is_left_out() -> None:
    reference = "The parties signed a protocol on migration."
    texts = [reference, "The parties signed a protocol.", "The sides signed", "Nothing of it"]
    drafts = [draft(texts[i // 2], -0.1 * i) for i in range(8)]
    found = confidence([*drafts, draft("", None), draft("from memory", None)], [reference] * 10)
    assert found is not None
    assert found.sentences == 8
    assert found.spearman > 0.95
    assert [q.lowest for q in found.quarters] == pytest.approx([-0.1, -0.3, -0.5, -0.7])
    assert found.quarters[0].chrf == pytest.approx(100)
    assert [q.chrf for q in found.quarters] == sorted(q.chrf for q in found.quarters)[::-1]
    assert confidence(drafts[:7], [reference] * 7) is None


def test_evaluate_prints_and_writes_it(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"В Баку прошла встреча {n}.\tMeeting {n}.\tGörüş {n}." for n in range(10)]
    (tmp_path / "set.tsv").write_text("\n".join(rows), "utf-8")
    arguments = ["evaluate", str(tmp_path / "set.tsv"), "--to", "en", "--engine", "fake"]
    arguments += ["--output", str(tmp_path / "out"), "--workspace", str(workspace)]
    assert main(arguments) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "en confidence against chrF of 10 sentences: Spearman" in said
    assert '"spearman"' in (tmp_path / "out" / "scores.json").read_text("utf-8")
