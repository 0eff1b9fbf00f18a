"""Words that a model hardly met, told by the dictionary beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.engines import load_engine
from dragoman.engines.dictionary import DICTIONARY, Dictionary, Entry, read_dictionary
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError
from dragoman.languages.ru_words import citation, cited_forms
from dragoman.records import Request, Term

KNOWN = Dictionary(
    Entry.of(*entry, forms.split())
    for *entry, forms in (
        ("неустанный", "a", "tireless", "yorulmaz", "неустанный неустанной неустанная"),
        ("обездоленный", "a", "destitute", "kimsəsiz", "обездоленный обездоленным"),
        ("телепередача", "n", "television programme", "televiziya verilişi",
         "телепередача телепередачах"),
        ("наотрез", "d", "flatly", "qəti şəkildə", "наотрез"),
        ("воронеж", "p", "Voronezh", "Voronej", "воронеж воронеже воронежем"),
        ("кремень", "n", "flint", "çaxmaq daşı", "кремень кремня кремнём"),
        ("кремневый", "a", "flint", "çaxmaq daşı", "кремнёвый кремнёвого"),
        ("карибский", "a", "Caribbean", "Karib", "карибского"),
        ("немец", "n", "German", "alman", "немцев"),
        ("ребенок", "n", "child", "uşaq", "ребёнок дети"),  # no letter in common
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("телепередачами", ("телепередача", "n")),
        ("неустанной", ("неустанный", "a")),
        ("обездоленных", ("обездоленный", "a")),  # a participle, not under обездолить
        ("Наотрез", ("наотрез", "d")),
        ("Воронежа", ("воронеж", "p")),
        ("подъёмник", ("подъемник", "n")),
        ("подъемнику", ("подъемник", "n")),
        ("обездолили", ("обездолить", "v")),
        ("вскоре", ("вскоре", "d")),
        ("возле", ("возле", "")),
    ],
)
def test_how_a_dictionary_lists_a_word(word: str, listed: tuple[str, str]) -> None:
    assert citation(word) == listed


@pytest.mark.parametrize(
    ("lemma", "part", "forms"),
    [
        ("воронеж", "p", "воронеж воронежа воронеже воронежем воронежу"),
        ("наотрез", "d", "наотрез"),
        # мяла, мята, мяты: likelier of мять, as far as the word itself tells
        ("мята", "n", "мятам мятами мятах мяте мяту"),
        ("стекло", "v", ""),
    ],
)
def test_the_forms_of_a_listed_word(lemma: str, part: str, forms: str) -> None:
    assert " ".join(cited_forms(lemma, part)) == forms


def test_nothing_is_told_of_a_term_that_the_engine_is_to_say_unaided() -> None:
    text = "Неустанной работе посвящена телепередача."
    untold = Request(text, unsaid=(Term(0, 10, "неустанный", "unceasing", ()),))
    assert [term.surface for term in KNOWN.told(untold, "en").terms] == ["телепередача"]


@pytest.mark.parametrize(
    ("text", "told", "doubt"),
    [
        ("Неустанной работе посвящена телепередача.", 0, 0.15),  # two words of four
        ("Неустанной работе посвящена телепередача.", 1, 0.075),  # the first is a term
        ("Работе посвящена встреча.", 0, 0.0),
        ("", 0, 0.0),
    ],
)
def test_words_that_were_told_make_a_draft_doubtful(text: str, told: int, doubt: float) -> None:
    terms = (Term(0, 10, "неустанный", "tireless", ()),)[:told]
    assert KNOWN.doubt(Request(text, terms), "en") == pytest.approx(doubt)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("неустанной", "неустанный"), ("Неустанная", "неустанный"), ("неустанно", None),
        ("кремнем", "кремень"), ("кремнём", "кремень"), ("кремнёвого", "кремневый"),
        ("дети", "ребенок"), ("детище", None), ("", None),
    ],
)  # fmt: skip
def test_a_word_is_looked_up_by_its_form(word: str, lemma: str | None) -> None:
    found = KNOWN.look_up(word)
    assert (found.lemma if found else None) == lemma


@pytest.mark.parametrize(
    ("text", "to", "found"),
    [
        ("Благодаря неустанной работе", "en", ["неустанной: tireless"]),
        ("Благодаря неустанной работе", "az", ["неустанной: yorulmaz"]),
        ("Неустанная забота о телепередачах", "en",
         ["Неустанная: tireless", "телепередачах: television programme"]),
        ("Он наотрез отказался помочь обездоленным.", "en",
         ["наотрез: flatly", "обездоленным: destitute"]),
        ("в Воронеже и Воронежем", "az", ["Воронеже: Voronej", "Воронежем: Voronej"]),
        ("Воронеж ждёт", "en", ["Воронеж: Voronezh"]),
        ("у Карибского моря", "az", ["Карибского: Karib"]),
        ("мнение немцев", "en", ["немцев: German"]),
        ("воронеж", "en", []),
        # Maybe the name of a person or of a company; all capitals tell nothing.
        ("компания «Кремень»", "en", []),
        ("НЕУСТАННАЯ РАБОТА", "en", []),
        ("неустанной работе", "de", []),
    ],
)  # fmt: skip
def test_words_are_found_in_any_form(text: str, to: str, found: list[str]) -> None:
    terms = KNOWN.told(Request(text), to).terms
    assert [f"{word.surface}: {word.lemma}" for word in terms] == found
    assert all(text[word.start : word.stop] == word.surface for word in terms)


def test_a_term_goes_before_the_dictionary() -> None:
    text = "Центр неустанной работы: неустанный труд"
    term = Term(0, 23, text[:23], "Tireless Work Centre", ("Tireless Work Centre",))
    told = KNOWN.told(Request(text, (term,)), "en")
    assert told.terms[0] == term
    assert [word.surface for word in told.terms[1:]] == ["неустанный"]


def test_a_text_without_rare_words_is_asked_as_it_is() -> None:
    request = Request("Встреча прошла.")
    assert KNOWN.told(request, "en") is request


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    good = Entry.of("баня", "n", "bathhouse", "hamam", ["баня", "бане"])
    (tmp_path / DICTIONARY).write_text(good.line + "баня\tn\thamam\n", "utf-8")
    with pytest.raises(EngineError, match=r"dictionary\.tsv:2: not a word"):
        read_dictionary(tmp_path)
    (tmp_path / DICTIONARY).write_text(good.line, "utf-8")
    assert read_dictionary(tmp_path).look_up("бане") == good


def test_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / DICTIONARY).write_bytes("баня\tn\tbathhouse\thamam\tбан\tя,е\n".encode("cp1251"))
    with pytest.raises(EngineError, match=r"dictionary\.tsv: cannot be read: .*utf-8.*; export"):
        read_dictionary(tmp_path)


def test_most_models_have_none(tmp_path: Path) -> None:
    assert read_dictionary(tmp_path).look_up("бане") is None


@pytest.fixture(scope="module")
def engine() -> Seq2SeqEngine:
    found = load_engine("embedded")
    assert isinstance(found, Seq2SeqEngine)
    return found


@pytest.mark.parametrize(
    ("text", "to", "said"),
    [
        ("Успех стал возможен благодаря неустанной работе сотрудников.", "en", "tireless"),
        ("Успех стал возможен благодаря неустанной работе сотрудников.", "az", "yorulmaz"),
        ("Вдоль дороги растёт можжевельник.", "en", "juniper"),
        ("Вдоль дороги растёт можжевельник.", "az", "ardıc"),
    ],
)
def test_the_embedded_model_says_them(engine: Seq2SeqEngine, text: str, to: str, said: str) -> None:
    [answer] = engine.translate([Request(text)], to)
    assert said in answer.hypotheses[0].text.lower()


def test_the_entries_of_the_shipped_dictionary(engine: Seq2SeqEngine) -> None:
    lines = (engine.folder / DICTIONARY).read_text("utf-8").splitlines()
    entries = [line.split("\t")[:4] for line in lines]
    assert len(entries) > 25_000
    faults = [
        f"{lemma} {part}: {en}, {az}"
        for lemma, part, en, az in entries
        if part not in "nadpv"
        or lemma != lemma.lower().replace("ё", "е")
        or any(not said.strip() or said != said.strip() for said in (en, az))
        or any(sign in en + az for sign in "⟦¦⟧()[]/;,")
        or any("а" <= letter.lower() <= "я" for letter in en + az)
    ]
    assert not faults, faults
