"""Russian: a noun phrase in every case and number, over pymorphy3.

``phrase_forms("Государственная миграционная служба")`` inflects the head, makes the adjectives
before it agree, and leaves what follows it alone (``начальник Службы`` -> ``начальником Службы``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.languages.ru_names import CASES
from dragoman.languages.ru_words import NUMBERS, Number, Word, agree, analyser, head_word, parses_of
from dragoman.languages.text import words

__all__ = ["Number", "PhraseForm", "analyser", "function_word", "phrase_forms"]

_TOKEN = re.compile(r"[\w'’]+(?:-[\w'’]+)*|[^\w\s]")
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
    noun = head_word(tokens[at])
    numbers = (noun.number,) if noun.number == "plur" else (number,) if number else NUMBERS
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
    first = parses_of(word)[0]
    return first.tag.POS in ("PREP", "CONJ", "PRCL", "NPRO", "ADVB", "PRED", "INTJ") or (
        first.tag.POS == "ADJF" and "Apro" in first.tag
    )


def _columns(
    tokens: list[str], at: int, head: Word, number: Number, case: str
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
            columns.append((agree(token, head, number, case),))
        elif not frozen and token == "и" and i + 1 < len(tokens) and _is_coordinate(tokens[i + 1]):
            columns.append((token,))
        elif not frozen and tokens[i - 1] == "и" and _is_coordinate(token):
            cell = head_word(token).cells.get((number, case))
            columns.append(cell or (token,))
        elif tokens[i - 1] == "," and _participle(token):
            columns.append((agree(token, head, number, case),))
        elif tokens[i - 1] == "(" and tokens[i + 1 : i + 2] == [")"] and _is_coordinate(token):
            columns.append(head_word(token).cells.get((number, case)) or (token,))
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
    return any(p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "nomn" for p in parses_of(token))


def _participle(token: str) -> bool:
    return any(
        (p.tag.POS == "PRTF" or p.normal_form.endswith("щий")) and p.tag.case == "nomn"
        for p in parses_of(token)
    )


def _is_coordinate(token: str) -> bool:
    """Whether the token can be a nominative noun: a head, or one joined to it by «и»."""
    if len(token) < 3 or token.isupper():
        return False  # an abbreviation inside a term stays as it is
    parses = parses_of(token)
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
