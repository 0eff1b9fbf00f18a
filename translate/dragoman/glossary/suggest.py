"""What the releases say again and again and the term base does not know.

Candidates are official-looking phrases (capitalised inside a sentence, or headed by a title or an
institution), abbreviations with what they stand for, and people; none that the base finds or that
only ever stands inside a longer one. Ranked by C-value (Frantzi, Ananiadou and Mima 2000).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dragoman.glossary.base import Glossary
from dragoman.glossary.couples import several
from dragoman.glossary.proposals import Context, Suggestion
from dragoman.languages.ru_chunks import Chunk, head_lemma, noun_phrases
from dragoman.languages.text import words
from dragoman.records import Document, Hit, Segment

_ABBREVIATION = re.compile(r"(?<![\w-])[А-ЯЁ][А-ЯЁа-яё]{0,6}[А-ЯЁ](?![\w-])")
_IDLE_INITIALS = words("и по о об в на для с к за при")
_SHOWN = 3  # contexts kept
_HEADS = {
    "organisation": words(
        "служба министерство организация центр комитет агентство фонд университет управление "
        "комиссия сеть союз совет ассоциация палата суд посольство консульство академия институт "
        "департамент представительство учреждение федерация конфедерация общество компания "
        "корпорация парламент правительство миссия секретариат"
    ),
    "document": words(
        "соглашение протокол договор меморандум закон конвенция декларация программа стратегия "
        "кодекс указ распоряжение постановление пакт хартия резолюция положение"
    ),
    "event": words(
        "конференция форум заседание саммит процесс встреча семинар конгресс симпозиум фестиваль "
        "выставка съезд игры чемпионат"
    ),
    "place": words(
        "город район область улица проспект площадь музей парк дворец аэропорт поселок село край"
    ),
}


@dataclass
class _Sightings:
    """All occurrences of one phrase."""

    forms: Counter[str] = field(default_factory=Counter)  # nominatives
    singular: Counter[str] = field(default_factory=Counter)
    head: str = ""
    capital: int = 0  # how often capitals inside a sentence make it look like a name
    places: list[Context] = field(default_factory=list)
    inside: Counter[tuple[str, ...]] = field(default_factory=Counter)


def suggest(
    base: Glossary, documents: Iterable[Document], *, least: int = 2
) -> tuple[Suggestion, ...]:
    """Candidates seen at least `least` times, the weightiest first.

    `documents` are read once, one after the other; memory holds the phrases and no texts.
    """
    heads = _heads_of(base)
    phrases: dict[tuple[str, ...], _Sightings] = defaultdict(_Sightings)
    abbreviations: dict[str, _Sightings] = defaultdict(_Sightings)
    people: dict[str, _Sightings] = defaultdict(_Sightings)
    spelled: dict[str, Hit] = {}
    for document in documents:
        hits = base.find_in_document([s.text for s in document.segments])
        for segment, found in zip(document.segments, hits, strict=True):
            context = (document.release.source, segment.line, segment.text)
            _see_phrases(phrases, segment, found, context, heads)
            _see_abbreviations(abbreviations, segment, found, context)
            for hit in found:
                if not hit.concept.id and not hit.surface.isupper() and not several(hit.concept):
                    spelled.setdefault(hit.concept.ru[0], hit)
                    people[hit.concept.ru[0]].places.append(context)
    made = [
        *_from_phrases(phrases, heads, least),
        *_from_abbreviations(abbreviations, least),
        *(
            _person(spelled[name], seen)
            for name, seen in people.items()
            if len(seen.places) >= least
        ),
    ]
    return tuple(sorted(_merged(made), key=lambda s: (-s.weight, s.ru)))


def _heads_of(base: Glossary) -> dict[str, str]:
    """lemma -> type: a few that are typical, and what heads the titles of the base."""
    heads = {lemma: kind for kind, lemmas in _HEADS.items() for lemma in lemmas}
    for row in base.rows:
        if row.concept.type == "title":
            heads.setdefault(head_lemma(row.concept.ru[0]), "title")
    heads.pop("", None)
    return heads


def _see_phrases(
    phrases: dict[tuple[str, ...], _Sightings],
    segment: Segment,
    hits: Sequence[Hit],
    context: Context,
    heads: dict[str, str],
) -> None:
    text = segment.text
    chunks = [c for c in noun_phrases(text) if not _known(c, hits)]
    for chunk in chunks:
        seen = phrases[chunk.key]
        seen.forms[chunk.nominative] += 1
        if chunk.number == "sing":
            seen.singular[chunk.nominative] += 1
        seen.head = chunk.head
        seen.capital += _looks_official(text, chunk)
        seen.places.append(context)
        for other in chunks:
            longer = other.stop - other.start > chunk.stop - chunk.start
            if longer and other.start <= chunk.start and chunk.stop <= other.stop:
                seen.inside[other.key] += 1


def _known(chunk: Chunk, hits: Sequence[Hit]) -> bool:
    """Whether the base has it all, or a term of the base reaches over its edge."""
    inner = [h for h in hits if h.start < chunk.stop and chunk.start < h.stop]
    if any(h.start < chunk.start or h.stop > chunk.stop for h in inner):
        return True
    covered = sum(h.stop - h.start + 1 for h in inner)
    return covered >= chunk.stop - chunk.start or any(h.start == chunk.start for h in inner)


def _looks_official(text: str, chunk: Chunk) -> bool:
    """Whether a capital stands at its beginning where grammar asks for none."""
    if not text[chunk.start].isupper():
        return False
    before = text[: chunk.start].rstrip()
    if not before or before[-1] in ".!?…:":
        others = chunk.nominative.split()[1 : chunk.lead + 1]
        return any(word[0].isupper() for word in others)
    return True


def _from_phrases(
    phrases: dict[tuple[str, ...], _Sightings], heads: dict[str, str], least: int
) -> Iterator[Suggestion]:
    kept = {
        key: seen
        for key, seen in phrases.items()
        if len(seen.places) >= least and (seen.capital or heads.get(seen.head) == "title")
    }
    for key, seen in kept.items():
        longer = [count for other, count in seen.inside.items() if other in kept]
        free = len(seen.places) - max(longer, default=0)
        if free < 1:
            continue
        forms = seen.singular or seen.forms
        ru = max(forms, key=lambda form: (forms[form], sum(c.isupper() for c in form), form))
        kind = heads.get(seen.head, "general")
        why = "recurs with a capital" if seen.capital else "a title that recurs"
        yield _suggestion(ru, kind, seen, why, free * math.log2(1 + len(key)))


def _suggestion(ru: str, kind: str, seen: _Sightings, why: str, weight: float) -> Suggestion:
    releases = len({release for release, _, _ in seen.places})
    distinct = tuple(dict.fromkeys(seen.places))
    return Suggestion(
        ru, kind, len(seen.places), releases, distinct[:_SHOWN], why=why, weight=weight
    )


def _see_abbreviations(
    found: dict[str, _Sightings], segment: Segment, hits: Sequence[Hit], context: Context
) -> None:
    text = segment.text
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) > len(letters) / 2:
        return  # a heading in capitals
    for match in _ABBREVIATION.finditer(text):
        over = [h for h in hits if h.start < match.end() and match.start() < h.stop]
        if any(h.concept.id or not h.surface.isupper() for h in over):
            continue
        if re.fullmatch(r"[IVXLCDMХІМСЛ]+", match.group()):
            continue  # Roman numerals, typed in either alphabet
        seen = found[match.group()]
        seen.places.append(context)
        full = _stands_for(text, match)
        if full:
            seen.forms[full] += 1


def _stands_for(text: str, match: re.Match[str]) -> str:
    """The nominative of the phrase before ``(РУЦМ)`` whose initials it is made of."""
    before = text[: match.start()].rstrip()
    if not before.endswith("("):
        return ""
    stop = len(before[:-1].rstrip())
    for chunk in noun_phrases(text[:stop]):
        if chunk.stop == stop and _initials(chunk.nominative, match.group()):
            return chunk.nominative
    return ""


def _initials(phrase: str, abbreviation: str) -> bool:
    letters = [
        part[0].lower()
        for word in phrase.split()
        if word.lower() not in _IDLE_INITIALS
        for part in word.split("-")
    ]
    return "".join(letters) == abbreviation.lower()


def _from_abbreviations(found: dict[str, _Sightings], least: int) -> Iterator[Suggestion]:
    for abbreviation, seen in found.items():
        if len(seen.places) < least and not seen.forms:
            continue
        full = seen.forms.most_common(1)[0][0] if seen.forms else ""
        why = "stands for a phrase" if full else "an abbreviation that recurs"
        made = _suggestion(full or abbreviation, "organisation", seen, why, float(len(seen.places)))
        yield replace(made, abbreviation=abbreviation)


def _person(hit: Hit, seen: _Sightings) -> Suggestion:
    concept = hit.concept
    made = _suggestion(
        concept.ru[0], "person", seen, f"a name, {concept.note}", float(len(seen.places))
    )
    return replace(made, en=concept.en.preferred, az=concept.az.preferred)


def _merged(made: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """A phrase and its abbreviation are one suggestion."""
    by_russian: dict[str, Suggestion] = {}
    for item in made:
        key = item.ru.lower()
        known = by_russian.get(key)
        if known is None:
            by_russian[key] = item
        else:
            best = known if known.weight >= item.weight else item
            by_russian[key] = replace(
                best,
                type=known.type,
                abbreviation=known.abbreviation or item.abbreviation,
                weight=known.weight + item.weight,
            )
    yield from by_russian.values()
