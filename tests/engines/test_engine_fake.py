"""The fake engine does what is asked of it, and each of its faults is what it says."""

import pytest

from dragoman.engines import Engine, load_engine
from dragoman.errors import EngineError
from dragoman.records import Answer, Request, Term

TEXT = "В 2023 году Государственную Миграционную Службу посетили 12 гостей."
TERM = Term(12, 47, "Государственную Миграционную Службу", "Dövlət Miqrasiya Xidməti",
            ("Dövlət Miqrasiya Xidmətinə", "Dövlət Miqrasiya Xidməti"))  # fmt: skip


def ask(name: str, *requests: Request) -> list[Answer]:
    return load_engine(name).translate(requests or [Request(TEXT, (TERM,))], "az")


def test_by_default_terms_and_numbers_stand() -> None:
    [answer] = ask("fake")
    assert answer.hypotheses[0].text == (
        "V 2023 qodu Dövlət Miqrasiya Xidmətinə posetili 12 qostey."
    )
    assert -1 < answer.hypotheses[0].score < 0
    assert ask("fake") == [answer]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fake:empty", "empty output"),
        ("fake:repeat", "repetition loop (a phrase 12 times in a row)"),
        ("fake:copy", "the source was copied"),
        ("fake:crash", "the model failed: RuntimeError: the fake engine was told to crash"),
    ],
)
def test_worthless_output_is_a_failed_answer(name: str, reason: str) -> None:
    assert ask(name) == [Answer((), reason)]


def test_subtle_faults_are_left_to_the_checks() -> None:
    assert ask("fake:drop-number")[0].hypotheses[0].text.startswith("V qodu")
    assert "Dövlət" not in ask("fake:no-terms")[0].hypotheses[0].text


def test_faults_can_strike_some_sentences_only() -> None:
    answers = ask("fake:empty@3", *(Request(f"Предложение {i}.") for i in range(60)))
    assert 5 < sum(not answer.hypotheses for answer in answers) < 40


def test_equal_texts_with_other_terms_are_other_requests() -> None:
    with_term, without = ask("fake", Request(TEXT, (TERM,)), Request(TEXT))
    assert "Xidmətinə" in with_term.hypotheses[0].text
    assert "Xidmətinə" not in without.hypotheses[0].text


@pytest.mark.parametrize("name", ["fake:nonsense", "fake:empty@x", "fake:empty@0"])
def test_unknown_faults_are_refused(name: str) -> None:
    with pytest.raises(EngineError, match="fake"):
        load_engine(name)


def test_it_is_an_engine() -> None:
    assert isinstance(load_engine("fake"), Engine)
    assert load_engine("fake").revision != load_engine("fake:empty").revision
