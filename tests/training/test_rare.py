"""The dictionary in training."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dragoman.engines.dictionary import Entry, read_dictionary
from dragoman.errors import UsageError
from dragoman.training.corpus import Pair
from dragoman.training.rare import OWN_DICTIONARY, SELDOM, RareWords, read_entries, write_dictionary
from dragoman.training.substitute import Changes

OWN = """\
неустанный	a	tireless	yorulmaz
сугроб	n	snowdrift	qar təpəsi
чикаго	p	Chicago	Çikaqo
сетовать	v	lament	gileylənmək
обвенчаться	v	get married	nikah kəsdirmək
обокрасть	v	rob	soymaq
копировать	v	copy	köçürmək
унизить	v	humiliate	alçaltmaq
"""


@pytest.fixture
def known(tmp_path: Path) -> list[Entry]:
    (tmp_path / "own.tsv").write_text(OWN, "utf-8")
    return list(read_entries(tmp_path / "own.tsv"))


def test_a_model_gets_the_words_that_its_pack_hardly_holds(
    known: list[Entry], tmp_path: Path
) -> None:
    def left_out(*sources: str) -> list[str]:
        entries = RareWords(sources, Random(1), known).entries
        return [entry.lemma for entry in known if entry not in entries]

    often = [f"Сугробы высотой {number} м." for number in range(SELDOM)]
    assert not left_out(*often, "Неустанный труд.")
    assert not left_out(*often, *often)  # one sentence counts once
    assert left_out(*often, "У сугроба.") == ["сугроб"]
    write_dictionary(known, tmp_path)
    assert read_dictionary(tmp_path).look_up("сугробами") in known


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text(OWN + "сугроб\tsnowdrift\n", "utf-8")
    with pytest.raises(UsageError, match=r"own\.tsv:9: not a word.*; mend the line"):
        list(read_entries(tmp_path / "own.tsv"))
    (tmp_path / "own.tsv").write_bytes(OWN.encode("utf-16"))
    with pytest.raises(UsageError, match=r"own\.tsv: cannot be read: .*; save it as UTF-8"):
        list(read_entries(tmp_path / "own.tsv"))


@pytest.mark.parametrize(
    ("source", "target", "lang", "marked"),
    [
        ("За сугробами пусто.", "It is empty behind the snowdrifts.", "en", "сугробами"),
        ("За сугробами пусто.", "Qar təpələrinin arxası boşdur.", "az", "сугробами"),
        ("Неустанная работа.", "Tireless work.", "en", "Неустанная"),
        ("Неустанная работа.", "Unceasing work.", "en", ""),  # said otherwise
        ("За сугробами пусто.", "It is empty behind the drifts.", "en", ""),
        ("Жили в Чикаго.", "Çikaqoda yaşayırdılar.", "az", "Чикаго"),
        ("Он сетовал на погоду.", "He lamented the weather.", "en", "сетовал"),
        ("Он сетовал на погоду.", "Havadan gileylənirdi.", "az", "сетовал"),
        ("Они обвенчались.", "They are getting married.", "en", "обвенчались"),
        ("Они обвенчались.", "They got married.", "en", "обвенчались"),
        ("Его обокрали.", "He was robbed.", "en", "обокрали"),
        ("Она копирует.", "She copies.", "en", "копирует"),
        ("Её унизили.", "She was humiliated.", "en", "унизили"),
        ("Её унизили.", "Onu alçaltdılar.", "az", "унизили"),
        ("Её унизят.", "Onu alçaldacaqlar.", "az", "унизят"),
        ("Её унизили.", "Onun alçaq adamı.", "az", ""),
    ],
)
def test_it_is_told_where_the_reference_says_so(
    known: list[Entry], source: str, target: str, lang: str, marked: str
) -> None:
    changes: Changes = []
    RareWords((), Random(1), known).tell(Pair(source, target, lang, "t"), changes, [])
    assert [source[start:stop] for start, stop, _ in changes] == [marked] * bool(marked)
    assert all(f"⟦ {marked} ¦ " in text for _, _, text in changes)


def test_what_is_said_once_answers_one_word(known: list[Entry]) -> None:
    def told(target: str) -> int:
        changes: Changes = []
        pair = Pair("За сугробом сугроб.", target, "en", "t")
        RareWords((), Random(1), known).tell(pair, changes, [])
        return len(changes)

    assert told("Behind the snowdrift there is a snowdrift.") == 2
    assert told("Behind the snowdrift there is another.") == 1


def test_what_other_changes_touch_is_left_alone(known: list[Entry]) -> None:
    pair = Pair("За сугробами пусто.", "It is empty behind the snowdrifts.", "en", "t")
    for source, target in (([(3, 12, "x")], []), ([], [(23, 33, "x")])):
        before = list(source)
        RareWords((), Random(1), known).tell(pair, source, target)
        assert source == before


def test_common_words_are_told_less_often(known: list[Entry]) -> None:
    pair = Pair("За сугробами пусто.", "It is empty behind the snowdrifts.", "en", "t")
    rare = RareWords((f"Сугроб {n}." for n in range(SELDOM * 9)), Random(1), known)
    told: list[Changes] = [[] for _ in range(600)]
    for changes in told:
        rare.tell(pair, changes, [])
    assert 150 < sum(map(len, told)) < 250  # a third


def test_our_dictionary_has_each_word_once_and_in_order() -> None:
    lines = OWN_DICTIONARY.read_text("utf-8").splitlines()
    assert all(len(line.split("\t")) == 4 for line in lines)
    keys = [tuple(line.split("\t")[:2]) for line in lines]
    assert keys == sorted(set(keys))
