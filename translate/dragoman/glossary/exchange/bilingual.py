"""Terms as lines of two languages, which OmegaT and Weblate keep: to concepts and back.

A concept becomes several lines: the preferred pair, then Russian variants, abbreviations, admitted
and (where the format can say so) forbidden wordings. Each line knows its concept and its role,
so that reading gives the concept again; lines of other tools have neither and are one concept
a Russian term, the first target preferred and the others admitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.glossary.incoming import Incoming
from dragoman.glossary.load import Row

Role = Literal["preferred", "variant", "abbreviation", "admitted", "forbidden"]
ROLES: tuple[Role, ...] = ("preferred", "variant", "abbreviation", "admitted", "forbidden")


@dataclass(frozen=True, slots=True)
class Pair:
    """A line: Russian, target, what role the pair has in its concept, and what is told with it."""

    ru: str
    target: str
    role: Role = "preferred"
    id: str = ""
    type: str = ""
    status: str = ""
    note: str = ""
    source: str = ""
    line: int = 0
    policy: str = ""  # told by a file of ours, which then tells these three whole
    match: str = ""
    az_kind: str = ""
    short: str = ""  # the target's abbreviation


def pairs_of(rows: Iterable[Row], lang: str) -> Iterator[Pair]:
    """The lines of the live concepts; deprecated ones would only be offered to translators."""
    for row in rows:
        concept = row.concept
        if concept.status == "deprecated":
            continue
        wording = concept.wording(lang)
        first, key = concept.ru[0], concept.id
        yield Pair(
            first, wording.preferred, "preferred", key, concept.type, concept.status,
            concept.note, concept.source, policy=concept.abbreviation_policy,
            match=" ".join(row.match), az_kind=concept.az_kind, short=wording.abbreviation,
        )  # fmt: skip
        yield from (Pair(ru, wording.preferred, "variant", key) for ru in concept.ru[1:])
        for short in concept.ru_abbreviations:
            yield Pair(short, wording.abbreviation or wording.preferred, "abbreviation", key)
        yield from (Pair(first, text, "admitted", key) for text in wording.admitted)
        yield from (Pair(first, text, "forbidden", key) for text in wording.forbidden)


def rows_of(pairs: Sequence[Pair], lang: str, path: Path) -> list[Incoming]:
    """The concepts of the lines, one a key (id, or Russian term), in the order of the lines."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.id or pair.ru.casefold(), []).append(pair)
    return [Incoming(_cells(group, lang), str(path), group[0].line) for group in groups.values()]


def _cells(group: list[Pair], lang: str) -> dict[str, str]:
    by_role: dict[str, list[Pair]] = {role: [p for p in group if p.role == role] for role in ROLES}
    preferred = by_role["preferred"]
    russian = [p.ru for p in (*preferred, *by_role["variant"], *by_role["admitted"])]
    main = preferred[0] if preferred else group[0]
    said = [p.target for p in preferred if p.target]
    admitted = [*said[1:], *(p.target for p in by_role["admitted"])]
    cells = {
        "id": main.id,
        "type": main.type,
        "status": main.status,
        "note": main.note,
        "source": main.source,
        "ru": _joined(russian or [group[0].ru]),
        lang: said[0] if said else "",
    }
    told = ("note", "source") if main.policy else ()  # an empty cell of ours is told too
    cells = {name: text for name, text in cells.items() if text or name in told}
    if main.policy:
        cells |= {"policy": main.policy, "ru_match": main.match, "az_kind": main.az_kind}
    own = bool(main.id)  # a file of ours that lists no forbidden wording says there is none
    lists = {
        f"{lang}_admitted": _joined(admitted),
        f"{lang}_forbidden": _joined(p.target for p in by_role["forbidden"]),
        "ru_abbr": _joined(p.ru for p in by_role["abbreviation"]),
    }
    # Where the base has no abbreviation, those entries say the whole wording.
    whole = {*said, *(p.target for p in by_role["variant"])}
    short = [p.target for p in by_role["abbreviation"] if p.target and p.target not in whole]
    if short or main.policy:
        lists[f"{lang}_abbr"] = (*short, main.short)[0]
    return cells | {name: text for name, text in lists.items() if text or own}


def _joined(texts: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(text for text in texts if text))
