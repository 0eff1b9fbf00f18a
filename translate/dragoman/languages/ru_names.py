"""Russian: personal names in every case, by rule and without a dictionary.

pymorphy3 does not know Azerbaijani names (it takes Габала for a genitive), so they have
paradigms of their own. Rules: Русская грамматика (1980), §§ 1218-1236 for surnames in -ов,
-ин and -ский; Rosental, «Справочник по правописанию», §§ 149-151 for what does not decline
(names in -о, -у, -и, -ы, -э; women's names in a consonant).

A paradigm is six tuples of forms, in the order of `CASES`; the first form of each is the
usual one, the others occur in texts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from dragoman.languages.text import words

Gender = Literal["masc", "femn"]
Cell = tuple[str, ...]
Paradigm = tuple[Cell, Cell, Cell, Cell, Cell, Cell]

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")

_HUSHERS = "жчшщц"
_VELARS = "гкхжчшщ"  # и, not ы, after these
_FLEETING = {"Павел": "Павл", "Лев": "Льв"}
_LEFT_ALONE = ("Кара", "ага")  # declined or not: балет Кары Караева, балет Кара Караева
_AZERBAIJANI = ("-заде", "-оглы", "-оглу", "-бейли", "-бекли", "-ханлы")
_PRONOMINAL = ("ов", "ев", "ёв", "ин", "ын")  # Гусейнов, Алиев, Керимин
_ADJECTIVAL = ("ский", "цкий", "ской", "цкой")


def _six(*cells: str) -> Paradigm:
    a, b, c, d, e, f = [tuple(x.split("|")) if "|" in x else (x,) for x in cells]
    return (a, b, c, d, e, f)


def fixed(word: str) -> Paradigm:
    """The paradigm of a word that does not decline."""
    return _six(word, word, word, word, word, word)


def given(word: str, gender: Gender) -> Paradigm:
    """The six cases of a given name or patronymic, from its nominative."""
    if word in _FLEETING:
        return _consonant(word, _FLEETING[word])
    if word.endswith(("иа", "уа", "оа", "еа")):
        return fixed(word)
    if word.endswith(_LEFT_ALONE):
        return tuple((*cell, word) for cell in _in_a(word))  # type: ignore[return-value]
    if word.endswith("а"):
        return _in_a(word)
    if word.endswith("я"):
        return _in_ya(word)
    if gender == "femn":
        return _soft_feminine(word) if word.endswith("ь") else fixed(word)
    if word.endswith("ий"):
        stem = word[:-1]
        return _six(word, stem + "я", stem + "ю", stem + "я", stem + "ем", f"{stem}и|{stem}е")
    if word.endswith(("й", "ь")):
        stem = word[:-1]
        return _six(
            word, stem + "я", stem + "ю", stem + "я", stem + "ем|" + stem + "ём", stem + "е"
        )
    return fixed(word) if _ends_in_vowel(word) else _consonant(word, word)


def surname(word: str, gender: Gender) -> Paradigm:
    """The six cases of a surname, from the nominative of that gender (Алиева for a woman)."""
    if word.endswith(_AZERBAIJANI):
        return fixed(word)  # Гасым-заде: the hyphen is only a way to write it
    if "-" in word:
        return _double(word, gender)
    if gender == "femn":
        return _surname_feminine(word)
    if word.endswith(_PRONOMINAL):
        # Foreign names in -ин, -ов have -ом (Чаплином); which is foreign no rule can tell.
        return _six(word, word + "а", word + "у", word + "а", f"{word}ым|{word}ом", word + "е")
    if word.endswith((*_ADJECTIVAL, "ый", "ой", "ний")):
        return _adjective(word)
    if word.endswith(("ых", "их")) or _ends_in_vowel(word):
        return given(word, gender) if word.endswith(("а", "я")) else fixed(word)
    return given(word, gender)


def surname_plural(word: str) -> Paradigm:
    """Both or all of a family: Алиевы, Алиевых. Takes the man's nominative."""
    if word.endswith(_PRONOMINAL):
        b = word
        return _six(b + "ы", b + "ых", b + "ым", b + "ых", b + "ыми", b + "ых")
    if word.endswith(_ADJECTIVAL):
        b = word[:-2]
        return _six(b + "ие", b + "их", b + "им", b + "их", b + "ими", b + "их")
    return fixed(word)


