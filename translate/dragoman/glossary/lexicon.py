"""The lexicon of personal names, ``glossary/names/*.csv``, sought by any Russian case form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import GlossaryError
from dragoman.glossary import romanise
from dragoman.glossary.honorifics import agreed, title_of
from dragoman.glossary.load import STATUSES, read_table
from dragoman.languages import ru_names
from dragoman.languages.ru_names import Gender

Part = Literal["given", "surname"]

COLUMNS = ("kind", "ru", "en", "az", "origin", "status", "note")
REQUIRED = ("kind", "ru", "en", "az")
KINDS = ("given-m", "given-f", "surname")
ORIGINS = ("az", "foreign")
_CHOICES = {
    "kind": (KINDS, ""), "origin": (ORIGINS, "az"), "status": (STATUSES, "approved"),
}  # fmt: skip


_KEPT = 8192  # words whose readings are remembered


@dataclass(frozen=True, slots=True)
class Name:
    """A row of the name lexicon; `ru` are its Russian spellings, the commonest first."""

    kind: str
    ru: tuple[str, ...]
    en: str
    az: str
    origin: str = "az"
    status: str = "approved"


@dataclass(frozen=True, slots=True)
class Reading:
    """A Russian word read as a name: its nominative, gender and the cases it may stand in."""

    nominative: str
    gender: Gender
    cases: tuple[str, ...]
    name: Name | None = None


def read_names(folder: Path) -> tuple[NameLexicon, tuple[GlossaryError, ...]]:
    """The lexicon in ``folder/*.csv`` (an absent folder is an empty lexicon), and all faults."""
    names: list[Name] = []
    faults: list[GlossaryError] = []
    for path in sorted(folder.glob("*.csv")):
        for record in read_table(path, COLUMNS, REQUIRED, faults):
            cells = record.cells
            wrong = [
                c for c, (known, usual) in _CHOICES.items() if (cells[c] or usual) not in known
            ]
            for column in wrong:
                known = _CHOICES[column][0]
                faults.append(record.fault(
                    column, f"unknown value {cells[column]!r}", "use one of " + ", ".join(known)
                ))  # fmt: skip
            if not wrong:
                names.append(Name(
                    cells["kind"], record.several("ru"), cells["en"], cells["az"],
                    cells["origin"] or "az", cells["status"] or "approved",
                ))  # fmt: skip
    return NameLexicon(tuple(names)), tuple(faults)


@dataclass(frozen=True)
class NameLexicon:
    """Given names and surnames, sought by any Russian case form."""

    names: tuple[Name, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Names the content of the lexicon."""
        lines = "\n".join(f"{n.kind}\t{'|'.join(n.ru)}\t{n.en}\t{n.az}" for n in self.names)
        return hashlib.sha256(lines.encode()).hexdigest()[:16]

    @cached_property
    def by_given(self) -> dict[str, list[tuple[Gender, Name]]]:
        """Given names by their Russian spellings, with gender."""
        found: dict[str, list[tuple[Gender, Name]]] = {}
        for name in self._live():
            if name.kind != "surname":
                gender: Gender = "femn" if name.kind == "given-f" else "masc"
                for ru in name.ru:
                    found.setdefault(_plain(ru), []).append((gender, name))
        return found

    @cached_property
    def by_surname(self) -> dict[str, Name]:
        """Surnames (a man's) by their Russian spellings."""
        found: dict[str, Name] = {}
        for name in self._live():
            if name.kind == "surname":
                for ru in name.ru:
                    found.setdefault(_plain(ru), name)
        return found

    @cached_property
    def by_skeleton(self) -> dict[tuple[Part, str], list[tuple[str, Name]]]:
        """Names and their spellings by consonants (`romanise.skeleton`)."""
        found: dict[tuple[Part, str], list[tuple[str, Name]]] = {}
        for name in self._live():
            part: Part = "surname" if name.kind == "surname" else "given"
            for ru in name.ru:
                found.setdefault((part, romanise.skeleton(ru)), []).append((_plain(ru), name))
        return found

    def _live(self) -> Iterable[Name]:
        return (name for name in self.names if name.status != "deprecated")

    def given(self, word: str) -> tuple[Reading, ...]:
        """The readings of a capitalised word as a given name that the lexicon knows."""
        cached = self._cache.get(word)
        if cached is None:
            _make_room(self._cache)
            cached = self._cache[word] = tuple(self._given_readings(word))
        return cached

    @cached_property
    def _cache(self) -> dict[str, tuple[Reading, ...]]:
        return {}

    def _given_readings(self, word: str) -> Iterable[Reading]:
        """Али-Ага and Аббас-Кули are Алиага and Аббаскули; Гасан-бек is Гасан with a title."""
        known = tuple(self._known_readings(word))
        if known or "-" not in word:
            return known
        titled = title_of(word)
        if titled is None or titled[1].ru == "ага":
            known = tuple(self._known_readings(word.replace("-", "").capitalize()))
        return known or tuple(self._titled(word))

    def _titled(self, word: str) -> Iterable[Reading]:
        titled = title_of(word)
        if titled is None:
            return
        name, title = titled
        for reading in self.given(name):
            cases = agreed(title, name, reading.nominative, reading.cases)
            if cases and reading.gender == title.gender:
                nominative = f"{reading.nominative}-{title.ru}"
                yield Reading(nominative, title.gender, cases, reading.name)

    def _known_readings(self, word: str) -> Iterable[Reading]:
        for nominative in ru_names.possible_nominatives(word):
            for gender, name in self.by_given.get(nominative, ()):
                cases = ru_names.cases_of(ru_names.given(nominative, gender), word)
                if cases:
                    yield Reading(nominative, gender, cases, name)

    def surname(
        self, word: str, genders: tuple[Gender, ...] = ("masc", "femn")
    ) -> tuple[Reading, ...]:
        """The readings of a capitalised word as a surname, those the lexicon knows first.

        A word the lexicon lacks has every reading that its endings allow.
        """
        cached = self._surname_cache.get((word, genders))
        if cached is None:
            _make_room(self._surname_cache)
            cached = self._surname_cache[word, genders] = self._surname_readings(word, genders)
        return cached

    @cached_property
    def _surname_cache(self) -> dict[tuple[str, tuple[Gender, ...]], tuple[Reading, ...]]:
        return {}

    def _surname_readings(self, word: str, genders: tuple[Gender, ...]) -> tuple[Reading, ...]:
        known: list[Reading] = []
        other: list[Reading] = []
        for nominative in ru_names.possible_nominatives(word):
            for gender in genders:
                if not _fits(nominative, gender):
                    continue
                cases = ru_names.cases_of(ru_names.surname(nominative, gender), word)
                if not cases:
                    continue
                name = self.by_surname.get(
                    masculine(nominative) if gender == "femn" else nominative
                )
                if name is None and gender == "femn":
                    name = self.by_surname.get(nominative)
                (known if name else other).append(Reading(nominative, gender, cases, name))
        other.sort(key=lambda r: (not surname_shaped(r.nominative), len(r.nominative)))
        return (*known, *other)

    def knows_surname(self, word: str, origin: str = "") -> bool:
        """Whether some case form of a surname in the lexicon (of that `origin`) reads `word`."""
        readings = self.surname(word)
        name = readings[0].name if readings else None
        return name is not None and origin in ("", name.origin)


def _fits(nominative: str, gender: Gender) -> bool:
    """Whether a person of that gender can bear the surname: no woman is Алиев, no man Алиева."""
    ends = nominative.endswith
    if gender == "femn":
        return not ends(("ов", "ев", "ин", "ын", "ский", "цкий"))
    return not ends(("ова", "ева", "ская", "цкая"))


def masculine(nominative: str) -> str:
    """The man's form of a woman's surname: Алиева -> Алиев."""
    if nominative.endswith(("ова", "ева", "ина", "ына")):
        return nominative[:-1]
    if nominative.endswith(("ская", "цкая")):
        return nominative[:-2] + "ий"
    return nominative


_SHAPES = (
    "ов", "ев", "ин", "ын", "ова", "ева", "ина", "ский", "ская", "цкий", "цкая", "заде", "оглу",
    "оглы", "бейли", "бекли", "лы", "ли", "лу", "енко", "швили", "дзе", "ян", "ич", "сон", "ер",
)  # fmt: skip


def surname_shaped(nominative: str) -> bool:
    """Whether a word ends as surnames end."""
    return nominative.endswith(_SHAPES)


def azerbaijani_shaped(nominative: str) -> bool:
    """Whether a surname ends as only Azerbaijani ones do."""
    return nominative.endswith(("заде", "оглу", "гызы", "кызы", "бейли", "бекли", "лы", "лу"))


def _make_room(known: dict[Any, tuple[Reading, ...]]) -> None:
    """Forget all when there is much: an archive has ever more words."""
    if len(known) >= _KEPT:
        known.clear()


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    return name.replace("ё", "е").replace("Ё", "Е")
