"""Segments: every case file line, every rule, the seeds, and what holds for any text."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.records import Block, Document, Release
from dragoman.releases import read_release
from dragoman.segment import (
    explain,
    format_explanation,
    segment_release,
    split_sentences,
)
from dragoman.segment.rules import RULES

ROOT = Path(__file__).parent.parent
BENCH: dict[str, Any] = runpy.run_path(str(ROOT / "tests" / "bench" / "segmenters.py"))
CASES: tuple[str, ...] = BENCH["cases"]("sentences.txt")
KNOWN_FAILURES: tuple[str, ...] = BENCH["cases"]("sentences-known-failures.txt")


def with_bars(text: str) -> str:
    for _, stop in reversed(split_sentences(text)[:-1]):
        text = f"{text[:stop]}¦{text[stop:]}"
    return text


def why(text: str) -> str:
    return "\n".join(
        f"{'cut ' if v.cut else 'keep'} {v.rule}: …{text[max(0, v.stop - 20) : v.stop]}"
        for v in explain(text)
    )


# --- The case files


@pytest.mark.parametrize("line", CASES)
def test_case(line: str) -> None:
    text = line.replace("¦", "")
    assert with_bars(text) == line, why(text)


@pytest.mark.parametrize("line", KNOWN_FAILURES)
@pytest.mark.xfail(strict=True, reason="known failure: if it passes, move it to sentences.txt")
def test_known_failure(line: str) -> None:
    assert with_bars(line.replace("¦", "")) == line


def test_there_are_enough_cases_and_none_twice() -> None:
    assert len(CASES) >= 180
    assert len(set(CASES)) == len(CASES)


def test_ours_is_better_than_razdel_alone() -> None:
    lines = CASES + KNOWN_FAILURES
    ours = BENCH["lines_right"](BENCH["ours"], lines)
    razdel = BENCH["lines_right"](BENCH["razdel"], lines)
    assert ours > razdel, f"ours {ours}, razdel {razdel} of {len(lines)}"


# --- Each rule fires where it should (text, its decision at ¦) and not where it should not

FIRES = {
    "nothing_before": ("...¦ И вот центр открыт.", False),
    "nothing_after": ("Работа продолжается…¦ »", False),
    "sentence_goes_on": ("Миграция и т. д.¦ , как сказано выше.", False),
    "inside_brackets": ("Центр (Баку.¦ 12 мая) открыт.", False),
    "bracketed_remark": ("Гость прибыл.¦ (Фото: пресс-служба.)", False),
    "inside_quotes": ("Он сказал: «Мы рады.¦ Работа идёт».", False),
    "space_forgotten": ("Обсуждены вопросы сотрудничества.¦Затем состоялся приём.", True),
    "list_letter": ("а) регулирование миграции.¦ б) защита прав.", True),
    "latin_name_follows": ("Услуга доступна.¦ e-Visa выдаётся за 3 дня.", True),
    "small_letter_follows": ("Встреча прошла в 2023 г.¦ в Баку.", False),
    "dash_follows": ("Мы рады!¦ – сказал он.", False),
    "list_number": ("1.¦ Регулирование миграции.", False),
    "numbered_heading": ("Статья 5.¦ Права мигрантов", False),
    "spaced_date": ("Договор от 05.¦ 06. 2024 подписан.", False),
    "initial": ("После встречи А.¦ Виторино уехал.", False),
    "inner_pair": ("Это важно, т. е.¦ Азербайджан участвует.", False),
    "act_title": ("Закон от 2 июля 2013 г.¦ «О миграции» действует.", False),
    "year_or_century": ("Служба создана в 2007 г.¦ Закон принят позже.", True),
    "month": ("Встреча прошла 12 окт.¦ 2023 года.", False),
    "quantity": ("Стоимость – 5 млн.¦ 200 тыс. манатов.", False),
    "and_so_on": ("Приняты визы и др.¦ Итоги подведены.", True),
    "abbreviation": ("Гости посетили г.¦ Баку.", False),
    "abbreviation_or_word": ("Село лежит среди гор.¦ Стороны построят дорогу.", True),
    "letter_of_number": ("Самолёт Boeing 747-8F.¦ Рейс прибыл.", True),
    "mark_in_name": ("В рамках акции «Мы едины!»¦ Служба провела встречу.", False),
    "ordinary_word": ("Директор рассказал о нем.¦ Президент ответил.", True),
}

# The same place, but the rule has nothing to say or says the opposite.
DOES_NOT_FIRE = {
    "nothing_before": "Работа продолжается…¦ И вот центр открыт.",
    "nothing_after": "Работа продолжается…¦ Да.",
    "sentence_goes_on": "Миграция и т. д.¦ Затем приём.",
    "inside_brackets": "Центр (Баку) открыт.¦ Гости вошли (их 20).",
    "bracketed_remark": "Гость прибыл.¦ (МОМ) и Служба подписали протокол.",
    "inside_quotes": "Проект «Школа» завершён.¦ Проект «Центр» начат.",
    "space_forgotten": "Выступил проф.¦ Алиев.",
    "list_letter": "Меры приняты.¦ Б) это пункт.",
    "latin_name_follows": "Выступил проф.¦ e-Visa упомянута.",
    "small_letter_follows": "Встреча прошла.¦ Стороны довольны.",
    "dash_follows": "Мы рады!¦ Он улыбнулся.",
    "list_number": "Участвовали 10.¦ Отказов нет.",
    "numbered_heading": "Изменена статья 5 и статья 7, всего 2.¦ Они важны.",
    "spaced_date": "Их было 10.¦ 12 ушли.",
    "initial": "С докладом выступил Гусейнов В. М.¦ Затем начался приём.",
    "inner_pair": "Обсуждены визы и т. д.¦ Затем приём.",
    "act_title": "Служба создана в 2007 г.¦ «Школа миграции» открыта в 2020 г.",
    "year_or_century": "Гости посетили г.¦ Баку.",
    "month": "Принят закон.¦ Он важен.",
    "quantity": "Обезврежено много мин.¦ Работа продолжается.",
    "and_so_on": "Его звали Андр.¦ Он уехал.",
    "abbreviation": "Гости посетили Баку.¦ Затем они уехали.",
    "abbreviation_or_word": "Гости прибыли в гор.¦ Гянджа.",
    "letter_of_number": "Прибыли 747.¦ Рейс завершён.",
    "mark_in_name": "Прозвучал вопрос: «Что дальше?»¦ Ответил министр.",
    "ordinary_word": "Он рассказал.¦ Президент ответил.",
}


def verdict_at_bar(line: str) -> tuple[bool, str]:
    at = line.index("¦")
    verdicts = {v.stop: (v.cut, v.rule) for v in explain(line.replace("¦", ""))}
    assert at in verdicts, f"no candidate at the bar of {line!r}: {verdicts}"
    return verdicts[at]


def test_every_rule_has_its_cases() -> None:
    names = [rule.__name__ for rule in RULES]
    assert list(FIRES) == names
    assert list(DOES_NOT_FIRE) == names


@pytest.mark.parametrize("rule", FIRES)
def test_rule_fires(rule: str) -> None:
    line, cut = FIRES[rule]
    assert verdict_at_bar(line) == (cut, rule)


@pytest.mark.parametrize("rule", DOES_NOT_FIRE)
def test_rule_does_not_fire(rule: str) -> None:
    cut, decided = verdict_at_bar(DOES_NOT_FIRE[rule])
    expected = FIRES[rule][1]
    assert decided != rule or cut != expected


# --- Releases


@pytest.mark.parametrize(
    ("name", "count"), [("000_baa23979a0928521", 16), ("002_07ecc92213e0843d", 20)]
)
def test_the_seeds(name: str, count: int) -> None:
    document = segment_release(read_release(ROOT / "seeds" / f"{name}.txt"))
    assert len(document.segments) == count
    assert [s.kind for s in document.segments] == ["title"] + ["sentence"] * (count - 1)
    assert_faithful(document)


def release_of(*paragraphs: str, kinds: str = "") -> Release:
    """A release of these blocks; `kinds` has a letter for each: t(itle), p(aragraph), c(hrome)."""
    names = {"t": "title", "p": "paragraph", "c": "chrome"}
    blocks, start = [], 0
    for i, (text, kind) in enumerate(zip(paragraphs, kinds or "p" * len(paragraphs), strict=True)):
        if text:
            blocks.append(Block(start, start + len(text), names[kind], i + 1))  # type: ignore[arg-type]
        start += len(text) + 1
    return Release("r", "seeds/r.txt", "\n".join(paragraphs), tuple(blocks))


def assert_faithful(document: Document) -> None:
    """In order, apart, equal to the text they point at, and nothing but spaces left over."""
    release = document.release
    text = release.text
    covered = [False] * len(text)
    position = 0
    for segment in document.segments:
        assert position <= segment.start < segment.stop
        assert text[segment.start : segment.stop] == segment.text
        assert segment.text == segment.text.strip()
        covered[segment.start : segment.stop] = [True] * len(segment.text)
        position = segment.stop
    for block in release.blocks:
        for i in range(block.start, block.stop):
            if block.kind == "chrome":
                assert not covered[i], f"chrome in a segment: {text[i]!r} at {i}"
            elif not text[i].isspace():
                assert covered[i], f"lost: {text[i]!r} at {i}"


def test_title_paragraphs_and_chrome() -> None:
    release = release_of(
        "Az En",
        "Встреча в Баку. Подписан меморандум",
        "Он важен. Срок – 5 лет.",
        "",
        "Итог.",
        "© 2024",
        kinds="ctpppc",
    )
    segments = segment_release(release).segments
    assert [(s.text, s.kind, s.paragraph, s.line) for s in segments] == [
        ("Встреча в Баку. Подписан меморандум", "title", 0, 2),
        ("Он важен.", "sentence", 1, 3),
        ("Срок – 5 лет.", "sentence", 1, 3),
        ("Итог.", "sentence", 2, 5),
    ]
    assert_faithful(segment_release(release))


def test_a_long_speech_is_cut_inside_its_quotes() -> None:
    sentence = "Мы продолжим работу, которая начата вместе с нашими международными партнёрами."
    speech = f"Он сказал: «{' '.join([sentence] * 9)}»"
    assert len(split_sentences(speech)) == 9
    assert len(split_sentences(f"Он сказал: «{sentence} {sentence}»")) == 1


def test_nothing_from_nothing() -> None:
    assert split_sentences("") == ()
    assert explain("") == ()
    assert segment_release(release_of()).segments == ()


def test_explanation_names_the_rule_of_each_candidate() -> None:
    release = release_of(
        "Az En", "Встреча. Итоги", "В г. Баку прошла встреча. Она удалась.", kinds="ctp"
    )
    lines = format_explanation(release)
    assert lines[0] == "seeds/r.txt:1 chrome: Az En"
    assert lines[1] == "seeds/r.txt:2 title: Встреча. Итоги"
    assert [line.split()[:2] for line in lines[3:-1]] == [
        ["keep", "abbreviation"],
        ["cut", "razdel:sentence_end"],
    ]
    assert lines[-1] == "3 segments"


# --- What holds for any text

PIECES = st.sampled_from(BENCH["cases"]("sentence-pieces.txt"))
PARAGRAPH = st.lists(PIECES, max_size=25).map(lambda words: " ".join(words))


@settings(max_examples=300)
@given(st.lists(PARAGRAPH, max_size=4))
def test_segments_are_faithful(paragraphs: list[str]) -> None:
    assert_faithful(segment_release(release_of(*paragraphs)))


@settings(max_examples=200)
@given(st.text(alphabet="Аа.!?…«»()\"'–- 1гBb", max_size=60).map(lambda t: " ".join(t.split())))
def test_no_character_is_lost(text: str) -> None:
    assert_faithful(segment_release(release_of(text)))


@settings(max_examples=150)
@given(PARAGRAPH)
def test_verdicts_agree_with_the_cuts(text: str) -> None:
    stops = [stop for _, stop in split_sentences(text)[:-1]]
    assert stops == [v.stop for v in explain(text) if v.cut]


# Long enough that a release of addresses under it is Russian still.
HEADING = "Заголовок пресс-релиза Государственной Миграционной Службы Азербайджанской Республики"


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(CASES), min_size=1, max_size=4, unique=True),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([" ", "  ", "\xa0", "\u202f", " \u200b", "\t"]),
)
def test_newlines_and_spaces_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], newline: str, space: str
) -> None:
    path = tmp_path_factory.mktemp("r") / "r.txt"
    paragraphs = [HEADING, *(line.replace("¦", "") for line in lines)]

    def segments(newline: str, space: str) -> list[str]:
        text = (newline * 2).join(p.replace(" ", space) for p in paragraphs)
        path.write_bytes(text.encode())
        return [s.text for s in segment_release(read_release(path)).segments]

    assert segments(newline, space) == segments("\n", " ")
