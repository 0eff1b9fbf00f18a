"""People outside the term base: recognised, and spelled in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.glossary import Glossary, wanted
from dragoman.glossary.couples import several

CASES = Path(__file__).resolve().parents[1] / "cases" / "people.txt"
# Kept as strict expected failures: a fix announces itself.
KNOWN_FAILURES = {
    "статья А. Часть вторая": "a letter that ends a sentence is read as an initial",
}


def read_cases() -> list[object]:
    cases: list[object] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, people = line.partition(" |")
        expected = [
            tuple(part.strip() for part in p.split("=")) for p in people.split(";") if p.strip()
        ]
        reason = KNOWN_FAILURES.get(text)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        cases.append(pytest.param(text, expected, id=text, marks=marks))
    return cases


@pytest.mark.parametrize(("text", "expected"), read_cases())
def test_people(glossary: Glossary, text: str, expected: list[tuple[str, ...]]) -> None:
    people = [h for h in glossary.find(text) if h.concept.type == "person"]
    found = [(h.surface, wanted(h, "en").lemma, wanted(h, "az").lemma) for h in people]
    assert found == expected
    assert all(text[h.start : h.stop] == h.surface for h in people)


def test_a_guess_says_so(glossary: Glossary) -> None:
    known, guess = glossary.find("Вюсал Гусейнов принял Эльчина Набизаде")
    assert (known.kind, wanted(known, "en").guessed) == ("name", False)
    assert (guess.kind, wanted(guess, "en").guessed, wanted(guess, "en").concept) == (
        "guessed",
        True,
        "",
    )


def test_one_spelling_in_a_document(glossary: Glossary) -> None:
    segments = ["Встреча с Эльшаном Гасановым", "Приветствовали Эльшана Гасанова.", "Гасанов ушел."]
    hits = [hit for found in glossary.find_in_document(segments) for hit in found]
    assert [hit.kind for hit in hits] == ["guessed", "guessed", "surname"]
    assert {wanted(h, "az").lemma for h in hits} == {"Elşən Həsənov", "Həsənov"}


@pytest.mark.parametrize(
    ("forms", "en", "az"),
    [
        # Names of no lexicon, in all cases: one reading explains every form.
        (("Сундры Петренко", "Сундре Петренко", "Сундру Петренко", "Сундрой Петренко"),
         "Sundra Petrenko", "Sundra Petrenko"),
        (("Мартисия Жумабаева", "Мартисии Жумабаевой", "Мартисию Жумабаеву"),
         "Martisiya Zhumabayeva", "Martisiya Jumabayeva"),
        (("Карин Дубровской", "Карин Дубровская", "Карин Дубровскую"),
         "Karin Dubrovskaya", "Karin Dubrovskaya"),
        (("Онрике Саакян", "Онрике Саакяна", "Онрике Саакяну", "Онрике Саакяном"),
         "Onrike Saakyan", "Onrike Saakyan"),
    ],
)  # fmt: skip
def test_one_spelling_of_an_unknown_name(
    glossary: Glossary, forms: tuple[str, ...], en: str, az: str
) -> None:
    segments = [f"На встрече говорили, что {form} там." for form in forms]
    hits = [hit for found in glossary.find_in_document(segments) for hit in found]
    assert [h.surface for h in hits] == list(forms)
    assert {(wanted(h, "en").lemma, wanted(h, "az").lemma) for h in hits} == {(en, az)}


def test_a_man_and_a_woman_of_one_surname(glossary: Glossary) -> None:
    segments = ["Вюсал Гусейнов и его сообщница Нурана Гусейнова.", "Гусейнову грозит срок."]
    *_, (last,) = glossary.find_in_document(segments)
    assert (last.surface, last.cases[0], wanted(last, "en").lemma) == (
        "Гусейнову",
        "datv",
        "Huseynov",
    )


def test_a_family(glossary: Glossary) -> None:
    hits = glossary.find("Ильхам Алиев и Мехрибан Алиева прибыли, Алиевых встретили")
    assert (hits[-1].surface, hits[-1].number) == ("Алиевых", "plur")
    assert "Əliyevləri" in wanted(hits[-1], "az").forms
    assert "Aliyevs" in wanted(hits[-1], "en").forms


def test_several_people_have_each_their_forms(glossary: Glossary) -> None:
    (hit,) = glossary.find("в гостях у Рамиза и Лейлы Алиевых")
    assert several(hit.concept)  # and so no row for the term base
    assert hit.cases[0] == "gent"
    assert {"Ramiz və Leyla Əliyevlərin", "Ramiz Əliyev və Leyla Əliyevanın"} <= set(
        wanted(hit, "az").forms
    )
    assert {"Ramiz and Leyla Aliyev", "Ramiz Aliyev and Leyla Aliyeva"} <= set(
        wanted(hit, "en").forms
    )
    assert not several(glossary.find("у Рамиза Алиева")[0].concept)
