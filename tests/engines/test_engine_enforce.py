"""Terms are brought in by every means that an engine has, and nothing is paid for them blindly."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import Constrainable, Scripted

from dragoman.engines import Decoding, load_engine
from dragoman.engines.candidates import Enforcement
from dragoman.engines.constraints import END, build_trie
from dragoman.engines.dictionary import Dictionary, Entry
from dragoman.engines.enforce import Enforcer
from dragoman.engines.wording import (
    doubled,
    fits,
    fragments,
    holds_form,
    lost_numbers,
    replaced,
    said_again,
    whole,
)
from dragoman.records import Draft, Request, Term


def term(words: str, *forms: str, text: str = "", forbidden: tuple[str, ...] = ()) -> Term:
    start = text.index(words) if text else 0
    return Term(start, start + len(words), words, forms[0], forms, forbidden)


TEXT = "Служба провела 2 встречи в Баку."
BAKU = term("Баку", "Bakıda", "Bakı", "Bakının", text=TEXT)


def draft(engine: Scripted, request: Request, **settings: object) -> Draft:
    enforcement = Enforcement(**settings)  # type: ignore[arg-type]
    [made] = Enforcer(engine, "az", settings=enforcement).drafts([request])
    return made


def test_a_first_choice_with_its_terms_is_taken_as_it_is() -> None:
    engine = Scripted({TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.2)]})
    made = draft(engine, Request(TEXT, (BAKU,)))
    assert (made.text, made.strategy, made.cost) == ("Xidmət Bakıda 2 görüş keçirdi.", "plain", 0)
    assert engine.asked == [(TEXT, 4)]


def test_a_draft_begins_as_its_source_does() -> None:
    engine = Scripted({"Иран рад.": [("iran şaddır.", -0.2)], "иран рад": [("iran şad", -0.2)]})
    assert draft(engine, Request("Иран рад.")).text == "İran şaddır."
    assert draft(engine, Request("иран рад")).text == "iran şad"


def test_words_told_by_the_dictionary_lower_the_score_of_a_draft() -> None:
    engine = Scripted({TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.2)]})
    engine.dictionary = Dictionary([Entry.of("встреча", "n", "meeting", "görüş", ["встречи"])])  # type: ignore[attr-defined]
    made = draft(engine, Request(TEXT, (BAKU,)))
    assert (made.score, made.cost) == (pytest.approx(-0.2 - 0.3 / 6), 0)


def test_n_best_is_reranked_by_terms_first() -> None:
    engine = Scripted({TEXT: [("Xidmət paytaxtda 2 görüş keçirdi.", -0.2),
                              ("Xidmət Bakıda 2 görüş etdi.", -0.5)]})  # fmt: skip
    made = draft(engine, Request(TEXT, (BAKU,)))
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş etdi.", "n-best")
    assert made.cost == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (-0.25, "Xidmət Bakıda 2 görüş keçirdi."),
        (-0.55, "Xidmət Bakının 2 görüşünü keçirdi."),  # so much less likely: it may be wrong
    ],
)
def test_a_form_that_answers_the_russian_case_is_worth_a_little(score: float, text: str) -> None:
    engine = Scripted({TEXT: [("Xidmət Bakının 2 görüşünü keçirdi.", -0.2),
                              ("Xidmət Bakıda 2 görüş keçirdi.", score)]})  # fmt: skip
    asked = replace(BAKU, fitting=("Bakıda",))
    assert draft(engine, Request(TEXT, (asked,))).text == text


def test_annotated_terms_are_named_so() -> None:
    engine = Scripted({"+" + TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.2)]}, takes_terms=True)
    assert draft(engine, Request(TEXT, (BAKU,))).strategy == "annotated"


def test_where_the_annotated_source_fails_the_plain_one_is_tried() -> None:
    engine = Scripted({TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.2)]}, takes_terms=True)
    assert draft(engine, Request(TEXT, (BAKU,))).strategy == "plain"


def test_a_long_sentence_is_first_translated_without_being_told_its_terms() -> None:
    unaided = {TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.2)]}
    engine = Scripted({**unaided, "+" + TEXT: [("Xidmət Bakıda keçirdi.", -0.1)]}, takes_terms=True)
    made = draft(engine, Request(TEXT, (BAKU,)), long=6)
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş keçirdi.", "plain")
    assert engine.asked == [(TEXT, 4)]


def test_of_a_long_sentence_only_the_terms_are_told_that_it_lacks() -> None:
    service = term("Служба", "Xidmət", text=TEXT)
    script = {TEXT: [("Xidmət paytaxtda 2 görüş keçirdi.", -0.2)],
              "+" + TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.3)]}  # fmt: skip
    engine = Scripted(script, takes_terms=True)
    made = draft(engine, Request(TEXT, (service, BAKU)), long=6)
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş keçirdi.", "annotated")
    assert engine.told == [(), (BAKU,)]


def test_a_long_sentence_that_fails_unaided_is_told_all_its_terms() -> None:
    engine = Scripted({"+" + TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.3)]}, takes_terms=True)
    made = draft(engine, Request(TEXT, (BAKU,)), long=6)
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş keçirdi.", "annotated")


def test_a_term_is_put_into_the_source_for_engines_that_take_none() -> None:
    replaced = "Служба провела 2 встречи в Bakıda."
    engine = Scripted({TEXT: [("Xidmət 2 görüş keçirdi.", -0.2)],
                       replaced: [("Xidmət Bakıda 2 görüş keçirdi.", -0.6)]})  # fmt: skip
    made = draft(engine, Request(TEXT, (BAKU,)))
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş keçirdi.", "replaced")


def test_the_constrained_beam_is_the_last_resort_and_keeps_the_terms_there_are() -> None:
    service = term("Служба", "Xidmət", "Xidməti", text=TEXT)
    engine = Constrainable(
        {TEXT: [("Xidmət 2 görüş keçirdi.", -0.2)]},
        constrained={TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.7)]},
    )
    made = draft(engine, Request(TEXT, (service, BAKU)))
    assert (made.text, made.strategy) == ("Xidmət Bakıda 2 görüş keçirdi.", "constrained")
    assert engine.wanted == [["Bakıda", "Bakı", "Bakının"], ["Xidmət", "Xidməti"]]


@pytest.mark.parametrize(("score", "strategy"), [(-0.4, "constrained"), (-0.55, "plain")])
def test_a_term_in_a_doubtful_form_is_searched_in_those_that_fit(
    score: float, strategy: str
) -> None:
    engine = Constrainable(
        {TEXT: [("Xidmət Bakının 2 görüşünü keçirdi.", -0.2)]},
        constrained={TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", score)]},
    )
    made = draft(engine, Request(TEXT, (replace(BAKU, fitting=("Bakıda",)),)))
    assert engine.wanted == [["Bakıda"]]
    assert made.strategy == strategy


def test_a_term_that_came_to_stand_first_is_capitalised() -> None:
    text = "В стране действует исполнительная власть."
    asked = term("исполнительная власть", "icra hakimiyyəti", text=text)
    engine = Constrainable(
        {text: [("Ölkədə hakimiyyət var.", -0.2)]},
        constrained={text: [("icra hakimiyyəti ölkədə var.", -0.5)]},
    )
    assert draft(engine, Request(text, (asked,))).text == "İcra hakimiyyəti ölkədə var."


def test_a_candidate_as_long_as_the_source_is_none_too_long() -> None:
    """The engine's own choice left out half."""
    engine = Constrainable(
        {TEXT: [("2 görüş.", -0.2)]},
        constrained={TEXT: [("Xidmət Bakıda 2 görüş keçirdi.", -0.6)]},
    )
    assert draft(engine, Request(TEXT, (BAKU,))).text == "Xidmət Bakıda 2 görüş keçirdi."


