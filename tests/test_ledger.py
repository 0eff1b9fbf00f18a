"""The ledger: nothing proposed is forgotten, whatever happens to the process or the file."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.errors import WorkspaceError
from dragoman.ledger import Ledger, Row, fingerprint
from dragoman.records import Draft

RU = "Вчера в Баку состоялась встреча."
AZ = "Dünən Bakıda görüş keçirildi."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".dragoman" / "ledger.sqlite"


def draft(text: str, **more: object) -> Draft:
    return Draft(text, "engine", **more)  # type: ignore[arg-type]


def test_a_draft_is_found_again_in_its_state_only(path: Path) -> None:
    full = draft(AZ, engine="embedded", score=-0.25, reason="", strategy="annotated")
    with Ledger(path) as ledger:
        ledger.record("az", "e1", [Row(RU, "t1", full)])
    with Ledger(path) as ledger:
        assert ledger.lookup(RU, "az", "e1", "t1") == full
        assert ledger.lookup(RU, "en", "e1", "t1") is None
        assert ledger.lookup(RU, "az", "e2", "t1") is None
        assert ledger.lookup(RU, "az", "e1", "t2") is None
        assert ledger.lookup(RU + " ", "az", "e1", "t1") is None


def test_everything_ever_proposed_is_remembered(path: Path) -> None:
    with Ledger(path) as ledger:
        for state, text in (("e1", "bir"), ("e2", "iki"), ("e1", "üç"), ("e3", "")):
            ledger.record("az", state, [Row(RU, "t", draft(text))])
        assert ledger.proposed(RU, "az") == {"bir", "iki", "üç"}
        assert ledger.lookup(RU, "az", "e1", "t") == draft("üç")
        assert [d.text for d in ledger.drafts(RU, "az")] == ["bir", "iki", "üç", ""]
        assert ledger.is_machine_text(RU, "az", "bir")
        assert not ledger.is_machine_text(RU, "az", "")
        assert not ledger.is_machine_text(RU, "en", "bir")
        assert not ledger.is_machine_text("Другое.", "az", "bir")


def test_recording_the_same_again_does_not_grow_the_ledger(path: Path) -> None:
    with Ledger(path) as ledger:
        for _ in range(3):
            ledger.record("az", "e", [Row(RU, "t", draft(AZ))])
        assert len(ledger.drafts(RU, "az")) == 1


def test_what_a_person_wrote_first_stays_theirs(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.claim("a", "az", [(RU, AZ), (RU, "")])
        ledger.record("az", "e", [Row(RU, "t", draft(AZ))])
        assert not ledger.is_machine_text(RU, "az", AZ, release="a")
        assert ledger.is_machine_text(RU, "az", AZ, release="b")


def test_a_failed_draft_is_remembered_with_its_reason(path: Path) -> None:
    failed = Draft("", "failed", engine="e", reason="empty output")
    with Ledger(path) as ledger:
        ledger.record("az", "e", [Row(RU, "t", failed)])
        assert ledger.lookup(RU, "az", "e", "t") == failed


def test_the_state_of_a_finished_release(path: Path) -> None:
    one, two = fingerprint("release", b"po"), fingerprint("releasep", b"o")
    assert one != two
    with Ledger(path) as ledger:
        assert not ledger.seen("a", "az", one)
        ledger.remember("a", "az", one)
        assert ledger.seen("a", "az", one)
        assert not ledger.seen("a", "en", one)
        ledger.remember("a", "az", two)
        assert not ledger.seen("a", "az", one)


def test_a_batch_is_recorded_whole_or_not_at_all(path: Path) -> None:
    def rows() -> object:
        yield Row(RU, "t", draft("bir"))
        raise KeyboardInterrupt

    with Ledger(path) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.record("az", "e", rows())  # type: ignore[arg-type]
        assert ledger.proposed(RU, "az") == frozenset()
        ledger.record("az", "e", [Row(RU, "t", draft("iki"))])
        assert ledger.proposed(RU, "az") == {"iki"}


WRITER = """
import sys
from pathlib import Path
from dragoman.ledger import Ledger, Row
from dragoman.records import Draft
with Ledger(Path(sys.argv[1])) as ledger:
    for n in range(10**9):
        rows = [Row(f"{n} {i}", "t", Draft(f"x{n} {i}", "engine")) for i in range(20)]
        ledger.record("az", "e", rows)
        print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
