"""Which words of a translation answer which words of its source.

eflomal (Östling and Tiedemann 2016) aligns both ways, and only links that both directions find are
kept. Words are compared by lemma in Russian and by their first letters in the target languages,
whose endings would scatter the counts.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.languages import az
from dragoman.languages.ru_words import parses_of
from dragoman.training.corpus import Pair

# A word with its hyphens; an English 's stands by itself, so that a name can change before it.
_TOKEN = re.compile(r"\w+(?:[-’'](?!s\b)\w+)*|[’']s\b|[^\w\s]")
_LETTERS = 5  # of a target word
_LONGEST = 1000  # tokens, what eflomal takes

Links = tuple[tuple[int, int], ...]  # (number of a source token, number of a target token)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: ``text[start:stop]``."""

    text: str
    start: int
    stop: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def tokens(text: str) -> tuple[Token, ...]:
    """The words and signs of `text`, left to right."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text))


def word_links(
    pairs: Sequence[Pair], lang: str, cache: Path, log: Callable[[str], None]
) -> list[Links]:
    """For each of `pairs` (all into `lang`) the links that both directions agree on.

    They are kept in the file `cache`, and taken from it when it has all pairs asked for. Raises
    UsageError when eflomal is not installed.
    """
    keys = [_key(pair) for pair in pairs]
    known = _read(cache)
    if not all(key in known for key in keys):
        log(f"aligning the words of {len(pairs)} pairs into {lang}")
        known = dict(zip(keys, _align(pairs, lang), strict=True))
        lines = (f"{key} {links}\n" for key, links in known.items())
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_text("".join(lines), "utf-8")
    return [_links(known[key]) for key in keys]


def _key(pair: Pair) -> str:
    return hashlib.sha256(f"{pair.source}\t{pair.target}".encode()).hexdigest()[:16]


def _read(cache: Path) -> dict[str, str]:
    if not cache.is_file():
        return {}
    cells = (line.partition(" ") for line in cache.read_text("utf-8").splitlines())
    return {key: links for key, _, links in cells}


def _links(text: str) -> Links:
    ends = (link.split("-") for link in text.split())
    return tuple((int(source), int(target)) for source, target in ends)


def _align(pairs: Sequence[Pair], lang: str) -> list[str]:
    try:
        import eflomal
    except ImportError:
        raise UsageError(
            "words cannot be aligned: eflomal is not installed",
            advice="in Dragoman's folder: pip install -e '.[train]' (it needs a C compiler), or use"
            " --no-aligned",
        ) from None
    sources = [_line(pair.source, _russian) for pair in pairs]
    stem = _azerbaijani if lang == "az" else _english
    targets = [_line(pair.target, stem) for pair in pairs]
    with tempfile.TemporaryDirectory() as folder:
        both = [f"{folder}/{name}" for name in ("forward", "backward")]
        eflomal.Aligner(n_samplers=1).align(
            sources, targets, links_filename_fwd=both[0], links_filename_rev=both[1]
        )
        forward, backward = (Path(p).read_text("utf-8").splitlines() for p in both)
    both_ways = zip(forward, backward, strict=True)
    return [" ".join(_common(one.split(), other.split())) for one, other in both_ways]


def _common(one: list[str], other: list[str]) -> list[str]:
    return sorted(set(one) & set(other), key=one.index)


def _line(text: str, stem: Callable[[str], str]) -> str:
    found = tokens(text)[:_LONGEST]
    return " ".join(stem(token.text) if token.is_word else token.text for token in found)


@lru_cache(maxsize=65536)
def _russian(word: str) -> str:
    return str(parses_of(word)[0].normal_form)


def _english(word: str) -> str:
    return word.lower()[:_LETTERS]


def _azerbaijani(word: str) -> str:
    return az.lower(word)[:_LETTERS]
