"""A small archive with a history, and the real command in a process that can be killed.

The command runs in a fork of the test process, where everything is imported already, so that a
life costs milliseconds and a hundred of them can be ended at any moment.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman import drafting, pipeline
from dragoman.catalog import read_catalog, write_catalog
from dragoman.cli import main
from dragoman.engines.fake import FakeEngine
from dragoman.languages.ru_words import analyser
from dragoman.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"

COMMAND = ("translate", "--engine", "fake", "--on", "here", "-w")
_DATE = re.compile(rb'"PO-Revision-Date: [^"]*"\n')  # the clock, where people were at work

FULL = (
    "14 марта 2024 года начальник Государственной Миграционной Службы Вюсал Гусейнов принял гостей."
)
SAID = "– Мы рады гостям, – сказал В. Гусейнов."
SENTENCES = (
    "На встрече обсуждены {n} проекта и {m} заявлений.",
    "Стороны обменялись мнениями.",
    "В Баку прошло {n} заседание Государственной Миграционной Службы.",
    "Посол Республики Болгария выразил благодарность за приём.",
    "Принято {m} человек.",
)


def make_archive(root: Path, releases: int = 14) -> None:
    """Releases that share sentences; in half of them SAID stands for a man who was named."""
    shutil.copytree(GOLDEN / "workspace" / "glossary", root / "glossary")
    (root / "seeds").mkdir(parents=True)
    for n in range(releases):
        text = [f"Заголовок номер {n}", *((FULL,) if n % 2 else ()), SAID]
        text += [SENTENCES[(n + i) % 5].format(n=n + 2, m=i + 11) for i in range(3)]
        (root / "seeds" / f"r{n:02}.txt").write_text("\n\n".join(text) + "\n", "utf-8")


def add_history(root: Path) -> None:
    """Three releases were translated before; people were at work on two; one has changed since."""
    places = [root / "seeds" / f"r{n:02}.txt" for n in (1, 4, 7)]
    assert life(root, *map(str, places)) == 0
    for name in ("r01", "r04"):
        path = root / "locales" / "en" / "LC_MESSAGES" / f"{name}.po"
        catalog = read_catalog(path)
        edited = replace(
            catalog.entries[1], msgstr=f"A person wrote 14 and {name}.", comment="mine"
        )
        approved = replace(catalog.entries[3], fuzzy=False)
        entries = (catalog.entries[0], edited, catalog.entries[2], approved, *catalog.entries[4:])
        write_catalog(path, replace(catalog, entries=entries))
    text = places[1].read_text("utf-8")
    places[1].write_text(text.replace("Стороны обменялись", "Стороны долго обменивались"), "utf-8")


def snapshot(root: Path) -> dict[str, bytes]:
    """The catalogs and templates by name, but for the time of change."""
    folder = root / "locales"
    return {
        path.relative_to(folder).as_posix(): _DATE.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*.po*"))
        if not path.name.startswith(".")
    }


def leftovers(root: Path) -> list[str]:
    """Temporary files, which no finished run may leave behind."""
    return [path.name for path in root.rglob("*.tmp")]


def small_steps(monkeypatch: object) -> None:
    """Windows and chunks so small that there is much to interrupt."""
    monkeypatch.setattr(pipeline, "WINDOW_SEGMENTS", 12)  # type: ignore[attr-defined]
    monkeypatch.setattr(drafting, "CHUNK", 120)  # type: ignore[attr-defined]
    monkeypatch.setattr(drafting, "QUICK", 1)  # type: ignore[attr-defined]


@dataclass
class Diary:
    """Writes down, across lives, which sentence was asked of the engine and which is recorded."""

    path: Path
    slow: float = 0.0  # seconds a sentence

    def install(self, monkeypatch: object) -> None:
        """Have the fake engine and the ledger write in this diary."""
        outputs, record = FakeEngine._outputs, Ledger.record

        def asked(engine: FakeEngine, request: object, to: str) -> object:
            self._note(f"asked {to} {request!r}")
            time.sleep(self.slow)
            return outputs(engine, request, to)  # type: ignore[arg-type]

        def recorded(ledger: Ledger, lang: str, engine: str, rows: object) -> None:
            rows = list(rows)  # type: ignore[call-overload]
            record(ledger, lang, engine, rows)
            for row in rows:
                self._note(f"recorded {lang} {row.source} {row.terms}")

        monkeypatch.setattr(FakeEngine, "_outputs", asked)  # type: ignore[attr-defined]
        monkeypatch.setattr(Ledger, "record", recorded)  # type: ignore[attr-defined]

    def _note(self, line: str) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, (" ".join(line.split()) + "\n").encode())
        os.close(handle)

    def lines(self) -> list[str]:
        """What was written, in order."""
        return self.path.read_text("utf-8").splitlines() if self.path.exists() else []


def begin(root: Path, *arguments: str, said: Path | None = None) -> int:
    """Start the command in a process of its own; return its number.

    The `arguments` come last, so that they may name another engine.
    """
    analyser()  # read before the fork, as what is imported: a life is to be spent on its work
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    try:
        handle = os.open(said or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout = sys.stderr = os.fdopen(handle, "w", encoding="utf-8")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = main([*COMMAND, str(root), *arguments])
        sys.stderr.flush()
    except BaseException:
        status = 99
    os._exit(status)


def end(process: int) -> int:
    """The exit status of a process, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def life(root: Path, *arguments: str) -> int:
    """The command from its beginning to its end."""
    return end(begin(root, *arguments))


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that must come."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.005)
