"""The embedded model, as it ships."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.engines import load_engine
from dragoman.engines.base import Engine
from dragoman.engines.codecs import BaseCodec
from dragoman.engines.enforce import Enforcer
from dragoman.languages import accepted_forms
from dragoman.records import Request, Term

SENTENCES = (
    "В Баку прошла встреча.",
    "Стороны обменялись мнениями о перспективах развития сотрудничества в сфере миграции.",
    "На встрече было подчеркнуто значение двустороннего партнерства.",
    "В мероприятии приняли участие представители 12 государств.",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("embedded")


def texts(engine: Engine, sentences: tuple[str, ...], to: str) -> list[str]:
    answers = engine.translate([Request(sentence) for sentence in sentences], to)
    return [answer.hypotheses[0].text if answer.hypotheses else "" for answer in answers]


@pytest.mark.parametrize("to", ["en", "az"])
def test_a_draft_does_not_depend_on_its_neighbours(engine: Engine, to: str) -> None:
    """Else a resumed run would not write what an uninterrupted one does."""
    together = texts(engine, SENTENCES, to)
    alone = [texts(engine, (sentence,), to)[0] for sentence in SENTENCES]
    assert together == alone


def test_it_speaks_two_languages(engine: Engine) -> None:
    english, azerbaijani = (" ".join(texts(engine, SENTENCES, to)) for to in ("en", "az"))
    assert " the " in english.lower() and "ə" not in english
    assert "ə" in azerbaijani and " the " not in azerbaijani


@pytest.mark.parametrize("to", ["en", "az"])
@pytest.mark.parametrize(
    ("russian", "name"),
    [("Зурабом Квелидзе", "Zurab Kvelidze"), ("Тарвином Ослундом", "Tarvin Oslund")],
)
def test_names_that_no_corpus_holds_are_said(
    engine: Engine, russian: str, name: str, to: str
) -> None:
    text = f"Начальник Службы встретился с {russian}."
    start = text.index(russian)
    forms = accepted_forms(name, to, "name", russian_case="ablt")
    term = Term(start, start + len(russian), russian, name, forms)
    (draft,) = Enforcer(engine, to).drafts([Request(text, (term,))])
    assert any(form in draft.text for form in forms), draft


ODD = {
    "empty": "",
    "space": " ",
    "number": "12 345",
    "emoji": "🙂🙂🙂",
    "Latin": "HELLO WORLD",
    "capitals": "МИНИСТЕРСТВО",
    "one letter": "ы" * 300,
    "400 words": "слово " * 400,
    "marks": "\u200b—…",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_anything_gets_an_answer_in_bounded_time(engine: Engine, text: str) -> None:
    answer = engine.translate([Request(text)], "en")[0]
    assert answer.hypotheses or answer.reason
    assert all(len(h.text) < 6 * len(text) + 400 for h in answer.hypotheses)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31))
def test_tokens_are_put_together_as_the_tokenizer_does(engine: Engine, seed: int) -> None:
    codec = engine.text.codec  # type: ignore[attr-defined]
    some = random.Random(seed)
    ids = [some.randrange(len(codec.tokenizer)) for _ in range(some.randrange(40))]
    assert codec.decode(ids) == BaseCodec.decode(codec, ids)
