"""Small changes to training pairs that make the model sturdier; both sides change alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from dragoman.engines.annotation import BAR, CLOSE
from dragoman.languages import az
from dragoman.training.corpus import Pair

# The base form of a term with its signs, or the text up to the next.
_BASE_FORM = re.compile(f"{BAR}[^{CLOSE}]*{CLOSE}|[^{BAR}]+|{BAR}")
# A number that stands alone and is written alike in all three languages.
_NUMBER = re.compile(r"(?<![\w.,-])\d{2,6}(?![\w-]|[.,]\d)")


def swap_numbers(source: str, target: str, random: Random) -> tuple[str, str]:
    """Replace numbers of two digits and more that both sides hold, each by another as long."""
    for number in set(_NUMBER.findall(source)) & set(_NUMBER.findall(target)):
        if number.startswith(("19", "20")) and len(number) == 4:
            new = str(random.randrange(1950, 2040))
        elif len(number) == 2:
            continue  # most are days, whose endings in Azerbaijani follow the number
        else:
            new = str(random.randrange(10 ** (len(number) - 1), 10 ** len(number)))
        pattern = rf"(?<![\w.,-]){number}(?![\w-]|[.,]\d)"
        source, target = re.sub(pattern, new, source), re.sub(pattern, new, target)
    return source, target


def upper(source: str, target: str, lang: str) -> tuple[str, str]:
    """Both sides in capitals, by each language's letters; base forms of terms stay as they are."""
    source = _BASE_FORM.sub(lambda m: m[0] if m[0].startswith(BAR) else m[0].upper(), source)
    return source, az.upper(target) if lang == "az" else target.upper()


def typo(text: str, random: Random) -> str:
    """One slip of the keyboard: two letters swapped, one lost, or one doubled.

    What is written into a text as the base form of a term has none.
    """
    told = {i for m in _BASE_FORM.finditer(text) if m[0][0] == BAR for i in range(*m.span())}
    places = [
        i
        for i in range(1, len(text) - 1)
        if text[i].isalpha() and text[i + 1].isalpha() and i not in told
    ]
    if not places:
        return text
    i = random.choice(places)
    return random.choice(
        (
            text[:i] + text[i + 1] + text[i] + text[i + 2 :],
            text[:i] + text[i + 1 :],
            text[:i] + text[i] + text[i:],
        )
    )


def joined(pairs: Iterable[Pair], random: Random, share: float, longest: int) -> Iterator[Pair]:
    """Neighbouring sentences as one text, for a `share` of the pairs; up to `longest` words."""
    previous: Pair | None = None
    for pair in pairs:
        if (
            previous is not None
            and random.random() < share
            and (previous.lang, previous.origin) == (pair.lang, pair.origin)
            and previous.source.endswith((".", "!", "?"))
            and len(previous.source.split()) + len(pair.source.split()) <= longest
        ):
            source = f"{previous.source} {pair.source}"
            yield Pair(source, f"{previous.target} {pair.target}", pair.lang, pair.origin)
        previous = pair


def noisy(source: str, target: str, lang: str, random: Random) -> tuple[str, str]:
    """Chance changes: numbers often, capitals and typing slips rarely."""
    if random.random() < 0.4:
        source, target = swap_numbers(source, target, random)
    chance = random.random()
    if chance < 0.02:
        return upper(source, target, lang)
    if chance < 0.05:
        return typo(source, random), target
    return source, target
