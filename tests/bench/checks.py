"""Measure the checks: python tests/bench/checks.py [CORPUS_FOLDER] [--show]

On every line of a folder of TSV files (Russian, English, Azerbaijani; by default the project's own
corpus): the share of correct translations with an alarm, by code, and the CPU time a pair; of 2,500
of them, taken at random, also with the terms that the glossary asks for. On the 200 references of
tests/cases/checks: the same, and the seeded errors caught, by kind.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "translate"), str(ROOT / "tests" / "checks")]

from case_files import references  # noqa: E402
from measures import Reference, catch, false_alarms, report  # noqa: E402

from dragoman.glossary import load_glossary, wanted  # noqa: E402
from dragoman.records import Term  # noqa: E402


def corpus(folder: Path) -> Iterator[Reference]:
    """Each line of each file twice: to English and to Azerbaijani."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 3:
                yield "en", cells[0], cells[1]
                yield "az", cells[0], cells[2]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the checks of translations.")
    default = ROOT / "translate" / "dragoman" / "training" / "corpus"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--show", action="store_true", help="print every alarm of the corpus")
    options = parser.parse_args()
    entries = list(corpus(options.folder))
    for lang in ("en", "az"):
        chosen = [entry for entry in entries if entry[0] == lang]
        if not chosen:
            continue
        start = time.process_time()
        alarmed, count, codes, lines = false_alarms(chosen)
        milliseconds = (time.process_time() - start) / count * 1_000
        print(f"corpus {lang}: {alarmed} of {count} with an alarm ({alarmed / count:.2%}),")
        print(f"  {dict(codes.most_common())}, {milliseconds:.2f} ms of CPU a pair")
        if options.show:
            print("\n".join(lines))
    base = load_glossary(ROOT / "glossary")

    def terms(source: str, lang: str) -> tuple[Term, ...]:
        return tuple(wanted(hit, lang) for hit in base.find(source))

    sample = Random(7).sample(entries, min(2_500, len(entries)))
    alarmed, count, codes, lines = false_alarms(sample, terms)
    print(f"corpus with the glossary: {alarmed} of {count} ({alarmed / count:.2%}) {dict(codes)}")
    if options.show:
        print("\n".join(lines))
    for name, chosen_terms in (("without terms", lambda *_: ()), ("with the glossary", terms)):
        alarmed, count, codes, _ = false_alarms(references(), chosen_terms)
        print(f"references {name}: {alarmed} of {count} ({alarmed / count:.1%}) {dict(codes)}")
    print("seeded errors caught in them:")
    print(report(catch(references())))


if __name__ == "__main__":
    main()
