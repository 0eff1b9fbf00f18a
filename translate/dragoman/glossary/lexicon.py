"""The lexicon of personal names, ``glossary/names/*.csv``, and the spelling of a Russian name.

Azerbaijani names in Russian dress do not go back by rule (Гусейнов is Hüseynov, Гаджиев is
Hacıyev), so the lexicon is asked first, then names with the same consonants (Хусейнов), and
rules come last. Every spelling says how it was found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from dragoman.errors import GlossaryError
from dragoman.glossary import romanise
from dragoman.glossary.load import STATUSES, read_table
from dragoman.languages import az, ru_names
from dragoman.languages.ru_names import Gender

Part = Literal["given", "surname"]
How = Literal["lexicon", "skeleton", "rules"]

COLUMNS = ("kind", "ru", "en", "az", "origin", "status", "note")
REQUIRED = ("kind", "ru", "en", "az")
KINDS = ("given-m", "given-f", "surname")
ORIGINS = ("az", "foreign")
_CHOICES = {
    "kind": (KINDS, ""), "origin": (ORIGINS, "az"), "status": (STATUSES, "approved"),
}  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a name is written in the two languages, and how that was found."""

    en: str
    az: str
    how: How


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
    def _given(self) -> dict[str, list[tuple[Gender, Name]]]:
        found: dict[str, list[tuple[Gender, Name]]] = {}
        for name in self._live():
            if name.kind != "surname":
                gender: Gender = "femn" if name.kind == "given-f" else "masc"
                for ru in name.ru:
                    found.setdefault(_plain(ru), []).append((gender, name))
        return found

    @cached_property
    def _surnames(self) -> dict[str, Name]:
        found: dict[str, Name] = {}
        for name in self._live():
            if name.kind == "surname":
                for ru in name.ru:
                    found.setdefault(_plain(ru), name)
        return found

    @cached_property
    def _skeletons(self) -> dict[tuple[Part, str], list[tuple[str, Name]]]:
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
            cached = self._cache[word] = tuple(self._given_readings(word))
        return cached

    @cached_property
    def _cache(self) -> dict[str, tuple[Reading, ...]]:
        return {}

    def _given_readings(self, word: str) -> Iterable[Reading]:
        for nominative in ru_names.possible_nominatives(word):
            for gender, name in self._given.get(nominative, ()):
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
                name = self._surnames.get(masculine(nominative) if gender == "femn" else nominative)
                if name is None and gender == "femn":
                    name = self._surnames.get(nominative)
                (known if name else other).append(Reading(nominative, gender, cases, name))
        other.sort(key=lambda r: (not surname_shaped(r.nominative), len(r.nominative)))
        return (*known, *other)

    def knows_surname(self, word: str) -> bool:
        """Whether some case form of a surname in the lexicon reads `word`."""
        readings = self.surname(word)
        return bool(readings) and readings[0].name is not None

    def spell(self, nominative: str, part: Part, gender: Gender, *, foreign: bool) -> Spelling:
        """A name in English and Azerbaijani: by the lexicon, by its consonants, by rules."""
        if "-" in nominative and part == "surname":
            return _joined([
                self.spell(half, part, gender, foreign=foreign) for half in nominative.split("-")
            ])  # fmt: skip
        exact = self._exact(nominative, part, gender)
        if exact is not None:
            return _spelling(exact, part, gender, nominative, "lexicon")
        if part == "surname" and not foreign:
            derived = self._derived(nominative, gender)
            if derived is not None:
                return derived
        if not foreign:
            near = self._near(nominative, part, gender)
            if near is not None:
                return _spelling(near, part, gender, nominative, "skeleton")
        az = romanise.azerbaijani(nominative, foreign=foreign)
        en = romanise.english(nominative) if foreign else romanise.english_from_azerbaijani(az)
        return Spelling(en, az, "rules")

    def _exact(self, nominative: str, part: Part, gender: Gender) -> Name | None:
        if part == "given":
            names = self._given.get(nominative, [])
            return next((n for g, n in names if g == gender), names[0][1] if names else None)
        name = self._surnames.get(masculine(nominative)) if gender == "femn" else None
        return name or self._surnames.get(nominative)

    def _derived(self, nominative: str, gender: Gender) -> Spelling | None:
        """A surname made of a given name and an ending: Самедоглу of Самед."""
        base = masculine(nominative) if gender == "femn" else nominative
        for ending, stems, latin in _ENDINGS:
            if not base.endswith(ending):
                continue
            for stem in stems:
                root = base[: len(base) - len(ending)] + stem
                for _, name in self._given.get(root, ()):
                    if name.origin == "az":
                        tail = _harmonised(latin, name.az)
                        en = name.en + romanise.english_from_azerbaijani(tail)
                        made = Name("surname", (base,), en, name.az + tail)
                        return _spelling(made, "surname", gender, nominative, "lexicon")
        return None

    def _near(self, nominative: str, part: Part, gender: Gender) -> Name | None:
        from rapidfuzz.distance import Levenshtein  # few runs meet such a name

        base = masculine(nominative) if part == "surname" and gender == "femn" else nominative
        pool = self._skeletons.get((part, romanise.skeleton(base)), [])
        near = [(Levenshtein.distance(base, ru), ru, name) for ru, name in pool]
        best = min(near, key=lambda item: item[:2], default=None)
        return best[2] if best is not None and best[0] <= 1 + len(base) // 5 else None


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


