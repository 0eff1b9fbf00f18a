"""The dictionary beside a model: words that its training hardly met, and what says them.

A small model makes something up for a word that it has read a handful of times. It is told the base
form of the translation inline, as it is told its terms, and inflects that where the language does;
but a dictionary knows no context, so that, other than a term, the word need not be said.

The file holds all forms of its words, so that a text is looked up without a word being parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

from dragoman.errors import EngineError
from dragoman.records import Request, Term

DICTIONARY = "dictionary.tsv"
DOUBT = 0.3  # what a score loses if every word is told; chosen on the development set
LOOKED_UP = 20_000  # words whose entry is remembered: most of a text are always the same
PLACE = "p"  # names of places and the like, which are only taken where they have a capital

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Entry(NamedTuple):
    """A Russian word in its base form, its part of speech (a letter), what says it, and its forms:
    what they all begin with, and the rest of each (in small letters, with е for ё)."""

    lemma: str
    part: str
    en: str
    az: str
    stem: str
    endings: frozenset[str]

    @classmethod
    def of(cls, lemma: str, part: str, en: str, az: str, forms: Iterable[str]) -> Entry:
        """The entry of a word with these forms, of which there is at least one."""
        plain = sorted({form.replace("ё", "е") for form in forms})
        stem = commonprefix(plain)  # noqa: RUF071 (of words, not of paths)
        return cls(lemma, part, en, az, stem, frozenset(form[len(stem) :] for form in plain))

    def says(self, lang: str) -> str:
        """What says the word in `lang` ("en" or "az")."""
        return {"en": self.en, "az": self.az}[lang]

    @property
    def line(self) -> str:
        """The entry as a line of the file: base form, part of speech, English, Azerbaijani, stem
        and endings."""
        cells = (self.lemma, self.part, self.en, self.az, self.stem, ",".join(sorted(self.endings)))
        return "\t".join(cells) + "\n"


class Dictionary:
    """Looks up the words of a text in whatever form they stand."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_stem: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_stem.setdefault(entry.stem, []).append(entry)
        self._known: dict[str, Entry | None] = {}

    def look_up(self, word: str) -> Entry | None:
        """The entry that `word` is a form of."""
        try:
            return self._known[word]
        except KeyError:
            entry = self._look_up(word)
        if len(self._known) >= LOOKED_UP:
            self._known.clear()
        self._known[word] = entry
        return entry

    def _look_up(self, word: str) -> Entry | None:
        plain = word.lower().replace("ё", "е")
        for stop in range(len(plain), -1, -1):
            for entry in self._by_stem.get(plain[:stop], ()):
                if plain[stop:] in entry.endings:
                    return entry
        return None

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """The words of `text` that are in the dictionary, as (start, stop, entry).

        A capital inside of a sentence may begin anybody's name: such a word is only taken for one
        whose translation has a capital, too (Кремль). Names of places always have one.
        """
        if not self.entries:
            return
        for number, match in enumerate(_WORD.finditer(text)):
            word, entry = match[0], self.look_up(match[0])
            if entry is None:
                continue
            small = word.islower() or (number == 0 and word[1:].islower())
            if word[0].isupper() if entry.part == PLACE else small or entry.en[0].isupper():
                yield match.start(), match.end(), entry

    def told(self, request: Request, to: str) -> Request:
        """`request` with what the dictionary knows of the words outside of all its terms."""
        if to not in ("en", "az"):
            return request
        found = [
            Term(start, stop, request.text[start:stop], entry.says(to), ())
            for start, stop, entry in self.find(request.text)
            if all(
                stop <= term.start or term.stop <= start
                for term in (*request.terms, *request.unsaid)
            )
        ]
        return replace(request, terms=(*request.terms, *found)) if found else request

    def doubt(self, request: Request, to: str) -> float:
        """By how much the score of a translation of `request` promises too much: what a model is
        told it says surely, but what has many words that it hardly knows is seldom said well."""
        told = len(self.told(request, to).terms) - len(request.terms)
        return DOUBT * told / max(1, len(request.text.split()))


def read_dictionary(folder: Path) -> Dictionary:
    """The dictionary of the model in `folder`, an empty one if it has none.

    Raises EngineError when it is no UTF-8 or a line of it is not six columns.
    """
    path, advice = folder / DICTIONARY, "export the model again, or delete the file"
    endings = cache(lambda cell: frozenset(cell.split(",")))  # of words that decline alike, once
    entries = []
    try:
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"cannot be read: {error}", advice=advice, path=path) from error
    for number, line in enumerate(lines, 1):
        match line.split("\t"):
            case [lemma, part, en, az, stem, cell] if lemma and part and en and az:
                entries.append(Entry(lemma, part, en, az, stem, endings(cell)))
            case _:
                raise EngineError(
                    "not a word, its part of speech, its translations, its stem and its endings",
                    advice=advice, path=path, line=number,
                )  # fmt: skip
    return Dictionary(entries)
