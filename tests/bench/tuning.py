"""What fine-tuning on reviewed segments gains: ``python tests/bench/tuning.py``.

`bulletins.tsv` holds bulletins of an imaginary weather and earthquake service, in order: our own
text, in no training data, in a house wording that the shipped model does not know. The segments of
the first bulletins are approved PO entries, the shipped model is tuned on them (`dragoman train
--from-reviewed`, as it is by default), and before and after are compared on the later bulletins
(`dragoman evaluate`, no terms told, paired bootstrap). ``--old SET`` (a TSV of ru, en, az)
shows what became of the old skill.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

BULLETINS = Path(__file__).with_name("bulletins.tsv")
Rows = list[tuple[str, str, str]]


def bulletins() -> Rows:
    """(ru, en, az), a sentence each."""
    lines = BULLETINS.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


def approve(rows: Rows, folder: Path) -> Path:
    """A PO file for each language with every entry approved."""
    folder.mkdir()
    for column, lang in ((1, "en"), (2, "az")):
        catalog = polib.POFile()
        catalog.metadata = {"Language": lang, "Content-Type": "text/plain; charset=UTF-8"}
        for row in rows:
            catalog.append(polib.POEntry(msgid=row[0], msgstr=row[column]))
        catalog.save(str(folder / f"{lang}.po"))
    return folder


def dragoman(*arguments: object) -> None:
    command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def compare(name: str, held: Path, model: Path, work: Path, limit: int) -> None:
    """Print the scores of a set before and after."""
    before, after = work / f"{name}.before", work / f"{name}.after"
    common = (held, "--no-terms", "--limit", limit, "--output")
    dragoman("evaluate", *common, before)
    dragoman("evaluate", *common, after, "--engine", model, "--against", before)
    for report in json.loads((after / "scores.json").read_text("utf-8")):
        for found in report["against"]:
            print(
                f"{name:8} {report['lang']} {found['metric']:8} {found['baseline']:6.1f}"
                f" -> {found['system']:5.1f}   p {found['p']:.3f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--segments", type=int, default=500, help="reviewed, both languages")
    parser.add_argument("--held", type=int, default=250, help="sentences to compare on")
    parser.add_argument("--old", type=Path, help="a set that shows the old skill")
    parser.add_argument("--train", default="", help="further options of dragoman train")
    options = parser.parse_args()
    rows = bulletins()
    reviewed, later = rows[: options.segments // 2], rows[-options.held :]
    assert len(reviewed) + len(later) <= len(rows), "the two parts would overlap"
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        held = work / "held.tsv"
        held.write_text("".join("\t".join(row) + "\n" for row in later), "utf-8")
        model = work / "model"
        dragoman(
            "train", "--from-reviewed", approve(reviewed, work / "approved"), "--held-out", held,
            "--work", work / "scratch", "--out", model, *options.train.split(),
        )  # fmt: skip
        print(f"{2 * len(reviewed)} reviewed segments; {len(later)} later sentences")
        compare("later", held, model, work, options.held)
        if options.old:
            compare("old", options.old.resolve(), model, work, options.held)


if __name__ == "__main__":
    main()
