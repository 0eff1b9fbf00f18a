"""From corpora to a pack: clean, held out, annotated, augmented, encoded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from dragoman.engines.annotation import BAR
from dragoman.glossary import Glossary
from dragoman.records import Hit
from dragoman.training.align import word_links
from dragoman.training.annotate import Annotator
from dragoman.training.augment import joined, noisy
from dragoman.training.corpus import (
    OWN_CORPUS,
    HeldOut,
    Pair,
    read_corpus,
    read_general,
    unique,
)
from dragoman.training.lemmas import Lemmas
from dragoman.training.pack import write_pack
from dragoman.training.pseudo import Aligned, find_terms, pools
from dragoman.training.rare import OWN_DICTIONARY, RareWords
from dragoman.training.substitute import AlignedTerms
from dragoman.training.vocabulary import Encoder, train_vocabulary

# Software manuals are plentiful and far from the domain; of these a sample is enough.
MANUALS = {
    "php_docs": 6000,
    "tarantool_docs": 3000,
    "gnome_help": 2500,
    "react_docs": 2500,
    "nginx_docs": 800,
    "mozilla_www": 3000,
}

MADE = BAR  # no text has one of its own: the engine replaces those of the source


@dataclass(frozen=True, slots=True)
class Mix:
    """What goes into a pack: how many passes over our corpus, how much general text."""

    passes: int = 1
    general: float = 1.0  # share of the general English pairs; Azerbaijani, being few, all
    plain_passes: int = 0  # passes without annotation
    joined: float = 0.1
    aligned: bool = True  # annotate what word alignment finds, too
    terms: bool = True  # the glossary's own rows and the name lexicon as short pairs
    seed: int = 7
    words: Path | None = OWN_DICTIONARY  # a dictionary whose words are told
    unseen: frozenset[str] = frozenset()
    caps: dict[str, int] = field(default_factory=lambda: dict(MANUALS))


def read_data(
    data: Path | None, held_out: HeldOut, corpus: Path = OWN_CORPUS
) -> tuple[list[Pair], list[Pair]]:
    """Our corpus and, from the folder `data`, the general pairs: clean, each once, not held out."""
    triples = read_corpus(corpus)
    domain = list(unique((p for triple in triples for p in triple.pairs()), held_out))
    general: list[Pair] = []
    if data is not None:
        for lang in ("en", "az"):
            path = data / f"general.ru-{lang}.tsv.xz"
            if path.is_file():
                general += unique(read_general(path, lang), held_out)
    return domain, general


def capped(pairs: Iterable[Pair], caps: dict[str, int], random: Random) -> list[Pair]:
    """At most `caps[origin]` pairs of an origin, drawn at random."""
    by_origin: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_origin[pair.origin, pair.lang].append(pair)
    kept: list[Pair] = []
    for (origin, _), found in by_origin.items():
        random.shuffle(found)
        kept += found[: caps.get(origin, len(found))]
    random.shuffle(kept)
    return kept


def sampled(general: list[Pair], mix: Mix) -> list[Pair]:
    """The general pairs that go into a pack."""
    drawn = capped(general, mix.caps, Random(mix.seed))
    english = [pair for pair in drawn if pair.lang == "en"]
    return [p for p in drawn if p.lang == "az"] + english[: round(mix.general * len(english))]


def align_terms(
    pairs: Sequence[Pair], names: Mapping[str, Iterable[str]], monolingual: Iterable[str],
    mix: Mix, work: Path, log: Callable[[str], None],
) -> AlignedTerms:  # fmt: skip
    """Find the aligned terms of all `pairs`; links of words are kept in the folder `work`.

    `names` are further names, by language, that may stand in for one found; `monolingual`
    Azerbaijani text helps to find base forms.
    """
    found: dict[Pair, tuple[Aligned, ...]] = {}
    by_lang: dict[str, dict[str, list[str]]] = {}
    for lang in ("en", "az"):
        chosen = [pair for pair in pairs if pair.lang == lang]
        if not chosen:
            continue
        links = word_links(chosen, lang, work / f"links.{lang}", log)
        more = monolingual if lang == "az" else ()
        lemmas = Lemmas((*(pair.target for pair in chosen), *more), lang)
        terms = find_terms(chosen, links, lemmas)
        by_lang[lang] = pools(terms, names[lang])
        found.update(zip(chosen, terms, strict=True))
        log(f"{sum(map(len, terms))} aligned terms in {len(chosen)} pairs into {lang}")
    return AlignedTerms(found, by_lang, Random(mix.seed + 1))


def make_vocabulary(
    folder: Path, domain: Iterable[Pair], general: Iterable[Pair], size: int
) -> None:
    """Train the shared vocabulary on both sides of all pairs and on every letter we know."""
    sentences = {text for pair in domain for text in (pair.source, pair.target)}
    sentences |= {text for pair in general for text in (pair.source, pair.target)}
    train_vocabulary([*sorted(sentences), *[_LETTERS] * 50], folder, size)


_LETTERS = "".join(
    (
        "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZWabcçdeəfgğhxıijkqlmnoöprsştuüvyzw",
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "0123456789«»“”„’'\"()[]{}<>@#%&*+=/\\_|~^$€£₼°§№…–—-.,;:!?",
    )
)


def build(
    path: Path, domain: list[Pair], general: list[Pair], glossary: Glossary, encoder: Encoder,
    mix: Mix, aligned: AlignedTerms | None = None, made: Sequence[Pair] = (),
    rare: RareWords | None = None,
) -> int:  # fmt: skip
    """Write a pack; return how many pairs it holds."""
    made_of = rows(domain, general, glossary, mix, aligned, made, rare)
    return write_pack(path, made_of, encoder)


def rows(
    domain: list[Pair], general: list[Pair], glossary: Glossary, mix: Mix,
    aligned: AlignedTerms | None = None, made: Sequence[Pair] = (),
    rare: RareWords | None = None,
) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """(source, target, lang) of a whole pack, in no particular order; `general` as `sampled`.

    Pairs that models `made` carry a sign before their source, so that the model tells them from
    what people wrote (Caswell et al. 2019).
    """
    random = Random(mix.seed)
    annotator = Annotator(glossary, random, unseen=mix.unseen, aligned=aligned, rare=rare)
    hits: dict[str, tuple[Hit, ...]] = {}
    for number in range(mix.passes + mix.plain_passes):
        plain = number >= mix.passes
        for pair in (*domain, *joined(domain, random, mix.joined, 90)):
            if pair.source not in hits:
                hits[pair.source] = glossary.find(pair.source)
            marked = None if plain else annotator.annotate(pair, hits[pair.source])
            yield _row(pair, marked, random)
    for pair in general:
        yield _row(pair, annotator.annotate(pair, glossary.find(pair.source)), random)
    for pair in made:
        source, target, lang = _row(pair, None, random)
        yield f"{MADE} {source}", target, lang
    if mix.terms:
        yield from _terms(glossary, mix.unseen)


def _row(pair: Pair, marked: tuple[str, str] | None, random: Random) -> tuple[str, str, str]:
    source, target = marked or (pair.source, pair.target)
    return (*noisy(source, target, pair.lang, random), pair.lang)


def _terms(glossary: Glossary, unseen: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    for concept in glossary.concepts:
        if concept.id in unseen:
            continue
        for lang in ("en", "az"):
            for russian in concept.ru:
                yield russian, concept.wording(lang).preferred, lang
    for name in glossary.names.names:
        yield name.ru[0], name.en, "en"
        yield name.ru[0], name.az, "az"
