"""Terms that no training text can hold: evaluation sentences that are to say words nobody uses.

One term of a sentence is asked for in other words: a name spliced from two others, or an
institution of that name. The source stays; the reference says the new words in the form of the
old. What a model makes of them it can only have from the annotation: this measures copying and
inflecting, apart from what it knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from dragoman.glossary import Glossary
from dragoman.languages import accepted_forms
from dragoman.languages.text import Kind
from dragoman.records import Term
from dragoman.training.annotate import Match, align, said_alike
from dragoman.training.corpus import Pair, read_corpus

SEED = 20_261
_HEADS = {
    "en": ("Agency", "Committee", "Centre", "Fund", "Council"),
    # The possessive: it stands behind a name.
    "az": ("Agentliyi", "Komitəsi", "Mərkəzi", "Fondu", "Şurası"),
}


@dataclass(frozen=True, slots=True)
class Probe:
    """A source, its reference with the word put in, and the term that asks for that word."""

    source: str
    reference: str
    term: Term


def probes(pairs: Sequence[Pair], glossary: Glossary) -> Iterator[Probe]:
    """One for each of `pairs` that says a term of the glossary just once; always the same ones."""
    random = Random(SEED)
    for pair in pairs:
        matches = [m for m in align(pair, glossary.find(pair.source)) if _apart(m)]
        alone = [m for m in matches if sum(n.phrase == m.phrase for n in matches) == 1]
        if not alone:
            continue
        match = random.choice(alone)
        lemma, kind = _invented(match, pair.lang, glossary, random)
        said = said_alike(match.span, lemma, pair.lang, kind)
        target = pair.target
        hit = match.hit
        case = hit.cases[0] if hit.cases else ""
        term = Term(
            hit.start, hit.stop, hit.surface, lemma,
            accepted_forms(lemma, pair.lang, kind, russian_case=case, number=hit.number),
        )  # fmt: skip
        reference = target[: match.span.start] + said + target[match.span.stop :]
        yield Probe(pair.source, reference, replace(term, concept="invented"))


def seen_concepts(glossary: Glossary) -> frozenset[str]:
    """The concepts (ids) that our own corpus speaks of. Raises UsageError where it is not, as in
    an installed package."""
    return frozenset(hit.concept.id for triple in read_corpus() for hit in glossary.find(triple.ru))


def _apart(match: Match) -> bool:
    """Whether the term can be said with other words: no abbreviation, nothing in capitals."""
    return match.hit.kind != "abbreviation" and not match.span.surface.isupper()


def _invented(match: Match, lang: str, glossary: Glossary, random: Random) -> tuple[str, Kind]:
    names = [name.en if lang == "en" else name.az for name in glossary.names.names]
    name = _splice(names, random)
    if match.kind == "name":
        return name, "name"
    head = random.choice(_HEADS[lang])
    return f"{name} {head}", "plain" if lang == "en" else "possessive"


def _splice(names: Sequence[str], random: Random) -> str:
    """The beginning of one name and the end of another, a name that is not among `names`."""
    while True:
        first, second = random.choice(names), random.choice(names)
        made = first[: (len(first) + 1) // 2] + second[len(second) // 2 :]
        if len(made) > 4 and made.isalpha() and made not in names:
            return made
