"""Merging: translations follow their sentence, and nothing a person did is undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.catalog import Catalog
from dragoman.changes import differences, tokens
from dragoman.merge import entries_of, fill, merge, plan_merge
from dragoman.records import Document, Draft, Entry, Release, Segment

MACHINE = {"machine", "machine 2"}  # every text the machine ever proposed, for any sentence


def known(_: str, text: str) -> bool:
    return text in MACHINE


def release(*sentences: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(text, references=(("seeds/a.txt", str(line)),), extracted=("origin: engine",))
        for line, text in enumerate(sentences, start=4)
    )


def drafts(*sentences: str, text: str = "machine 2") -> dict[str, Draft]:
    return {sentence: Draft(text, "engine") for sentence in sentences}


def remerge(
    old: Catalog, *sentences: str, text: str = "machine 2", trust_flags: bool = True
) -> Catalog:
    """Merge `old` into a release of these sentences, with an engine that now says `text`."""
    plan = plan_merge(old, release(*sentences), known, trust_flags=trust_flags)
    return fill(plan, drafts(*plan.wanted, text=text))


def one(**fields: object) -> Catalog:
    return Catalog(entries=(Entry("Было.", **fields),))  # type: ignore[arg-type]


# -- who owns what: one row for each row of the table in dragoman.merge -------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"msgstr": "machine 2", "fuzzy": True}, id="new"),
        pytest.param(
            {"msgstr": "machine", "fuzzy": True},
            {"msgstr": "machine 2", "fuzzy": True},
            id="untouched draft is refreshed",
        ),
        pytest.param({"msgstr": "machine"}, {"msgstr": "machine"}, id="approved draft stays"),
        pytest.param({"msgstr": "human"}, {"msgstr": "human"}, id="human text stays"),
        pytest.param(
            {"msgstr": "human", "fuzzy": True},
            {"msgstr": "human", "fuzzy": True},
            id="human text stays though still marked",
        ),
        pytest.param(
            {"msgstr": "", "comment": "ask Leyla"},
            {"msgstr": "machine 2", "fuzzy": True, "comment": "ask Leyla"},
            id="emptied text is drafted afresh, its comment stays",
        ),
        pytest.param(
            {"msgstr": "machine", "fuzzy": True, "comment": "x", "flags": ("no-wrap",)},
            {"msgstr": "machine 2", "fuzzy": True, "comment": "x", "flags": ("no-wrap",)},
            id="comments and flags survive a refresh",
        ),
        pytest.param(
            {"msgstr": "human", "fuzzy": True, "previous_msgid": "Был."},
            {"msgstr": "human", "fuzzy": True, "previous_msgid": "Был."},
            id="carried text stays until a person acts",
        ),
        pytest.param(
            {"msgstr": "human", "previous_msgid": "Был."},
            {"msgstr": "human"},
            id="a cleared mark settles the change of the Russian",
        ),
    ],
)
def test_ownership(before: dict[str, object], after: dict[str, object]) -> None:
    (found,) = remerge(one(**before), "Было.").entries
    assert replace(found, references=(), extracted=()) == Entry("Было.", **after)  # type: ignore[arg-type]


def test_flags_dropped_by_a_tool_count_as_approval_unless_told_otherwise() -> None:
    dropped = Catalog(entries=(Entry("Раз.", "machine"), Entry("Два.", "human")))
    kept = remerge(dropped, "Раз.", "Два.")
    assert [(e.msgstr, e.fuzzy) for e in kept.entries] == [("machine", False), ("human", False)]
    told = remerge(dropped, "Раз.", "Два.", trust_flags=False)
    assert [(e.msgstr, e.fuzzy) for e in told.entries] == [("machine 2", True), ("human", False)]


def test_a_failed_draft_blanks_nothing() -> None:
    for before in (Entry("Было.", "machine", fuzzy=True), Entry("Было.")):
        plan = plan_merge(Catalog(entries=(before,)), release("Было."), known)
        after = fill(plan, {"Было.": Draft("", "failed", reason="empty output")}).entries[0]
        assert (after.msgstr, after.fuzzy) == (before.msgstr, before.fuzzy)


def test_only_what_the_machine_may_write_is_wanted() -> None:
    old = Catalog(
        entries=(
            Entry("Раз.", "human"),
            Entry("Два.", "machine", fuzzy=True),
            Entry("Три.", "machine"),
            Entry("Четыре.", ""),
        )
    )
    plan = plan_merge(old, release("Раз.", "Два.", "Три.", "Четыре.", "Пять."), known)
    assert plan.wanted == ("Два.", "Четыре.", "Пять.")
    assert plan.claims == (("Раз.", "human"),)


def test_memory_is_confirmed_by_a_person_unless_trusted() -> None:
    plan = plan_merge(Catalog(), release("Было."), known)
    found = {"Было.": Draft("approved elsewhere", "memory")}
    assert fill(plan, found).entries[0].fuzzy
    assert not fill(plan, found, trust_memory=True).entries[0].fuzzy
    assert fill(plan, drafts("Было."), trust_memory=True).entries[0].fuzzy


def test_annotations_see_the_final_text() -> None:
    def annotate(entry: Entry, draft: Draft | None) -> tuple[str, ...]:
        return (f"holds: {entry.msgstr}", f"draft: {draft.text if draft else '-'}")

    plan = plan_merge(Catalog(entries=(Entry("Раз.", "human"),)), release("Раз.", "Два."), known)
    first, second = fill(plan, drafts(*plan.wanted), annotate).entries
    assert first.extracted == ("holds: human", "draft: -")
    assert second.extracted == ("holds: machine 2", "draft: machine 2")


def test_repeated_sentences_are_one_entry_with_several_places() -> None:
    segments = tuple(
        Segment(text, 0, 0, 0, "sentence", line)
        for text, line in (("Раз.", 4), ("Два.", 4), ("Раз.", 6), ("Раз.", 6))
    )
    document = Document(Release("a", "seeds/a.txt", "", ()), segments)
    assert entries_of(document) == (
        Entry("Раз.", references=(("seeds/a.txt", "4"), ("seeds/a.txt", "6"))),
        Entry("Два.", references=(("seeds/a.txt", "4"),)),
    )


# -- changed releases -----------------------------------------------------------------------------

A = "В заседании приняли участие представители 10 государств региона."
B = "Начальник службы Вюсал Гусейнов выступил с речью."
C = "Стороны подписали итоговый протокол встречи в Баку."


def approved(*sentences: str) -> Catalog:
    return Catalog(
        entries=tuple(
            replace(entry, msgstr=f"человек: {entry.msgid}", comment=f"note {n}")
            for n, entry in enumerate(release(*sentences))
        )
    )


def summary(catalog: Catalog) -> list[str]:
    return [
        f"{'~' if e.obsolete else ''}{'?' if e.fuzzy else ''}{e.msgid} = {e.msgstr}"
        for e in catalog.entries
    ]


def test_inserted_deleted_moved() -> None:
    new = "Совсем другое предложение появилось здесь."
    after = remerge(approved(A, B, C), C, new, A)
    assert summary(after) == [
        f"{C} = человек: {C}",
        f"?{new} = machine 2",
        f"{A} = человек: {A}",
        f"~{B} = человек: {B}",
    ]
    assert [e.comment for e in after.entries] == ["note 2", "", "note 0", "note 1"]
    assert after.entries[0].references == (("seeds/a.txt", "4"),)
    assert after.entries[3].references == ()


def test_a_sentence_that_comes_back_finds_its_translation() -> None:
    start = approved(A, B, C)
    gone = remerge(start, A, C)
    assert remerge(gone, A, B, C).entries == tuple(
        replace(e, extracted=("origin: engine",)) for e in start.entries
    )


def test_a_removed_draft_is_kept_and_refreshed_when_it_returns() -> None:
    start = merge(Catalog(), release(A, B), drafts(A, B, text="machine"), known)
    gone = remerge(start, A)
    assert summary(gone) == [f"?{A} = machine 2", f"~?{B} = machine"]
    assert summary(remerge(gone, A, B)) == [f"?{A} = machine 2", f"?{B} = machine 2"]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (A, A.replace("10", "12"), ["number 10 -> 12"]),
        (A, A.replace("приняли", "не приняли"), ["negation added"]),
        (B, B.replace("Гусейнов", "Мамедов"), ["name Гусейнов -> Мамедов"]),
        (C, C.replace("итоговый", "совместный"), ["words итоговый -> совместный"]),
    ],
)
def test_a_small_change_carries_the_translation_over(
    before: str, after: str, changes: list[str]
) -> None:
    found = remerge(approved("Раз.", before), "Раз.", after).entries[1:]
    carried, gone = found
    assert (carried.msgstr, carried.fuzzy, carried.previous_msgid) == (
        f"человек: {before}",
        True,
        before,
    )
    assert carried.comment == "note 1"
    assert (after, carried.msgstr) in plan_merge(
        approved("Раз.", before), release("Раз.", after), known
    ).claims, "or another release's draft with these words would take it over"
    named = [line for line in carried.extracted if line.startswith("changed: ")]
    assert [line.removeprefix("changed: ") for line in named][: len(changes)] == changes
    assert (gone.msgid, gone.msgstr, gone.obsolete, gone.fuzzy) == (
        before,
        f"человек: {before}",
        True,
        False,
    )


def test_a_draft_nobody_looked_at_is_not_carried_over() -> None:
    start = merge(Catalog(), release(A), drafts(A, text="machine"), known)
    later = remerge(start, A.replace("10", "12"))
    assert summary(later)[0] == f"?{A.replace('10', '12')} = machine 2"
    assert later.entries[0].previous_msgid is None


def test_several_changes_name_what_was_translated() -> None:
    start = approved(A)
    second = A.replace("10", "12")
    third = second.replace("региона", "мира")
    after = remerge(remerge(start, second), third).entries[0]
    assert (after.msgid, after.previous_msgid, after.msgstr) == (third, A, f"человек: {A}")
    back = remerge(remerge(remerge(start, second), third), A)
    assert (back.entries[0].msgstr, back.entries[0].fuzzy) == (f"человек: {A}", False)


def test_a_change_taken_back_leaves_no_trace_of_it() -> None:
    """The old entry was thrown away meanwhile, so the text comes back by way of the changed one."""
    changed = remerge(approved(A), A.replace("10", "12"))
    kept = replace(changed, entries=changed.active)
    back = remerge(kept, A).entries[0]
    assert (back.msgstr, back.fuzzy, back.previous_msgid) == (f"человек: {A}", True, None)
    assert back.extracted == ("origin: engine",)


def test_what_was_carried_over_and_blanked_by_a_tool_is_carried_over_again() -> None:
    changed = remerge(approved(A), A.replace("10", "12"))
    first = replace(changed.entries[0], msgstr="", fuzzy=False, comment="note 0\nmore")
    again = remerge(replace(changed, entries=(first, *changed.entries[1:])), A.replace("10", "12"))
    assert again.entries[0] == replace(changed.entries[0], comment="note 0\nmore")
    assert again.obsolete == changed.obsolete


def test_a_context_that_a_person_added_is_no_reason_to_lose_the_text() -> None:
    old = Catalog(entries=(Entry(A, "human", msgctxt="title"),))
    after = remerge(old, A)
    assert summary(after) == [f"?{A} = human", f"~{A} = human"]


def test_a_joined_sentence_takes_both_translations() -> None:
    both = f"{A.removesuffix('.')}, {B}"
    after = remerge(approved(A, B, C), both, C).entries[0]
    assert after.msgstr == f"человек: {A} человек: {B}"
    assert (after.fuzzy, after.previous_msgid) == (True, f"{A} {B}")
    assert after.comment == "note 0\nnote 1"


def test_a_split_sentence_gives_its_translation_to_both_parts() -> None:
    both = f"{A.removesuffix('.')}, {B}"
    first, second = remerge(approved(both), A, B).entries[:2]
    for part in (first, second):
        assert (part.msgstr, part.fuzzy, part.previous_msgid) == (f"человек: {both}", True, both)


def test_three_sentences_are_joined_and_split() -> None:
    whole = f"{A.removesuffix('.')}, {B.removesuffix('.')}, {C}"
    joined = remerge(approved(A, B, C), whole).entries[0]
    assert joined.msgstr == f"человек: {A} человек: {B} человек: {C}"
    assert (joined.fuzzy, joined.previous_msgid) == (True, f"{A} {B} {C}")
    for part in remerge(approved(whole), A, B, C).entries[:3]:
        assert (part.msgstr, part.fuzzy) == (f"человек: {whole}", True)


def test_each_translation_is_carried_once_and_to_the_nearest() -> None:
    near, far = A.replace("10", "12"), A.replace("10", "12").replace("региона", "Азии и Европы")
    after = remerge(approved(A), far, near)
    assert summary(after)[:2] == [f"?{far} = machine 2", f"?{near} = человек: {A}"]


def test_a_changed_sentence_takes_the_nearest_translation() -> None:
    near, far = A.replace("10", "11"), A.replace("10", "11").replace("региона", "Азии")
    new = A.replace("10", "12")
    for order in ((far, near), (near, far)):
        assert remerge(approved(*order), new).entries[0].previous_msgid == near


# -- cases a linguist can edit --------------------------------------------------------------------

CASES = Path(__file__).parent / "cases" / "merge"


def blocks(name: str) -> list[tuple[str, str, list[str]]]:
    """(before, after, expected lines) of each block of a case file."""
    found = []
    for block in (CASES / name).read_text("utf-8").split("\n\n"):
        lines = [line for line in block.strip().split("\n") if not line.startswith("#")]
        if lines and lines != [""]:
            assert [line[:2] for line in lines[:2]] == ["- ", "+ "], block
            assert all(line.startswith("= ") for line in lines[2:]), block
            found.append((lines[0][2:], lines[1][2:], [line[2:] for line in lines[2:]]))
    return found


@pytest.mark.parametrize(("before", "after", "said"), blocks("changes.txt"))
def test_changes_are_named(before: str, after: str, said: list[str]) -> None:
    assert list(differences(before, after)) == said


@pytest.mark.parametrize(("before", "after", "said"), blocks("similar.txt"))
def test_which_translations_follow(before: str, after: str, said: list[str]) -> None:
    found = remerge(approved(before), after).entries[0]
    assert ["carried" if found.previous_msgid else "fresh"] == said


@settings(deadline=None)
@given(st.text("аб вг10,«.-не", max_size=30), st.text("аб вг10,«.-не", max_size=30))
def test_naming_changes_never_fails_and_names_every_change(before: str, after: str) -> None:
    said = differences(before, after)
    assert bool(said) == (tokens(before) != tokens(after))
    assert not any("\n" in line for line in said)
