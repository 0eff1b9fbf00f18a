"""One sentence, one translation; one person, one spelling: checks over many entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile

from rapidfuzz import fuzz

from dragoman.checks.pair import Pair, lower
from dragoman.records import Issue

_NAME = re.compile(r"(?<![а-яё»)][.!?…] )(?<!^)\b[А-ЯЁ][а-яё]{3,}")
_TARGET_NAME = re.compile(r"\b[A-ZÇƏĞİÖŞÜ][^\W\d_]{2,}")
_RU_ENDING = re.compile(r"(?:ого|ому|ыми|ым|им|ой|ей|ом|ем|ою|ею|ая|ую|ых|[аеиоуыюяьй])$")
_ROMAN = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфхцчшщы", "abvgdeezijklmnoprstufhscssi", strict=True))
    | {"ж": "j", "й": "y", "э": "e", "ю": "u", "я": "a", "ъ": "", "ь": ""}
)
_FOLD = str.maketrans("əıöüğşçñéáíóúxq", "aiougscneaiouhk")
_FAMILY = re.compile(r"(?<=..)(?:i?yev|ev|ov)a?$")  # of folded names
_BONES = str.maketrans("cz", "ss", "aeiouyjó")
# What may follow a name: the feminine -a, and the endings of each language.
_ENDING = {
    "en": re.compile(r"(?:a|s|n|an|ian|i|is|ese)?"),
    "az": re.compile(
        r"a?(?:l[aə]r)?(?:l[ıiuü])?(?:s?[ıiuü])?(?:n?[ıiuü]n?|n?d[aə]n?|[ny]?[aə]|l[aə])?"
        r"(?:k[ıi](?:l[aə]r)?)?(?:n[ıi]n?|n[aə]|nd[aə]n?)?(?:d[ıiuü]r)?"
    ),
}
_LIKE_RUSSIAN = 55.0  # rapidfuzz ratio from which a word may render a Russian name
_LIKE_EACH_OTHER = 60.0  # and from which two words may be spellings of one name


def check_sources(
    entries: Iterable[tuple[str, str, str]], approved: Container[str] = ()
) -> Iterator[tuple[str, Issue]]:
    """`inconsistent`: the same Russian is translated differently in several places.

    `entries` are (place, source, translation); yields (place, issue) for each that does not
    follow the commonest translation of its source, or the commonest of those in places that are
    `approved`. Empty translations are left out.
    """
    by_source: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, source, target in entries:
        if target.strip():
            by_source[" ".join(source.split())].append((place, " ".join(target.split())))
    for found in by_source.values():
        counts = Counter(target for _, target in found)
        if len(counts) < 2:
            continue
        trusted = Counter(target for place, target in found if place in approved)
        usual = (trusted or counts).most_common(1)[0][0]
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
    capitalised = [frozenset(_TARGET_NAME.findall(pair.target)) for pair in pairs]
    for index, pair in enumerate(pairs):
        stems = {_stem(match[0]) for match in _NAME.finditer(pair.source)}
        for stem, word in _rendered(stems, capitalised[index]).items():
            renderings[stem].append((index, word))
    for found in renderings.values():
        for index, word, usual in _odd_ones(found, pairs[0].lang):
            if not any(_same(other, usual, pairs[index].lang) for other in capitalised[index]):
                yield index, Issue("name", "warning", f"“{word}” here, “{usual}” elsewhere")


def _stem(name: str) -> str:
    """A Russian name without its ending, in rough Latin letters: Гусейнова -> guseynov."""
    return _RU_ENDING.sub("", name.lower()).translate(_ROMAN)


def _fold(word: str) -> str:
    small = lower(word, "en").translate(_FOLD)
    return small.replace("kh", "h").replace("sh", "s").replace("ch", "c")


def _rendered(stems: set[str], words: frozenset[str]) -> dict[str, str]:
    """For each Russian stem the word most like it, each word given to one stem only."""
    scored = sorted(
        (
            (fuzz.ratio(stem, _fold(word)[: len(stem) + 1]), stem, word)
            for stem in stems
            for word in words
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for score, stem, word in scored:
        if score >= _LIKE_RUSSIAN and stem not in found and word not in found.values():
            found[stem] = word
    return found


def resembled(name: str, text: str) -> bool:
    """Whether a capitalised word of `text` is much like the last word of `name`, the surname.

    Foreign names part in their vowels more than in their consonants: Klyayn is Klein. What many
    names end in tells nothing: Əliyev is not Hacıyev.
    """
    surname = name.split()[-1].split("-")[-1]
    wanted, bones = _fold(surname), _consonants(surname)
    stem = _FAMILY.sub("", wanted)
    return any(
        (_alike(wanted, _fold(word)) and _alike(stem, _fold(word)))
        or (len(bones) > 1 and _consonants(word).startswith(bones))
        for word in _TARGET_NAME.findall(text)
    )


def _alike(wanted: str, folded: str) -> bool:
    return fuzz.ratio(wanted, folded[: len(wanted) + 1]) >= _LIKE_EACH_OTHER


def _consonants(word: str) -> str:
    """What is left of a name without vowels and glides: Voytsik and Wójcik -> vsk."""
    small = _fold(word).replace("w", "v").replace("ts", "c").replace("ph", "f")
    return re.sub(r"(.)\1+", r"\1", small.translate(_BONES))


def _odd_ones(found: list[tuple[int, str]], lang: str) -> Iterator[tuple[int, str, str]]:
    """(index, rendering, the usual rendering) for those that are not the usual one."""
    counts = Counter(
        {word: sum(_same(word, other, lang) for _, other in found) for _, word in found}
    )
    usual = max(counts, key=lambda word: (counts[word], -len(word)), default="")
    for index, word in found:
        if _same(word, usual, lang) or counts[word] >= counts[usual]:
            continue
        if fuzz.ratio(_fold(word)[: len(usual) + 1], _fold(usual)) >= _LIKE_EACH_OTHER:
            yield index, word, usual


def _same(word: str, other: str, lang: str) -> bool:
    """The same spelling, up to endings: Bakıya and Bakıda, Aliyev and Aliyeva."""
    same = takewhile(lambda two: two[0] == two[1], zip(word, other, strict=False))
    stem = sum(1 for _ in same)
    ending = _ENDING[lang]
    return any(  # Bakıda and Bakıdan part within an ending: try earlier places too
        ending.fullmatch(word, place) and ending.fullmatch(other, place)
        for place in range(max(3, stem - 4), stem + 1)
    )
