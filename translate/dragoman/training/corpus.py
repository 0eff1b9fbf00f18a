"""Reading and cleaning parallel text; evaluation sentences are kept out here."""

from __future__ import annotations

import hashlib
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import UsageError

OWN_CORPUS = Path(__file__).parent / "corpus"
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zçəğıöşü]", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A Russian text and its translation into `lang` ("en" or "az")."""

    source: str
    target: str
    lang: str
    origin: str


@dataclass(frozen=True, slots=True)
class Triple:
    """A line of the in-domain corpus: the same sentence in three languages."""

    ru: str
    en: str
    az: str
    origin: str

    def pairs(self) -> tuple[Pair, Pair]:
        """The two training pairs of the line."""
        return (
            Pair(self.ru, self.en, "en", self.origin),
            Pair(self.ru, self.az, "az", self.origin),
        )


def read_corpus(folder: Path = OWN_CORPUS) -> Iterator[Triple]:
    """Yield the lines of every ``*.tsv`` (ru, en, az; no header) in `folder`, in name order.

    Raises UsageError for a folder without corpora or a line that has not three columns.
    """
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise UsageError("no *.tsv corpus in the folder", path=folder, advice="name another")
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if not line.strip():
                continue
            cells = [" ".join(cell.split()) for cell in line.split("\t")]
            if len(cells) != 3 or not all(cells):
                raise UsageError(
                    f"{len(cells)} columns where ru, en, az are wanted",
                    path=path,
                    line=number,
                    advice="mend the line",
                )
            ru, en, az = cells
            yield Triple(ru, en, az, path.stem)


def read_general(path: Path, lang: str) -> Iterator[Pair]:
    """Yield the pairs of an xz-packed TSV (origin, ru, translation)."""
    for origin, source, target in read_rows(path):
        yield Pair(source, target, lang, origin)


def read_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of an xz-packed TSV of three columns (origin, a text, its translation)."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 3:
                origin, source, target = (" ".join(cell.split()) for cell in cells)
                yield origin, source, target


def read_monolingual(data: Path | None) -> list[str]:
    """The lines of mono.az.xz in the folder `data`, if it is there."""
    path = data / "mono.az.xz" if data is not None else None
    if path is None or not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return [" ".join(line.split()) for line in stream if line.strip()]


def is_clean(pair: Pair, *, longest: int = 110) -> bool:
    """Whether a pair looks like a translation: scripts, lengths (words) and their ratio."""
    source, target = pair.source, pair.target
    words = max(len(source.split()), len(target.split()))
    if not 1 <= words <= longest or source == target:
        return False
    if not _CYRILLIC.search(source) or not _LATIN.search(target) or _CYRILLIC.search(target):
        return False
    ratio = (len(source) + 8) / (len(target) + 8)
    return 0.5 <= ratio <= 2.0


def key(text: str) -> str:
    """A text reduced to what counts as the same sentence: lower-case words and numbers."""
    return " ".join(_WORD.findall(text.lower().replace("ё", "е")))


def fingerprint(text: str) -> str:
    """Twelve hex digits that stand for `key(text)` where the sentence itself may not go."""
    return hashlib.sha256(key(text).encode("utf-8")).hexdigest()[:12]


class HeldOut:
    """Recognises evaluation sentences, exact or nearly so, in any of their languages.

    Near duplicates share at least `overlap` of their word trigrams (Jaccard), after Broder
    (1997). Sentences under four words count only when exact.
    """

    def __init__(self, sentences: Iterable[str], overlap: float = 0.6) -> None:
        self._overlap = overlap
        self._keys: set[str] = set()
        self._shingles: list[frozenset[str]] = []
        self._index: dict[str, list[int]] = defaultdict(list)
        for sentence in sentences:
            self._keys.add(key(sentence))
            shingles = _shingles(sentence)
            for shingle in shingles:
                self._index[shingle].append(len(self._shingles))
            self._shingles.append(shingles)

    def __contains__(self, text: str) -> bool:
        if key(text) in self._keys:
            return True
        shingles = _shingles(text)
        shared: dict[int, int] = defaultdict(int)
        for shingle in shingles:
            for number in self._index.get(shingle, ()):
                shared[number] += 1
        return any(
            count / (len(shingles) + len(self._shingles[number]) - count) >= self._overlap
            for number, count in shared.items()
        )


def _shingles(text: str) -> frozenset[str]:
    words = key(text).split()
    if len(words) < 4:
        return frozenset()
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))


def unique(pairs: Iterable[Pair], held_out: HeldOut) -> Iterator[Pair]:
    """Clean pairs, each once, none of them held out."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        identity = (key(pair.source), key(pair.target))
        if identity in seen or not is_clean(pair):
            continue
        seen.add(identity)
        if pair.source not in held_out and pair.target not in held_out:
            yield pair
