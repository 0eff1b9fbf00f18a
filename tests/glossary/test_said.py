"""The quick look for a form of a term agrees with the matcher that has the last word."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from dragoman.engines.wording import fits
from dragoman.glossary import holds, load_glossary, said, wanted
from dragoman.languages import accepted_forms
from dragoman.records import Term

SHIPPED = Path(__file__).parents[2] / "glossary"
FRAMES = ("{}", "({}).", "“{}” x", "x {}, x", "x {}-nin", "x{} x", "{}x", "x “{}”in x", "-{}")


def terms(lang: Literal["en", "az"]) -> list[Term]:
    """What every tenth concept of the shipped glossary asks for."""
    glossary = load_glossary(SHIPPED)
    found: list[Term] = []
    for row in glossary.rows[::10]:
        found += [wanted(hit, lang) for hit in glossary.find(row.concept.ru[0])]
    return found


@pytest.mark.parametrize("lang", ["en", "az"])
def test_what_stands_letter_for_letter_is_found_by_the_matcher(lang: Literal["en", "az"]) -> None:
    seen = 0
    for term in terms(lang):
        for form in term.forms[:40:7]:
            for frame in FRAMES:
                text = frame.format(form)
                if said._plainly(term.forms, text):
                    seen += 1
                    assert said._spans(text, term.forms, said._strict(term), lang), (term, text)
    assert seen > 200


TITLE = "Beynəlxalq Miqrasiya Təşkilatının baş direktoru"


@pytest.mark.parametrize(
    ("lemma", "text", "expected"),
    [
        (TITLE, "Beynəlxalq Miqrasiya Təşkilatının (BMqT) baş direktoru çıxış edib.", True),
        (TITLE, "Beynəlxalq Miqrasiya Təşkilatının (BMT QAK) baş direktoruna", True),
        ("BMqT", "Beynəlxalq Miqrasiya Təşkilatının (BMqT) baş direktoru", True),
        (TITLE, "Beynəlxalq Miqrasiya Təşkilatının (Bakıda) baş direktoru", False),
        (TITLE, "Beynəlxalq Miqrasiya Təşkilatının (BMqT) rəisi", False),
    ],
)
def test_an_abbreviation_in_brackets_may_stand_inside(
    lemma: str, text: str, expected: bool
) -> None:
    forms = accepted_forms(lemma, "az")
    term = Term(0, 1, "x", lemma, forms, fitting=forms)
    assert (holds(term, text, "az"), fits(term, text)) == (expected, expected)
