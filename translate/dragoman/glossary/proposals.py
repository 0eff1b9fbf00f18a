"""A row that the term base may want, and the CSV file in which it goes to a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.glossary import romanise
from dragoman.glossary.edit import csv_line, new_id
from dragoman.glossary.load import COLUMNS

Context = tuple[str, int, str]
"""(release, line, sentence) of an occurrence."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row that the base may want; `why` says what speaks for it."""

    ru: str
    type: str
    count: int
    releases: int
    contexts: tuple[Context, ...] = ()
    abbreviation: str = ""
    en: str = ""
    az: str = ""
    why: str = ""
    weight: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The suggestion for machines."""
        names = ("ru", "type", "abbreviation", "en", "az", "count", "releases", "why")
        places = [{"release": r, "line": n, "text": t} for r, n, t in self.contexts]
        return {name: getattr(self, name) for name in names} | {"contexts": places}


def proposed_rows(found: Iterable[Suggestion], taken: Iterable[str]) -> str:
    """The suggestions as a CSV file of ours with the status ``proposed``, to be filled in."""
    used = set(taken)
    lines = [csv_line(COLUMNS)]
    for item in found:
        cells = {
            "type": item.type,
            "ru": item.ru,
            "ru_abbr": item.abbreviation if item.abbreviation != item.ru else "",
            "en": item.en,
            "az": item.az,
            "status": "proposed",
            "note": f"{item.count} in {item.releases} file(s); {item.why}",
            "source": "suggested",
        }
        cells["id"] = new_id(item.en or romanise.english(item.ru), used)
        used.add(cells["id"])
        lines.append(csv_line([cells.get(name, "") for name in COLUMNS]))
    return "\n".join(lines) + "\n"
