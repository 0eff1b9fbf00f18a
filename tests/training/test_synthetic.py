"""Pairs that models make: a round trip decides, nothing is done twice, rows are told apart."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.engines.loading import EMBEDDED
from dragoman.glossary import load_glossary
from dragoman.training import stages
from dragoman.training.corpus import OWN_CORPUS, HeldOut, Pair
from dragoman.training.prepare import MADE, Mix, rows
from dragoman.training.start import Shape
from dragoman.training.synthetic import (
    Direction,
    fresh,
    helper_rows,
    make_pairs,
    read_synthetic,
    round_trips,
)
from dragoman.training.trainer import Plan

TINY = Shape(
    width=32, encoder_units=64, decoder_units=64, heads=2, encoder_layers=1, decoder_layers=1
)
NOTHING = HeldOut(())
GLOSSARY = Path(__file__).parents[1] / "golden" / "workspace" / "glossary"


class Book:
    """A translator that knows a few sentences."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known, self.asked = known, 0

    def translate(self, texts: Sequence[str]) -> list[str]:
        self.asked += len(texts)
        return [self.known.get(text, "") for text in texts]


GOOD, BAD, NONE = "Qanun qüvvəyə minir.", "Sənəd imzalanıb.", "Bu cümlə tərcümə olunmur."
THERE = {GOOD: "Закон вступает в силу.", BAD: "Документ подписан."}
BACK = {THERE[GOOD]: "Qanun qüvvəyə minib.", THERE[BAD]: "Hava yaxşıdır, günəşlidir."}


def test_only_what_comes_back_is_kept() -> None:
    found = list(round_trips([GOOD, BAD, NONE], Book(THERE), Book(BACK), 50))
    assert found == [(0, THERE[GOOD])]


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    items = [(text, text) for text in (GOOD, BAD, NONE)]
    book, path = Book(THERE), tmp_path / "synthetic.back.tsv"
    for _ in range(2):
        make_pairs(
            items, book, Book(BACK), path, lambda own, made: Pair(made, own, "az", "back"), 50,
            lambda line: None,
        )  # fmt: skip
    assert book.asked == 3
    assert read_synthetic(tmp_path) == [Pair(THERE[GOOD], GOOD, "az", "back")]


def test_made_pairs_are_told_from_others() -> None:
    made = [Pair(THERE[GOOD], GOOD, "az", "back")]
    mix = Mix(passes=1, aligned=False, terms=False)
    (row,) = rows([], [], load_glossary(GLOSSARY), mix, made=made)
    assert row[0].startswith(f"{MADE} ") and row[1:] == (GOOD, "az")


@pytest.mark.parametrize(
    ("direction", "first", "tag"),
    [
        (Direction("az", "ru"), ("Görüş keçirilib.", "Встреча прошла."), "az"),
        (Direction("en", "az"), ("The meeting was held.", "Görüş keçirilib."), "az"),
        (Direction("az", "en"), ("Görüş keçirilib.", "The meeting was held."), "en"),
    ],
)
def test_helpers_learn_the_corpus_turned_round(
    direction: Direction, first: tuple[str, str], tag: str, tmp_path: Path
) -> None:
    (tmp_path / "a.tsv").write_text(
        "Встреча прошла.\tThe meeting was held.\tGörüş keçirilib.\n", "utf-8"
    )
    with lzma.open(tmp_path / "general.az-en.tsv.xz", "wt", encoding="utf-8") as stream:
        stream.write("x\tSalam dünya.\tHello world.\n")
    found = helper_rows(direction, tmp_path, NOTHING, tmp_path)
    assert found[0] == (*first, tag)
    assert len(found) == (1 if "ru" in str(direction) else 2)
    assert not helper_rows(direction, None, HeldOut(["Görüş keçirilib."]), tmp_path)


def test_texts_are_fresh() -> None:
    texts = [GOOD, "Qanun qüvvəyə minir!", "Qısa.", f"{GOOD} {GOOD}", f"{BAD} {BAD}"]
    assert fresh(texts, HeldOut([f"{BAD} {BAD}"])) == [f"{GOOD} {GOOD}"]


def test_the_stage_end_to_end(tmp_path: Path) -> None:
    """A helper trained for a few steps translates nonsense; what is under test are the steps."""
    corpus, work, said = tmp_path / "corpus", tmp_path / "work", list[str]()
    corpus.mkdir()
    lines = (OWN_CORPUS / "term-dense.tsv").read_text("utf-8").split("\n")[:40]
    (corpus / "small.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    with lzma.open(tmp_path / "mono.az.xz", "wt", encoding="utf-8") as stream:
        stream.write(f"{GOOD} {BAD}\n{NONE}\n")
    stages.prepare(
        work, load_glossary(GLOSSARY), NOTHING, data=None, mix=Mix(aligned=False, words=None),
        vocabulary=600, log=said.append, corpus=corpus,
    )  # fmt: skip
    plan = Plan(steps=3, tokens=400, warmup=1)
    helper = stages.helper(
        work, EMBEDDED, NOTHING, data=None, shape=TINY, plan=plan, log=said.append, threads=1,
        corpus=corpus,
    )  # fmt: skip
    assert (helper / "config.json").is_file()
    stages.back_translate(
        work, helper, helper, NOTHING, data=tmp_path, least=0, limit=0, log=said.append
    )
    assert said[-1].startswith("2 of 2 texts translated"), said
    assert all(pair.origin == "back" for pair in read_synthetic(work))
