"""Requests are translated in parts, and whole where the parts do not come together."""

from __future__ import annotations

import pytest
from marked import request_of
from scripted import Scripted

from dragoman.engines.candidates import Enforcement
from dragoman.engines.enforce import Enforcer
from dragoman.parts import InParts, plan
from dragoman.records import Draft, Request

Script = dict[str, list[tuple[str, float]]]

PLANS = [
    ("Баку.", ["Баку."]),
    ("Встреча прошла в Баку. Подписан договор.", ["Встреча прошла в Баку.", "Подписан договор."]),
    ("В 2024 г. Баку принял гостей.", ["В 2024 году Баку принял гостей."]),
    ("Он сказал: «Мы все рады этой встрече».", ["Он сказал: «Мир».", "Мы все рады этой встрече"]),
    (
        "«Мы рады. Это добрый знак для всех», – сказал он. Все согласились!",
        ["«Мир», – сказал он.", "Мы рады.", "Это добрый знак для всех", "Все согласились!"],
    ),
    ("Сайт asan.gov.az открыт. Он прост.", ["Сайт KBX открыт.", "Он прост."]),
    ("САЙТ WWW.ASAN.GOV.AZ ОТКРЫТ", ["Сайт KBX открыт"]),
    ("Работа [министра. Договор] подписан.", ["Работа министра. Договор подписан."]),
]


@pytest.mark.parametrize(("marked", "parts"), PLANS)
def test_plans(marked: str, parts: list[str]) -> None:
    found = plan(request_of(marked, ["a term"], "en"), "en")
    assert [request.text for request in found.requests] == parts


def test_terms_go_with_their_parts() -> None:
    marked = "[Баку] рад. «Мы все рады [миру] в [Гяндже]», – сказал [министр]."
    found = plan(request_of(marked, ["Baku", "peace", "Ganja", "minister"], "en"), "en")
    terms = [[term.lemma for term in request.terms] for request in found.requests]
    assert terms == [["Baku"], ["Mir", "minister"], ["peace", "Ganja"]]
    for request in found.requests:
        assert all(request.text[t.start : t.stop] == t.surface for t in request.terms)


WRITTEN = [  # language | asked for | what the model says of it | what stands in the end
    ("az", "САЙТ ASAN.GOV.AZ ОТКРЫТ", "KBX saytı işləyir", "ASAN.GOV.AZ SAYTI İŞLƏYİR"),
    ("en", "САЙТ ASAN.GOV.AZ ОТКРЫТ", "The site is open", None),
    ("en", "• справка 🇦🇿", "Certificate", "• certificate 🇦🇿"),
    ("az", "в) Иран и Китай;", "İran və Çin;", "c) İran və Çin;"),
    ("az", "г) имя;", "Ad;", "ç) ad;"),
    ("en", "г) имя;", "Name;", "d) name;"),
    ("en", "й) имя;", "And) name;", "And) name;"),
    ("en", "• азербайджанские паспорта", "Azerbaijani passports", "• Azerbaijani passports"),
    ("en", "• понедельник", "Monday", "• Monday"),
    ("en", "• выделено US$5 млн", "Allocated 5 million dollars", "• allocated 5 million dollars"),
    ("en", "2. Иностранцы въезжают.", "Foreigners enter.", "2. Foreigners enter."),
    ("en", "Рост – 5 %.", "Growth is 5 per cent.", "Growth is 5%."),
    ("en", "Рост – 5 процентов, не 5%.", "Growth is 5 per cent.", "Growth is 5 per cent."),
    ("az", "Рост – 5 %.", "Artım 5 faizdir.", "Artım 5 faizdir."),
]


@pytest.mark.parametrize(("to", "text", "said", "expected"), WRITTEN)
def test_what_is_written_otherwise_comes_back(
    to: str, text: str, said: str, expected: str | None
) -> None:
    found = plan(Request(text), to)
    made = found.readable.finish(Draft(said, "engine"))
    assert (made and made.text) == expected
    assert found.whole


ADDRESS = Request("Сайт asan.gov.az открыт.")
LOST = {"Сайт KBX открыт.": [("The site is open.", -0.1)]}


def test_a_term_in_capitals_stays_a_term() -> None:
    found = plan(
        request_of("[ПРЕЗИДЕНТ] сообщил. Пришло 5 чел. Документы готовы.", ["x"], "en"), "en"
    )
    assert [request.text for request in found.requests] == [
        "ПРЕЗИДЕНТ сообщил.", "Пришло 5 человек.", "Документы готовы.",
    ]  # fmt: skip
    assert [term.surface for request in found.requests for term in request.terms] == ["ПРЕЗИДЕНТ"]


