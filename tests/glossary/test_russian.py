"""Russian phrases and names in every case, against tables written from grammar."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.glossary.fold import fold
from dragoman.glossary.overlap import choose
from dragoman.languages import ru, ru_names

CASES = Path(__file__).resolve().parents[1] / "cases"


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("phrase", "cell", "form"), rows("russian_forms.tsv"))
def test_phrases(phrase: str, cell: str, form: str) -> None:
    found = {f.text for f in ru.phrase_forms(phrase) if f"{f.case} {f.number}" == cell}
    assert form in found


def test_a_lock_on_the_number_holds() -> None:
    assert {f.number for f in ru.phrase_forms("служба", number="sing")} == {"sing"}
    assert {f.number for f in ru.phrase_forms("Нидерланды", number="sing")} == {"plur"}


def test_the_superlative_does_not_slip_in() -> None:
    assert not [f for f in ru.phrase_forms("высшее должностное лицо") if "высочайш" in f.text]


@pytest.mark.parametrize("row", rows("russian_names.tsv"), ids=lambda row: " ".join(row[:3]))
def test_names(row: list[str]) -> None:
    part, gender, nominative, *cases = row
    paradigm = {
        "surname": lambda: ru_names.surname(nominative, gender),  # type: ignore[arg-type]
        "given": lambda: ru_names.given(nominative, gender),  # type: ignore[arg-type]
        "plural": lambda: ru_names.surname_plural(nominative),
    }[part]()
    assert [cell[0] for cell in paradigm[1:]] == cases


@pytest.mark.parametrize("row", rows("russian_names.tsv"), ids=lambda row: " ".join(row[:3]))
def test_every_form_leads_back(row: list[str]) -> None:
    part, _, nominative, *cases = row
    if part != "plural" and "-" not in nominative:
        assert all(nominative in ru_names.possible_nominatives(form) for form in cases)


WOMEN = [("Алиев", "Алиева"), ("Талышинский", "Талышинская"), ("Эйвазлы", "Эйвазлы"),
         ("Гусейнзаде", "Гусейнзаде"), ("Учан", "Учан")]  # fmt: skip


@pytest.mark.parametrize(("man", "woman"), WOMEN)
def test_women(man: str, woman: str) -> None:
    assert ru_names.feminine(man) == woman


FOLDED = [
    ("Объединённых", "объединенных"),
    ("Страны- первопроходца", "страны-первопроходца"),
    ("Премьер\u2011министр", "премьер-министр"),
    ("«ASAN»", '"asan"'),
    ("Aзербайджан", "азербайджан"),  # a Latin A
    ("MOM", "мом"),  # Latin letters all
    ("Музеи\u0306", "музей"),  # й in two parts
    ("Гейдара\u00a0 Алиева", "гейдара алиева"),
    ("мигра\u00adция", "миграция"),
    ("Баку\u0301", "баку"),
    ("ASAN", "asan"),
    ("II класса", "ii класса"),
    ("ІІ класса", "ii класса"),  # Ukrainian letters for Roman digits
    ("Турции - предыдущего", "турции - предыдущего"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(
    st.text(st.sampled_from("абвГёЁй -–\u00a0\u00ad«»\u0301\u0306иAeXİıц,.\n\u2028"), max_size=40)
)
def test_offsets_lead_back(text: str) -> None:
    """Every folded character comes from the original one that its offset names, in order."""
    folded = fold(text)
    assert len(folded.text) == len(folded.exact)
    origins = [folded.original(i) for i in range(len(folded.text))]
    assert origins == sorted(set(origins))
    assert all(0 <= at < len(text) for at in origins)
    for char, at in zip(folded.exact, origins, strict=True):
        # й may come in two parts; whether A is Latin depends on the word around it
        assert fold(text[at]).exact == char or text[at] in "иИAeXİı"


class Span:
    def __init__(self, start: int, stop: int) -> None:
        self.start, self.stop, self.rank = start, stop, (0, 0)


SPANS = st.tuples(st.integers(0, 15), st.integers(1, 8)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(st.lists(SPANS, max_size=8))
def test_no_choice_covers_more(spans: list[Span]) -> None:
    """The chosen spans do not overlap, and no other set without overlaps covers more text."""
    kept = [spans[i] for i in choose(spans)]  # type: ignore[arg-type]
    assert all(a.stop <= b.start for a, b in pairwise(kept))

    def best(rest: list[Span], after: int) -> int:
        sizes = [0]
        for i, span in enumerate(rest):
            if span.start >= after:
                sizes.append(span.stop - span.start + best(rest[i + 1 :], span.stop))
        return max(sizes)

    ordered = sorted(spans, key=lambda s: (s.start, s.stop))
    assert sum(s.stop - s.start for s in kept) == best(ordered, 0)
