"""What changed between two versions of a Russian sentence, named for a translator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

_TOKEN = re.compile(r"\d+(?:[.,:/\u00a0 ]?\d+)*|\w+(?:-\w+)*|[^\w\s]")
_NEGATION = re.compile(
    r"не|ни|нет|нету|без|нельзя|невозможно|ник(то|ого|ому|ем|ом)|нич(то|его|ему|ем|ём)|никогда|"
    r"нигде|никуда|нисколько|никак(ой|ого|ому|им|ом|ая|ую|ое|ие|их|ими)?"
)
_NUMERAL = re.compile(
    r"од(ин|на|но|ни|ного|ной|ному|ним|них|ними|ном|ну)|дв(а|е|ух|ум|умя)|об(а|е|оих|еих|оим|еим)|"
    r"тр(и|[её]х|[её]м|емя)|четыр(е|[её]х|[её]м|ьмя)|вос(емь|ьми|емью)|"
    r"(пят|шест|сем|девят|десят|двадцат|тридцат|\w+надцат)(ь|и|ью)|сорока?|\w+десят|девяност[оа]|"
    r"ст[оа]|двести|триста|четыреста|\w+сот|(тысяч|миллион|миллиард)\w*|"
    r"(перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят)(ый|ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)|"
    r"трет(ий|ь\w+)"
)


def differences(before: str, after: str) -> tuple[str, ...]:
    """Say in short lines what differs: numbers, then negation, names, and other words.

    Numbers are digits and numerals written out; a name is a capitalised word that does not
    begin the sentence. Empty when only spaces differ.

    >>> differences("Принято 10 мер.", "Принято 12 мер.")
    ('number 10 -> 12',)
    """
    found = [line for edit in _edits(before, after) for line in _describe(*edit)]
    kinds = ("number", "negation", "name", "words", "punctuation")
    return tuple(sorted(dict.fromkeys(found), key=lambda line: kinds.index(line.split(" ", 1)[0])))


def _edits(before: str, after: str) -> Iterator[tuple[list[str], list[str], bool]]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, stop, start_new, stop_new in matcher.get_opcodes():
        if tag != "equal":
            yield old[start:stop], new[start_new:stop_new], 0 in (start, start_new)


def _describe(gone: list[str], come: list[str], first: bool) -> Iterator[str]:
    yield from _pairs("number", _only(gone, _is_number), _only(come, _is_number))
    negations = len(_only(come, _is_negation)) - len(_only(gone, _is_negation))
    if negations:
        yield f"negation {'added' if negations > 0 else 'removed'}"
    skip = 1 if first else 0
    yield from _pairs("name", _only(gone[skip:], _is_name), _only(come[skip:], _is_name))
    rest = [_only(tokens, lambda word: not _is_number(word)) for tokens in (gone, come)]
    if any(any(token[0].isalpha() for token in tokens) for tokens in rest):
        yield from _pairs("words", *([" ".join(tokens)] if tokens else [] for tokens in rest))
    elif any(rest):
        yield from _pairs("punctuation", *([" ".join(t)] if t else [] for t in rest))


def _only(tokens: list[str], wanted: object) -> list[str]:
    assert callable(wanted)
    return [token for token in tokens if wanted(token)]


def _pairs(kind: str, gone: list[str], come: list[str]) -> Iterator[str]:
    for old, new in zip_longest(gone, come):
        if new is None:
            yield f"{kind} removed: {old}"
        elif old is None:
            yield f"{kind} added: {new}"
        elif old != new:
            yield f"{kind} {old} -> {new}"


def _is_number(token: str) -> bool:
    return token[0].isdigit() or _NUMERAL.fullmatch(token.lower()) is not None


def _is_negation(token: str) -> bool:
    return _NEGATION.fullmatch(token.lower()) is not None


def _is_name(token: str) -> bool:
    return token[0].isupper() and not _is_number(token) and not _is_negation(token)
