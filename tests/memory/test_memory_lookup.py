"""What the memory answers: exact, similar, contested, and when it changes its mind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from memories import approved, draft, place, put
from rapidfuzz import process
from rapidfuzz.distance import Indel

from dragoman.memory import index, open_memory
from dragoman.memory.answers import Row, choose
from dragoman.memory.store import Store
from dragoman.records import Draft, Entry
from dragoman.workspace import Workspace

TEN = "Принято 10 мер."

# Pairs of one sentence (target, kind, path, date, context), and which is to be used, from where.
CONTESTS: dict[str, tuple[list[Row], tuple[str, str]]] = {
    "one": ([("x", "catalog", "a", "", 0)], ("x", "a")),
    "the same twice, first by path": (
        [("x", "catalog", "b", "", 0), ("x", "catalog", "a", "", 0)],
        ("x", "a"),
    ),
    "most files": (
        [
            ("x", "catalog", "a", "2024-01-01 00:00", 0),
            ("y", "catalog", "b", "2023-01-01 00:00", 0),
            ("y", "catalog", "c", "2023-01-01 00:00", 0),
        ],
        ("y", "b"),
    ),
    "newest of equals": (
        [
            ("x", "catalog", "a", "2023-12-31 10:00", 0),
            ("y", "catalog", "b", "2024-01-01 10:00", 0),
            ("z", "catalog", "c", "", 0),
        ],
        ("y", "b"),
    ),
    "dated before undated": (
        [("x", "catalog", "a", "", 0), ("y", "catalog", "b", "2024-01-01 00:00", 0)],
        ("y", "b"),
    ),
    "a catalog before many imports": (
        [
            ("x", "tmx", "1.tmx", "2024-01-01 00:00", 0),
            ("x", "tmx", "2.tmx", "2024-01-01 00:00", 0),
            ("y", "catalog", "z", "", 0),
        ],
        ("y", "z"),
    ),
    "an import where nobody approved": ([("x", "tmx", "1.tmx", "", 0)], ("x", "1.tmx")),
    "no context before a context": (
        [("x", "catalog", "a", "", 1), ("x", "catalog", "b", "", 1), ("y", "tmx", "t", "", 0)],
        ("y", "t"),
    ),
    "by path when all is equal": (
        [("x", "catalog", "b", "", 0), ("y", "catalog", "a", "", 0)],
        ("y", "a"),
    ),
}


@pytest.mark.parametrize("name", CONTESTS)
def test_which_translation_wins(name: str) -> None:
    rows, expected = CONTESTS[name]
    for order in range(5):
        shuffled = random.Random(order).sample(rows, len(rows))
        answer = choose(shuffled)
        assert answer is not None
        assert (answer.target, answer.origin) == expected
        others = {row[0] for row in rows} - {answer.target}
        assert {target for target, _ in answer.others} == others
        assert all(target in answer.reason for target, _ in answer.others[:1])
    assert choose([]) is None


def test_an_exact_match_says_where_it_comes_from(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."))
    with open_memory(workspace) as memory:
        assert memory
        assert memory.exact(TEN, "en") == Draft(
            "10 measures.", "memory", "memory", reason="from locales/en/LC_MESSAGES/a.po"
        )
        assert memory.exact(TEN + " ", "en") is None
        assert memory.exact(TEN, "az") is None


def test_a_contested_match_says_so(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."), date="2024-01-01 00:00+0000")
    put(workspace, "b", approved(TEN, "Ten measures."), date="2024-02-01 00:00+0000")
    with open_memory(workspace) as memory:
        found = memory.exact(TEN, "en") if memory else None
    assert found is not None
    assert (found.text, found.strategy) == ("Ten measures.", "contested")
    assert found.reason == (
        "from locales/en/LC_MESSAGES/b.po; locales/en/LC_MESSAGES/a.po says otherwise: 10 measures."
    )


def test_similar_sentences_come_with_score_and_difference(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(
        workspace,
        "a",
        approved("На встрече принято 10 важных решений.", "10 decisions."),
        approved("На встрече принято 12 важных решений о труде.", "12 decisions on labour."),
        approved("Посол прибыл в Баку.", "The ambassador arrived in Baku."),
        draft("На встрече принято 13 важных решений.", "13 decisions."),
    )
    put(workspace, "a", approved("На встрече принято 11 важных решений.", "11 qərar."), lang="az")
    with open_memory(workspace) as memory:
        assert memory
        best, second = memory.similar("На встрече принято 12 важных решений.", "en")
        assert (best.source, best.target) == (
            "На встрече принято 10 важных решений.",
            "10 decisions.",
        )
        assert best.percent == 97
        assert best.origin == "locales/en/LC_MESSAGES/a.po"
        assert best.difference == "На встрече принято [-10-]{+12+} важных решений."
        assert second.target == "12 decisions on labour." and second.score < best.score
        assert len(memory.similar(best.source, "en", limit=1)) == 1
        assert memory.similar(best.source, "en")[0].percent == 100
        assert [m.target for m in memory.similar(best.source, "az")] == ["11 qərar."]
        assert memory.similar("Погода была хорошей.", "en") == ()


ODD = ["", "а", "10", '"', "* OR (", "ab\0cd", "😀" * 50, "\ufffd", "а" * 9000]


@pytest.mark.parametrize("text", ODD)
def test_odd_sentences_are_looked_up_like_others(tmp_path: Path, text: str) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."), approved(text or "б", "Odd."))
    with open_memory(workspace) as memory:
        assert memory
        assert all(match.score >= 0.75 for match in memory.similar(text, "en"))
        if len(text) > 5:
            assert memory.similar(text, "en")[0].score == 1
        memory.exact(text, "en")


def test_nearly_all_matches_are_found(tmp_path: Path) -> None:
    """Against scoring every sentence; tests/bench/memory.py does so with 10,000."""
    draw = random.Random(5)
    subjects = "Начальник Службы|Министр труда|Посол Болгарии|Глава делегации|Директор центра"
    verbs = "провел встречу с|принял|поблагодарил|ознакомил с работой|поздравил"
    objects = "представителями Германии|послом Малайзии|сотрудниками посольства|журналистами"
    known = sorted(
        {
            " ".join(
                (
                    *(draw.choice(words.split("|")) for words in (subjects, verbs, objects)),
                    f"{draw.randrange(1, 29)} {draw.choice(('марта', 'мая', 'июня'))}",
                    draw.choice(("в Баку.", "в Гяндже.", "в Шеки.", "и выступил с речью.")),
                )
            )
            for _ in range(800)
        }
    )
    workspace = place(tmp_path)
    put(workspace, "a", *(approved(text, f"en {n}") for n, text in enumerate(known)))
    missed, wanted = [], 0
    with open_memory(workspace) as memory:
        assert memory
        for text in draw.sample(known, 60):
            words = text.split(" ")
            words[draw.randrange(len(words))] = draw.choice(("вчера", "России", "7", "совет"))
            asked = " ".join(words)
            scores = process.extract(
                asked, known, scorer=Indel.normalized_similarity, score_cutoff=0.75, limit=3
            )
            found = [match.score for match in memory.similar(asked, "en")]
            wanted += len(scores)
            missed += [
                (asked, best)
                for score, (best, true, _) in zip([*found, 0, 0, 0], scores, strict=False)
                if score < true
            ]
    assert wanted > 100
    assert len(missed) <= 0.02 * wanted, missed


def states(workspace: Workspace) -> list[str]:
    with open_memory(workspace) as memory:
        assert memory
        return [memory.state(name, "en") for name in ("a", "b", "c")]


def archive(root: Path) -> Workspace:
    """Three catalogs: a and b share a sentence, c has one of its own."""
    workspace = place(root)
    put(workspace, "a", draft(TEN, "x"))
    put(workspace, "b", draft(TEN, "x"), draft("Раз.", "y"))
    put(workspace, "c", draft("Два.", "z"))
    return workspace


def test_in_an_archive_only_catalogs_with_the_sentence_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "SMALL", 0)
    workspace = archive(tmp_path)
    before = states(workspace)
    assert before == ["", "", ""]
    put(workspace, "a", approved(TEN, "10 measures."))
    a, b, c = states(workspace)
    assert a and b and not c
    assert states(workspace) == [a, b, c], "nothing changed, nothing changes"
    put(workspace, "b", draft(TEN, "10 measures."), draft("Раз.", "y2"))
    assert states(workspace) == [a, b, c], "a draft is nothing to the memory"
    put(workspace, "a", draft(TEN, "10 measures."))
    assert states(workspace) == before, "as it was, so it is again"


def test_the_state_of_a_release_is_that_of_its_catalog_once_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run remembers, knowing the sentences, is what the next run compares."""
    monkeypatch.setattr(index, "SMALL", 0)
    workspace = archive(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."))
    with open_memory(workspace) as memory:
        assert memory
        expected = memory.state("new", "en", ["Раз.", TEN, TEN])
        assert expected and memory.state("new", "en") == ""
    put(workspace, "new", draft(TEN, "10 measures."), draft("Раз.", ""))
    with open_memory(workspace) as memory:
        assert memory and memory.state("new", "en") == expected


def test_in_a_small_workspace_every_approval_counts_everywhere(tmp_path: Path) -> None:
    workspace = archive(tmp_path)
    assert states(workspace) == ["", "", ""]
    put(workspace, "a", approved(TEN, "10 measures."))
    once = states(workspace)
    assert len(set(once)) == 1 and once[0]
    put(workspace, "b", approved(TEN, "10 measures."), draft("Раз.", "y"))
    assert states(workspace) == once, "the same answer from two catalogs is the same answer"
    put(workspace, "c", approved("Два.", "Two."))
    assert states(workspace) != once


def test_a_trigram_count_grown_stale_does_no_harm(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", *(approved(f"Слово {n} о деле.", f"Word {n}.") for n in range(50)))
    with open_memory(workspace) as memory:
        assert memory and memory.similar("Слово 7 о деле!", "en")
        memory.store.put("counted", 0)
        memory.store.connection.execute("DELETE FROM gram_count")
    put(workspace, "b", approved("Посол прибыл.", "The ambassador arrived."))
    with open_memory(workspace) as memory:
        assert memory and memory.similar("Посол прибыл!", "en")


def test_a_store_is_closed_even_when_its_user_fails(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", Entry(TEN, "10 measures."))
    with pytest.raises(ZeroDivisionError), open_memory(workspace):
        raise ZeroDivisionError
    Store(workspace.state / "memory.sqlite").close()
