"""Russian: a noun phrase in every case and number, over pymorphy3.

``phrase_forms("Государственная миграционная служба")`` inflects the head, makes the adjectives
before it agree, and leaves what follows it alone (``начальник Службы`` -> ``начальником Службы``).
pymorphy3 is imported on first use: a warm run, with every form in the cache, never needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from dragoman.languages.ru_names import CASES, Paradigm, given
from dragoman.languages.text import words

Number = Literal["sing", "plur"]

_TOKEN = re.compile(r"[\w'’]+(?:-[\w'’]+)*|[^\w\s]")
_PLURALS: tuple[Number, ...] = ("sing", "plur")
# The first half of these compounds stays as it is: вице-президентом, генерал-майором.
_FROZEN_HALVES = words(
    "вице экс премьер пресс генерал капитан контр колл веб интернет онлайн бизнес медиа мини "
    "статс штаб унтер обер лейб хедж фан флаг шеф кол-во бранд арт топ рок блок план интер"
)
_PREPOSITIONS = words(
    "без в во вне для до за из к ко между на над о об обо от перед по под при про против с со "
    "среди у через"
)


@dataclass(frozen=True, slots=True)
class PhraseForm:
    """One surface form of a phrase: its text, the case it stands in and its number."""

    text: str
    case: str
    number: Number


@dataclass(frozen=True, slots=True)
class _Word:
    """A noun's forms by (number, case), and what adjectives must agree with."""

    cells: dict[tuple[Number, str], tuple[str, ...]]
    gender: str
    animate: bool
    number: Number  # that of the form given


def phrase_forms(
    phrase: str, *, number: Number | None = None, head: str | None = None
) -> tuple[PhraseForm, ...]:
    """Every surface form of `phrase`, given in the nominative; first letters keep their case.

    `number` locks the forms to one number; a phrase given in the plural is always locked.
    `head` names the head where grammar alone would find another (Меджлис in Милли Меджлис).
    A phrase with no nominative in it (``в срок``) has one form, itself, in every case.
    """
    tokens = _TOKEN.findall(phrase)
    at = _head_index(tokens, head)
    if at is None:
        return tuple(PhraseForm(phrase, case, number or "sing") for case in CASES)
    noun = _head_word(tokens[at])
    numbers = (noun.number,) if noun.number == "plur" else (number,) if number else _PLURALS
    forms: list[PhraseForm] = []
    for num in numbers:
        for case in CASES:
            columns = _columns(tokens, at, noun, num, case)
            if columns is not None:
                forms.extend(PhraseForm(t, case, num) for t in _join(phrase, tokens, columns))
    return tuple(dict.fromkeys(forms))


def function_word(word: str) -> bool:
    """Whether a form reads first of all as a preposition, pronoun, particle or adverb.

    So do ``после`` of ``посол`` and ``Того``, the country: no such form is worth its noise.
    """
    first = _parse(word)[0]
    return first.tag.POS in ("PREP", "CONJ", "PRCL", "NPRO", "ADVB", "PRED", "INTJ") or (
        first.tag.POS == "ADJF" and "Apro" in first.tag
    )


def _columns(
    tokens: list[str], at: int, head: _Word, number: Number, case: str
) -> list[tuple[str, ...]] | None:
    """For each token the words it may be in this cell; None where the head has no such form."""
    if not head.cells.get((number, case)):
        return None
    columns: list[tuple[str, ...]] = []
    frozen = False
    for i, token in enumerate(tokens):
        if i == at:
            columns.append(head.cells[number, case])
        elif i < at:
            columns.append((_agree(token, head, number, case),))
        elif not frozen and token == "и" and i + 1 < len(tokens) and _is_coordinate(tokens[i + 1]):
            columns.append((token,))
        elif not frozen and tokens[i - 1] == "и" and _is_coordinate(token):
            cell = _head_word(token).cells.get((number, case))
            columns.append(cell or (token,))
        elif tokens[i - 1] == "," and _participle(token):
            columns.append((_agree(token, head, number, case),))
        elif tokens[i - 1] == "(" and tokens[i + 1 : i + 2] == [")"] and _is_coordinate(token):
            columns.append(_head_word(token).cells.get((number, case)) or (token,))
        else:
            frozen = frozen or token != "и"
            columns.append((token,))
    return columns


