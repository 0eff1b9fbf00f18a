"""`dragoman effort`: the machine's drafts against what reviewers approved."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF, TER

from dragoman.cli import main
from dragoman.effort import reviewed_draft, word_edits
from dragoman.ledger import Ledger
from dragoman.ledger import Row as LedgerRow
from dragoman.records import Draft
from reviewing import review, translated

RUSSIAN = "Стороны обменялись мнениями."
SERVICE = (
    "На встрече обсуждены 3 проекта и 120 заявлений, "
    "поданных в Государственную Миграционную Службу."
)


@pytest.mark.parametrize(
    ("draft", "approved", "edits", "words"),
    [
        ("The parties exchanged views.", "The parties exchanged views.", 0, 4),
        ("The sides exchanged views.", "The parties exchanged views.", 1, 4),
        ("The parties views.", "The parties exchanged views.", 1, 4),
        ("The parties have exchanged views.", "The parties exchanged views.", 1, 4),
        ("views. exchanged The parties", "The parties exchanged views.", 2, 4),  # two shifts
        ("the parties exchanged views.", "The parties exchanged views.", 1, 4),  # a capital
        ("Tərəflər fikir mübadiləsi aparıblar.", "Tərəflər fikir mübadiləsi apardılar.", 1, 4),
    ],
)
def test_word_edits(draft: str, approved: str, edits: int, words: int) -> None:
    assert word_edits(draft, approved) == (edits, words)


word = st.sampled_from(("a", "b", "c", "İ", "ı", "d."))
words = st.lists(word, min_size=1, max_size=6).map(" ".join)


@given(words, words)
def test_word_edits_add_up_as_sacrebleu_does(draft: str, approved: str) -> None:
    edits, length = word_edits(draft, approved)
    assert (edits == 0) == (draft == approved)
    wanted = TER(case_sensitive=True).corpus_score([draft], [[approved]]).score
    assert 100 * edits / length == pytest.approx(wanted)


def made(*texts: str, origin: str = "engine") -> list[Draft]:
    return [Draft(text, origin, f"e{n} 1") for n, text in enumerate(texts)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("drafts", "approved", "text"),
    [
        (made("old", "new"), "edited", "new"),
        (made("old", "new"), "old", "old"),  # the reviewer took an older one as it was
        (made("same", "other", "same"), "same", "same"),
        (made("good") + made("", origin="failed"), "edited", "good"),
        ([], "written by hand", None),
    ],
)
def test_which_draft_was_reviewed(drafts: Iterable[Draft], approved: str, text: str | None) -> None:
    found = reviewed_draft(drafts, approved)
    assert (found and found.text) == text


def test_what_the_machine_learnt_from_the_reviewer_is_no_draft_of_theirs() -> None:
    drafts = made("draft") + made("edited", origin="memory")
    for own, text in ((True, "draft"), (False, "edited")):
        found = reviewed_draft(drafts, "edited", own=own)
        assert found and found.text == text
    assert reviewed_draft(drafts[1:], "edited", own=True) is None


def effort(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["effort", "--json", "-w", str(root), *arguments]) == 0
    return dict(json.loads(capsys.readouterr().out))


def draft(workspace: Path, engine: str, source: str, text: str) -> None:
    with Ledger(workspace / ".dragoman" / "ledger.sqlite") as ledger:
        ledger.record("en", engine, [LedgerRow(source, "", Draft(text, "engine", engine))])


def test_effort_by_engine_release_and_term(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(workspace)
    other = path.with_name("page.po")
    draft(workspace, "good 1", RUSSIAN, "The parties exchanged views.")
    draft(workspace, "poor 2", SERVICE, "3 projects and 120 applications to the Office were seen.")
    approved = {
        "Стороны": "The parties exchanged views.",
        "На встрече": "3 projects and 120 applications to the State Migration Service were seen.",
    }
    review(path, approved)
    review(other, {"Его": "It was visited by 48 students from Gabala and Baku."})
    found = effort(workspace, capsys)
    total = found["total"]
    assert (total["sentences"], total["edited"], total["words"]) == (3, 2, 4 + 12 + 10)
    engines = {group["name"]: group for group in found["engines"]}
    assert engines["good 1"]["ter"] == 0 and engines["good 1"]["chrf"] == 100
    assert (engines["poor 2"]["edits"], engines["poor 2"]["words"]) == (
        3,
        12,
    )  # Office -> three words
    pair = (
        ["3 projects and 120 applications to the Office were seen."],
        [[approved["На встрече"]]],
    )
    assert engines["poor 2"]["chrf"] == pytest.approx(CHRF().corpus_score(*pair).score, abs=0.06)
    assert engines["poor 2"]["ter"] == pytest.approx(25.0)
    assert found["engines"][0]["name"].startswith("fake "), (
        "the engine with the highest TER comes first"
    )
    assert [group["name"] for group in found["releases"]] == ["page", "meeting"]
    first = found["terms"][0]
    assert (first["name"], first["put_in"], first["taken_out"]) == ("State Migration Service", 1, 0)
    assert all("|" in signature and "version:" in signature for signature in found["signatures"])


def test_an_edit_still_counts_when_the_memory_hands_it_on(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was edited in one release is approved as it is in the next."""
    text = "The parties exchanged views in detail."
    path = review(translated(workspace), {"Стороны": text})
    seeds = workspace / "seeds"
    (seeds / "later.txt").write_text((seeds / "meeting.txt").read_text("utf-8"), "utf-8")
    review(translated(workspace, "later"), {"Стороны": None})
    later = path.with_name("later.po")
    assert text in later.read_text("utf-8")
    later.write_text(later.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    found = {group["name"]: group for group in effort(workspace, capsys)["releases"]}
    assert (found["meeting"]["sentences"], found["meeting"]["edited"]) == (1, 1)
    assert found["later"]["edited"] == 0


def test_only_approved_entries_count(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translated(workspace)
    assert effort(workspace, capsys)["total"]["sentences"] == 0
    assert main(["effort", "-w", str(workspace)]) == 0
    assert "No approved entry" in capsys.readouterr().out


def test_text_without_a_draft_on_record(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = review(translated(workspace), {"Стороны": "The parties exchanged views."})
    text = path.read_text("utf-8") + '\nmsgid "Написано от руки."\nmsgstr "Written by hand."\n'
    path.write_text(text, "utf-8")
    found = effort(workspace, capsys, "meeting")
    assert (found["total"]["sentences"], found["unknown"]) == (1, 1)


def test_a_broken_catalog_does_not_hide_the_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(workspace)
    review(path.with_name("page.po"), {"Его": "It was visited by 48 students."})
    path.write_text(path.read_text("utf-8") + "nonsense\n", "utf-8")
    assert main(["effort", "--json", "-w", str(workspace)]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["total"]["sentences"] == 1
    assert "not a line of a PO file" in said.err


def test_tables_for_people(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(translated(workspace), {"Стороны": "The parties exchanged views."})
    capsys.readouterr()
    assert main(["effort", "-w", str(workspace)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 approved sentences, 1 edited; TER ")
    assert "meeting" in said and "fake" in said


def test_no_ledger(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["effort", "-w", str(workspace)]) == 1
    assert "run `dragoman translate` first" in capsys.readouterr().err
    assert not (workspace / ".dragoman").exists(), "looking makes nothing"
