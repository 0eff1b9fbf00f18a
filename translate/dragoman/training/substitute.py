"""Aligned terms written into training pairs, most of them with another word in their place.

A model that only ever sees the true translation beside a word learns the word, and not to do as it
is told. So the base form is mostly another's, and the reference says that other word, inflected
alike; where grammar does not tell for sure how, the term stays as it is. Now and then a verb is
annotated by mistake, as a false hit would be, and the reference takes no notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dragoman.engines.annotation import BAR, CLOSE, OPEN
from dragoman.languages import az, en
from dragoman.languages.ru_words import parses_of
from dragoman.training.align import tokens
from dragoman.training.corpus import Pair
from dragoman.training.pseudo import Aligned

Changes = list[tuple[int, int, str]]  # text[start:stop] becomes the string
# How often a sentence has one, two, ... terms (Bergmanis and Pinnis 2021).
_TERMS = (100, 50, 25, 13, 7)
_NOT_ALONE = ("VERB", "INFN", "GRND")


@dataclass(frozen=True, slots=True)
class TermShares:
    """How often things happen: of sentences (annotated, mistaken), of their terms (swapped)."""

    annotated: float = 0.55
    swapped: float = 0.6
    spliced: float = 0.12  # of the swapped: a word that no language has
    mistaken: float = 0.03


class AlignedTerms:
    """Writes the aligned terms of pairs into them."""

    def __init__(
        self,
        found: dict[Pair, tuple[Aligned, ...]],
        pools: dict[str, dict[str, list[str]]],
        random: Random,
        shares: TermShares | None = None,
    ) -> None:
        """`pools` has base forms by language and by `Aligned.shape`."""
        self._found, self._pools, self._random = found, pools, random
        self._shares = shares or TermShares()
        self._counts = Counter(
            (pair.lang, term.lemma) for pair, terms in found.items() for term in terms
        )

    def write(self, pair: Pair, source: Changes, target: Changes, *, always: bool = False) -> None:
        """Add changes of the pair to those of `source` and `target`, which they do not touch.

        Only a share of the pairs is changed at all, unless `always`.
        """
        if not always and self._random.random() >= self._shares.annotated:
            return
        wanted = self._random.choices(range(1, len(_TERMS) + 1), _TERMS)[0]
        for term in self._drawn(pair):
            if wanted and free(source, term.start, term.stop) and free(
                target, term.said, term.end
            ):  # fmt: skip
                self._annotate(pair, term, source, target)
                wanted -= 1
        if self._random.random() < self._shares.mistaken:
            self._mistake(pair, source)

    def _drawn(self, pair: Pair) -> list[Aligned]:
        """The terms of a pair by chance, rare and long ones sooner (Efraimidis, Spirakis 2006)."""
        terms = self._found.get(pair, ())
        weights = [t.words / self._counts[pair.lang, t.lemma] ** 0.5 for t in terms]
        keys = [self._random.random() ** (1 / weight) for weight in weights]
        return [terms[i] for i in sorted(range(len(terms)), key=keys.__getitem__, reverse=True)]

    def _annotate(self, pair: Pair, term: Aligned, source: Changes, target: Changes) -> None:
        lemma = term.lemma
        swap = self._swap(pair, term) if self._random.random() < self._shares.swapped else None
        if swap is not None:
            lemma, start, said = swap
            target.append((start, term.end, said))
        else:
            # The span is taken, so that no overlapping term changes it.
            target.append((term.said, term.end, pair.target[term.said : term.end]))
        surface = pair.source[term.start : term.stop]
        source.append((term.start, term.stop, f"{OPEN} {surface} {BAR} {lemma} {CLOSE}"))

    def _swap(self, pair: Pair, term: Aligned) -> tuple[str, int, str] | None:
        """Another base form, and the words that say it from some place on to the term's end."""
        shape = term.shape
        if shape in ("word", "phrase") and self._random.random() < 0.2:
            shape = "word" if shape == "phrase" else "phrase"
        pool = self._pools[pair.lang].get(shape)
        if not pool or not term.readings:
            return None
        for _ in range(4):
            lemma = self._random.choice(pool)
            if shape in ("word", "name") and self._random.random() < self._shares.spliced:
                lemma = _splice(lemma, self._random.choice(pool))
            said = _inflected(lemma, term, pair.lang)
            if said is not None and lemma != term.lemma:
                break
        else:
            return None
        before = pair.target[: term.said].rstrip()
        start = term.said
        if not before and lemma[0].islower():
            said = az.capitalise(said) if pair.lang == "az" else said[0].upper() + said[1:]
        last = before.rpartition(" ")[2]
        if pair.lang == "en" and last.lower() in ("a", "an"):
            article = en.article(said)
            start = len(before) - len(last)
            said = f"{article.capitalize() if last[0] == 'A' else article} {said}"
        return lemma, start, said

    def _mistake(self, pair: Pair, source: Changes) -> None:
        pool = self._pools[pair.lang].get("word")
        words = [
            token
            for token in tokens(pair.source)
            if len(token.text) > 4 and token.text.islower()
            and parses_of(token.text)[0].tag.POS in _NOT_ALONE
            and free(source, token.start, token.stop)
        ]  # fmt: skip
        if words and pool:
            word, lemma = self._random.choice(words), self._random.choice(pool)
            source.append((word.start, word.stop, f"{OPEN} {word.text} {BAR} {lemma} {CLOSE}"))


def free(changes: Sequence[tuple[int, int, str]], start: int, stop: int) -> bool:
    """Whether none of `changes` touches ``[start, stop)``."""
    return all(stop <= first or last <= start for first, last, _ in changes)


def _splice(one: str, other: str) -> str:
    """The beginning of one word and the end of another, in the letters' size of the first."""
    if " " in one or " " in other or len(one) < 4 or len(other) < 4:
        return one
    return one[: len(one) // 2] + other[len(other) // 2 :]


def _inflected(lemma: str, term: Aligned, lang: str) -> str | None:
    """`lemma` in the form of the term; None where its readings would give different ones."""
    if lang == "en":
        return en.plural(lemma) if term.readings[0].plural else lemma
    kind = "possessive" if term.kind == "possessive" else term.kind
    said = {
        az.inflect(
            lemma, form.case, plural=form.plural, possessive=form.possessive or False, kind=kind
        )
        for form in term.readings
    }
    return said.pop() if len(said) == 1 else None
