"""Terms and names found in sentences, and what they ask of the translation."""

from __future__ import annotations

import pytest

from dragoman.glossary import Glossary, holds, violates, wanted

SAID = [
    # Russian, language, expected lemmas in order
    ("В Государственной Миграционной Службе", "en", ["State Migration Service"]),
    ("делегация МОМ и УВКБ ООН", "en", ["IOM", "UNHCR"]),
    ("делегация МОМ и УВКБ ООН", "az", ["BMqT", "BMT QAK"]),
    ("В. Гусейнов отметил", "az", ["V. Hüseynov"]),
    ("В.М. Гусейнов отметил", "en", ["V. M. Huseynov"]),
    ("отметил Гусейнов В.", "en", ["V. Huseynov"]),
    ("в качестве «Страны- первопроходца»", "en", ["Champion country"]),
    ("начальник Государственной Миграционной Службы Азербайджанской Республики", "en",
     ["Chief of the State Migration Service", "Republic of Azerbaijan"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "lemmas"), SAID)
def test_lemmas(glossary: Glossary, text: str, lang: str, lemmas: list[str]) -> None:
    assert [wanted(hit, lang).lemma for hit in glossary.find(text)] == lemmas


def test_offsets_are_into_the_text(glossary: Glossary) -> None:
    text = "Года  Гейдара\u00a0Алиева, в\u00adстреча c «Министром иностранных  дел»"
    hits = glossary.find(text)
    assert len(hits) == 2
    assert all(text[h.start : h.stop] == h.surface for h in hits)


HELD = [
    (
        "встреча в Государственной миграционной службе",
        "az",
        "Dövlət Miqrasiya Xidmətində görüş",
        True,
    ),
    ("встреча в Государственной миграционной службе", "az", "Miqrasiya Xidmətində görüş", False),
    ("встреча в Государственной миграционной службе", "en", "at the State Migration Service", True),
    ("два меморандума о взаимопонимании", "en", "two memoranda of understanding", True),
    ("делегация МОМ", "az", "BMqT-nin nümayəndə heyəti", True),
    ("делегация МОМ", "en", "a delegation of mom", False),
]


@pytest.mark.parametrize(("source", "lang", "text", "verdict"), HELD)
def test_verdict(glossary: Glossary, source: str, lang: str, text: str, verdict: bool) -> None:
    term = wanted(glossary.find(source)[0], lang)
    assert holds(term, text, lang) is verdict
    assert violates(term, text, lang) == ()


def test_a_forbidden_form_is_named(glossary: Glossary) -> None:
    term = wanted(glossary.find("посол Турции")[-1], "en")
    assert violates(term, "the Ambassador of Turkey", "en") == ("Turkey",)
    assert violates(term, "the Ambassador of Türkiye", "en") == ()