def test_a_killed_run_loses_no_finished_batch(path: Path) -> None:
    for _ in range(3):
        run = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        assert run.stdout is not None
        lines = [run.stdout.readline() for _ in range(5)]
        time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        lines += run.stdout.readlines()
        run.wait()
        run.stdout.close()
        last = int([line for line in lines if line.endswith(b"\n")][-1])
        with Ledger(path) as ledger:
            assert not ledger.notice
            for n in range(last + 1):
                for i in range(20):
                    assert ledger.lookup(f"{n} {i}", "az", "e", "t") == draft(f"x{n} {i}")
            batch = [ledger.proposed(f"{last + 1} {i}", "az") for i in range(20)]
            assert all(batch) or not any(batch)


def test_a_ledger_locked_by_another_run_is_reported(path: Path) -> None:
    with Ledger(path) as ledger, Ledger(path, timeout=0.05) as other:
        with ledger._db.transaction():
            assert other.lookup(RU, "az", "e", "t") is None  # reading goes on
            with pytest.raises(WorkspaceError, match="another run") as caught:
                other.record("az", "e", [Row(RU, "t", draft(AZ))])
        assert "run again" in str(caught.value)
        other.record("az", "e", [Row(RU, "t", draft(AZ))])
        assert ledger.proposed(RU, "az") == {AZ}


@pytest.mark.parametrize("damage", ["text", "empty pages", "cut"])
def test_a_damaged_ledger_is_moved_aside(path: Path, damage: str) -> None:
    with Ledger(path) as ledger:
        rows = [Row(f"{n}", "t", draft(f"x{n}")) for n in range(500)]
        ledger.record("az", "e", rows)
    data = path.read_bytes()
    broken = {
        "text": b"not a database at all " * 400,
        "empty pages": data[:100] + bytes(len(data) - 100),
        "cut": data[: len(data) // 20],
    }[damage]
    path.write_bytes(broken)
    with Ledger(path) as ledger:
        assert "damaged-1" in ledger.notice
        assert ledger.proposed("1", "az") == frozenset()
        ledger.record("az", "e", rows[:1])
    aside = path.with_name("ledger.sqlite.damaged-1")
    assert aside.read_bytes()[:64] == broken[:64]
    with Ledger(path) as ledger:
        assert not ledger.notice
        assert ledger.proposed("0", "az") == {"x0"}


def test_a_ledger_that_breaks_while_in_use_is_reported(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record("az", "e", [Row(f"{n}", "t", draft(f"x{n}")) for n in range(2000)])
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    path.write_bytes(data)
    with Ledger(path) as ledger:
        assert not ledger.notice, "the first pages are sound"
        with pytest.raises(WorkspaceError, match="damaged") as caught:
            for n in range(2000):
                ledger.lookup(f"{n}", "az", "e", "t")
        assert "move it away" in caught.value.advice


def test_a_draft_that_cannot_be_read_is_passed_by(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.record("az", "e", [Row(RU, "t", draft("bir"))])
        ledger.record("az", "e", [Row(RU, "t", draft("iki"))])
        with ledger._db.transaction():
            ledger._db.write("UPDATE draft SET body = substr(body, 1, 20) WHERE id = ?", [(2,)])
        assert ledger.lookup(RU, "az", "e", "t") == draft("bir")
        assert ledger.proposed(RU, "az") == {"bir"}


def test_a_ledger_of_a_newer_dragoman_is_left_alone(path: Path) -> None:
    Ledger(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(WorkspaceError, match="newer"):
        Ledger(path)
    assert path.exists()


def test_a_folder_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".dragoman").write_text("a file")
    for path in (tmp_path / ".dragoman" / "ledger.sqlite", tmp_path):
        with pytest.raises(WorkspaceError, match="cannot use the file") as caught:
            Ledger(path)
        assert caught.value.path == str(path)
        assert caught.value.advice


def test_an_io_error_on_a_full_disk_is_called_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says no more than “disk I/O error” where its log finds no room."""
    with Ledger(path) as ledger:
        for free, said in ((0, "the disk is full"), (10**9, "check the disk")):
            usage = shutil._ntuple_diskusage(10**9, 10**9 - free, free)
            monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
            with pytest.raises(WorkspaceError, match=said), ledger._db._errors():
                raise sqlite3.OperationalError("disk I/O error")


def test_lookups_are_quick(path: Path) -> None:
    """Five hundred look-ups among 10,000 drafts; tests/bench/ledger.py goes to two million."""
    with Ledger(path) as ledger:
        ledger.record("az", "e", [Row(f"{n}", "t", draft(f"x{n}")) for n in range(10_000)])
        start = time.perf_counter()
        for n in range(0, 10_000, 20):
            assert ledger.is_machine_text(f"{n}", "az", f"x{n}", "r")
        assert time.perf_counter() - start < 1.0, "more than 2 ms each"
