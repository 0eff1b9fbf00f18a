"""Catalogs from tools that drop every fuzzy mark, through the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.catalog import read_catalog, write_catalog
from dragoman.cli import main
from reviewing import translated


def test_drafts_of_a_tool_that_drops_flags_are_drafts_again(workspace: Path) -> None:
    """The memory has taken the unmarked drafts for approved by then."""
    path = translated(workspace)
    before = read_catalog(path)
    entries = [replace(entry, fuzzy=False) for entry in before.entries]
    entries[1] = replace(entries[1], msgstr="What a person wrote.")
    write_catalog(path, replace(before, entries=tuple(entries)))
    command = ["translate", "--engine", "fake:no-terms", "--to", "en", "-w", str(workspace)]
    assert main(command) == 0
    assert not any(entry.fuzzy for entry in read_catalog(path).entries), "may have been approved"
    assert main([*command, "--flags-lost"]) == 0
    found = read_catalog(path).entries
    assert (found[1].msgstr, found[1].fuzzy) == ("What a person wrote.", False)
    for entry in (found[0], *found[2:]):
        assert entry.fuzzy and entry.extracted[0].startswith("origin: fake:no-terms"), entry
        assert not [line for line in entry.extracted if line.startswith("memory 100%")]
    once = path.read_bytes()
    assert main(command) == 0
    assert path.read_bytes() == once
