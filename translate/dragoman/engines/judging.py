"""Is this output a translation at all? The ways in which models fail, and their names.

Only faults that make a draft worthless are found here (a reviewer would delete the text);
what is merely suspicious is the business of `dragoman.checks`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.languages.addresses import without_addresses

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_HALF_QUOTED = re.compile(r"\(([^“”()]+)”\)")
_TAG = re.compile(r"(?<!\w)#\w+")
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"\w+")
_RUN = re.compile(r"([^\W\d])\1{3,}|([^\W\d]{2,6}?)\2{3,}")
_LONGEST_PHRASE = 12  # words of a phrase whose repetition is looked for
_GAP = re.compile(r"(?<=[“„«(\[]) +| +(?=[”»)\]])")


def printable(text: str) -> str:
    """`text` on one line, without control characters and halves of characters: models made of
    bytes say them, and a catalog that holds one cannot be read again."""
    return " ".join(_CONTROL.sub("", text).split())


def mended(text: str) -> str:
    """`text` without spaces inside of quotes and brackets, which a form that was said in its place
    may bring: “ Heydər Əliyev İli”; with the quote that a model forgets after a bracket."""
    text = _GAP.sub("", text)
    return _HALF_QUOTED.sub(r"(“\1”)", text) if text.count("”") > text.count("“") else text


def nothing_to_translate(text: str) -> bool:
    """Whether `text` has no letter but in addresses and hashtags: these, numbers, signs and emoji
    stand in any language."""
    return not _LETTER.search(_TAG.sub("", without_addresses(text)))


def cyrillic(text: str) -> bool:
    """Whether `text` has a Cyrillic letter."""
    return bool(_CYRILLIC.search(text))


def fault(source: str, output: str) -> str:
    """Why `output` is no translation of the Russian `source`; empty when it may be one."""
    if not output.strip():
        return "empty output"
    return (
        _copy(source, output)
        or _loop(source, output)
        or _untranslated(source, output)
        or _length(source, output)
    )


def _copy(source: str, output: str) -> str:
    if not cyrillic(output) or not cyrillic(source):
        return ""
    same = _WORD.findall(source.casefold()) == _WORD.findall(output.casefold())
    return "the source was copied" if same else ""


def _untranslated(source: str, output: str) -> str:
    if not cyrillic(source):
        return ""
    if nothing_to_translate(output):
        return "no word in the output"
    if not cyrillic(output):
        return ""
    share = len(_CYRILLIC.findall(output)) / len(_LETTER.findall(output))
    return "left in Cyrillic" if share > 0.3 else ""


def _loop(source: str, output: str) -> str:
    repeats = longest_loop(output)
    if repeats < 3 + longest_loop(source):
        return ""
    return f"repetition loop (a phrase {repeats} times in a row)"


@lru_cache(maxsize=4096)
def longest_loop(text: str) -> int:
    """How often a phrase of 1 to 12 words, or a run of up to 6 letters, follows itself at most.

    1 when nothing repeats.
    """
    words = _WORD.findall(text.casefold())
    best = 1
    again = len(words) - len(set(words))  # a phrase said again has as many words said again
    for size in range(1, min(_LONGEST_PHRASE, again) + 1):
        same = [word == later for word, later in zip(words, words[size:], strict=False)]
        if sum(same) < size:
            continue
        run = 0  # positions in a row at which word i equals word i + size
        for equal in same:
            run = run + 1 if equal else 0
            best = max(best, run // size + 1)
    for word in words:
        if len(word) - len(set(word)) < 3:  # letters said again, of a run said four times
            continue
        for match in _RUN.finditer(word):
            best = max(best, len(match[0]) // len(match[1] or match[2]))
    return best


def _length(source: str, output: str) -> str:
    long, short = len(output), len(source)
    if long > 4 * short + 80:
        return f"too long ({long} characters for {short})"
    if short > 80 and long < 0.12 * short:
        return f"too short ({long} characters for {short})"
    return ""
