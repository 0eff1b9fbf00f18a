"""Where a translation says a name in other letters than the term base: Hummatov for Hümmətov.

No alignment is asked: the words stand there, each like the one wanted. Letters that languages and
authors write alike for one sound are not told apart, and what a last word has more is its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.languages import az_fitting
from dragoman.languages.text import Case
from dragoman.records import Term

LOOSE = 0.25  # of the letters of a name so many may differ
LOOSER = 0.4  # and so many of one of its words
SHORTEST = 5  # letters of a name of one word: Iran is not Iraq
_ENDING = 8  # letters that a word may have behind it: Hümmətovlarından
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MARK = re.compile(r"[^\w\s.'’-]|(?<!\b\w)\.")  # a full stop stands behind an initial only
_SOUNDS = (
    ("dzh", "c"), ("sch", "s"), ("kh", "h"), ("gh", "h"), ("sh", "s"), ("ch", "c"), ("zh", "c"),
    ("ts", "s"), ("tz", "s"), ("ph", "f"), ("ck", "k"),
)  # fmt: skip
_ALIKE = {
    "a": "əeäáàâãåæéèêë", "i": "ıyíìîï", "o": "öóòôõø", "u": "üúùûů", "c": "jçčć", "h": "ğgqx",
    "s": "şšś", "z": "žźż", "n": "ñňń", "l": "ł", "d": "đ", "v": "w",
}  # fmt: skip
_LETTERS = str.maketrans({letter: sound for sound, some in _ALIKE.items() for letter in some})
_CASES: dict[str, Case] = {
    "in": "gen", "un": "gen", "nin": "gen", "nun": "gen", "a": "dat", "ia": "dat", "i": "acc",
    "u": "acc", "ni": "acc", "nu": "acc", "da": "loc", "dan": "abl",
}  # fmt: skip
_AGAIN = re.compile(r"(.)\1+")


def misspelt(term: Term, text: str) -> Iterator[tuple[int, int]]:
    """Where the name that `term` asks for may stand in other letters, the likest first."""
    wanted = [_sounds(word) for word in _WORD.findall(term.lemma)]
    letters = sum(map(len, wanted))
    if not _is_name(term.lemma) or letters < SHORTEST:
        return
    words = list(_WORD.finditer(text))
    found = []
    for at in range(len(words) - len(wanted) + 1):
        window = words[at : at + len(wanted)]
        start, stop = window[0].start(), window[-1].end()
        if not _is_name(window[0][0]) or _MARK.search(text[start:stop]):
            continue
        said = [_sounds(word[0]) for word in window]
        apart = [*map(_apart, wanted[:-1], said[:-1]), _apart_but_ending(wanted[-1], said[-1])]
        loose = all(d <= max(1, LOOSER * len(w)) for d, w in zip(apart, wanted, strict=True))
        if loose and sum(apart) <= LOOSE * letters:
            found.append((sum(apart), start, stop))
    yield from ((start, stop) for _, start, stop in sorted(found))


def respelt(term: Term, said: str) -> str | None:
    """The form of an Azerbaijani name that has the ending of `said`, by its sounds; None where
    none has."""
    wanted, sounds = _sounds(term.lemma), _sounds(said)
    least = _apart_but_ending(wanted, sounds)
    for form in term.forms:
        if _apart(_sounds(form), sounds) <= least:
            return form
    for stop in _stops(wanted, sounds):  # the ending of another name, of a woman's for a man's
        case = _CASES.get(sounds[stop:])
        if case and _apart(wanted, sounds[:stop]) <= least + 1:
            return az_fitting.in_case(term, case)
    return None


def _is_name(words: str) -> bool:
    """Whether each word but the smallest begins with a capital."""
    return all(word[0].isupper() or len(word) < 4 for word in _WORD.findall(words))


@lru_cache(maxsize=4096)
def _sounds(word: str) -> str:
    """The sounds of a word, roughly."""
    word = word.replace("İ", "i").replace("I", "i").lower()
    for letters, one in _SOUNDS:
        word = word.replace(letters, one)
    return _AGAIN.sub(r"\1", re.sub(r"\W", "", word).translate(_LETTERS))


def _apart(word: str, said: str) -> int:
    """How many letters two words differ by."""
    from rapidfuzz.distance import Levenshtein  # few runs meet such a name

    return int(Levenshtein.distance(word, said))


def _apart_but_ending(word: str, said: str) -> int:
    """The same, whatever ending `said` has."""
    if len(said) > len(word) + _ENDING:
        return len(said)
    return min((_apart(word, said[:stop]) for stop in _stops(word, said)), default=len(word))


def _stops(word: str, said: str) -> range:
    """Where `said` may end to be like `word`, its ending apart."""
    return range(max(1, len(word) - 2), min(len(said), len(word) + 2) + 1)
