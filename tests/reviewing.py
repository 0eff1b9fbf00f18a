"""Catalogs as a reviewer leaves them, for tests of what comes after the review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dragoman.catalog import read_catalog, write_catalog
from dragoman.pipeline import run
from dragoman.session import open_job
from dragoman.workspace import Workspace

# By the first words of the Russian. None: the machine's draft is left as it is.
MEETING_EN: dict[str, str | None] = {
    "Начальник": "Chief of the Service met with the ambassador",
    "14 марта": "On 14 March 2024, Chief of the State Migration Service Vusal Huseynov met with "
    "the Ambassador of the Republic of Bulgaria in Baku.",
    "На встрече": "3 projects & 120 applications submitted to the State Migration Service were "
    "discussed at the meeting.",
    "– Мы рады": "«We are glad to see our guests», — said V. Huseynov.",
    "Стороны": "The parties exchanged views.",
}


def translated(root: Path, name: str = "meeting", lang: str = "en") -> Path:
    """Translate the workspace with the fake engine; return the catalog of one release."""
    place = Workspace.at(root)
    with open_job(place, "fake", (lang,)) as job:
        report = run(job, place.releases())
    assert not report.failures
    return place.catalog(name, lang)


def review(path: Path, texts: Mapping[str, str | None], *, comment: str = "") -> Path:
    """Approve the entries whose Russian begins with a key of `texts`; return `path`."""
    catalog = read_catalog(path)
    used = set()
    entries = []
    for entry in catalog.entries:
        key = next((key for key in texts if entry.msgid.startswith(key)), None)
        used.add(key)
        text = texts[key] if key else None
        if text is not None:
            entry = replace(entry, msgstr=text, fuzzy=False, comment=comment)
        entries.append(entry)
    assert used >= set(texts), f"no entry begins with {set(texts) - used}"
    write_catalog(path, replace(catalog, entries=tuple(entries)))
    return path
