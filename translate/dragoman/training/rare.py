"""Rare words in training: which of our dictionary go with a model, and how they are told.

`OWN_DICTIONARY` was written for words of newspapers and encyclopaedias that our data hardly hold
(and for commoner verbs and adjectives, so that the model learns what it is to be told one). A
model gets those that its pack holds seldom (`engines.dictionary`); in training it is told words as
it will be later, where the reference says what the dictionary does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

from dragoman import languages
from dragoman.engines.annotation import BAR, CLOSE, OPEN
from dragoman.engines.dictionary import DICTIONARY, PLACE, Dictionary, Entry
from dragoman.errors import UsageError
from dragoman.languages.ru_words import cited_forms
from dragoman.training.align import tokens
from dragoman.training.corpus import Pair
from dragoman.training.substitute import Changes, free

OWN_DICTIONARY = Path(__file__).parent / DICTIONARY
SELDOM = 30  # times in the Russian of a pack, at most


def read_entries(path: Path = OWN_DICTIONARY) -> Iterator[Entry]:
    """The entries of a file of base form, part of speech, English and Azerbaijani, with all forms.

    A word whose every form is likelier another's is left out. Raises UsageError when the file is no
    UTF-8 or a line is not four columns.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", advice="save it as UTF-8 with tabs", path=path
        ) from error
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if len(cells) != 4 or not all(cells):
            raise UsageError(
                "not a word, its part of speech and its translations",
                advice="mend the line", path=path, line=number,
            )  # fmt: skip
        lemma, part, en, az = cells
        if forms := cited_forms(lemma, part):
            yield Entry.of(lemma, part, en, az, forms)


class RareWords:
    """The entries of a dictionary, and how often the sources of a pack have their words."""

    def __init__(self, sources: Iterable[str], random: Random, entries: Iterable[Entry]) -> None:
        """Each of `sources` counts once."""
        self._random, self._all = random, Dictionary(entries)
        counts = Counter(
            self._all.look_up(token.text)
            for text in set(sources) for token in tokens(text) if token.is_word
        )  # fmt: skip
        self._counts = {entry: counts[entry] for entry in self._all.entries}

    @property
    def entries(self) -> list[Entry]:
        """What goes with the model: words that stand in the sources `SELDOM` times at most."""
        return [entry for entry, count in self._counts.items() if count <= SELDOM]

    def tell(self, pair: Pair, source: Changes, target: Changes) -> None:
        """Add what the dictionary says of words of `pair` to the changes of its `source`, where its
        target says so too; what other changes touch is left alone. All rare words are told, of the
        others the fewer the commoner they are; what the target says once answers one word."""
        taken: Changes = []
        for start, stop, entry in self._all.find(pair.source):
            share = (SELDOM / max(SELDOM, self._counts[entry])) ** 0.5
            if self._random.random() > share or not free(source, start, stop):
                continue
            lemma = entry.says(pair.lang)
            said = _said(pair, lemma, entry.part)
            span = next((s for s in said if free(target, *s) and free(taken, *s)), None)
            if span:
                taken.append((*span, lemma))
                marked = f"{OPEN} {pair.source[start:stop]} {BAR} {lemma} {CLOSE}"
                source.append((start, stop, marked))


def write_dictionary(entries: Iterable[Entry], folder: Path) -> None:
    """Write `entries` to the model or vocabulary in `folder`."""
    (folder / DICTIONARY).write_text("".join(sorted(entry.line for entry in entries)), "utf-8")


def _said(pair: Pair, lemma: str, part: str) -> Iterator[tuple[int, int]]:
    """Where the target says the base form or, of a noun, a place or a verb, a form of it."""
    if part in ("n", PLACE):
        kind = languages.guess_kind(lemma, pair.lang, "place" if part == PLACE else "general")
        spans = languages.recognise(pair.target, lemma, pair.lang, kind)
        yield from ((span.start, span.stop) for span in spans)
        return
    for found in _pattern(lemma, part, pair.lang).finditer(pair.target):
        yield found.span()


@lru_cache(maxsize=65_536)  # compiling one takes longer than all that it is used for
def _pattern(lemma: str, part: str, lang: str) -> re.Pattern[str]:
    said = languages.verb_pattern(lemma, lang) if part == "v" else rf"\b{re.escape(lemma)}\b"
    return re.compile(said, re.IGNORECASE)
