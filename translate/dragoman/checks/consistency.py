"""One sentence, one translation; one person, one spelling: checks over many entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix

from rapidfuzz import fuzz

from dragoman.checks.pair import Pair, lower
from dragoman.records import Issue

_NAME = re.compile(r"(?<![.!?…] )(?<!^)\b[А-ЯЁ][а-яё]{3,}")
_TARGET_NAME = re.compile(r"\b[A-ZÇƏĞİÖŞÜ][^\W\d_]{2,}")
_RU_ENDING = re.compile(r"(?:ого|ому|ыми|ым|им|ой|ей|ом|ем|ою|ею|ая|ую|ых|[аеиоуыюяьй])$")
_ROMAN = str.maketrans(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
             ["a", "b", "v", "g", "d", "e", "e", "j", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r",
              "s", "t", "u", "f", "h", "s", "c", "s", "s", "", "i", "", "e", "u", "a"], strict=True))
)  # fmt: skip
_FOLD = str.maketrans("əıöüğşçñéáíóúxq", "aiougscneaiouhk")
# Case, possessive and -ki endings of Azerbaijani, cut where two forms of a word part.
_ENDING = re.compile(r"(?:[syn]?[ıiuü]?n?[ıiuüaə]?n?|n?d[aə]n?)(?:k[ıi])?(?:n[ıi]n|n[ıi]|nd[aə])?")
_LIKE_RUSSIAN = 55.0  # rapidfuzz ratio from which a word may render a Russian name
_LIKE_EACH_OTHER = 60.0  # and from which two words may be spellings of one name


def check_sources(entries: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Issue]]:
    """`inconsistent`: the same Russian is translated differently in several places.

    `entries` are (place, source, translation); yields (place, issue) for each that does not
    follow the commonest translation of its source. Empty translations are left out.
    """
    by_source: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, source, target in entries:
        if target.strip():
            by_source[" ".join(source.split())].append((place, " ".join(target.split())))
    for found in by_source.values():
        counts = Counter(target for _, target in found)
        if len(counts) < 2:
            continue
        usual = counts.most_common(1)[0][0]
        where = next(place for place, target in found if target == usual)
        for place, target in found:
            if target != usual:
                yield place, Issue("inconsistent", "warning", f"{where} says “{_short(usual)}”")


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def check_names(pairs: Sequence[Pair]) -> Iterator[tuple[int, Issue]]:
    """`name`: a name is spelled otherwise than in the rest of the release.

    In each translation the word most like the Russian name is taken as its rendering. Where
    renderings differ by more than an ending, those unlike the commonest are told. Yields (index of
    the pair, issue).
    """
    renderings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        stems = {_stem(match[0]) for match in _NAME.finditer(pair.source)}
        for word in {match[0] for match in _TARGET_NAME.finditer(pair.target)}:
            if stem := _rendered(word, stems):
                renderings[stem].append((index, word))
    for found in renderings.values():
        yield from _odd_ones(found)


def _stem(name: str) -> str:
    """A Russian name without its ending, in rough Latin letters: Гусейнова -> guseynov."""
    return _RU_ENDING.sub("", name.lower()).translate(_ROMAN)


def _fold(word: str) -> str:
    return (
        lower(word, "en").translate(_FOLD).replace("kh", "h").replace("sh", "s").replace("ch", "c")
    )


def _rendered(word: str, stems: set[str]) -> str:
    """The stem that `word` is most like, or nothing."""
    folded = _fold(word)
    best = max(stems, key=lambda stem: fuzz.ratio(stem, folded[: len(stem) + 1]), default="")
    alike = best and fuzz.ratio(best, folded[: len(best) + 1]) >= _LIKE_RUSSIAN
    return best if alike else ""


def _odd_ones(found: list[tuple[int, str]]) -> Iterator[tuple[int, Issue]]:
    counts = Counter({word: sum(_same(word, other) for _, other in found) for _, word in found})
    usual = max(counts, key=lambda word: (counts[word], -len(word)), default="")
    having = {index for index, word in found if _same(word, usual)}
    for index, word in found:
        if _same(word, usual) or index in having or counts[word] >= counts[usual]:
            continue
        if fuzz.ratio(_fold(word)[: len(usual) + 1], _fold(usual)) >= _LIKE_EACH_OTHER:
            yield index, Issue("name", "warning", f"“{word}” here, “{usual}” elsewhere")


def _same(word: str, other: str) -> bool:
    """The same spelling, up to endings: Bakıya and Bakıda, Aliyev and Aliyeva."""
    if word.startswith(other) or other.startswith(word):
        return True
    stem = len(commonprefix((word, other)))
    return stem >= 4 and all(_ENDING.fullmatch(one[stem:]) for one in (word, other))