def feminine(word: str) -> str:
    """The woman's form of a man's surname: Алиев -> Алиева, Эйвазлы -> Эйвазлы."""
    if "-" in word:
        return "-".join(feminine(part) for part in word.split("-"))
    if word.endswith(_PRONOMINAL):
        return word + "а"
    if word.endswith((*_ADJECTIVAL, "ый")):
        return word[:-2] + "ая"
    return word


def _surname_feminine(word: str) -> Paradigm:
    if word.endswith(tuple(ending + "а" for ending in _PRONOMINAL)):
        b = word[:-1]
        return _six(word, b + "ой", b + "ой", b + "у", b + "ой|" + b + "ою", b + "ой")
    if word.endswith("ая"):
        b = word[:-2]
        return _six(word, b + "ой", b + "ой", b + "ую", b + "ой|" + b + "ою", b + "ой")
    if word.endswith(("а", "я")):
        return given(word, "femn")
    return fixed(word)


def _double(word: str, gender: Gender) -> Paradigm:
    # The article of аль-Мансури does not decline.
    halves = word.split("-")
    parts = [fixed(half) if half[:1].islower() else surname(half, gender) for half in halves]
    return _six(*("-".join(part[i][0] for part in parts) for i in range(6)))


def _adjective(word: str) -> Paradigm:
    b = word[:-2]
    soft = word.endswith("ний")
    y = "и" if soft or b[-1] in _VELARS else "ы"
    o = "е" if soft else "о"
    return _six(word, f"{b}{o}го", f"{b}{o}му", f"{b}{o}го", f"{b}{y}м", f"{b}{o}м")


def _consonant(word: str, stem: str) -> Paradigm:
    ablative = f"{stem}ем|{stem}ом" if stem[-1] in _HUSHERS else f"{stem}ом"
    return _six(word, stem + "а", stem + "у", stem + "а", ablative, stem + "е")


def _in_a(word: str) -> Paradigm:
    b = word[:-1]
    i = "и" if b[-1:] in tuple(_VELARS) else "ы"
    ablative = f"{b}ей|{b}ой" if b[-1:] in tuple(_HUSHERS) else f"{b}ой|{b}ою"
    return _six(word, b + i, b + "е", b + "у", ablative, b + "е")


def _in_ya(word: str) -> Paradigm:
    b = word[:-1]
    e = f"{b}и|{b}е" if b.endswith("и") else f"{b}е"
    return _six(word, b + "и", e, b + "ю", f"{b}ей|{b}ею", e)


def _soft_feminine(word: str) -> Paradigm:
    # Айгюль: texts leave it alone or decline it as ночь.
    b = word[:-1]
    i = f"{word}|{b}и"
    return _six(word, i, i, word, f"{word}|{word}ю", i)


def _ends_in_vowel(word: str) -> bool:
    return word[-1:] in tuple("аеёиоуыэюя")


_ENDINGS = (
    "",
    *sorted(words("а я у ю е и ы ой ей ою ею ом ем ём ым им ого его ому ему ую ая ии ию")),
)
_TAILS = ("", "а", "я", "й", "ь", "ий", "ый", "ой", "ая")


@lru_cache(maxsize=16384)
def possible_nominatives(word: str) -> tuple[str, ...]:
    """Every nominative that `word` could be a case form of, itself first, by its letters alone."""
    found = {word: None}
    for ending in _ENDINGS:
        stem = word[: len(word) - len(ending)]
        if len(stem) < 2 or not word.endswith(ending):
            continue
        for tail in _TAILS:
            if tail != "й" or _ends_in_vowel(stem):  # Кемаля is of Кемаль, not of Кемалй
                found[stem + tail] = None
    if word.endswith("Льва"[-3:]) and word.startswith("Льв"):
        found["Лев"] = None
    if word.startswith("Павл"):
        found["Павел"] = None
    return tuple(found)


def cases_of(paradigm: Paradigm, word: str) -> tuple[str, ...]:
    """The cases in which `word` stands in `paradigm`, nominative first; empty when it does not."""
    return tuple(case for case, cell in zip(CASES, paradigm, strict=True) if word in cell)
