"""Terms found by word alignment: their base forms, and other words in their place."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dragoman.training.align import tokens, word_links
from dragoman.training.corpus import Pair
from dragoman.training.lemmas import Lemmas
from dragoman.training.pseudo import Aligned, find_terms
from dragoman.training.substitute import AlignedTerms, Changes, TermShares

# What the base forms are worked out from: each stem in a few forms.
AZ = """xidmət xidmətin xidmətdə xidmətlər agentlik agentliyin agentlikdə məktub məktubu məktubda
məktublar işçi işçinin işçilər iş işə işdə işin işlər hazırlıq hazırlığın hazırlıqda otaq otağın
otaqda otaqlar verilməsi verilməsinə verilməsini nümunəli istisnasız"""
TEXTS = [*(f"Bu {word} var." for word in AZ.split()), "Dünən London böyüdü, Londonda yağdı."]
EN = ["The service and the services.", "An agency and agencies.", "All the workers left."]


@pytest.mark.parametrize(
    ("said", "name", "cases", "lemma", "kind"),
    [
        ("xidmətində", False, {"loct"}, "xidmət", "plain"),
        ("agentliyinə", False, {"datv"}, "agentlik", "plain"),  # k -> y
        ("otağından", False, {"gent"}, "otaq", "plain"),  # q -> ğ
        ("işçinin", False, {"gent"}, "işçi", "plain"),  # no form of iş
        ("işə", False, {"datv"}, "iş", "plain"),
        ("verilməsinə", False, {"datv"}, "verilmə", "plain"),
        ("nümunəli", False, {"gent"}, None, None),  # an adjective
        ("istisnasız", False, {"gent"}, None, None),  # "without exception"
        # A possessive compound keeps its -I: Miqrasiya Xidmətində is of "miqrasiya xidməti",
        ("miqrasiya xidmətində", False, {"loct"}, "miqrasiya xidməti", "possessive"),
        # an adjective and a noun do not: yeni otaqda is of "yeni otaq".
        ("yeni otaqda", False, {"loct"}, "yeni otaq", "plain"),
        # "(we saw) a new letter" or "the letter of ...": the Russian case tells, or nothing does.
        ("zəmanət məktubu", False, {"nomn"}, "zəmanət məktubu", "possessive"),
        ("zəmanət məktubu", False, {"nomn", "accs"}, None, None),
        ("Londonda", True, {"loct"}, "London", "name"),
    ],
)
def test_azerbaijani_base_forms(
    said: str, name: bool, cases: set[str], lemma: str | None, kind: str | None
) -> None:
    found = Lemmas(TEXTS, "az").base(tokens(said), 1, name, frozenset(cases))
    assert (found[:2] if found else (None, None)) == (lemma, kind)


@pytest.mark.parametrize(
    ("said", "lemma", "plural"),
    [
        ("services", "service", True),
        ("agencies", "agency", True),
        ("rights of workers", "right of workers", True),
        ("service", "service", False),
        ("which", None, None),
        ("director's office", None, None),
    ],
)
def test_english_base_forms(said: str, lemma: str | None, plural: bool | None) -> None:
    found = Lemmas(EN, "en").base(tokens(said), 1, False, frozenset())
    assert (found[0] if found else None) == lemma
    assert found is None or found[2][0].plural is plural


def linked(source: str, target: str, links: str, lang: str = "az") -> dict[str, str]:
    ends = tuple((int(a), int(b)) for a, b in (link.split("-") for link in links.split()))
    found = find_terms([Pair(source, target, lang, "t")], [ends], Lemmas(TEXTS, lang))[0]
    return {source[t.start : t.stop]: target[t.said : t.end] for t in found}


def test_terms_are_what_the_links_cover_and_nothing_else() -> None:
    source, target = "Открыта миграционная служба.", "Miqrasiya xidməti açılıb."
    whole = "миграционная служба"
    assert linked(source, target, "0-2 1-0 2-1 3-3")[whole] == "Miqrasiya xidməti"
    # One word of the phrase is not linked, or a word beside it is linked into it.
    assert whole not in linked(source, target, "0-2 2-1 3-3")
    assert whole not in linked(source, target, "0-1 1-0 2-1 3-3")


TERM = Pair("Письмо службы принято.", "Xidmətin məktubu alınıb.", "az", "t")
LEMMAS = Lemmas(TEXTS, "az")


def aligned(pair: Pair, links: str, pool: list[str], shares: TermShares) -> AlignedTerms:
    ends = tuple((int(a), int(b)) for a, b in (link.split("-") for link in links.split()))
    terms: tuple[Aligned, ...] = find_terms([pair], [ends], LEMMAS)[0]
    return AlignedTerms({pair: terms}, {pair.lang: {"word": pool}}, Random(2), shares)


@pytest.mark.parametrize(
    ("lemma", "said"), [("agentlik", "Agentliyin"), ("otaq", "Otağın"), ("ölkə", "Ölkənin")]
)
def test_another_word_stands_in_the_same_form(lemma: str, said: str) -> None:
    shares = TermShares(annotated=1, swapped=1, spliced=0, mistaken=0)
    writer = aligned(TERM, "0-1 1-0", [lemma], shares)
    seen = set()
    for _ in range(30):
        source: Changes = []
        target: Changes = []
        writer.write(TERM, source, target)
        for (start, stop, marked), (_, _, new) in zip(source, target, strict=True):
            if TERM.source[start:stop] == "службы":
                seen.add((marked, new))
    expected = (f"⟦ службы ¦ {lemma} ⟧", said)
    # "word" or, by chance, "phrase", of which there is none here: then nothing is put in its place.
    assert expected in seen and seen <= {expected, ("⟦ службы ¦ xidmət ⟧", "Xidmətin")}


def test_a_form_that_may_be_read_in_two_ways_stays() -> None:
    """məktubu is "his letter" or "the letter" as an object: ölkəsi or ölkəni cannot be told."""
    shares = TermShares(annotated=1, swapped=1, spliced=0, mistaken=0)
    pair = Pair("Принято письмо.", "Alınıb məktubu.", "az", "t")
    source: Changes = []
    target: Changes = []
    aligned(pair, "0-0 1-1", ["ölkə"], shares).write(pair, source, target)
    assert [new for _, _, new in source] == ["⟦ письмо ¦ məktub ⟧"]
    assert [new for _, _, new in target] == ["məktubu"]


def test_a_taken_place_is_left_alone() -> None:
    shares = TermShares(annotated=1, mistaken=0)
    source: Changes = [(0, len(TERM.source), "x")]
    target: Changes = []
    aligned(TERM, "0-1 1-0", ["otaq"], shares).write(TERM, source, target)
    assert len(source) == 1 and not target


def test_an_article_follows_the_new_word() -> None:
    pair = Pair("Создана служба.", "They set up a service.", "en", "t")
    ends = ((1, 4),)
    terms = find_terms([pair], [ends], Lemmas(EN, "en"))[0]
    shares = TermShares(annotated=1, swapped=1, spliced=0, mistaken=0)
    writer = AlignedTerms({pair: terms}, {"en": {"word": ["agency"]}}, Random(1), shares)
    found = set()
    for _ in range(10):
        source: Changes = []
        target: Changes = []
        writer.write(pair, source, target)
        found |= {new for _, _, new in target}
    assert "an agency" in found and "a agency" not in found


def test_words_are_aligned_once_and_kept(tmp_path: Path) -> None:
    pytest.importorskip("eflomal", reason="eflomal is an extra: pip install -e '.[train]'")
    pairs = [
        Pair(f"{ru} и дом.", f"{en} and house.", "en", "t")
        for ru, en in [("Стол", "Table"), ("Окно", "Window"), ("Сад", "Garden")] * 4
    ]
    said: list[str] = []
    first = word_links(pairs, "en", tmp_path / "links", said.append)
    assert word_links(pairs, "en", tmp_path / "links", said.append) == first
    assert len(said) == 1
    assert all((0, 0) in links for links in first)
