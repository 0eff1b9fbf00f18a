"""How fast rows come into the term base: what grows with the square of the rows would show here.

    PYTHONPATH=translate python tests/bench/importing.py [ROWS]

Seconds of processor time for reading a file and planning its import into the repository's base
(nothing is written), of ROWS rows (100,000) and of a quarter of them; the ratio of the two is
about 4 where the time grows with the rows. The awkward files are smaller by `less`.

Against the code before 22 November 2026, on one core, one after the other: ordinary 13.5 to 6.1 s
(2.2 times as fast), same_english 10.3 to 0.5 s (20 times), forbidden 8.4 to 0.2 s (40 times); for
same_russian, 66 s then, 0.2 s now, the two were measured half an hour apart.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "translate"))

from dragoman.glossary import load_glossary  # noqa: E402
from dragoman.glossary.exchange import read_terms  # noqa: E402
from dragoman.glossary.incoming import plan_import  # noqa: E402

ROWS = 100_000
HEAD = "id,ru,en,az,note"
_NUMBER = dict(zip("0123456789", "абвгдежзик", strict=True))


def word(n: int) -> str:
    """A Cyrillic word of its own for each number."""
    return "ста" + "".join(_NUMBER[digit] for digit in str(n)) + "ние"


def ordinary(count: int) -> Iterator[str]:
    """New terms, each unlike all others."""
    for n in range(count):
        yield f",миграционное {word(n)} граждан,citizens' migration {n},vətəndaşların miqrasiyası,"


def same_english(count: int) -> Iterator[str]:
    """New terms that all become one English word, so that their ids must be told apart."""
    for n in range(count):
        yield f",{word(n)},migration,miqrasiya,"


def same_russian(count: int) -> Iterator[str]:
    """One Russian term under many ids: every row contradicts every other."""
    for n in range(count):
        yield f"a{n},миграция,migration {n},miqrasiya {n},"


def forbidden(count: int) -> Iterator[str]:
    """Half of the rows say what the other half forbids."""
    for n in range(count):
        if n % 2:
            yield f"a{n},{word(n)},migration of people,miqrasiya,,"
        else:
            yield f"a{n},{word(n)},work {n},iş {n},,migration of people"


CASES: tuple[tuple[Callable[[int], Iterator[str]], str, int], ...] = (
    (ordinary, HEAD, 1),
    (same_english, HEAD, 10),
    (same_russian, HEAD, 50),
    (forbidden, f"{HEAD},en_forbidden", 50),
)


def seconds(make: Callable[[int], Iterator[str]], head: str, count: int) -> tuple[float, float]:
    """Processor time of reading, and of planning, an import of `count` rows."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "glossary"
        shutil.copytree(ROOT / "glossary", folder)
        path = Path(place) / "rows.csv"
        path.write_text("\n".join(itertools.chain((head,), make(count))) + "\n", "utf-8")
        base = load_glossary(folder)
        start = time.process_time()
        reading = read_terms(path)
        read = time.process_time()
        assert not reading.faults, reading.faults[0]
        plan_import(base.rows, reading.rows, folder)
        return read - start, time.process_time() - read


def main() -> None:
    """Print a line a case."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for make, head, less in CASES:
        count = rows // less
        few = sum(seconds(make, head, count // 4))
        read, plan = seconds(make, head, count)
        print(
            f"{make.__name__:13} {count:7} rows: read {read:6.2f} s, plan {plan:6.2f} s; "
            f"{(read + plan) / few:.1f} times a quarter of them"
        )


if __name__ == "__main__":
    main()