REFUSED = {
    "score falls too far": ("Xidmət Bakıda 2 görüş keçirdi.", -3.0),
    "much longer": ("Xidmət Bakıda 2 görüş keçirdi və başqa məsələlər müzakirə etdi.", -0.4),
    "much shorter": ("2 Bakıda.", -0.4),
    "loses a number": ("Xidmət Bakıda görüş keçirdi.", -0.4),
    "says phrases twice": ("Bakıda keçirdi 2 Bakıda keçirdi 2 Bakıda.", -0.4),
    "hangs words on behind the end": ("Xidmət 2 görüş keçirdi. bakıda Bakıda.", -0.4),
    "says no term either": ("Xidmət orada 2 görüş keçirdi.", -0.1),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_candidate_that_costs_too_much_is_refused(why: str) -> None:
    engine = Constrainable(
        {TEXT: [("Xidmət 2 görüş keçirdi.", -0.2)]}, constrained={TEXT: [REFUSED[why]]}
    )
    made = draft(engine, Request(TEXT, (BAKU,)))
    if why == "says no term either":
        assert "Bakı" not in made.text
    else:
        assert (made.text, made.cost) == ("Xidmət 2 görüş keçirdi.", 0.0)


def test_numbers_decide_between_hypotheses_where_terms_do_not() -> None:
    engine = Scripted({TEXT: [("Xidmət görüş keçirdi.", -0.1), ("Xidmət 2 görüş etdi.", -0.2)]})
    assert draft(engine, Request(TEXT)).text == "Xidmət 2 görüş etdi."


def test_a_forbidden_rendering_loses_to_none() -> None:
    asked = term("Баку", "Bakı", text=TEXT, forbidden=("Baku",))
    engine = Scripted({TEXT: [("Xidmət Baku 2 görüş.", -0.1), ("Xidmət orada 2 görüş.", -0.2)]})
    assert draft(engine, Request(TEXT, (asked,))).text == "Xidmət orada 2 görüş."


def test_failure_is_a_draft_with_its_reason_and_shifts_nothing() -> None:
    engine = Scripted({"один": [("bir", -0.1)], "три": [("üç", -0.1)]})
    heard: dict[int, Draft] = {}
    requests = [Request("один"), Request("два"), Request("три")]
    drafts = Enforcer(engine, "az").drafts(requests, on_draft=heard.__setitem__)
    assert [d.text for d in drafts] == ["bir", "", "üç"]
    assert (drafts[1].origin, drafts[1].reason) == ("failed", "empty output")
    assert heard == dict(enumerate(drafts))


def test_over_the_fake_engine_all_terms_are_held() -> None:
    drafts = Enforcer(load_engine("fake"), "az").drafts([Request(TEXT, (BAKU,))] * 3)
    assert {d.strategy for d in drafts} == {"annotated"}
    assert all(holds_form(BAKU, d.text) for d in drafts)
    failing = Enforcer(load_engine("fake:no-terms"), "az").drafts([Request(TEXT, (BAKU,))])
    assert failing[0].origin == "engine"
    assert not holds_form(BAKU, failing[0].text)


HOLDS = [
    (("Bakı", "Bakıda"), "Görüş Bakıda keçirildi.", True),
    (("Bakı",), "Görüş Bakıda keçirildi.", False),
    (("Bakı",), "Bakı.", True),
    (("baş nazir",), "Baş nazir gəldi.", True),
    (("icra hakimiyyəti",), "İcra hakimiyyəti bildirdi.", True),
    (("BMT",), "BMT-nin qərarı", True),
    (("UN",), "UNESCO", False),
    (("C++",), "in C++ only", True),
]


@pytest.mark.parametrize(("forms", "text", "expected"), HOLDS)
def test_holds_form(forms: tuple[str, ...], text: str, expected: bool) -> None:
    assert holds_form(term("x", *forms), text) is expected


@given(st.text("aə_1- .", max_size=12), st.text("aə_1- .", min_size=1, max_size=3))
def test_whole_words_are_those_of_a_pattern(text: str, form: str) -> None:
    pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
    assert list(whole(form, text)) == [match.start() for match in re.finditer(pattern, text)]
    assert replaced(text, form, "ə a") == re.sub(pattern, "ə a", text)


def test_lost_numbers_counts_each_occurrence() -> None:
    assert lost_numbers(Request("12 и 12, 5"), "12 and 5") == 1
    assert lost_numbers(Request("1 200"), "1 200, 7") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xidmət Bakıda görüş keçirdi.", 0),
        ("the head of the service and the head of the service", 3),
        ("a a a a", 1),
        ("", 0),
    ],
)
def test_said_again(text: str, expected: int) -> None:
    assert said_again(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the board of the board of the shelter", "the board of the shelter"),
        ("Organization for Migration for Migration met", "Organization for Migration met"),
        ("vətəndaş cəmiyyətinin vətəndaş cəmiyyətinin nümayəndələri",
         "vətəndaş cəmiyyətinin nümayəndələri"),
        ("the bilateral bilateral talks in Baden Baden", "the bilateral talks in Baden Baden"),
        ("as well as as partners", "as well as partners"),
        ("Nazirlik ilə ilə bağlı", "Nazirlik ilə bağlı"),
        ("he came in in May, bir bir, had had", None),
        ("more and more, very very long, addım addım, 10 May 10 May", None),
        ("növbə-növbə, the then then-minister, tez-tez tez", None),
    ],
)  # fmt: skip
def test_what_is_said_twice_in_a_row(text: str, expected: str | None) -> None:
    found = list(doubled("Правление приюта.", text))
    assert [text.replace(*pair) for pair in found] == ([expected] if expected else [])
    assert not list(doubled("Они шли и шли и шли.", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came to the Republic. police major.", 1),
        ("He came. The police did not.", 0),
        ("On 5 p.m. sharp, Mr. Kim came.", 0),
        ("Görüş keçirildi. şəhərdə.", 1),
        ("Görüş keçirildi. Şəhərdə. Əhali.", 0),
    ],
)
def test_fragments(text: str, expected: int) -> None:
    assert fragments(text) == expected


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("insan hüquqlarına", "İnsan hüquqlarına hörmət edilir.", True),
        ("Caspian Sea’s", "The Caspian Sea's level fell.", True),
        ("work permit", "Work permits are issued.", False),
    ],
)
def test_forms_that_fit(form: str, text: str, expected: bool) -> None:
    assert fits(replace(term("x", form), fitting=(form,)), text) is expected


