"""Russian words in every case and number, over pymorphy3, with what it does not know.

pymorphy3 is imported on first use: a warm run, with every form in the cache, never needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from dragoman.languages.ru_names import CASES, Paradigm, given
from dragoman.languages.text import words

Number = Literal["sing", "plur"]
NUMBERS: tuple[Number, ...] = ("sing", "plur")

# The first half of these compounds stays as it is: вице-президентом, генерал-майором.
_FROZEN_HALVES = words(
    "вице экс премьер пресс генерал капитан контр колл веб интернет онлайн бизнес медиа мини "
    "статс штаб унтер обер лейб хедж фан флаг шеф кол-во бранд арт топ рок блок план интер"
)

_VERBAL = ("VERB", "INFN", "GRND")
_LISTED = {"NOUN": "n", "ADJF": "a", "PRTF": "a", "ADVB": "d", **dict.fromkeys(_VERBAL, "v")}


@dataclass(frozen=True, slots=True)
class Word:
    """A noun's forms by (number, case), and what adjectives must agree with."""

    cells: dict[tuple[Number, str], tuple[str, ...]]
    gender: str
    animate: bool
    number: Number  # that of the form given


@cache
def analyser() -> Any:
    """The one pymorphy3 analyser of a process, loaded on first use (some 0.2 s)."""
    import pymorphy3  # heavy, and not needed when the cache is warm

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=16384)
def parses_of(word: str) -> tuple[Any, ...]:
    """The parses of a word, likeliest first; letters of any size."""
    return tuple(analyser().parse(word.lower()))


@lru_cache(maxsize=16384)
def citation(word: str) -> tuple[str, str]:
    """(base form, part of speech) of a word as a dictionary lists it, by its likeliest reading.

    n for a noun, p for the name of a place, a for an adjective or a participle, which is listed by
    itself and not under its verb, d for an adverb, v for a verb; "" for all else. ё is written е,
    as texts do.
    """
    first = parses_of(word)[0]
    part = "p" if "Geox" in first.tag else _LISTED.get(str(first.tag.POS), "")
    base = first.inflect({"sing", "masc", "nomn"}) if first.tag.POS == "PRTF" else None
    return (base.word if base else first.normal_form).replace("ё", "е"), part


def cited_forms(lemma: str, part: str) -> tuple[str, ...]:
    """The forms of a word that a dictionary lists so: those that are likeliest to be of it; of a
    place that pymorphy3 does not know, those that its last letters make likely."""
    if part == "p" and not analyser().word_is_known(lemma):
        cells = head_word("-".join(half.capitalize() for half in lemma.split("-"))).cells
        return tuple(sorted({lemma, *(form for cell in cells.values() for form in cell)}))
    words = {
        form.word
        for parse in parses_of(lemma)
        if parse.normal_form.replace("ё", "е") == lemma or parse.tag.POS == "PRTF"
        for form in parse.lexeme
    }
    return tuple(sorted(word for word in words if citation(word) == (lemma, part)))


@lru_cache(maxsize=16384)
def head_word(token: str) -> Word:
    """The forms of a noun given in the nominative, known to the dictionary or not."""
    known = analyser().word_is_known(token.lower())
    if "-" in token and not known:
        return _compound(token)
    parses = [p for p in parses_of(token) if p.tag.POS == "NOUN" and p.tag.case == "nomn"]
    parses.sort(key=lambda p: p.tag.number == "plur")
    if not known and token[0].isupper():
        return _unknown(token)
    if parses:
        return _from_parse(parses[0])
    adjectives = [
        p for p in parses_of(token) if p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn"
    ]
    if adjectives:
        return _substantivised(adjectives[0])
    return _unknown(token)


def _from_parse(parse: Any) -> Word:
    cells: dict[tuple[Number, str], tuple[str, ...]] = {}
    for form in parse.lexeme:
        tag = form.tag
        case = _case(tag)
        if case in CASES and tag.number is not None:
            key = (_number(tag), case)
            # V-oy, V-ej: the bookish -ою, -ею; press releases do not write them.
            if not {"V-oy", "V-ej", "V-be", "V-bi", "V-ey", "V-ie"} & set(tag.grammemes):
                cells[key] = tuple(dict.fromkeys((*cells.get(key, ()), form.word)))
    if parse.word[-1] == "а" and parse.word[-2] in "жшчщц":
        # The dictionary has Гянджей, the texts Гянджой: the stress decides, and it varies.
        cells["sing", "ablt"] = (parse.word[:-1] + "ой", parse.word[:-1] + "ей")
    tag = parse.tag
    return Word(cells, str(tag.gender or "masc"), tag.animacy == "anim", _number(tag))


# pymorphy3 gives grammemes as strings that refuse to be compared with unknown ones.
def _case(tag: Any) -> str:
    case = str(tag.case)
    return {"gen2": "gent", "loc2": "loct", "gen1": "gent"}.get(case, case)


