"""Releases that share sentences, reviewed and run in any order: the memory takes nothing away.

What a person typed into one catalog is proposed in the others. Whichever catalogs a run looks at,
and in whatever order, it stays theirs where they typed it, marked or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from dragoman.catalog import read_catalog, write_catalog
from dragoman.ledger import Ledger
from dragoman.pipeline import run
from dragoman.records import Entry
from dragoman.session import open_job
from dragoman.workspace import Workspace

SENTENCES = ("Стороны обсудили 10 проектов.", "Стороны обсудили 12 проектов.")
TEXTS = ("They met.", "They talked of 10 projects.", "They talked of 12 projects.")
RELEASES = ("a", "b")


@dataclass
class Office:
    """Two releases of the same sentences, and the books of who typed what."""

    workspace: Workspace
    random: Random
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)

    def edit(self, release: str, source: str, **fields: object) -> None:
        path = self.workspace.catalog(release, "en")
        catalog = read_catalog(path)
        entries = tuple(
            replace(e, **fields) if e.msgid == source else e  # type: ignore[arg-type]
            for e in catalog.entries
        )
        write_catalog(path, replace(catalog, entries=entries))

    def entry(self, release: str, source: str) -> Entry:
        return read_catalog(self.workspace.catalog(release, "en")).by_identity()[None, source]

    def move(self) -> None:
        """Somebody types, clears a mark, or sets one."""
        draw = self.random
        release, source = draw.choice(RELEASES), draw.choice(SENTENCES)
        kind = draw.choice(("type", "type and mark", "clear", "mark"))
        if self.typed and kind in ("clear", "mark"):  # what nobody touched is no matter here
            release, source = draw.choice(sorted(self.typed))
        self.story.append(f"{kind} {release} {source}")
        if kind in ("clear", "mark"):
            self.edit(release, source, fuzzy=kind == "mark")
            return
        text = draw.choice(TEXTS)
        with Ledger(self.workspace.state / "ledger.sqlite") as ledger:
            if ledger.is_machine_text(source, "en", text, release):
                return  # they type what the machine had said: whose it is cannot be told
        self.typed[release, source] = text
        self.edit(release, source, msgstr=text, fuzzy=kind != "type")

    def run(self) -> None:
        """A run over some of the releases; then the books are held against all of them."""
        draw = self.random
        chosen = draw.sample(RELEASES, draw.choice((1, 1, 2)))
        trust = draw.random() < 0.3
        self.story.append(f"run {chosen} trust={trust}")
        with open_job(self.workspace, "fake", ("en",), trust_memory=trust) as job:
            report = run(job, [self.workspace.seeds / f"{name}.txt" for name in chosen])
        assert not report.failures
        for (release, source), text in self.typed.items():
            assert self.entry(release, source).msgstr == text, "\n".join(self.story)


@pytest.mark.parametrize("seed", range(12))
def test_nobody_loses_what_they_typed(workspace: Path, seed: int) -> None:
    for path in (workspace / "seeds").iterdir():
        path.unlink()
    for name in RELEASES:
        (workspace / "seeds" / f"{name}.txt").write_text("\n\n".join(SENTENCES) + "\n", "utf-8")
    office = Office(Workspace.at(workspace), Random(seed))
    with open_job(office.workspace, "fake", ("en",)) as job:
        run(job, office.workspace.releases())
    for _ in range(6):
        for _ in range(office.random.randint(1, 2)):
            office.move()
        office.run()