def test_trie_knows_where_a_form_ends() -> None:
    trie = build_trie([[1, 2], [1], [3]])
    assert trie == {1: {END: True, 2: {END: True}}, 3: {END: True}}


# What the taught model is made to say, and what must come out (any form of each group).
SOURCE = "Служба провела встречу в Баку."
CONSTRAINTS = [
    [["Bakıda", "Bakı"]],
    [["baş nazir"]],
    [["Nazir"], ["müqavilə"]],
    [["ölkəyə", "Ölkəyə"], ["12"]],
]


@pytest.mark.parametrize("wanted", CONSTRAINTS)
def test_constrained_search_says_every_group(taught: Path, wanted: list[list[str]]) -> None:
    engine = load_engine(str(taught), decoding=Decoding(dtype="float32"))
    [answer] = engine.constrain([Request(SOURCE)], "az", [wanted], n_best=4)  # type: ignore[attr-defined]
    assert answer.hypotheses
    for hypothesis in answer.hypotheses:
        for group in wanted:
            assert holds_form(term("x", *group), hypothesis.text), hypothesis.text


def test_a_constraint_met_anyway_changes_nothing(taught: Path) -> None:
    engine = load_engine(str(taught), decoding=Decoding(dtype="float32"))
    [free] = engine.translate([Request(SOURCE)], "az")
    [bound] = engine.constrain([Request(SOURCE)], "az", [[["Bakıda"]]])  # type: ignore[attr-defined]
    assert bound.hypotheses[0].text == free.hypotheses[0].text
    assert bound.hypotheses[0].score == pytest.approx(free.hypotheses[0].score, abs=1e-4)


@pytest.mark.parametrize("name", ["m2m100", "nllb", "madlad"])
def test_constrained_search_over_other_families(model: Callable[[str], Path], name: str) -> None:
    """Random weights say nothing sound, but the search must come to its end."""
    engine = load_engine(str(model(name)), decoding=Decoding(dtype="float32", beams=2))
    [answer] = engine.constrain([Request("Да.")], "az", [[["Bakı", "Bakıda"]]], n_best=12)  # type: ignore[attr-defined]
    assert bool(answer.hypotheses) != bool(answer.reason)
    assert all(holds_form(BAKU, hypothesis.text) for hypothesis in answer.hypotheses)


def test_a_term_outside_the_vocabulary_is_a_reason(taught: Path) -> None:
    engine = load_engine(str(taught))
    [answer] = engine.constrain([Request(SOURCE)], "az", [[["漢字"]]])  # type: ignore[attr-defined]
    assert answer.reason == "a term cannot be written with the model's vocabulary"
