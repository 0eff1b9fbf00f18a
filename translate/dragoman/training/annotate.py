"""Training pairs with terms written into the source, in the format of `engines.annotation`.

The target-lemma annotation of Bergmanis and Pinnis (2021): the base form of the translation goes
in, the reference holds it in the form that the sentence needs. A model that only sees true terms
learns the words instead of copying and inflecting what it is told; so most annotated terms are
first replaced by another name, place or organisation, in the source, in the annotation and,
inflected alike, in the reference. A few annotations are wrong and the reference declines them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dragoman import languages
from dragoman.engines.annotation import BAR, CLOSE, OPEN
from dragoman.glossary import Glossary, wanted
from dragoman.languages import az, en, guess_kind, ru_names
from dragoman.languages.text import Kind, Span
from dragoman.records import Hit
from dragoman.training.corpus import Pair
from dragoman.training.rare import RareWords
from dragoman.training.standins import Invented, StandIn, of_concept
from dragoman.training.substitute import AlignedTerms, Changes

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_PHRASES = frozenset(("organisation", "document", "event", "law"))


@dataclass(frozen=True, slots=True)
class Shares:
    """How often things happen: of sentences (annotated), of their terms (the others)."""

    annotated: float = 0.55
    term: float = 0.85
    swapped: float = 0.65
    declined: float = 0.02


@dataclass(frozen=True, slots=True)
class Match:
    """A hit of the source and where the target says it, in `phrase`'s inflected form."""

    hit: Hit
    span: Span
    phrase: str
    kind: Kind


class Annotator:
    """Writes terms into training pairs. Deterministic for one `random` and one order of pairs."""

    def __init__(
        self,
        glossary: Glossary,
        random: Random,
        shares: Shares | None = None,
        unseen: frozenset[str] = frozenset(),
        aligned: AlignedTerms | None = None,
        rare: RareWords | None = None,
    ) -> None:
        """`unseen` concepts (ids) are never annotated nor swapped in, to measure them later.

        `aligned` terms and `rare` words are written beside those of the glossary.
        """
        self._random, self._shares, self._unseen = random, shares or Shares(), unseen
        self._aligned, self._rare = aligned, rare
        self._places = self._pool(c for c in glossary.concepts if c.type == "place")
        phrases = [c for c in glossary.concepts if c.type in _PHRASES]
        self._phrases = self._pool(phrases)
        self._invented = Invented(random)
        self._titles = self._pool(c for c in glossary.concepts if c.type == "title")
        self._given = [n for n in glossary.names.names if n.kind != "surname"]
        self._surnames = [n for n in glossary.names.names if n.kind == "surname"]

    def _pool(self, concepts: object) -> list[StandIn]:
        return [of_concept(c) for c in concepts if c.id not in self._unseen]  # type: ignore[attr-defined]

    def annotate(self, pair: Pair, hits: Sequence[Hit]) -> tuple[str, str] | None:
        """(source, target) with terms written in; None when this pair stays as it is."""
        if self._random.random() >= self._shares.annotated:
            return None
        matches = [m for m in align(pair, hits) if m.hit.concept.id not in self._unseen]
        groups: dict[tuple[str, str], list[Match]] = {}
        for match in matches:
            groups.setdefault((match.phrase, match.hit.kind), []).append(match)
        new_source: Changes = []
        new_target: Changes = []
        for group in groups.values():
            if self._random.random() < self._shares.term:
                self._write(pair, group, new_source, new_target)
        if self._aligned is not None:
            self._write_aligned(pair, hits, matches, new_source, new_target)
        if self._rare is not None:
            self._rare.tell(pair, new_source, new_target)
        if not new_source:
            return None
        return _replace(pair.source, new_source), _replace(pair.target, new_target)

    def _write_aligned(
        self,
        pair: Pair,
        hits: Sequence[Hit],
        matches: Sequence[Match],
        new_source: Changes,
        new_target: Changes,
    ) -> None:
        """Aligned terms where the glossary has none; always when it has none at all."""
        assert self._aligned is not None
        before = len(new_source)
        # What the glossary knows keeps its own words.
        known = [(h.start, h.stop, pair.source[h.start : h.stop]) for h in hits]
        said = [(m.span.start, m.span.stop, m.span.surface) for m in matches]
        source, target = known.copy(), said.copy()
        self._aligned.write(pair, source, target, always=not before)
        new_source += source[len(known) :]
        new_target += target[len(said) :]

    def _write(
        self,
        pair: Pair,
        group: list[Match],
        new_source: Changes,
        new_target: Changes,
    ) -> None:
        swap = self._random.random() < self._shares.swapped and self._stand_in(group[0].hit)
        declined = not swap and self._random.random() < self._shares.declined
        for match in group:
            hit, lemma, surface = match.hit, match.phrase, match.hit.surface
            if swap:
                case = hit.cases[0] if hit.cases else "nomn"
                surface = swap.form(case, hit.number or "sing")
                lemma = swap.target[pair.lang]
                said = said_alike(match.span, lemma, pair.lang, swap.kind[pair.lang])
                new_target.append((match.span.start, match.span.stop, said))
            elif declined:
                lemma = self._invented.draw().target[pair.lang]
            marked = f"{OPEN} {surface} {BAR} {lemma} {CLOSE}"
            new_source.append((hit.start, hit.stop, marked))

    def _stand_in(self, hit: Hit) -> StandIn | None:
        kind = hit.concept.type
        if kind == "person":
            return self._person(hit) if self._given and self._surnames else None
        if hit.kind == "abbreviation":
            return None
        if kind in _PHRASES and self._random.random() < 0.7:
            return self._invented.draw()
        pools = {"place": self._places, "title": self._titles}
        pool = pools.get(kind, self._phrases if kind in _PHRASES else None)
        if not pool:
            return None
        for _ in range(5):
            found = self._random.choice(pool)
            if ("nomn", hit.number or "sing") in found.ru:
                return found
        return None

    def _person(self, hit: Hit) -> StandIn | None:
        given, family = self._random.choice(self._given), self._random.choice(self._surnames)
        woman = given.kind == "given-f"
        ru_family = ru_names.feminine(family.ru[0]) if woman else family.ru[0]
        tail = "a" if woman and family.az.endswith(("v", "ski", "in")) else ""
        names = {"en": [given.en, family.en + tail], "az": [given.az, family.az + tail]}
        gender: ru_names.Gender = "femn" if woman else "masc"
        second = ru_names.surname(ru_family, gender)
        first = ru_names.given(given.ru[0], gender)
        words = hit.surface.split()
        if "." in hit.surface:
            lead = given.ru[0][0] + "."
            ru_forms = [f"{lead} {cell[0]}" for cell in second]
            names = {lang: [parts[0][0] + ".", parts[1]] for lang, parts in names.items()}
        elif len(words) == 1:
            ru_forms = [cell[0] for cell in second]
            names = {lang: parts[1:] for lang, parts in names.items()}
        else:
            ru_forms = [f"{a[0]} {b[0]}" for a, b in zip(first, second, strict=True)]
        forms = {(case, "sing"): form for case, form in zip(CASES, ru_forms, strict=True)}
        kinds: dict[str, Kind] = {"en": "name", "az": "name"}
        return StandIn(forms, {lang: " ".join(n) for lang, n in names.items()}, kinds)


