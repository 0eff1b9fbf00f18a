"""Terms nobody listed: nouns, phrases and names of the training text with what translates them.

Word alignment says which words of the target answer a Russian noun phrase, grammar brings them
back to their base form, and the pair (phrase, base form) then serves as a term like those of the
glossary. So the model is told words that it will never be told by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.languages.ru import function_word
from dragoman.languages.ru_words import analyser, parses_of
from dragoman.languages.text import Form, Kind
from dragoman.training.align import Links, Token, tokens
from dragoman.training.corpus import Pair
from dragoman.training.lemmas import Lemmas

_FILLERS = frozenset("of the for in on to 's ’s".split())
_COUNTING = frozenset("тысяча миллион миллиард триллион сотня десяток процент раз".split())
_NUMBERS = frozenset(
    "min milyon milyard yüz on bir iki üç thousand million billion hundred".split()
)
_NAME_TAGS = ("Name", "Surn", "Patr", "Geox")


@dataclass(frozen=True, slots=True)
class Aligned:
    """``source[start:stop]`` is said as ``target[said:end]``, a form of `lemma`.

    `readings` are the forms that the target words may be; none where they are not sure.
    """

    start: int
    stop: int
    said: int
    end: int
    lemma: str
    kind: Kind
    readings: tuple[Form, ...]
    words: int  # of the source

    @property
    def shape(self) -> str:
        """What may stand in its place: another "name", "possessive", "phrase" or "word"."""
        if self.kind in ("name", "possessive"):
            return self.kind
        return "phrase" if " " in self.lemma else "word"


def find_terms(
    pairs: Sequence[Pair], links: Sequence[Links], lemmas: Lemmas
) -> list[tuple[Aligned, ...]]:
    """The terms of each pair. Those of one pair may overlap."""
    return [tuple(_of_pair(p, found, lemmas)) for p, found in zip(pairs, links, strict=True)]


def pools(terms: Iterable[Sequence[Aligned]], names: Iterable[str]) -> dict[str, list[str]]:
    """Base forms by shape, for putting in another's place: those met twice and more."""
    counts = Counter((t.shape, t.lemma) for found in terms for t in found if t.readings)
    chosen: dict[str, list[str]] = {"name": sorted(set(names))}
    for (shape, lemma), count in sorted(counts.items()):
        if count > 1 and lemma.partition(" ")[0] not in _NUMBERS:
            chosen.setdefault(shape, []).append(lemma)
    return chosen


def _of_pair(pair: Pair, links: Links, lemmas: Lemmas) -> Iterator[Aligned]:
    source, target = tokens(pair.source), tokens(pair.target)
    answers: dict[int, set[int]] = {}
    asked: dict[int, set[int]] = {}
    for first, second in links:
        answers.setdefault(first, set()).add(second)
        asked.setdefault(second, set()).add(first)
    for start, stop, is_name in _phrases(source):
        span = _answer(range(start, stop), answers, asked, target)
        if span is None:
            continue
        words = target[span[0] : span[1]]
        base = lemmas.base(words, span[0], is_name, _case(source, start, stop))
        if base is None:
            continue
        yield Aligned(
            source[start].start, source[stop - 1].stop, words[0].start, words[-1].stop, *base,
            words=stop - start,
        )  # fmt: skip


def _answer(
    phrase: range,
    answers: dict[int, set[int]],
    asked: dict[int, set[int]],
    target: Sequence[Token],
) -> tuple[int, int] | None:
    """The run of target words that answers all of the phrase and nothing else."""
    said = [answers.get(i, set()) for i in phrase]
    if not all(said):
        return None
    found = set().union(*said)
    first, last = min(found), max(found)
    for i in range(first, last + 1):
        if i in asked:
            if not target[i].is_word or not all(source in phrase for source in asked[i]):
                return None
        elif target[i].text.lower() not in _FILLERS:
            return None
    return first, last + 1


def _phrases(found: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
    """Names, nouns, nouns with adjectives, and these with a genitive, as ranges of tokens."""
    at = 0
    while at < len(found):
        stop = at
        while stop < len(found) and stop - at < 4 and _is_name(found, stop):
            stop += 1
        if stop > at:
            yield at, stop, True
            at = stop
            continue
        if _nouns(found[at].text):
            first = _adjectives_before(found, at)
            yield at, at + 1, False
            if first < at:
                yield first, at + 1, False
            if (end := _genitive_after(found, at + 1)) > at + 1:
                yield first, end, False
        at += 1


def _is_name(found: Sequence[Token], at: int) -> bool:
    tagged, unknown = _name_signs(found[at].text)
    return tagged or (unknown and at > 0 and found[at - 1].is_word)


@lru_cache(maxsize=65536)
def _name_signs(word: str) -> tuple[bool, bool]:
    """Whether a word is tagged as a name, and whether it is capitalised and in no dictionary."""
    if len(word) < 3 or not word[0].isupper() or not word[1:].islower() or not _cyrillic(word):
        return False, False
    tagged = any(tag in parses_of(word)[0].tag for tag in _NAME_TAGS)
    return tagged, not analyser().word_is_known(word.lower())


def _cyrillic(word: str) -> bool:
    return "а" <= word[-1].lower() <= "я"


@lru_cache(maxsize=65536)
def _nouns(word: str) -> tuple[Any, ...]:
    """The readings of a common noun, empty for anything else."""
    if len(word) < 3 or not word[1:].islower() or not _cyrillic(word) or function_word(word):
        return ()
    first, *rest = parses_of(word)
    if any(p.tag.POS == "VERB" for p in rest) or first.normal_form in _COUNTING:
        return ()  # начала, the verb; тысяч, a number
    if first.tag.POS != "NOUN" or first.score < 0.4 or not analyser().word_is_known(word.lower()):
        return ()
    return tuple(p for p in (first, *rest) if p.normal_form == first.normal_form and p.tag.case)


def _adjectives_before(found: Sequence[Token], at: int) -> int:
    first = at
    while first > 0 and at - first < 3 and _agrees(found[first - 1].text, found[at].text):
        first -= 1
    return first


@lru_cache(maxsize=65536)
def _agrees(adjective: str, noun: str) -> bool:
    cells = {(p.tag.case, p.tag.number, _gender(p)) for p in _nouns(noun)}
    return any(
        (p.tag.case, p.tag.number, _gender(p)) in cells and "Apro" not in p.tag
        for p in parses_of(adjective)
        if p.tag.POS in ("ADJF", "PRTF")
    )


def _gender(parse: Any) -> str:
    return "" if parse.tag.number == "plur" else str(parse.tag.gender)


def _genitive_after(found: Sequence[Token], at: int) -> int:
    """The end of the genitive that begins at `at`: права мигрантов, or `at` itself."""
    for end in (at, at + 1):
        if end < len(found) and any(p.tag.case == "gent" for p in _nouns(found[end].text)):
            return end + 1 if end == at or _agrees(found[at].text, found[end].text) else at
    return at


def _case(found: Sequence[Token], start: int, stop: int) -> frozenset[str]:
    """The cases in which the head of a phrase may stand."""
    for token in found[start:stop]:
        if readings := _nouns(token.text):
            return frozenset(str(p.tag.case) for p in readings)
    return frozenset()
