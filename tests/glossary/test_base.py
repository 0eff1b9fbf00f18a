"""The repository's own term base: what it must hold, whatever else is added."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from dragoman.glossary import Glossary, holds, wanted
from dragoman.glossary.countries import STATES, country_rows

LEAD = "Речь шла про "
ROOT = Path(__file__).resolve().parents[2]


def test_it_is_large_enough(glossary: Glossary) -> None:
    assert len(glossary.concepts) >= 600
    assert len(glossary.names.names) >= 2_400


def test_every_concept_is_found_by_each_of_its_forms(glossary: Glossary) -> None:
    """In a sentence of its own, each Russian form is found, as this concept or a longer one."""
    lost = []
    for concept in glossary.concepts:
        for form in (*concept.ru, *concept.ru_abbreviations):
            text = f"{LEAD}{form}."
            hits = glossary.find(text)
            if not any(h.start <= len(LEAD) and h.stop >= len(LEAD) + len(form) for h in hits):
                lost.append(f"{concept.id}: {form}")
    assert lost == []


def test_every_wording_holds_itself(glossary: Glossary) -> None:
    wrong = []
    for concept in glossary.concepts[::5]:
        for hit in glossary.find(f"{LEAD}{concept.ru[0]}.")[:1]:
            for lang in ("en", "az"):
                term = wanted(hit, lang)
                if not holds(term, f"so {term.lemma}.", lang):
                    wrong.append(f"{concept.id} ({lang}): {term.lemma}")
    assert wrong == []


def test_all_countries_are_there(glossary: Glossary) -> None:
    with (ROOT / "glossary" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        stored = {row["id"] for row in csv.DictReader(stream)}
    assert stored == {row["id"] for row in country_rows()}
    assert len(stored) == len(STATES.split()) == 195


OFFICIAL = [
    ("Турция", "Türkiye", "Türkiyə"),
    ("Чехия", "Czech Republic", "Çexiya"),
    ("Великобритания", "United Kingdom", "Böyük Britaniya"),
    ("Республика Корея", "Republic of Korea", "Koreya Respublikası"),
    ("Россия", "Russia", "Rusiya"),
    ("Киев", "Kyiv", "Kiyev"),
    ("январь", "January", "yanvar"),
    ("министр юстиции", "Minister of Justice", "ədliyyə naziri"),
    ("заместитель министра обороны", "Deputy Minister of Defence", "müdafiə nazirinin müavini"),
    ("Министерство внутренних дел Азербайджанской Республики",
     "Ministry of Internal Affairs of the Republic of Azerbaijan",
     "Azərbaycan Respublikasının Daxili İşlər Nazirliyi"),
]  # fmt: skip


@pytest.mark.parametrize(("ru", "en", "az"), OFFICIAL)
def test_official_wordings(glossary: Glossary, ru: str, en: str, az: str) -> None:
    hit = glossary.find(f"упомянут {ru}")[-1]
    assert (wanted(hit, "en").lemma, wanted(hit, "az").lemma) == (en, az)


def test_ministers_agree_with_ministries(glossary: Glossary) -> None:
    """министр X is Minister of X where Министерство X is Ministry of X, in both languages."""
    by_russian = {c.ru[0]: c for c in glossary.concepts}
    for russian, ministry in by_russian.items():
        match = re.fullmatch(r"Министерство ((?!.*Республики).*)", russian)
        if not match:
            continue
        minister = by_russian.get(f"министр {match.group(1)}")
        assert minister is not None, russian
        assert minister.en.preferred == ministry.en.preferred.replace("Ministry", "Minister")
        stem = ministry.az.preferred.removesuffix(" Nazirliyi").casefold().replace("i̇", "i")
        assert minister.az.preferred.casefold().replace("i̇", "i") == f"{stem} naziri"
