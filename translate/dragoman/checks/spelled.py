"""Numbers written in words, put together: триста двадцать одна тысяча -> 321000."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.checks.numerals import Atom, numerals
from dragoman.checks.pair import WORD

_ONE_AND_A_HALF = re.compile(r"\bполтор(?:а|ы|аста)\b|\bполутора\b")

QuantityKind = Literal["digits", "word", "ordinal", "roman", "month", "vague"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at ``text[start:stop]``; `values` are its possible canonical readings."""

    start: int
    stop: int
    kind: QuantityKind
    values: frozenset[str]
    surface: str = ""


@dataclass(slots=True)
class _Group:
    """A number under construction from words: 300 + 20 + 1, then times a thousand."""

    start: int = 0
    stop: int = 0
    total: int = 0
    group: int = 0
    floor: int = 10**15  # the next word must be smaller than this
    scale: int = 10**15
    open: bool = False
    vague: bool = False
    ordinal: bool = False
    final: bool = False


def _extend(state: _Group, atom: Atom) -> bool:
    """Add the word to the number if it can stand there; say whether it could."""
    if (
        state.ordinal
        or state.final
        or (state.vague and (state.total != 1_000 or atom.kind == "scale"))
    ):
        return False
    state.vague = False  # более тысячи двухсот: the genitive singular looks like the plural
    if atom.kind == "scale":
        if atom.value >= state.scale or (not state.group and state.open):
            return False
        state.vague = atom.vague and (atom.final or not state.group)
        state.total += (state.group or 1) * atom.value
        state.group, state.floor, state.scale = 0, 10**15, atom.value
    elif atom.kind == "times_hundred":
        if state.group >= 100 or (state.floor <= 10 and not state.group):
            return False
        state.vague = atom.vague and (atom.final or not state.group)
        state.group, state.floor = (state.group or 1) * 100, 100
    else:
        floor = {"unit": 1, "teen": 1, "ten": 10, "hundred": 100}[atom.kind]
        limit = {"unit": 10, "teen": 100, "ten": 100, "hundred": 1_000}[atom.kind]
        if state.floor < limit:
            return False
        state.group, state.floor = state.group + atom.value, floor
    state.open, state.ordinal, state.final = True, atom.ordinal, atom.final
    return True


def _close(state: _Group) -> Quantity:
    kind: QuantityKind = "vague" if state.vague else "ordinal" if state.ordinal else "word"
    value = str(state.total + state.group)
    return Quantity(state.start, state.stop, kind, frozenset({value}))


def spelled(small: str, lang: str) -> Iterator[Quantity]:
    """The numbers written in words in a lower-cased text (ё as е); not the scale of 5 млн."""
    table = numerals(lang)
    if lang == "ru":
        for match in _ONE_AND_A_HALF.finditer(small):
            value = "150" if match[0].endswith("ста") else "1.5"
            yield Quantity(*match.span(), "word", frozenset({value}))
    state: _Group | None = None
    for match in WORD.finditer(small):
        atom = table.get(match[0])
        if atom is None or _scales_a_figure(small, match.start(), atom):
            continue
        if state is not None:
            gap = small[state.stop : match.start()]
            joined = gap in (" ", "-", "\u00a0") or (lang == "en" and gap == " and ")
            if joined and _extend(state, atom):
                state.stop = match.end()
                continue
            yield _close(state)
            state = None
        if atom.bound:
            continue
        state = _Group(match.start(), match.end())
        _extend(state, atom)
    if state is not None:
        yield _close(state)


def _scales_a_figure(small: str, start: int, atom: Atom) -> bool:
    before = small[max(0, start - 2) : start]
    return atom.kind == "scale" and bool(before) and any(mark.isdigit() for mark in before)
