"""A run may end at any moment: the next one goes on, and nothing shows that there was a break."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import interrupting as tools
from dragoman.cli import main
from dragoman.ledger import Ledger
from dragoman.workspace import Workspace
from interrupting import Diary, leftovers, life, snapshot
from po_tools import assert_valid

KILLS = 100


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive with its history, as it is before the run that will be interrupted."""
    root = tmp_path_factory.mktemp("before") / "ws"
    tools.make_archive(root)
    tools.add_history(root)
    return root


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    tools.small_steps(monkeypatch)
    yield


@pytest.fixture
def done(before: Path, tmp_path: Path, small: None) -> tuple[dict[str, bytes], int]:
    """The catalogs of a run that nobody interrupted, and the number of drafts in its ledger."""
    root = tmp_path / "uninterrupted"
    shutil.copytree(before, root)
    assert life(root) == 0
    for name in snapshot(root):
        if name.endswith(".po"):
            assert_valid(root / "locales" / name)
    return snapshot(root), drafts(root)


def drafts(root: Path) -> int:
    with sqlite3.connect(root / ".dragoman" / "ledger.sqlite") as ledger:
        count, distinct = ledger.execute(
            "SELECT count(*), count(DISTINCT unit || ' ' || state || ' ' || hex(body)) FROM draft"
        ).fetchone()
    assert count == distinct, "a draft was recorded twice"
    return int(count)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_a_hundred_times(
    before: Path,
    done: tuple[dict[str, bytes], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """kill -9 at random moments: each catalog is as before or as it shall be, all the time."""
    start, (expected, recorded) = snapshot(before), done
    draw = random.Random(7)
    kills = rounds = 0
    began = time.monotonic()
    shutil.copytree(before, tmp_path / "timed")
    assert life(tmp_path / "timed") == 0
    longest = 1.2 * (time.monotonic() - began)  # some lives must come to their end
    while kills < KILLS:
        rounds += 1
        root = tmp_path / f"round-{rounds}"
        shutil.copytree(before, root)
        diary = Diary(tmp_path / f"diary-{rounds}")
        with monkeypatch.context() as patched:
            diary.install(patched)
            kills += _lives(root, start, expected, draw, longest)
        assert snapshot(root) == expected
        assert drafts(root) == recorded
        assert not leftovers(root)
        assert not done_twice(diary), "a sentence was translated again after it was recorded"
        shutil.rmtree(root)


def _lives(
    root: Path,
    start: dict[str, bytes],
    expected: dict[str, bytes],
    draw: random.Random,
    longest: float,
) -> int:
    """Kill the command until it comes to its end; return how often that was."""
    kills = 0
    while True:
        process = tools.begin(root)
        time.sleep(draw.uniform(0, longest))
        os.kill(process, signal.SIGKILL)
        status = tools.end(process)
        for name, data in snapshot(root).items():
            assert data in (start.get(name), expected[name]), name
        if status == 0:
            return kills
        assert status == -signal.SIGKILL
        kills += 1


def done_twice(diary: Diary) -> list[str]:
    """The sentences that the engine was asked for although their draft was on record."""
    recorded: set[tuple[str, str]] = set()
    twice = []
    for line in diary.lines():
        what, lang, rest = line.split(" ", 2)
        if what == "recorded":
            recorded.add((lang, rest.rsplit(" ", 1)[0]))
        # One sentence may want another draft where other terms are found in it.
        elif tools.SAID not in rest and any(
            lang == to and repr(source) in rest for to, source in recorded
        ):
            twice.append(line)
    return twice


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_stopped_by_a_signal(
    before: Path,
    done: tuple[dict[str, bytes], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    root, said = tmp_path / "ws", tmp_path / "said"
    shutil.copytree(before, root)
    diary = Diary(tmp_path / "diary", slow=0.02)
    with monkeypatch.context() as patched:
        diary.install(patched)
        process = tools.begin(root, said=said)
        tools.wait_until(lambda: any(line.startswith("recorded") for line in diary.lines()))
        os.kill(process, number)
        assert tools.end(process) == 130
    assert "interrupted; what was done is kept" in said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")
    assert not leftovers(root)
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert report["stopped"] == "interrupted"
    assert life(root) == 0
    assert snapshot(root) == done[0]


def test_disk_full_at_every_write(
    before: Path,
    done: tuple[dict[str, bytes], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each file in turn finds no room; what stands is whole, and the next run ends the work."""
    start, expected = snapshot(before), done[0]
    for number in range(0, 60, 7):
        root = tmp_path / f"full-{number}"
        shutil.copytree(before, root)
        with monkeypatch.context() as patched:
            written = iter(range(10_000))

            def fsync(handle: int, count: Iterator[int] = written, last: int = number) -> None:
                if next(count) >= last:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            patched.setattr(os, "fsync", fsync)
            status = main([*tools.COMMAND, str(root)])
        said = capsys.readouterr().err
        if status == 0:
            assert number > 3 * 14 - 10, "a full disk was not noticed"
            break
        assert status == 1 and "free some disk space" in said and "Traceback" not in said
        assert not leftovers(root)
        for name, data in snapshot(root).items():
            assert data in (start.get(name), expected[name]), name
        assert main([*tools.COMMAND, str(root)]) == 0
        assert snapshot(root) == expected


def test_disk_full_for_the_ledger(
    before: Path,
    done: tuple[dict[str, bytes], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "ws"
    shutil.copytree(before, root)
    path = root / ".dragoman" / "ledger.sqlite"
    with sqlite3.connect(path) as ledger:
        pages = ledger.execute("PRAGMA page_count").fetchone()[0]
    opened = Ledger.__init__

    def cramped(ledger: Ledger, path: Path, **options: float) -> None:
        opened(ledger, path, **options)
        ledger._db._connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "__init__", cramped)
        assert main([*tools.COMMAND, str(root)]) == 1
    assert "the disk is full; free some space" in capsys.readouterr().err
    assert main([*tools.COMMAND, str(root)]) == 0
    assert snapshot(root) == done[0]


def test_two_runs_at_once(before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "ws"
    shutil.copytree(before, root)
    with Workspace.at(root).lock():
        assert main([*tools.COMMAND, str(root)]) == 1
        assert f"another run (process {os.getpid()}) is at work here" in capsys.readouterr().err
    assert snapshot(root) == snapshot(before)


def test_the_process_of_the_engine_goes_with_its_master(
    before: Path, done: tuple[dict[str, bytes], int], tmp_path: Path
) -> None:
    """The command as people start it, the engine in a process of its own, killed and run again."""
    root = tmp_path / "ws"
    shutil.copytree(before, root)
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", "fake"]
    command += ["--on", "process", "-w", str(root)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    tools.wait_until(lambda: len(_children(run.pid)) >= 1 or run.poll() is not None)
    servants = _children(run.pid)
    assert servants, "it was too quick to be killed"
    run.kill()
    run.wait()
    tools.wait_until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in servants), 20)
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert snapshot(root) == done[0]


def test_two_commands_at_once(
    before: Path,
    done: tuple[dict[str, bytes], int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second says so and stops at once; the first ends as if it had been alone."""
    root, said = tmp_path / "ws", tmp_path / "said"
    shutil.copytree(before, root)
    diary = Diary(tmp_path / "diary", slow=0.02)
    with monkeypatch.context() as patched:
        diary.install(patched)
        first = tools.begin(root)
        tools.wait_until(lambda: any(line.startswith("recorded") for line in diary.lines()))
        assert tools.end(tools.begin(root, said=said)) == 1
        assert f"another run (process {first}) is at work here" in said.read_text("utf-8")
        assert tools.end(first) == 0
    assert snapshot(root) == done[0]


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_with_the_embedded_model(tmp_path: Path, small: None) -> None:
    """The model that people use, killed and stopped as its drafts come in: the same bytes."""
    before, root, alone = (tmp_path / name for name in ("before", "ws", "alone"))
    tools.make_archive(before, 5)
    shutil.copytree(before, root)
    shutil.copytree(before, alone)
    assert life(alone, *MODEL) == 0
    recorded = drafts(alone)
    for share, number in ((0.1, signal.SIGKILL), (0.35, signal.SIGINT), (0.6, signal.SIGKILL)):
        process = tools.begin(root, *MODEL)
        tools.wait_until(lambda wanted=share * recorded: _recorded(root) >= wanted, 600)
        os.kill(process, number)
        assert tools.end(process) == (130 if number == signal.SIGINT else -number)
        assert _recorded(root) < recorded, "it was too quick to be stopped"
    assert life(root, *MODEL) == 0
    assert snapshot(root) == snapshot(alone)
    assert drafts(root) == recorded and not leftovers(root)


MODEL = ("--engine", "embedded")


def _recorded(root: Path) -> int:
    """The drafts on record in a workspace in which a run is at work."""
    path = root / ".dragoman" / "ledger.sqlite"
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as ledger:
        try:
            return int(ledger.execute("SELECT count(*) FROM draft").fetchone()[0])
        except sqlite3.OperationalError:  # it is being made
            return 0


@pytest.mark.parametrize("room", [40, 120, 180])  # kilobytes; a run takes some 220
def test_disk_that_is_full(
    before: Path, done: tuple[dict[str, bytes], int], tmp_path: Path, room: int
) -> None:
    """A real file system without room: the ledger finds none, or the memory, or a catalog."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", "fake", "-w", str(disk)]
    script = [FULL_DISK, "sh", str(before), str(disk), str(room), str(tmp_path), *command]
    ran = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", *script],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode == NO_DISK or "unshare failed" in ran.stderr:
        pytest.skip(f"no small disk can be made here: {ran.stderr.strip()}")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    first, last = (ran.stdout.split("=====")[n] for n in (0, 1))
    assert "the disk is full" in first or "free some disk space" in first, first
    assert "Traceback" not in ran.stdout, last
    start, expected = snapshot(before), done[0]
    for name, data in snapshot(tmp_path / "full").items():
        assert data in (start.get(name), expected[name]), name
    assert not leftovers(tmp_path / "full")
    assert snapshot(tmp_path / "after") == expected


NO_DISK = 77
FULL_DISK = """
before=$1 disk=$2 room=$3 out=$4; shift 4
mount -t tmpfs -o size=64m tmpfs "$disk" && cp -r "$before"/. "$disk" || exit 77
used=$(df -k --output=used "$disk" | tail -1)
mount -o remount,size=$((used + room))k "$disk" || exit 77
"$@" 2>&1
test $? = 1 || exit 71
mkdir "$out/full" && cp -r "$disk/locales" "$out/full" || exit 72
echo =====
mount -o remount,size=64m "$disk" || exit 73
"$@" 2>&1 || exit 74
mkdir "$out/after" && cp -r "$disk/locales" "$out/after" || exit 75
"""


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    try:
        return [int(pid) for pid in path.read_text().split()]
    except OSError:
        return []