def _number(tag: Any) -> Number:
    return "plur" if str(tag.number) == "plur" else "sing"


def _substantivised(parse: Any) -> Word:
    """An adjective that stands for a noun: уполномоченный, поверенный, служащий."""
    gender = str(parse.tag.gender or "masc")
    number = _number(parse.tag)
    cells: dict[tuple[Number, str], tuple[str, ...]] = {}
    for num in NUMBERS:
        for case in CASES:
            form = _best(parse, {case, num} | ({gender} if num == "sing" else set()), animate=True)
            if form:
                cells[num, case] = (form,)
    return Word(cells, gender, True, number)


def _unknown(token: str) -> Word:
    """A proper noun the dictionary lacks (Габала, Зангезур): declined by its last letters.

    Foreign ones in -ь are masculine (в Эрбиле, в Шэньчжэне), but Сиязань goes as Казань does."""
    word = token.lower()
    gender: Literal["masc", "femn"] = "femn" if word.endswith(("а", "я", "зань")) else "masc"
    paradigm: Paradigm = given(word, gender)
    cells: dict[tuple[Number, str], tuple[str, ...]] = {}
    for case, cell in zip(CASES, paradigm, strict=True):
        cells["sing", case] = paradigm[0] if case == "accs" and gender == "masc" else cell
    return Word(cells, gender, False, "sing")


def _compound(token: str) -> Word:
    """страна-участница declines in both halves, генерал-майор in the second only."""
    first, _, second = token.partition("-")
    tail = head_word(second)
    if first[0].isupper() and second[0].isupper():
        return _proper_compound(first, second, tail)
    inflects = first.lower() not in _FROZEN_HALVES and any(
        p.tag.POS in ("NOUN", "ADJF", "PRTF")
        and p.tag.case == "nomn"
        and p.tag.number == tail.number
        for p in parses_of(first)
    )
    if not inflects:
        cells = {k: tuple(f"{first.lower()}-{w}" for w in v) for k, v in tail.cells.items()}
        return Word(cells, tail.gender, tail.animate, tail.number)
    lead = head_word(first)
    cells = {}
    for key in lead.cells.keys() & tail.cells.keys():
        halves = tail.cells[key]
        if key[1] == "accs" and (key[0] == "plur" or lead.gender != "femn"):
            # государства-участники as object: the whole goes with the first half's animacy.
            source = (key[0], "gent" if lead.animate else "nomn")
            halves = tail.cells.get(source, halves) if tail.gender != "femn" else halves
        cells[key] = tuple(f"{a}-{b}" for a in lead.cells[key] for b in halves)
    return Word(cells, lead.gender, lead.animate, lead.number)


def _proper_compound(first: str, second: str, tail: Word) -> Word:
    """Буэнос-Айрес declines in the second half; Гвинея-Бисау, whose second cannot, in the first."""
    if len(set(tail.cells.values())) == 1 and analyser().word_is_known(first.lower()):
        lead = head_word(first)
        cells = {k: tuple(f"{w}-{second.lower()}" for w in v) for k, v in lead.cells.items()}
        return Word(cells, lead.gender, lead.animate, lead.number)
    cells = {k: tuple(f"{first.lower()}-{w}" for w in v) for k, v in tail.cells.items()}
    return Word(cells, tail.gender, tail.animate, tail.number)


@lru_cache(maxsize=16384)
def _agreeing(token: str, gender: str, animate: bool, number: Number, case: str) -> str:
    parses = [p for p in parses_of(token) if p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn"]
    if not parses:
        return token
    wanted = {case, number} | ({gender} if number == "sing" else set())
    return _best(parses[0], wanted, animate=animate) or token


def agree(token: str, head: Word, number: Number, case: str) -> str:
    """An adjective or participle in agreement with `head`; any other word as it is."""
    return _agreeing(token, head.gender, head.animate, number, case)


def _best(parse: Any, wanted: set[str], *, animate: bool) -> str | None:
    """The form with the grammemes; of several the one most like the given word.

    `высший` and `высочайший` share a paradigm in pymorphy3: the longest common prefix tells.
    """
    if "accs" in wanted and ("plur" in wanted or "masc" in wanted):
        wanted = wanted | {"anim" if animate else "inan"}
    found = [word for word, grammemes in _lexeme(parse) if wanted <= grammemes]
    return max(found, key=lambda word: _shared(word, parse.word)) if found else None


@lru_cache(maxsize=4096)
def _lexeme(parse: Any) -> tuple[tuple[str, frozenset[str]], ...]:
    """The words of an adjective's paradigm in the usual forms, with their grammemes."""
    return tuple(
        (form.word, frozenset(form.tag.grammemes))
        for form in parse.lexeme
        if form.tag.POS == parse.tag.POS and not {"V-oy", "V-ej", "V-ey"} & set(form.tag.grammemes)
    )


def _shared(a: str, b: str) -> int:
    """The length of the common prefix."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
