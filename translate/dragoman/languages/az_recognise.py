"""Finding an Azerbaijani phrase in running text, in every form it can take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from dragoman.languages.az_kinds import guess_kind
from dragoman.languages.az_letters import lower, upper
from dragoman.languages.az_phrases import forms
from dragoman.languages.text import APOSTROPHES, HYPHENS, Form, Kind, Matcher, Span, words

# Joined by a hyphen before a word, these make another word of it.
PREFIXES = words("qeyri vitse eks anti ultra super kontr sub mini mikro makro neo post pro")
# What a writer may hang on an abbreviation by the wrong reading: ABŞ-nin for ABŞ-ın.
_ANY_ENDINGS = {
    "gen": "ın in un ün nın nin nun nün",
    "dat": "a ə ya yə na nə",
    "acc": "ı i u ü nı ni nu nü",
    "loc": "da də nda ndə",
    "abl": "dan dən ndan ndən",
}


def recognise(text: str, phrase: str, kind: Kind | None = None) -> tuple[Span, ...]:
    """Every occurrence of `phrase` in `text`, in any case, number and possessive form.

    Capitals do not matter, except that a name needs its initials and an abbreviation all of
    its letters; ALL CAPITALS are always read. Spaces may be any white space, a hyphen any
    hyphen. A suffix after an apostrophe, an abbreviation's suffix with no hyphen or in the
    wrong harmony is found and its `fault` says so. Offsets are into `text`.

    >>> [s.surface for s in recognise("BMqT-nin və BMT'nin rəyi", "BMqT")]
    ['BMqT-nin']
    """
    return _matcher(phrase, kind or guess_kind(phrase)).find(text)


@lru_cache(maxsize=2048)
def _matcher(phrase: str, kind: Kind) -> Matcher:
    found = list(forms(phrase, kind))
    if kind in ("name", "abbreviation"):
        known = {lower(f.text) for f in found}
        found += [f for f in _faulty(phrase, kind, found) if lower(f.text) not in known]
    return Matcher(found, lower, prefixes=PREFIXES, accept=_capitals(phrase, kind))


def _faulty(phrase: str, kind: Kind, found: list[Form]) -> Iterator[Form]:
    """Misspellings worth recognising: Hüseynov'un, BMT'nin, BMTnin, ABŞ-nin."""
    for form in found:
        ending = form.text[len(phrase) :]
        if not form.text.startswith(phrase) or not ending or ending[0] == " ":
            continue
        if kind == "name":
            yield replace(form, text=f"{phrase}'{ending}", fault="apostrophe")
        else:
            yield replace(form, text=f"{phrase}'{ending[1:]}", fault="apostrophe")
            yield replace(form, text=phrase + ending[1:], fault="no-hyphen")
    if kind == "abbreviation":
        for case, endings in _ANY_ENDINGS.items():
            for ending in endings.split():
                yield Form(f"{phrase}-{ending}", case, fault="harmony")  # type: ignore[arg-type]


def _capitals(phrase: str, kind: Kind) -> Callable[[str], bool] | None:
    """The test of capitals that a surface must pass, or None when any will do."""
    if kind == "abbreviation":
        return lambda surface: surface[: len(phrase)] in (phrase, upper(phrase))
    if kind != "name":
        return None
    initials = [i for i, c in enumerate(phrase) if c.isupper() and _begins(phrase, i)]

    def accept(surface: str) -> bool:
        squeezed = " ".join(surface.split())
        return all(i < len(squeezed) and squeezed[i].isupper() for i in initials)

    return accept


def _begins(phrase: str, i: int) -> bool:
    return i == 0 or phrase[i - 1] in " " + HYPHENS + APOSTROPHES
