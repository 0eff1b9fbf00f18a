"""Base forms of the words and phrases of a text, worked out from the text itself.

For Azerbaijani no dictionary is at hand: a base form is a stem that the text has as a word and from
which the rules of `languages.az` make the word in question; of several, the one that the text holds
most forms of. For English the plural is undone by rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dragoman.languages import az, en_nouns
from dragoman.languages.az_kinds import guess_kind
from dragoman.languages.az_nouns import CASES, word_stem
from dragoman.languages.az_stems import is_plural
from dragoman.languages.text import Form, Kind
from dragoman.training.align import Token, tokens

_HARD = {"y": "k", "ğ": "q"}  # çörəyi -> çörək, otağı -> otaq
# Finite verbs, adjectives and adverbs, which no term is; and stems that still have an ending.
_NO_NOUN = re.compile(
    r"(?!müdir|əhali).*([dt][ıiuü]r|l[ıiuü]|s[ıiuü]z|[dk][aə]k[ıi]|l[aə]r[ıi]\w*"
    r"|nd[aə]n?|s[ıi]n[aə]|m[aə]s[ıi]|[ıiuü]n[ıiuü]n)"
)
_NO_NOUNS = frozenset(
    "it this that he she they we you i who which what there is are was were be been being has have "
    "had do does did will would can could may must should not no and or but if when as by with "
    "from at into about than then so very more most some any all each his her their our your its "
    "my me him us them one the a an of".split()
)

Base = tuple[str, Kind, tuple[Form, ...]]


class Lemmas:
    """Finds base forms with the words of `texts` as its dictionary."""

    def __init__(self, texts: Iterable[str], lang: str) -> None:
        self._lang = lang
        self._small: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._known: dict[tuple[str, Kind], tuple[str, tuple[Form, ...]] | None] = {}
        for text in texts:
            for number, token in enumerate(tokens(text)):
                if token.text[0].islower():
                    self._small[token.text] += 1
                elif number and token.is_word:
                    self._names[token.text] += 1

    def base(
        self, words: Sequence[Token], at: int, name: bool, cases: frozenset[str]
    ) -> Base | None:
        """(base form, kind, readings) of `words`, which begin at token `at` of their sentence.

        `cases` are those that the head of the Russian phrase may have. None where no base form is
        found, or where it is not plain whether the phrase is a possessive compound.
        """
        said = [word.text for word in words]
        if at == 0 and not name:
            said[0] = self._usual(said[0])
        return (self._english if self._lang == "en" else self._azerbaijani)(said, name, cases)

    def _usual(self, word: str) -> str:
        """The first word of a sentence as it is written inside of one."""
        small = az.lower(word) if self._lang == "az" else word.lower()
        return small if self._small[small] > self._names[word] else word

    def _english(self, said: list[str], name: bool, _: frozenset[str]) -> Base | None:
        if len(said[0]) < 2 or any("’" in word or "'" in word for word in said):
            return None
        if any(word.lower() in _NO_NOUNS for word in (said[0], said[-1])):
            return None
        phrase = " ".join(said)
        if name:
            return (phrase, "name", (Form(phrase),)) if said[-1][0].isupper() else None
        lemma = en_nouns.singular(phrase)
        if lemma != phrase:
            return lemma, "plain", (Form(phrase, plural=True),)
        # News or data: whether one or many is meant is not plain.
        return phrase, "plain", () if en_nouns.is_plural(said[-1]) else (Form(phrase),)

    def _azerbaijani(self, said: list[str], name: bool, cases: frozenset[str]) -> Base | None:
        *before, last = said
        if not last.isalpha() or (name and not all(word[0].isupper() for word in said)):
            return None
        if not name and not last[0].islower():
            return None
        found = self._stem(last, "name" if name else "plain")
        if found is None:
            return None
        stem, readings = found
        if name and stem.endswith(("ov", "ev")) and last.endswith("a"):
            return None  # of Abbasov to him, or Abbasova herself
        if name or not before:
            return " ".join((*before, stem)), "name" if name else "plain", readings
        return _phrase(" ".join(before), stem, readings, cases)

    def _stem(self, word: str, kind: Kind) -> tuple[str, tuple[Form, ...]] | None:
        """The stem of a word of the text, and which of its forms the word may be."""
        if (word, kind) not in self._known:
            best = max(self._stems(word, kind), default=None)
            readings = () if best is None else tuple(_forms(best[1], kind).get(word, ()))
            self._known[word, kind] = None if best is None else (best[1], readings)
        return self._known[word, kind]

    def _stems(self, word: str, kind: Kind) -> Iterator[tuple[int, str]]:
        """(how often the text has a form of it, stem) for each stem that `word` may have."""
        counts = self._names if kind == "name" else self._small
        for stop in range(max(2, len(word) - 10), len(word) + 1):
            cut = word[:stop]
            for stem in {cut, cut[:-1] + _HARD.get(cut[-1], cut[-1])}:
                verbal = stem.endswith(("mə", "ma")) and len(stem) > 5
                if not counts[stem] and not verbal:
                    continue
                if kind != "name" and (_NO_NOUN.fullmatch(stem) or is_plural(stem)):
                    continue
                forms = _forms(stem, kind)
                present = [counts[form] for form in forms if counts[form]]
                if word in forms and len(present) > 1:
                    yield sum(present), stem


def _phrase(
    before: str, stem: str, readings: tuple[Form, ...], cases: frozenset[str]
) -> Base | None:
    """A phrase whose last word is a form of `stem`: a possessive compound or not?"""
    if len({form.possessive for form in readings}) > 1 and "accs" not in cases:
        # Where the Russian is no object, -I is no accusative.
        readings = tuple(f for f in readings if f.case != "acc" or f.possessive)
    persons = {form.possessive for form in readings}
    numbers = {form.plural for form in readings}
    if len(persons) != 1 or len(numbers) != 1:
        return None
    if persons == {""}:
        plain = f"{before} {stem}"
        # havanın temperaturu, whose bare temperatur the text does not have
        return None if guess_kind(plain) == "possessive" else (plain, "plain", readings)
    compound = word_stem(stem, "plain", plural=numbers == {True}, person="3").word
    own = tuple(Form(form.text, form.case, form.plural) for form in readings)
    return f"{before} {compound}", "possessive", own


@lru_cache(maxsize=65536)
def _forms(stem: str, kind: Kind) -> dict[str, list[Form]]:
    """What a release may say: no "my", no "yours", nothing after the case ending."""
    found: dict[str, list[Form]] = {}
    for person in ("", "3") if kind == "plain" else ("",):
        for plural in (False, True) if kind == "plain" else (False,):
            made = word_stem(stem, kind, plural=plural, person=person)
            for case in CASES:
                text = made.case(case)
                found.setdefault(text, []).append(Form(text, case, plural, person))
    return found


__all__ = ["Base", "Lemmas"]
