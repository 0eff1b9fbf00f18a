"""What the languages share: the records of an inflected form and of an occurrence, and a matcher.

A `Matcher` finds the surface forms of one phrase in running text. It works on a lowered copy
of the text; every `lower` given to it must keep the length of its argument, so that offsets
in the copy are offsets in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

Case = Literal["nom", "gen", "dat", "acc", "loc", "abl", "ins"]
Kind = Literal["plain", "possessive", "name", "abbreviation"]
Person = Literal["", "1sg", "2sg", "3", "1pl", "2pl"]
Clitic = Literal["", "copula", "relative", "until"]
Fault = Literal["", "apostrophe", "no-hyphen", "harmony"]

Edit = tuple[int, int, str]
"""Start and stop of what is replaced in a text, and what stands for it."""

HYPHENS = "-\u2010\u2011\u2012\u2013"
QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4"


_IN_BRACKETS = re.compile(r" \((?=\w?[A-ZÇƏĞİÖŞÜ]{2})\w[\w -]{1,11}\)")


def without_abbreviations(text: str) -> str:
    """`text` without abbreviations in brackets, which may stand inside of a title: Təşkilatın
    (BMqT) rəisi."""
    return _IN_BRACKETS.sub("", text)


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of a phrase and how it is to be read.

    `possessive` is the person of the possessor ("" for none); `clitic` says what stands after
    the case ending. `fault` names a misspelling that is recognised but never generated.
    """

    text: str
    case: Case = "nom"
    plural: bool = False
    possessive: Person = ""
    clitic: Clitic = ""
    fault: Fault = ""

    def with_text(self, text: str) -> Form:
        """The same reading of another text (`dataclasses.replace` takes longer)."""
        return Form(text, self.case, self.plural, self.possessive, self.clitic, self.fault)


@dataclass(frozen=True, slots=True)
class Span:
    """An occurrence: ``text[start:stop] == surface``; the readings it allows, likeliest first."""

    start: int
    stop: int
    surface: str
    readings: tuple[Form, ...]

    @property
    def case(self) -> Case:
        return self.readings[0].case

    @property
    def plural(self) -> bool:
        return self.readings[0].plural

    @property
    def possessive(self) -> Person:
        return self.readings[0].possessive

    @property
    def fault(self) -> Fault:
        return self.readings[0].fault


@dataclass(frozen=True, slots=True)
class Language:
    """The conventions of a written language, for checks and for composing text."""

    code: str
    name: str
    alphabet: str  # every letter, capitals and small
    quotes: tuple[str, str]
    inner_quotes: tuple[str, str]
    admitted_quotes: tuple[tuple[str, str], ...]  # tolerated pairs besides `quotes`
    decimal_separator: str
    group_separators: tuple[str, ...]  # the preferred one first; never ambiguous with the decimal
    plural_forms: str  # gettext
    months: tuple[str, ...] = field(repr=False, default=())


def words(text: str) -> frozenset[str]:
    """A word list written as running text."""
    return frozenset(text.split())


_SPACES = "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
_SPACES += "\u2009\u200a\u202f\u205f\u3000"
_PLAIN = str.maketrans(
    HYPHENS + APOSTROPHES + QUOTES + _SPACES,
    "-" * len(HYPHENS) + "'" * len(APOSTROPHES) + '"' * len(QUOTES) + " " * len(_SPACES),
)


@lru_cache(maxsize=64)
def _plain(text: str, lower: Callable[[str], str]) -> tuple[str, tuple[int, ...]]:
    """`text` lowered, with plain hyphens, apostrophes, quotation marks and single spaces.

    With it the offset in `text` of each character; empty where they are the same.
    """
    lowered = lower(text).translate(_PLAIN)
    if "  " not in lowered:
        return lowered, ()
    kept = [i for i, c in enumerate(lowered) if c != " " or lowered[i - 1 : i] != " "]
    return "".join(lowered[i] for i in kept), (*kept, len(lowered))


def common_prefix(keys: Collection[str]) -> str:
    """The letters that all of `keys` begin with."""
    low, high = min(keys, default=""), max(keys, default="")
    return next((low[:i] for i, c in enumerate(low) if high[i : i + 1] != c), low)


class Matcher:
    """Finds the forms of one phrase; built once and cached by the language modules.

    All forms begin with the same letters (`_head`): the text is searched for those, and what
    follows, up to each end of a word, is looked up, the longest first.
    """

    def __init__(
        self,
        forms: Iterable[Form],
        lower: Callable[[str], str],
        *,
        prefixes: frozenset[str] = frozenset(),
        accept: Callable[[str], bool] | None = None,
    ) -> None:
        """`prefixes`: words that, joined by a hyphen before the phrase, make another word;
        `accept`: a last look at the surface, for terms where capitals matter."""
        self._forms = tuple(forms)
        self._lower, self._prefixes, self._accept = lower, prefixes, accept
        self._opening = _plain(common_prefix([f.text for f in self._forms]), lower)[0].strip()

    @cached_property
    def _readings(self) -> dict[str, tuple[Form, ...]]:
        """The forms by their letters. Of most phrases no text has even the opening, so that this,
        which takes long, is not asked."""
        readings: dict[str, list[Form]] = {}
        for form in self._forms:
            readings.setdefault(_plain(form.text, self._lower)[0].strip(), []).append(form)
        readings.pop("", None)
        return {key: tuple(found) for key, found in readings.items()}

    @cached_property
    def _head(self) -> str:
        return common_prefix(self._readings)

    @cached_property
    def _tails(self) -> dict[str, tuple[Form, ...]]:
        cut = len(self._head)
        return {key[cut:]: found for key, found in self._readings.items()}

    @cached_property
    def _longest(self) -> int:
        return max((len(tail) for tail in self._tails), default=0)

    def find(self, text: str) -> tuple[Span, ...]:
        """Occurrences in `text`, left to right, not overlapping; offsets are into `text`."""
        plain, offsets = _plain(text, self._lower)
        if self._opening not in plain or not self._readings or self._head not in plain:
            return ()
        spans: list[Span] = []
        at = plain.find(self._head)
        while at >= 0:
            span = self._at(text, plain, offsets, at)
            if span:
                spans.append(span)
                at += len(span.surface) - 1 if not offsets else len(self._head)
            at = plain.find(self._head, at + 1)
        return tuple(spans)

    def _at(self, text: str, plain: str, offsets: tuple[int, ...], at: int) -> Span | None:
        """The longest form that begins at `at`, if a word begins and ends there."""
        start = offsets[at] if offsets else at
        if not self._opens(plain, at, capital=text[start].isupper()):
            return None
        base = at + len(self._head)
        for stop in range(min(base + self._longest, len(plain)), base - 1, -1):
            if stop < len(plain) and _in_word(plain[stop]):
                continue
            found = self._tails.get(plain[base:stop])
            if found is None:
                continue
            surface = text[start : offsets[stop - 1] + 1 if offsets else stop]
            if self._accept is None or self._accept(surface):
                return Span(start, start + len(surface), surface, found)
        return None

    def _opens(self, plain: str, at: int, *, capital: bool) -> bool:
        """Whether a word may begin at `at`: ``qeyri-qanuni`` does not contain ``qanuni``."""
        if at == 0 or not _in_word(plain[at]):
            return True
        if _in_word(plain[at - 1]):
            return False
        if plain[at - 1] == "-" and plain[at - 2 : at - 1].isalpha():
            word = _LAST_WORD.search(plain[: at - 1])
            return capital and (word is None or word.group() not in self._prefixes)
        return True


_LAST_WORD = re.compile(r"\w+$")


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
