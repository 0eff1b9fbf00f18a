"""Which catalogs a command is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import CatalogError, ReleaseError
from dragoman.releases import safe_name
from dragoman.workspace import LANGUAGES, Workspace

_LANGUAGE = re.compile(rb'^"Language: *([a-z]{2})', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CatalogPlace:
    """A catalog that is or should be there."""

    release: str
    lang: str
    path: Path


def find_catalogs(
    workspace: Workspace, named: Sequence[Path], langs: Sequence[str]
) -> Iterator[CatalogPlace]:
    """The catalogs of the releases `named` into `langs`; all that lie in locales/ by default.

    A name is that of a release, with or without folder and ending, or the path of a PO file. Of a
    named release those catalogs that exist, or else one that does not, for an error to name.
    Raises CatalogError for a PO file of no known language.
    """
    for name in named:
        if name.suffix == ".po":
            yield CatalogPlace(name.stem, _language(name), name)
        else:
            release = safe_name(name if name.suffix in (".txt", ".html", ".htm") else _whole(name))
            places = [CatalogPlace(release, lg, workspace.catalog(release, lg)) for lg in langs]
            yield from [place for place in places if place.path.exists()] or places[:1]
    if not named:
        found = {
            (path.stem, lang)
            for lang in langs
            for path in (workspace.locales / lang / "LC_MESSAGES").glob("*.po")
        }
        for release, lang in sorted(found, key=lambda pair: (pair[0], langs.index(pair[1]))):
            yield CatalogPlace(release, lang, workspace.catalog(release, lang))


def untranslated(workspace: Workspace, langs: Sequence[str]) -> tuple[CatalogPlace, ...]:
    """The catalogs that releases in seeds/ still lack."""
    if not workspace.seeds.is_dir():
        return ()
    names: dict[str, None] = {}
    for path in workspace.releases():
        try:
            names[safe_name(path)] = None
        except ReleaseError:  # the translate command will say so
            continue
    places = (CatalogPlace(n, lang, workspace.catalog(n, lang)) for n in names for lang in langs)
    return tuple(place for place in places if not place.path.exists())


def shown(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _whole(name: Path) -> Path:
    """A path whose stem is all of `name`: in a name without its ending a dot ends nothing."""
    return name.with_name(name.name + ".txt")


def _language(path: Path) -> str:
    folder = path.resolve().parent.parent.name
    if folder in LANGUAGES:
        return folder
    try:
        match = _LANGUAGE.search(path.read_bytes())
    except OSError as error:
        raise CatalogError(
            f"cannot read: {error.strerror or error}", advice="check the path", path=path
        ) from error
    if match is None or match[1].decode() not in LANGUAGES:
        raise CatalogError(
            "neither its folder nor its header says which language it is in",
            advice="put `Language: en` or `Language: az` into the header",
            path=path,
            line=1,
        )
    return match[1].decode()