def test_a_term_after_a_bullet_keeps_its_capital() -> None:
    request = request_of("• [каспий]; [международный] центр", ["Caspian Sea", "Inter"], "en")
    found = plan(request, "en")
    assert found.readable.finish(Draft("Caspian, Centre", "engine")) == Draft(
        "• Caspian, Centre", "engine"
    )
    assert found.readable.finish(Draft("In the centre", "engine")) == Draft(
        "• in the centre", "engine"
    )


def drafted(script: Script, request: Request) -> tuple[str, list[str]]:
    engine = Scripted(script)
    enforcer = Enforcer(engine, "en", settings=Enforcement(another_source=False))
    [made] = InParts(enforcer).drafts([request])
    return made.text, [asked for asked, _ in engine.asked]


def test_a_code_that_is_lost_gives_way_to_another() -> None:
    script = LOST | {"Сайт TKV открыт.": [("The TKV site is open.", -0.1)]}
    text, asked = drafted(script, ADDRESS)
    assert text == "The asan.gov.az site is open."
    assert asked == ["Сайт KBX открыт.", "Сайт TKV открыт."]


def test_a_draft_that_lost_a_code_goes_where_the_text_as_it_came_has_no_address_either() -> None:
    text, _ = drafted(LOST | {ADDRESS.text: [("The .gov.az site", -0.1)]}, ADDRESS)
    assert text == "The site is open."


def test_codes_that_are_lost_leave_the_text_as_it_came() -> None:
    text, asked = drafted(LOST | {ADDRESS.text: [("The asan.gov.az", -0.9)]}, ADDRESS)
    assert text == "The asan.gov.az"
    assert asked == ["Сайт KBX открыт.", "Сайт TKV открыт.", ADDRESS.text]


def test_what_fails_as_it_came_is_not_asked_for_again() -> None:
    assert drafted({}, Request("Да, это так.")) == ("", ["Да, это так."])


SPEECH = Request("Он сказал: «Мы все рады этой встрече».")
OUTER, INNER = "Он сказал: «Мир».", "Мы все рады этой встрече"
BAKU = {"Баку": [("Baku", -0.1)]}


def drafts(script: Script, **settings: bool) -> tuple[list[Draft], list[str]]:
    engine = Scripted(script | BAKU)
    enforcer = Enforcer(engine, "en", settings=Enforcement(another_source=False, **settings))
    heard: dict[int, Draft] = {}
    made = InParts(enforcer).drafts([SPEECH, Request("Баку")], on_draft=heard.__setitem__)
    assert made == [heard[0], heard[1]]
    return made, [asked for asked, _ in engine.asked]


def test_the_parts_are_asked_for_and_come_together() -> None:
    script = {OUTER: [("He said: “Mir”.", -0.2)], INNER: [("We are all glad.", -0.4)]}
    [speech, baku], asked = drafts(script)
    assert speech.text == "He said: “We are all glad.”"
    assert (speech.strategy, baku.text) == ("folded", "Baku")
    assert speech.score == pytest.approx(-0.3, abs=0.02)
    assert asked == [OUTER, INNER, "Баку"]


def test_what_does_not_come_together_is_asked_for_whole() -> None:
    whole = "He said: “We are glad.”"
    script = {OUTER: [("He said so.", -0.2)], INNER: [("We are glad.", -0.4)]}
    [speech, _], asked = drafts(script | {SPEECH.text: [(whole, -0.3)]})
    assert (speech.text, asked[-1]) == (whole, SPEECH.text)


def test_a_part_that_fails_leaves_the_whole() -> None:
    [speech, _], _ = drafts({SPEECH.text: [("He spoke.", -0.3)]})
    assert speech.text == "He spoke."
    [speech, _], _ = drafts({})
    assert (speech.origin, speech.reason) == ("failed", "empty output")


def test_sentences_come_together_in_their_order() -> None:
    text = "Баку. «Гянджа». Шуша!"
    script = {"Баку.": [("Baku.", -0.1)], "«Гянджа».": [("“Ganja”.", -0.1)],
              "Шуша!": [("Shusha!", -0.4)]}  # fmt: skip
    engine = Scripted(script)
    [made] = InParts(Enforcer(engine, "en")).drafts([Request(text)])
    assert made.text == "Baku. “Ganja”. Shusha!"
    assert made.score == pytest.approx((5 * -0.1 + 8 * -0.1 + 7 * -0.4) / 20)


def test_it_can_be_left() -> None:
    _, asked = drafts({SPEECH.text: [("He spoke.", -0.3)]}, folding=False)
    assert asked == [SPEECH.text, "Баку"]