def align(pair: Pair, hits: Sequence[Hit]) -> list[Match]:
    """The hits whose base form the target says as often as the source does, with their spans."""
    taken: list[Span] = []
    matches: list[Match] = []
    by_phrase: dict[str, list[Hit]] = {}
    for hit in hits:
        by_phrase.setdefault(wanted(hit, pair.lang).lemma, []).append(hit)
    for phrase in sorted(by_phrase, key=len, reverse=True):
        group = by_phrase[phrase]
        kind: Kind = (
            "name"
            if group[0].concept.type == "person"
            else guess_kind(phrase, pair.lang, group[0].concept.type)
        )
        spans = [
            span
            for span in recognise(pair.target, phrase, pair.lang, kind)
            if not any(span.start < t.stop and t.start < span.stop for t in taken)
        ]
        if len(spans) == len(group):
            taken += spans
            matches += [Match(h, s, phrase, kind) for h, s in zip(group, spans, strict=True)]
    return matches


def recognise(text: str, phrase: str, lang: str, kind: Kind) -> tuple[Span, ...]:
    """Where `text` says `phrase`, by the language's own rules."""
    return languages.recognise(text, phrase, lang, kind)


def said_alike(span: Span, phrase: str, lang: str, kind: Kind) -> str:
    """`phrase` in the form that `span` has."""
    form = span.readings[0]
    if lang == "az":
        said = _matching_form(phrase, span, kind)
    else:
        said = en.plural(phrase, kind) if form.plural else phrase
        if span.surface.endswith(("'s", "’s")):
            said += "’s" if "’" in span.surface else "'s"
    if span.surface.isupper() and len(span.surface) > 5:
        said = az.upper(said) if lang == "az" else said.upper()
    return said


def _matching_form(phrase: str, span: Span, kind: Kind) -> str:
    wanted_form = span.readings[0]
    for form in az.forms(phrase, kind):
        same = (form.case, form.plural, form.possessive, form.clitic) == (
            wanted_form.case, wanted_form.plural, wanted_form.possessive, wanted_form.clitic
        )  # fmt: skip
        if same:
            return form.text
    return az.inflect(phrase, wanted_form.case, plural=wanted_form.plural, kind=kind)


def _replace(text: str, changes: Changes) -> str:
    for start, stop, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[stop:]
    return text
