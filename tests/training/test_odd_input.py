"""Odd input to the embedded model as it ships: an end in bounded time, or a reason."""

from __future__ import annotations

import pytest

from dragoman.enforcing import enforcer
from dragoman.engines import load_engine
from dragoman.engines.base import Engine
from dragoman.engines.judging import fault
from dragoman.records import Request

LONG = (
    "В ходе встречи стороны обсудили вопросы миграции, обменялись опытом и договорились о "
    "дальнейшем сотрудничестве в сфере управления границами. "
)
ODD = {
    "empty": "",
    "space": " \u00a0\t",
    "numbers": "12 345,6 – 2023",
    "emoji": "🎉🇦🇿👍🏽",
    "Latin": "Press release: State Migration Service, info@example.org",
    "all capitals": "МИНИСТЕРСТВО ИНОСТРАННЫХ ДЕЛ СООБЩАЕТ О ВСТРЕЧЕ",
    "400 words": LONG * 24,
    "400 words, one sentence": "и " + "новые правила и старые порядки, " * 80 + "и всё.",
    "one long word": "государственномиграционно" * 20,
    "garbage": "фывапр олджэ \x00\x1f \ufffd ЪЪЪ %%% ⟦ ¦ ⟧ ⟦⟦ >>en<< </s> <pad>",
    "marks of ours": "⟦ Служба ¦ Service ⟧ открыта.",
    "Chinese": "移民局举行了会议。",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("embedded")


@pytest.mark.parametrize("lang", ["en", "az"])
def test_odd_input_ends_or_fails_with_a_reason(engine: Engine, lang: str) -> None:
    """All in one call, as a run does it: one odd sentence spoils no other."""
    chosen = {name: text for name, text in ODD.items() if lang == "az" or name != "400 words"}
    drafts = enforcer(engine, lang).drafts([Request(text) for text in chosen.values()])
    assert len(drafts) == len(chosen)
    for (name, text), draft in zip(chosen.items(), drafts, strict=True):
        assert len(draft.text) <= 4 * len(text) + 80, f"{name}: {draft.text}"
        assert not any(sign in draft.text for sign in "⟦¦⟧\x00"), f"{name}: {draft.text}"
        if not draft.text.strip() and text.strip():
            assert draft.reason, f"{name} failed without a reason"
        elif any(c.isalpha() for c in text):
            assert not fault(text, draft.text), f"{name}: {draft.text}"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "empty output"),
        ("Стороны обсудили вопросы миграции.", "the source was copied"),
        ("the sides the sides the sides the sides the sides", "repetition loop"),
        ("hahahahahahahahahaha", "repetition loop"),
        ("Стороны обсудили matters миграции", "left in Cyrillic"),
        (" ".join(f"number {n} agreed" for n in range(30)), "too long"),
        ("12 – 34", "no word in the output"),
    ],
)
def test_what_is_no_translation_has_a_name(said: str, reason: str) -> None:
    assert fault("Стороны обсудили вопросы миграции.", said).startswith(reason)
