"""pofilter of the Translate Toolkit as a second opinion on the same PO files.

It looks at fewer kinds of error and knows nothing of Russian quotes or declined acronyms; where it
does find a seeded error that the correct translation did not have, our checks must find it too.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from random import Random

import pytest
from case_files import references
from measures import false_alarms
from seeded_errors import KINDS

from dragoman.checks import Pair, run_checks

SHARED = (
    "number dropped",
    "digit changed",
    "bracket lost",
    "final mark lost",
    "doubled space",
    "space before a mark",
    "source copied",
    "word doubled",
    "e-mail changed",
    "web address changed",
    "capital lost",
    "half cut off",
    "nothing there",
)
Entry = tuple[str, str, str]  # name, source, target


def quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def findings(lang: str, entries: list[Entry], folder: Path) -> dict[str, set[str]]:
    """What pofilter says of each entry, by its name."""
    header = f'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n'
    header += '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    blocks = [
        f'#: {name}:1\nmsgctxt "{name}"\nmsgid {quote(source)}\nmsgstr {quote(target)}\n'
        for name, source, target in entries
    ]
    given, found = folder / "given.po", folder / "found.po"
    given.write_text("\n".join([header, *blocks]), encoding="utf-8")
    found.unlink(missing_ok=True)
    command = ["pofilter", f"--language={lang}", "--progress=none", str(given), str(found)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    said: dict[str, set[str]] = {}
    for block in found.read_text(encoding="utf-8").split("\n\n") if found.exists() else ():
        if name := re.search(r'^msgctxt "(.+)"$', block, re.M):
            said[name[1]] = set(re.findall(r"\(pofilter\) (\w+)", block))
    return said


@pytest.mark.parametrize("lang", ["en", "az"])
def test_what_pofilter_finds_we_find(lang: str, tmp_path: Path) -> None:
    chosen = [(source, target) for one, source, target in references() if one == lang][:25]
    correct = [(f"n{index}", *pair) for index, pair in enumerate(chosen)]
    said_of_correct = findings(lang, correct, tmp_path)
    random = Random(3)
    spoilt = [
        (f"{name} {kind}", *changed)
        for kind in SHARED
        for name, source, target in correct
        if (changed := KINDS[kind](lang, source, target, random))
    ]
    said = findings(lang, spoilt, tmp_path)
    both = theirs = ours = 0
    only_theirs: list[str] = []
    for name, source, target in spoilt:
        they = bool(said.get(name, set()) - said_of_correct.get(name.split()[0], set()))
        we = bool(run_checks(Pair(source, target, lang)))  # type: ignore[arg-type]
        both, theirs, ours = both + (they and we), theirs + they, ours + we
        if they and not we:
            only_theirs.append(f"{name}: {said[name]}: {source} / {target}")
    alarmed = false_alarms((lang, source, target) for source, target in chosen)[0]
    print(
        f"\n{lang}: seeded errors found by pofilter {theirs}, by us {ours}, by both {both}; "
        f"alarms on {len(correct)} correct entries: pofilter {len(said_of_correct)}, we {alarmed}"
    )
    assert theirs >= 100, "pofilter was expected to find most of these errors"
    assert both >= 0.98 * theirs, "\n".join(only_theirs)
    assert alarmed <= len(said_of_correct)