# Russian ending, what to put back to get the given name, Azerbaijani ending (I by harmony).
_ENDINGS = (
    ("оглу", ("",), "oğlu"), ("оглы", ("",), "oğlu"), ("заде", ("",), "zadə"),
    ("бейли", ("",), "bəyli"), ("бекли", ("",), "bəyli"), ("беков", ("",), "bəyov"),
    ("ханов", ("",), "xanov"), ("ханлы", ("",), "xanlı"),
    ("гулиев", ("",), "quliyev"), ("кулиев", ("",), "quliyev"),
    ("лы", ("",), "lI"), ("ли", ("", "ь"), "lI"), ("лу", ("",), "lI"), ("лю", ("",), "lI"),
    ("ев", ("", "й"), "yev"), ("ов", ("", "ь"), "ov"), ("", ("",), ""),
)  # fmt: skip


def _harmonised(ending: str, stem: str) -> str:
    vowel = next((c for c in reversed(az.lower(stem)) if c in "aıouəeiöü"), "ə")
    close = "ı" if vowel in "aı" else "u" if vowel in "ou" else "ü" if vowel in "öü" else "i"
    return ending.replace("I", close)


_SHAPES = (
    "ов", "ев", "ин", "ын", "ова", "ева", "ина", "ский", "ская", "цкий", "цкая", "заде", "оглу",
    "оглы", "бейли", "бекли", "лы", "ли", "лу", "енко", "швили", "дзе", "ян", "ич", "сон", "ер",
)  # fmt: skip


def surname_shaped(nominative: str) -> bool:
    """Whether a word ends as surnames end."""
    return nominative.endswith(_SHAPES)


def azerbaijani_shaped(nominative: str) -> bool:
    """Whether a surname ends as only Azerbaijani ones do."""
    return nominative.endswith(("заде", "оглу", "бейли", "бекли", "лы", "лу"))


def _spelling(name: Name, part: Part, gender: Gender, nominative: str, how: How) -> Spelling:
    if part == "surname" and gender == "femn" and masculine(nominative) != nominative:
        return Spelling(_feminine(name.en), _feminine(name.az), how)
    return Spelling(name.en, name.az, how)


def _feminine(latin: str) -> str:
    if latin.endswith(("ov", "ev", "in", "ın")):
        return latin + "a"
    return latin[:-1] + "aya" if latin.endswith(("sky", "ski")) else latin


def _joined(halves: list[Spelling]) -> Spelling:
    worst: How = max((h.how for h in halves), key=("lexicon", "skeleton", "rules").index)
    return Spelling("-".join(h.en for h in halves), "-".join(h.az for h in halves), worst)


@cache
def _plain(name: str) -> str:
    return name.replace("ё", "е").replace("Ё", "Е")
