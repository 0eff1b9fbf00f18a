"""Terms and names found in sentences, and what they ask of the translation."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.glossary import Glossary, expand, holds, terms_fingerprint, violates, wanted

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
    # what Russian says short is said short, where the organisation has a short name
    ("с начальником ГМС", "en", ["Chief of the SMS"]),
    ("с начальником ГМС", "az", ["DMX-nin rəisi"]),
    ("с начальником Госмигрслужбы", "en", ["Chief of the State Migration Service"]),
    ("заместитель главы МВД", "en", ["Deputy Minister of Internal Affairs"]),
    ("глава МВД", "az", ["daxili işlər naziri"]),
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
    ("борьба с торговлей людьми", "en", "a plan to combat trafficking in human beings", True),
    ("борьба с торговлей людьми", "en", "a plan against smuggling", False),
    ("житель Таджикистана", "az", "tacikistanlı sakin", True),
    ("житель Таджикистана", "az", "Tacik sakin", False),
    ("ущерб в 5 тысяч манатов", "az", "5 min manatlıq zərər", True),
    ("закят на каждого члена семьи", "az", "ailənin hər bir üzvü üçün zəkat", True),
    ("закят на каждого члена семьи", "az", "hər bir üzv üçün zəkat", False),
    # a title composed with a short name may be said with the full one, and not as another office
    ("глава ГМС", "en", "the Chief of the State Migration Service", True),
    ("глава ГМС", "az", "Dövlət Miqrasiya Xidmətinin rəisi", True),
    ("глава ГМС", "az", "DMX-nin rəisinə", True),
    ("глава ГМС", "en", "the Director of the SMS", False),
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


WARM = """
import sys
from pathlib import Path
from dragoman.glossary import load_glossary
base = load_glossary(Path(sys.argv[1]), Path(sys.argv[2]))
assert base.find("встреча в Государственной Миграционной Службе с А. Виторино")
print("pymorphy3" in sys.modules, "torch" in sys.modules)
"""


def test_a_warm_run_needs_no_morphology(glossary: Glossary) -> None:
    _ = glossary.index  # the cache is written
    folder = Path(__file__).resolve().parents[2] / "glossary"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", WARM, str(folder), str(glossary.cache)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stdout.split() == ["False", "False"]


def test_one_edited_row_is_expanded_alone(
    glossary: Glossary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "terms.sqlite"
    rows = glossary.rows[:50]
    assert len(list(expand.expand_all(rows, cache))) == 50
    asked: list[str] = []
    original = expand.expand
    monkeypatch.setattr(expand, "expand", lambda row: asked.append(row.concept.id) or original(row))
    edited = replace(rows[3], concept=replace(rows[3].concept, ru=("новое слово",)))
    again = dict(expand.expand_all((*rows[:3], edited, *rows[4:]), cache))
    assert asked == [rows[3].concept.id]
    assert "новому слову" in {form.folded for form in again[edited]}


def test_the_terms_of_a_sentence_have_a_fingerprint(glossary: Glossary) -> None:
    terms = [wanted(hit, "az") for hit in glossary.find("начальник Службы прибыл в Баку")]
    assert terms_fingerprint(terms) == terms_fingerprint(list(terms))
    assert terms_fingerprint(terms) != terms_fingerprint(terms[:1])


def test_overlaps_are_explained(glossary: Glossary) -> None:
    text = "начальник Государственной Миграционной Службы Азербайджанской Республики"
    reasons = {c.hit.concept.id: c.reason for c in glossary.explain(text)}
    assert reasons["chief-state-migration-service"] == ""
    assert "together cover more" in reasons["state-migration-service-republic-azerbaijan"]
    assert "inside the longer" in reasons["state-migration-service"]
