"""Russian endings on abbreviations: МОМом, «ГМС-ов», «ООН-овский».

An abbreviation in a consonant may be declined as a man's noun, in careless writing after a hyphen
too (Rosental, «Справочник по правописанию», § 54, wants none). An adjective after a hyphen
(«МВД-шный») is the organisation's own, as Шекинский is Шеки's. A person («МВД-шник») is another
thing, and so is a compound («ООН-клуб»).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Ending(NamedTuple):
    """How many letters stand behind the abbreviation, and what they say of it."""

    size: int
    cases: tuple[str, ...]
    number: Literal["sing", "plur", ""]


_NOUN: dict[str, tuple[tuple[str, ...], Literal["sing", "plur"]]] = {
    "а": (("gent",), "sing"), "у": (("datv",), "sing"), "ом": (("ablt",), "sing"),
    "е": (("loct",), "sing"), "ы": (("nomn", "accs"), "plur"), "ов": (("gent",), "plur"),
    "ам": (("datv",), "plur"), "ами": (("ablt",), "plur"), "ах": (("loct",), "plur"),
}  # fmt: skip
_LETTERS = "|".join(sorted(_NOUN, key=len, reverse=True))
_BEHIND = re.compile(
    rf"(?<=[БВГДЖЗКЛМНПРСТФХЦЧШЩA-Z])(?:-|(?<=[А-Я]{{3}}))(?P<noun>{_LETTERS})(?![^\W_])"
    r"|-(?:[ое]вск|ш?н|шовск)(?:ий|ый|ая|ое|ие|ые|ого|ому|ую|ой|ом|им|ым|их|ых|ими|ыми)(?![^\W_])"
)


def ending_after(exact: str, stop: int) -> Ending | None:
    """The ending behind an abbreviation that ends at `stop` of the folded text with capitals."""
    found = _BEHIND.match(exact, stop)
    if found is None:
        return None
    if found["noun"] is None:
        return Ending(len(found[0]), (), "")
    return Ending(len(found[0]), *_NOUN[found["noun"]])