def _join(phrase: str, tokens: list[str], columns: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The words put back into the layout of the phrase; alternatives multiply."""
    texts = [""]
    position = 0
    for token, column in zip(tokens, columns, strict=True):
        start = phrase.index(token, position)
        gap = phrase[position:start]
        capital = token[0].isupper()
        column = tuple(word[0].upper() + word[1:] if capital else word for word in column)
        texts = [text + gap + word for text in texts for word in column]
        position = start + len(token)
    return tuple(dict.fromkeys(text + phrase[position:] for text in texts))


def _head_index(tokens: list[str], head: str | None) -> int | None:
    if head is not None and head in tokens:
        return tokens.index(head)
    last_adjective = None
    for i, token in enumerate(tokens):
        if _is_preposition(token) and i > 0:
            break
        if _is_adjective(token):
            last_adjective = i  # before a noun; Ходжалинский could be a surname too
        elif token[0].isalpha() and _is_coordinate(token):
            return i
        elif last_adjective is not None and token not in ("и", ","):
            break
    if last_adjective is None and tokens and tokens[0][0].isupper() and len(tokens) == 1:
        return 0  # a proper noun that no dictionary knows
    return last_adjective


def _is_preposition(token: str) -> bool:
    return token in _PREPOSITIONS


def _is_adjective(token: str) -> bool:
    return any(p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn" for p in _parse(token))


def _participle(token: str) -> bool:
    return any(
        (p.tag.POS == "PRTF" or p.normal_form.endswith("щий")) and p.tag.case == "nomn"
        for p in _parse(token)
    )


def _is_coordinate(token: str) -> bool:
    """Whether the token can be a nominative noun: a head, or one joined to it by «и»."""
    if len(token) < 3 or token.isupper():
        return False  # an abbreviation inside a term stays as it is
    parses = _parse(token)
    if any(p.tag.POS == "ADJF" and p.tag.case == "nomn" for p in parses[:2]) and not any(
        p.tag.POS == "NOUN" and p.tag.case == "nomn" for p in parses[:2]
    ):
        return False
    return any(p.tag.POS == "NOUN" and p.tag.case == "nomn" for p in parses) or (
        token[0].isupper()
        and not analyser().word_is_known(token.lower())
        and len(token) > 2
        and not _is_adjective(token)
    )


@cache
def analyser() -> Any:
    """The one pymorphy3 analyser of a process, loaded on first use (some 0.2 s)."""
    import pymorphy3  # heavy, and not needed when the cache is warm

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=65536)
def _parse(word: str) -> tuple[Any, ...]:
    return tuple(analyser().parse(word.lower()))


@lru_cache(maxsize=16384)
def _head_word(token: str) -> _Word:
    known = analyser().word_is_known(token.lower())
    if "-" in token and not known:
        return _compound(token)
    parses = [p for p in _parse(token) if p.tag.POS == "NOUN" and p.tag.case == "nomn"]
    parses.sort(key=lambda p: p.tag.number == "plur")
    if not known and token[0].isupper():
        return _unknown(token)
    if parses:
        return _from_parse(parses[0])
    adjectives = [
        p for p in _parse(token) if p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn"
    ]
    if adjectives:
        return _substantivised(adjectives[0])
    return _unknown(token)


def _from_parse(parse: Any) -> _Word:
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
    return _Word(cells, str(tag.gender or "masc"), tag.animacy == "anim", _number(tag))


# pymorphy3 gives grammemes as strings that refuse to be compared with unknown ones.
def _case(tag: Any) -> str:
    case = str(tag.case)
    return {"gen2": "gent", "loc2": "loct", "gen1": "gent"}.get(case, case)


def _number(tag: Any) -> Number:
    return "plur" if str(tag.number) == "plur" else "sing"


def _substantivised(parse: Any) -> _Word:
    """An adjective that stands for a noun: уполномоченный, поверенный, служащий."""
    gender = str(parse.tag.gender or "masc")
    number = _number(parse.tag)
    cells: dict[tuple[Number, str], tuple[str, ...]] = {}
    for num in _PLURALS:
        for case in CASES:
            form = _best(parse, {case, num} | ({gender} if num == "sing" else set()), animate=True)
            if form:
                cells[num, case] = (form,)
    return _Word(cells, gender, True, number)


def _unknown(token: str) -> _Word:
    """A proper noun the dictionary lacks (Габала, Зангезур): declined by its last letters."""
    word = token.lower()
    gender: Literal["masc", "femn"] = "femn" if word.endswith(("а", "я", "ь")) else "masc"
    paradigm: Paradigm = given(word, gender)
    cells: dict[tuple[Number, str], tuple[str, ...]] = {}
    for case, cell in zip(CASES, paradigm, strict=True):
        cells["sing", case] = paradigm[0] if case == "accs" and gender == "masc" else cell
    return _Word(cells, gender, False, "sing")


def _compound(token: str) -> _Word:
    """страна-участница declines in both halves, генерал-майор in the second only."""
    first, _, second = token.partition("-")
    tail = _head_word(second)
    if first[0].isupper() and second[0].isupper():
        return _proper_compound(first, second, tail)
    inflects = first.lower() not in _FROZEN_HALVES and any(
        p.tag.POS in ("NOUN", "ADJF", "PRTF")
        and p.tag.case == "nomn"
        and p.tag.number == tail.number
        for p in _parse(first)
    )
    if not inflects:
        cells = {k: tuple(f"{first.lower()}-{w}" for w in v) for k, v in tail.cells.items()}
        return _Word(cells, tail.gender, tail.animate, tail.number)
    lead = _head_word(first)
    cells = {}
    for key in lead.cells.keys() & tail.cells.keys():
        halves = tail.cells[key]
        if key[1] == "accs" and (key[0] == "plur" or lead.gender != "femn"):
            # государства-участники as object: the whole goes with the first half's animacy.
            source = (key[0], "gent" if lead.animate else "nomn")
            halves = tail.cells.get(source, halves) if tail.gender != "femn" else halves
        cells[key] = tuple(f"{a}-{b}" for a in lead.cells[key] for b in halves)
    return _Word(cells, lead.gender, lead.animate, lead.number)


def _proper_compound(first: str, second: str, tail: _Word) -> _Word:
    """Буэнос-Айрес declines in the second half; Гвинея-Бисау, whose second cannot, in the first."""
    if len(set(tail.cells.values())) == 1 and analyser().word_is_known(first.lower()):
        lead = _head_word(first)
        cells = {k: tuple(f"{w}-{second.lower()}" for w in v) for k, v in lead.cells.items()}
        return _Word(cells, lead.gender, lead.animate, lead.number)
    cells = {k: tuple(f"{first.lower()}-{w}" for w in v) for k, v in tail.cells.items()}
    return _Word(cells, tail.gender, tail.animate, tail.number)


@lru_cache(maxsize=65536)
def _agreeing(token: str, gender: str, animate: bool, number: Number, case: str) -> str:
    parses = [p for p in _parse(token) if p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn"]
    if not parses:
        return token
    wanted = {case, number} | ({gender} if number == "sing" else set())
    return _best(parses[0], wanted, animate=animate) or token


def _agree(token: str, head: _Word, number: Number, case: str) -> str:
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
