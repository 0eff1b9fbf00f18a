"""Names that Dragoman guessed, as the reviewers of the catalogs spelled them.

In an approved entry a guessed name either stands as it was guessed, or somebody put it right. In
the second case the words most like the guess are what the reviewer wrote, with the case ending
taken off. Both end up as rows for the term base, to be confirmed by a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.glossary.base import Glossary
from dragoman.glossary.couples import several
from dragoman.glossary.proposals import Context, Suggestion
from dragoman.glossary.said import holds
from dragoman.glossary.wanted import wanted
from dragoman.languages import accepted_forms, az
from dragoman.records import Hit

LANGS = ("en", "az")
_CAPITALISED = r"[^\W\d_a-zçəğıöşü][\w’'.-]*"
_RUN = re.compile(rf"(?<!\w){_CAPITALISED}(?: (?:{_CAPITALISED}|oğlu|qızı|al|bin|van|de|von))*")
_INITIAL = re.compile(r"^[^\W\d_]{1,3}\.$")
_ALIKE = 0.6  # similarity a spelling must have with the guess to be taken for its correction
_SURNAMES = ("ski", "skaya", "ov", "ova", "ev", "eva", "zadə", "oğlu", "qızı")
_PLAIN = str.maketrans("əığşçöüqxcj", "eigscoughjj")


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved entry of a catalog: where it stands, its Russian and its translation."""

    path: str
    line: int
    source: str
    target: str


@dataclass
class _Spellings:
    """How one name was spelled: by language, each with its places."""

    guess: dict[str, str] = field(default_factory=dict)
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    places: dict[tuple[str, str], Context] = field(default_factory=dict)
    contexts: list[Context] = field(default_factory=list)


def respelled_names(
    base: Glossary, catalogs: Iterable[tuple[str, Sequence[Approved]]]
) -> tuple[Suggestion, ...]:
    """The guessed names of (language, approved entries) pairs, with the reviewers' spelling.

    A row is made for every name that was put right in at least one language; the other language
    has the reviewers' spelling where there is one, else the guess, and `why` says which.
    """
    names: dict[str, _Spellings] = defaultdict(_Spellings)
    for lang, entries in catalogs:
        hits = base.find_in_document([entry.source for entry in entries])
        for entry, found in zip(entries, hits, strict=True):
            for hit in found:
                if not hit.concept.id and _in_full(hit) and not several(hit.concept):
                    _note(names[hit.concept.ru[0]], hit, lang, entry, found)
    rows = (_row(ru, seen) for ru, seen in sorted(names.items()))
    return tuple(row for row in rows if row is not None)


def _in_full(hit: Hit) -> bool:
    words = hit.concept.ru[0].split()
    return len(words) > 1 and not any(_INITIAL.match(w) for w in words) and " " in hit.surface


def _note(seen: _Spellings, hit: Hit, lang: str, entry: Approved, hits: Sequence[Hit]) -> None:
    seen.guess = {each: hit.concept.wording(each).preferred for each in LANGS}
    place = (entry.path, entry.line, entry.source)
    seen.contexts.append(place)
    if holds(wanted(hit, lang), entry.target, lang):
        spelled: str | None = seen.guess[lang]
    else:
        others = [wanted(other, lang) for other in hits if other is not hit]
        spelled = correction(seen.guess[lang], entry.target, lang)
        if spelled and any(holds(term, spelled, lang) for term in others):
            spelled = None  # that is somebody else
    if spelled:
        seen.found[lang][spelled] += 1
        seen.places.setdefault((lang, spelled), place)


def correction(guess: str, text: str, lang: str) -> str | None:
    """The name in `text` that stands where `guess` was, in its base form; None for none alike."""
    size = len(guess.split())
    best: tuple[float, str] = (0.0, "")
    for run in _RUN.finditer(text):
        words = run.group().rstrip(".").split()
        for start in range(len(words) - size + 1):
            window = words[start : start + size]
            base = " ".join([*window[:-1], _without_ending(window[-1], guess.split()[-1], lang)])
            best = max(best, (_likeness(base, guess), base))
    return best[1] if best[0] >= _ALIKE else None


def _without_ending(word: str, like: str, lang: str) -> str:
    """`word` without its case ending: the stem most like the guess whose forms include `word`.

    An ending that makes a surname (-ski) is no case ending, so such stems come first.
    """
    plain = word.rstrip(".,;:")
    if lang == "en":
        return re.sub("[’']s?$", "", plain)
    cuts = range(max(1, min(9, len(plain) - 2)))
    stems = [stem for cut in cuts if (stem := plain[: len(plain) - cut])[-1:].isalpha()] or [plain]
    fitting = [
        stem
        for stem in stems
        if stem == plain
        or az.lower(plain) in {az.lower(form) for form in accepted_forms(stem, lang, "name")}
    ]
    return max(fitting, key=lambda s: (_ratio(s, like) + 0.15 * s.endswith(_SURNAMES), -len(s)))


def _likeness(one: str, other: str) -> float:
    """0 to 1; no word of the two may be altogether different."""
    pairs = list(zip(one.split(), other.split(), strict=True))
    ratios = [_ratio(a, b) for a, b in pairs]
    return min(sum(ratios) / len(ratios), min(ratios) + 0.2)


def _ratio(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio  # few runs need it

    return ratio(_plain(one), _plain(other)) / 100


def _plain(word: str) -> str:
    """Letters that transliterations swap made one."""
    return az.lower(word).translate(_PLAIN).replace("kh", "h").replace("gh", "g").replace("y", "i")


def _row(ru: str, seen: _Spellings) -> Suggestion | None:
    chosen: dict[str, str] = {}
    why: list[str] = []
    fixed = False
    for lang in LANGS:
        ranked = seen.found[lang].most_common()
        chosen[lang] = ranked[0][0] if ranked else seen.guess[lang]
        if not ranked:
            why.append(f"{lang} guessed")
        elif chosen[lang] == seen.guess[lang]:
            why.append(f"{lang} confirmed")
        else:
            path, line, _ = seen.places[lang, chosen[lang]]
            why.append(f"{lang} put right in {path}:{line}")
            fixed = True
        if len(ranked) > 1:
            others = ", ".join(f"{text} ({count})" for text, count in ranked[1:])
            why.append(f"{lang} also spelled {others}")
            fixed = True
    if not fixed:
        return None
    releases = len({path for path, _, _ in seen.contexts})
    return Suggestion(
        ru, "person", len(seen.contexts), releases, tuple(seen.contexts[:3]),
        en=chosen["en"], az=chosen["az"], why="; ".join(why),
        weight=1000.0 + len(seen.contexts),
    )  # fmt: skip
