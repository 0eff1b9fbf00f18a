"""False alarms on correct translations, and seeded errors caught."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from seeded_errors import KINDS, TERMS

from dragoman.checks import Pair, run_checks, run_release_checks
from dragoman.records import Issue, Term

Reference = tuple[str, str, str]  # language, source, target


@dataclass(frozen=True, slots=True)
class Caught:
    """How many seeded errors of a kind were caught, and some that were not."""

    kind: str
    tried: int
    caught: int
    missed: tuple[str, ...]


def false_alarms(
    references: Iterable[Reference],
    terms: Callable[[str, str], tuple[Term, ...]] = lambda source, lang: (),
) -> tuple[int, int, Counter[str], list[str]]:
    """(entries with any issue, entries, codes, one line for each such entry).

    `terms` gives the terms of a source in a language; without it none are asked for.
    """
    entries = alarmed = 0
    codes: Counter[str] = Counter()
    lines: list[str] = []
    for lang, source, target in references:
        entries += 1
        if found := run_checks(Pair(source, target, lang, terms(source, lang))):  # type: ignore[arg-type]
            alarmed += 1
            codes.update({issue.code for issue in found})
            said = "; ".join(f"{issue.code}: {issue.message}" for issue in found)
            lines.append(f"[{lang}] {said}\n  {source}\n  {target}")
    return alarmed, entries, codes, lines


def new_issues(lang: str, source: str, target: str, spoilt: str, terms: tuple[Term, ...]) -> bool:
    """Whether the spoilt translation has an issue that the correct one has not."""
    before = _issues(Pair(source, target, lang, terms))  # type: ignore[arg-type]
    return bool(_issues(Pair(source, spoilt, lang, terms)) - before)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _issues(pair: Pair) -> frozenset[Issue]:
    return frozenset(run_checks(pair))


def catch(references: list[Reference], seed: int = 5) -> list[Caught]:
    """Each kind of error tried once on every reference that can hold it."""
    found = [_catch(kind, references, seed) for kind in KINDS]
    return [*found, *_catch_terms(references), _catch_names(references, seed)]


def _catch(kind: str, references: list[Reference], seed: int) -> Caught:
    random = Random(f"{seed} {kind}")
    tried = caught = 0
    missed: list[str] = []
    for lang, source, target in references:
        spoilt = KINDS[kind](lang, source, target, random)
        if spoilt is None or spoilt[1] == target:
            continue
        tried += 1
        # where the kind appended a sentence, its own correct form is not at hand: any issue counts
        base = target if spoilt[0] == source else spoilt[1]
        found = run_checks(Pair(spoilt[0], spoilt[1], lang))  # type: ignore[arg-type]
        if found if base is spoilt[1] else new_issues(lang, source, target, spoilt[1], ()):
            caught += 1
        else:
            missed.append(f"[{lang}] {spoilt[0]} / {spoilt[1]}")
    return Caught(kind, tried, caught, tuple(missed))


def _catch_terms(references: list[Reference]) -> list[Caught]:
    """A wanted term replaced by another wording, free and forbidden."""
    results = {"wrong term": [0, 0], "forbidden term": [0, 0]}
    missed: dict[str, list[str]] = {kind: [] for kind in results}
    for lang, source, target in references:
        for russian, *stems in TERMS:
            stem = stems[0 if lang == "en" else 1]
            surface = re.search(russian, source)
            forms = tuple(re.findall(rf"\w*{stem}\w*", target))
            if not surface or not forms:
                continue
            other = "Bureau" if lang == "en" else "Büro"
            spoilt = re.sub(rf"\w*{stem}\w*", other, target)
            for kind, forbidden in (("wrong term", ()), ("forbidden term", (other,))):
                wanted = () if forbidden else forms
                term = Term(*surface.span(), surface[0], forms[0], wanted, forbidden)
                results[kind][0] += 1
                if new_issues(lang, source, target, spoilt, (term,)):
                    results[kind][1] += 1
                else:
                    missed[kind].append(f"[{lang}] {spoilt}")
    return [Caught(kind, n, k, tuple(missed[kind])) for kind, (n, k) in results.items()]


_PERSON = re.compile(r"\b[A-ZÇƏĞİÖŞÜ][^\W\d_]+(?:ov|yev|zada|zadə)(?:a|un|u|nın|nin)?\b")
_MISSPELT = (
    ("seyn", "sein"),
    ("y", "i"),
    ("v", "f"),
    ("j", "dzh"),
    ("q", "g"),
    ("h", "g"),
    ("a", "o"),
    ("ə", "e"),
)


def _catch_names(references: list[Reference], seed: int) -> Caught:
    """A person's name misspelt in one of three sentences of a release that hold it."""
    random = Random(seed)
    tried = caught = 0
    missed: list[str] = []
    for lang, source, target in references:
        names = _PERSON.findall(target)
        if not names or not re.search(r"[А-ЯЁ][а-яё]+(?:[ое]в|заде)(?:ым|ой|[ауе])?\b", source):
            continue
        name = random.choice(names)
        rule = next((rule for rule in _MISSPELT if rule[0] in name[1:]), None)
        if rule is None:
            continue
        wrong = name[0] + name[1:].replace(*rule, 1)
        spoilt = target.replace(name, wrong)
        release = [Pair(source, text, lang) for text in (target, target, spoilt)]  # type: ignore[arg-type]
        tried += 1
        if any(index == 2 for index, _ in run_release_checks(release)):
            caught += 1
        else:
            missed.append(f"[{lang}] {name} -> {wrong}: {source}")
    return Caught("name misspelt in a release", tried, caught, tuple(missed))


def report(results: list[Caught]) -> str:
    """One line a kind, and the whole."""
    lines = [
        f"{one.caught:4} of {one.tried:4}  {one.caught / max(1, one.tried):6.1%}  {one.kind}"
        for one in results
    ]
    tried, caught = sum(one.tried for one in results), sum(one.caught for one in results)
    return "\n".join([*lines, f"{caught:4} of {tried:4}  {caught / tried:6.1%}  all"])
