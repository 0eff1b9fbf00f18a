"""The small parts of a name: particles, initials, and the ё that texts leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.glossary import romanise
from dragoman.glossary.honorifics import title_of
from dragoman.glossary.spelling import Spelling
from dragoman.languages.ru_names import Gender
from dragoman.languages.text import words

_PARTICLES = {
    "оглы": Spelling("oghlu", "oğlu", "lexicon"), "оглу": Spelling("oghlu", "oğlu", "lexicon"),
    "кызы": Spelling("gizi", "qızı", "lexicon"), "бек": Spelling("bey", "bəy", "lexicon"),
    "бей": Spelling("bey", "bəy", "lexicon"), "паша": Spelling("pasha", "paşa", "lexicon"),
    "ханым": Spelling("khanim", "xanım", "lexicon"),
    **{ru: Spelling(latin, latin, "lexicon") for ru, latin in (
        ("ван", "van"), ("дер", "der"), ("ден", "den"), ("де", "de"), ("да", "da"), ("ди", "di"),
        ("ду", "du"), ("дель", "del"), ("делла", "della"), ("дос", "dos"), ("ла", "la"),
        ("ле", "le"), ("бин", "bin"), ("бен", "ben"), ("ибн", "ibn"),
    )},
    "фон": Spelling("von", "fon", "lexicon"), "эль": Spelling("el", "el", "lexicon"),
    "аль": Spelling("al", "əl", "lexicon"),
}  # fmt: skip
_SONS = re.compile(r"огл[ыу]$|вич[аеу]?$|вичем$")
_DAUGHTERS = re.compile(r"кызы$|вн[аеуы]$|вной$")
# First of the two surnames of a Spaniard or a Portuguese, in -а for men as well: Ортеги Вальдеса.
# They stand here and not in the lexicon, where half of them would be found as what else they are
# (Лима, Луна); between a given name and a surname nothing else is meant.
SECOND_SURNAMES = words(
    "Агилера Акоста Альмейда Баррера Борха Вега Гарсия Гевара Герра Кабрера Каррера Коста "
    "Кунья Лара Лима Луна Майя Медина Мендоса Миранда Молина Монтойя Мота Моура Ногейра "
    "Оливейра Ортега Падилья Пенья Перальта Перейра Перера Пинеда Ривера Роча Сантана Сапата "
    "Сильва Силва Сория Соса Сьерра Тейшейра Феррейра Фонсека Эррера Эспиноса"
)
_YO = {"е": "ё", "Е": "Ё"}


@dataclass(frozen=True, slots=True)
class Generation:
    """Which of two of one name: Гашимов-младший, Hashimov Jr., kiçik Həşimov."""

    en: str
    az: str

    def of(self, parts: Sequence[Spelling]) -> list[Spelling]:
        """The parts of the name with it: behind them in English, before them in Azerbaijani."""
        named = [replace(parts[0], az=f"{self.az} {parts[0].az}"), *parts[1:]]
        return [*named[:-1], replace(named[-1], en=f"{named[-1].en} {self.en}")]


_GENERATION = re.compile(r"-(младш|старш)(?:ий|его|ему|им|ем)$")
_GENERATIONS = {"младш": Generation("Jr.", "kiçik"), "старш": Generation("Sr.", "böyük")}


def without_generation(surname: str) -> tuple[str, Generation | None]:
    """A surname, and what is said behind it of father and son."""
    found = _GENERATION.search(surname)
    return (surname[: found.start()], _GENERATIONS[found[1]]) if found else (surname, None)


def is_particle(word: str) -> bool:
    """Whether a word of a name is no name itself: оглы, ван, де, Ди."""
    return word.lower() in _PARTICLES


def gender_told(middle: Iterable[str]) -> Gender | None:
    """What a father's name or a title among the `middle` words of a name says: Гейдар оглы,
    Петровна, Мардан-бек."""
    for word in middle:
        if titled := title_of(word):
            return titled[1].gender
        if _SONS.search(word) or _DAUGHTERS.search(word):
            return "masc" if _SONS.search(word) else "femn"
    return None


_PATRONYMIC_CASES: dict[str, tuple[str, ...]] = {
    "вич": ("nomn",), "вича": ("gent", "accs"), "вичу": ("datv",), "вичем": ("ablt",),
    "виче": ("loct",), "вна": ("nomn",), "вны": ("gent",), "вне": ("datv", "loct"),
    "вну": ("accs",), "вной": ("ablt",),
}  # fmt: skip


def cases_told(middle: Iterable[str]) -> tuple[str, ...]:
    """The cases that a patronymic among the `middle` words shows: Марфе Ивановне Кузнецовой."""
    for word in middle:
        if titled := title_of(word):
            return titled[1].cases
        for ending, cases in _PATRONYMIC_CASES.items():
            if word.endswith(ending):
                return cases
    return ()


def particle(word: str) -> Spelling | None:
    """van, de, oğlu; a capital letter stays: Ди Джанфранческо."""
    found = _PARTICLES.get(word.lower())
    if found is None or word[0].islower():
        return found
    return Spelling(found.en.capitalize(), found.az.capitalize(), found.how)


def with_yo(nominative: str, heard: str) -> str:
    """`nominative` with ё where the form in the text has it."""
    return "".join(
        _YO.get(letter, letter) if heard[i : i + 1] == "ё" else letter
        for i, letter in enumerate(nominative)
    )


def initial(initial: str, gender: Gender, *, foreign: bool, western: bool) -> Spelling:
    """An initial in both languages.

    Г. is most often Гасан or Гусейн for a man, Гюнель for a woman; Х. abroad is H.
    """
    letter = initial[:-1]
    if letter == "Х" and western:
        return Spelling("H.", "H.", "rules")
    if letter == "Г" and not foreign:
        return Spelling("H.", "H.", "rules") if gender == "masc" else Spelling("G.", "G.", "rules")
    en, az = romanise.initial(letter, "en"), romanise.initial(letter, "az")
    return Spelling(en + ".", az + ".", "rules")
