"""What changed between two versions of a Russian sentence, named for a translator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, get_args

_TOKEN = re.compile(r"\d+(?:[.,:/\u00a0 ]?\d+)*|\w+(?:-\w+)*|[^\w\s]")
_BEFORE_SIGN = re.compile(r"(?<=\w) (?=[,.;:!?»)])|(?<=[»)]) (?=[,.;:!?])")
_AFTER_SIGN = re.compile(r"(?<=[«(]) ")
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
# A full stop after one of these, or after a single letter (А. Виторино), ends no sentence.
_ABBREVIATED = frozenset(
    "гг им ул др пр тыс млн млрд ст стр пп кв обл св акад проф ген см вв".split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    first: bool  # in its sentence, where a capital makes no name


Kind = Literal["number", "negation", "name", "words", "punctuation"]
_KINDS: tuple[Kind, ...] = get_args(Kind)


def tokens(text: str) -> list[str]:
    """Numbers (with their separators), words (with their hyphens) and signs, in order."""
    return _TOKEN.findall(text)


def differences(before: str, after: str) -> tuple[str, ...]:
    """Say in short lines what differs: numbers, then negation, names, and other words.

    Numbers are digits and numerals written out; a name is a capitalised word that does not
    begin the sentence. Empty when only spaces differ.

    >>> differences("Принято 10 мер.", "Принято 12 мер.")
    ('number 10 -> 12',)
    """
    found = [line for edit in _edits(before, after) for line in _describe(*edit)]
    ranked = sorted(found, key=lambda pair: _KINDS.index(pair[0]))
    return tuple(dict.fromkeys(f"{kind} {line}" for kind, line in ranked))


def _edits(before: str, after: str) -> Iterator[tuple[list[_Token], list[_Token]]]:
    """What is gone and what has come, for each place that changed."""
    old, new = _marked(tokens(before)), _marked(tokens(after))
    matcher = SequenceMatcher(None, [t.text for t in old], [t.text for t in new], autojunk=False)
    for tag, start, stop, start_new, stop_new in matcher.get_opcodes():
        if tag != "equal":
            gone, come = old[start:stop], new[start_new:stop_new]
            if gone and come and (gone[0].first or come[0].first):
                gone[0], come[0] = (replace(one[0], first=True) for one in (gone, come))
            yield gone, come


def _marked(found: list[str]) -> list[_Token]:
    """The tokens with whether a sentence begins there; several sentences may have become one."""
    return [_Token(text, _begins(found, index)) for index, text in enumerate(found)]


def _begins(found: list[str], at: int) -> bool:
    if at == 0 or found[at - 1] in "!?…":
        return True
    before = found[at - 2] if at > 1 else ""
    return found[at - 1] == "." and len(before) > 1 and before not in _ABBREVIATED


def _describe(gone: list[_Token], come: list[_Token]) -> Iterator[tuple[Kind, str]]:
    before, after = _sorted(gone), _sorted(come)
    for old, new in zip_longest(before["number"], after["number"]):
        yield from _change("number", old, new)
    more = len(after["negation"]) - len(before["negation"])
    if more:
        yield "negation", "added" if more > 0 else "removed"
    elif before["negation"] != after["negation"]:
        yield from _change("words", _phrase(before["negation"]), _phrase(after["negation"]))
    yield from _change("name", _phrase(before["name"]), _phrase(after["name"]))
    rest = _phrase(before["words"]), _phrase(after["words"])
    words = any(character.isalpha() for part in rest if part for character in part)
    yield from _change("words" if words else "punctuation", *rest)


def _sorted(found: list[_Token]) -> dict[Kind, list[str]]:
    """The tokens of one side of a change by kind; signs are counted with the words."""
    sorts: dict[Kind, list[str]] = {kind: [] for kind in _KINDS}
    for token in found:
        word = token.text.lower()
        if word[0].isdigit() or _NUMERAL.fullmatch(word):
            sorts["number"].append(token.text)
        elif _NEGATION.fullmatch(word):
            sorts["negation"].append(token.text)
        elif token.text[0].isupper() and not token.first:
            sorts["name"].append(token.text)
        else:
            sorts["words"].append(token.text)
    return sorts


def _phrase(found: list[str]) -> str | None:
    """The tokens set as in running text."""
    return _BEFORE_SIGN.sub("", _AFTER_SIGN.sub("", " ".join(found))) or None


def _change(kind: Kind, old: str | None, new: str | None) -> Iterator[tuple[Kind, str]]:
    if old is not None and new is not None:
        if old != new:
            yield kind, f"{old} -> {new}"
    elif new is not None:
        yield kind, f"added: {new}"
    elif old is not None:
        yield kind, f"removed: {old}"
