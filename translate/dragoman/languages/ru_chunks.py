"""Noun phrases of a Russian sentence, brought back to the nominative.

A phrase is adjectives, a noun, and what the noun governs: nouns in the genitive with their
adjectives (``центр временного размещения мигрантов``) and phrases with ``по`` and ``о``
(``центр по миграции``). This is shallow on purpose: what it finds is counted and then shown to a
person, never acted upon. Every nominative is checked: a form of it must be what stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.languages.ru import Number, analyser, function_word, phrase_forms

_TOKEN = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|\S")
_GOVERNING = {"по": "datv", "о": "loct", "об": "loct"}
_LONGEST = 9  # words


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase as it stands: ``text[start:stop]``; `head` is the lemma of its noun, which `lead`
    adjectives precede.

    `key` are the lemmas of its words, the same for every form of the phrase.
    """

    start: int
    stop: int
    nominative: str
    head: str
    lead: int
    number: Number
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    stop: int
    spaced: bool  # exactly a space stands before it

    @property
    def word(self) -> bool:
        return self.text[0].isalpha()


def noun_phrases(text: str) -> Iterator[Chunk]:
    """Every phrase of two words and more, the short ones inside the long ones too."""
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        if not token.word or _is_short(token.text) or function_word(token.text):
            continue  # после is no form of посол here
        for noun in _nouns(token.text):
            first = _first_adjective(tokens, at, noun)
            ends = [at, *_tails(tokens, at)]
            found = [c for stop in ends if (c := _chunk(text, tokens, first, at, stop, noun))]
            if found:
                yield from found
                break


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        spaced = text[max(0, match.start() - 1) : match.start()] in (" ", "\u00a0")
        found.append(_Token(match.group(), match.start(), match.end(), spaced))
    return found


def _is_short(word: str) -> bool:
    return word.isupper() or len(word) < 3


@lru_cache(maxsize=16384)
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(analyser().parse(word.lower()))


@lru_cache(maxsize=16384)
def _nouns(word: str) -> tuple[Any, ...]:
    """The readings of a word as a noun, one a (lemma, case, number)."""
    return tuple(p for p in _parses(word) if p.tag.POS == "NOUN" and p.tag.case is not None)


def _adjectives(word: str) -> tuple[Any, ...]:
    return tuple(p for p in _parses(word) if p.tag.POS in ("ADJF", "PRTF"))


def _agrees(adjective: Any, noun: Any) -> bool:
    tag = adjective.tag
    if tag.case != noun.tag.case or tag.number != noun.tag.number:
        return False
    return bool(tag.number == "plur" or tag.gender == noun.tag.gender)


def _first_adjective(tokens: list[_Token], at: int, noun: Any) -> int:
    """The place of the first adjective before the noun that agrees with it."""
    first = at
    while first > 0 and tokens[first].spaced and at - first < 4:
        before = tokens[first - 1]
        if not before.word or not any(_agrees(a, noun) for a in _adjectives(before.text)):
            break
        if any("Apro" in a.tag for a in _adjectives(before.text)):
            break  # этот, свой, каждый: no part of a name
        first -= 1
    return first


def _tails(tokens: list[_Token], at: int) -> Iterator[int]:
    """The places where the phrase may end: after each noun that its head governs."""
    case, i = "gent", at + 1
    while i < len(tokens) and i - at < _LONGEST and tokens[i].spaced:
        word = tokens[i].text
        if word in _GOVERNING and i + 1 < len(tokens):
            case = _GOVERNING[word]
        elif not tokens[i].word or (len(word) < 3 and not word.isupper()):
            return
        elif word.isupper() or any(p.tag.case == case for p in _nouns(word)):
            yield i
            case = "gent"
        elif not any(a.tag.case == case and "Apro" not in a.tag for a in _adjectives(word)):
            return
        i += 1


def _chunk(
    text: str, tokens: list[_Token], first: int, at: int, last: int, noun: Any
) -> Chunk | None:
    if first == last:
        return None
    start, stop = tokens[first].start, tokens[last].stop
    surface = " ".join(text[start:stop].split())
    number: Number = "plur" if noun.tag.number == "plur" else "sing"
    lead = [_nominative(token.text, noun) for token in tokens[first:at]]
    head = _capitals(_inflected(noun, number), tokens[at].text)
    if head is None or None in lead:
        return None
    rest = [token.text for token in tokens[at + 1 : last + 1]]
    nominative = " ".join([*(word for word in lead if word), head, *rest])
    if surface.lower().replace("ё", "е") not in _forms(nominative, number):
        return None
    key = (
        *(_lemma(t.text) for t in tokens[first:at]),
        noun.normal_form,
        *(w.lower() for w in rest),
    )
    return Chunk(start, stop, nominative, noun.normal_form, at - first, number, key)


@lru_cache(maxsize=16384)
def _forms(nominative: str, number: Number) -> frozenset[str]:
    found = phrase_forms(nominative, number=number)
    return frozenset(form.text.lower().replace("ё", "е") for form in found)


def _nominative(word: str, noun: Any) -> str | None:
    for adjective in _adjectives(word):
        if _agrees(adjective, noun):
            number = str(noun.tag.number)
            wanted = {"nomn", number} | ({str(noun.tag.gender)} if number == "sing" else set())
            made = adjective.inflect(wanted)
            if made is not None:
                return _capitals(made.word, word)
    return None


def _inflected(noun: Any, number: Number) -> str | None:
    made = noun.inflect({"nomn", number})
    return None if made is None else str(made.word)


def _capitals(word: str | None, like: str) -> str | None:
    return word and (word[0].upper() + word[1:] if like[0].isupper() else word)


def _lemma(word: str) -> str:
    return str(_parses(word)[0].normal_form)


def head_lemma(phrase: str) -> str:
    """The lemma of the noun that a phrase in the nominative is about, empty where none is seen."""
    for token in _tokens(phrase):
        if token.word and not _is_short(token.text):
            for noun in _nouns(token.text):
                if noun.tag.case == "nomn":
                    return str(noun.normal_form)
    return ""
