"""What an operator asks of a run over an archive: which releases, how long, how it goes."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from dragoman import crew, drafting, enforcing, pipeline, processes, writer
from dragoman.checks import Pair
from dragoman.cli import main, watching
from dragoman.engines import load_engine
from dragoman.engines.fake import FakeEngine
from dragoman.engines.runtime import available_cores
from dragoman.errors import EngineError
from dragoman.memory import TranslationMemory
from dragoman.processes import apart
from dragoman.records import Request
from dragoman.report import Row, Tally
from dragoman.workspace import Workspace
from interrupting import Diary, wait_until

NAMES = ("r0", "r1", "r2", "r3", "r4")


@pytest.fixture
def archive(workspace: Path) -> Path:
    for path in (workspace / "seeds").iterdir():
        path.unlink()
    for n, name in enumerate(NAMES):
        text = f"Заголовок {name}\n\nВ Баку прошла встреча {n}.\n\nСтороны обменялись мнениями.\n"
        (workspace / "seeds" / f"{name}.txt").write_text(text, "utf-8")
    return workspace


def translate(root: Path, *arguments: str) -> int:
    return main(["translate", "--engine", "fake", "--to", "en", "-w", str(root), *arguments])


def done(root: Path) -> set[str]:
    """The releases that the last run wrote."""
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    return {row["release"] for row in report["releases"]}


def test_limit_counts_what_there_is_to_do(archive: Path) -> None:
    """So that run after run an archive gets done."""
    found = []
    for _ in range(3):
        assert translate(archive, "--limit", "2") == 0
        found.append(done(archive))
    assert found == [{"r0", "r1"}, {"r2", "r3"}, {"r4"}]


def test_since_a_date(archive: Path) -> None:
    for n, name in enumerate(NAMES):
        stamp = 1_700_000_000 + 86_400 * n  # 2023-11-14 22:13 UTC and on
        os.utime(archive / "seeds" / f"{name}.txt", (stamp, stamp))
    assert translate(archive, "--since", "2023-11-17T00:00+00:00") == 0
    assert done(archive) == {"r3", "r4"}


def test_since_a_revision(archive: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", "-C", archive, *who, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", "seeds")
    git("commit", "-qm", "first")
    (archive / "seeds" / "r1.txt").write_text("Новый заголовок\n\nНовый текст.\n", "utf-8")
    (archive / "seeds" / "новый.txt").write_text("Заголовок\n\nТекст.\n", "utf-8")
    assert translate(archive, "--since", "HEAD") == 0
    assert done(archive) == {"r1", "новый"}


@pytest.mark.parametrize("moment", ["yesterday", "2023-99-99", "--all", "-o"])
def test_since_nonsense(archive: Path, moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(archive, f"--since={moment}") == 2
    assert f"--since {moment}: neither a date nor a revision" in capsys.readouterr().err


def test_only_changed(archive: Path) -> None:
    """A new engine or new terms alone bring nothing up to date; a new text does."""
    assert translate(archive) == 0
    before = {p.name: p.read_bytes() for p in (archive / "locales").rglob("*.po")}
    (archive / "seeds" / "r1.txt").write_text("Заголовок\n\nНовый текст.\n", "utf-8")
    assert translate(archive, "--engine", "fake:no-terms", "--only-changed") == 0
    assert done(archive) == {"r1"}
    after = {p.name: p.read_bytes() for p in (archive / "locales").rglob("*.po")}
    assert {name for name in after if after[name] != before[name]} == {"r1.po"}
    assert translate(archive, "--engine", "fake:no-terms") == 0
    assert done(archive) == set(NAMES) - {"r1"}


def test_dry_run_writes_nothing(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(archive, "--limit", "1") == 0
    before = sorted(path for path in (archive / "locales").rglob("*"))
    capsys.readouterr()
    assert translate(archive, "--dry-run", "--log-json") == 0
    found = json.loads(capsys.readouterr().out)
    # Three sentences each; one is known from the first release.
    counts = {name: found[name] for name in ("releases", "unchanged", "sentences", "known")}
    assert counts == {"releases": 4, "unchanged": 1, "sentences": 12, "known": 4}
    assert found["to_draft"] == 8
    assert found["seconds"] == pytest.approx(found["start"] + found["engine"] + found["rest"])
    assert sorted(path for path in (archive / "locales").rglob("*")) == before
    assert translate(archive, "--limit", "4") == 0
    assert len(done(archive)) == 4, "the dry run took something off"


def test_dry_run_for_people(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(archive, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "5 releases to do, 0 unchanged" in said and "Nothing was written" in said
    assert "in one process" not in said


def test_dry_run_says_that_processes_share_the_work(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dragoman.cli.translate.APART", 5)
    monkeypatch.setattr(FakeEngine, "quick", True, raising=False)
    monkeypatch.setattr(processes, "available_cores", lambda: 4)
    monkeypatch.setattr(processes, "ROOM", 1)
    monkeypatch.setattr(processes, "GPU", archive / "none")
    assert translate(archive, "--dry-run") == 0
    assert "for the engine (in one process; 4 will share it)" in capsys.readouterr().out


def test_log_for_machines(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "seeds" / "bad.txt").write_text("", "utf-8")
    assert translate(archive, "--log-json") == 1
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds == ["failure", *["catalog"] * 5, "end"]
    assert events[-1]["total"]["drafted"] == 11 and events[-1]["total"]["reused"] == 4
    assert events[-1]["failures"][0]["path"].endswith("bad.txt")


def test_what_is_unchanged_is_not_counted_against_a_limit() -> None:
    watch = watching.Watch(2, 1, log_json=True, limited=True)
    watch.on_row(Row("r0", "en", unchanged=True))
    assert watch.facts()["releases"] == 0
    watch.on_row(Row("r1", "en"))
    assert (watch.facts()["releases"], watch.facts()["of_releases"]) == (1, 2)


def test_log_of_a_run_that_is_stopped(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "_write", stop)
    assert translate(archive, "--log-json") == 130
    said = capsys.readouterr()
    end = json.loads(said.out.splitlines()[-1])
    assert (end["event"], end["stopped"]) == ("end", "interrupted")
    assert "interrupted; what was done is kept" in said.err


def test_totals_by_language(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(archive, "--to", "en,az") == 0
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    counts = {lang: row["segments"] for lang, row in report["languages"].items()}
    assert counts == {"en": 15, "az": 15} and report["total"]["segments"] == 30
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in lines if line[:1] == ["total"]] == [
        ["total", "en", "15"], ["total", "az", "15"], ["total", "30", "22"],
    ]  # fmt: skip


def test_report_of_many_catalogs_is_kept_small() -> None:
    """What a run keeps of each catalog until its end: a few dozen bytes."""
    tally = Tally()
    rows = [Row(f"release-{n:06}", "en", segments=n % 30, seconds=n / 7) for n in range(5000)]
    for row in rows:
        tally.add(row)
    kept = sum(len(block) for block in tally.rows._blocks)
    assert kept < 40 * len(rows)
    report = tally.report("fake")
    assert list(report.rows) == rows and report.rows[-1] == rows[-1] and len(report.rows) == 5000
    assert report.rows[255:257] == rows[255:257] and report.total.segments == sum(
        row.segments for row in rows
    )
    assert json.loads("".join(report.as_json()))["releases"][4999]["release"] == "release-004999"


def test_engine_is_asked_for_nothing_twice_and_nothing_that_is_known(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Duplicates within a release, between releases and between runs; approved texts."""
    both = "Стороны обменялись мнениями.\n\n"
    (archive / "seeds" / "r5.txt").write_text(f"Заголовок\n\n{both}{both}", "utf-8")
    monkeypatch.setattr(pipeline, "WINDOW_SEGMENTS", 4)
    monkeypatch.setattr(drafting, "CHUNK", 60)
    assert translate(archive, "--limit", "1") == 0
    path = archive / "locales" / "en" / "LC_MESSAGES" / "r0.po"
    text = path.read_text("utf-8").replace("#, fuzzy\nmsgid", "msgid")  # a person approves it all
    path.write_text(text, "utf-8")
    (archive / ".dragoman" / "ledger.sqlite").unlink()  # so that only the memory knows
    diary = Diary(tmp_path / "diary")
    diary.install(monkeypatch)
    assert translate(archive) == 0
    assert translate(archive) == 0
    asked = [line.split("text=")[1] for line in diary.lines() if line.startswith("asked")]
    assert asked and len(asked) == len(set(asked))
    assert not [line for line in asked if "Стороны обменялись мнениями" in line]
    assert len(asked) == 4 + 4 + 1  # the titles and meetings of r1 to r4, the title of r5


@pytest.mark.parametrize(("quick", "expected"), [(False, 9), (True, 2)])
def test_quick_engines_are_given_larger_chunks(
    archive: Path, monkeypatch: pytest.MonkeyPatch, quick: bool, expected: int
) -> None:
    """A chunk is what a kill can cost: only one that takes seconds may be large."""
    given: list[int] = []
    submit = crew.Here.submit

    def counted(here: crew.Here, requests: Sequence[Request], lang: str) -> Any:
        given.append(sum(len(request.text) for request in requests))
        return submit(here, requests, lang)

    monkeypatch.setattr(crew.Here, "submit", counted)
    monkeypatch.setattr(FakeEngine, "quick", quick, raising=False)
    longest = max(len(text) for path in (archive / "seeds").iterdir()
                  for text in path.read_text("utf-8").split("\n\n"))  # fmt: skip
    monkeypatch.setattr(drafting, "CHUNK", longest)
    assert translate(archive) == 0
    assert max(given) <= longest * (4 if quick else 1)
    assert len(given) == expected


@pytest.mark.parametrize("workers", ["1", "3"])
def test_counts_are_the_same_whatever_the_windows(
    archive: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    """A sentence that several releases share is drafted once, and counted once, whoever drafts."""
    monkeypatch.setattr(pipeline, "WINDOW_SEGMENTS", 1)
    monkeypatch.setattr(drafting, "CHUNK", 1)
    assert translate(archive, "--on", "process", "--workers", workers) == 0
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert (report["total"]["drafted"], report["total"]["reused"]) == (11, 4)


def test_where_a_run_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock[0])
    watch = watching.Watch(50, 2, log_json=True)
    assert watch.facts()["eta"] is None
    watch.wanted(400, 20)  # twenty a catalog; eighty catalogs are still unseen
    clock[0] = 10.0
    watch.drafted(100)
    assert watch.facts()["segments_per_second"] == 10.0
    assert watch.facts()["eta"] == (300 + 80 * 20) / 10
    watch.on_row(Row("r", "en", unchanged=True))
    assert watch.facts()["eta"] == (300 + 79 * 20) / 10


def test_live_view(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = StringIO()
    terminal = Console(file=shown, force_terminal=True, width=160)
    monkeypatch.setattr(watching, "err", terminal)
    assert translate(archive) == 0
    last = [line for line in shown.getvalue().split("\n") if "segments/s" in line][-1]
    for words in (
        "5/5 releases",
        "11 drafted at",
        "4 reused, 0 from memory",
        "0 failures",
        "0:00:00 left",
    ):
        assert words in last


def test_rule_that_trips_over_a_draft_costs_that_sentence(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that was not made for what a model wrote: the chunk is tried again in parts."""
    check = enforcing.run_checks

    def trips(pair: Pair) -> object:
        if "r2" in pair.source:
            raise KeyError("i")
        return check(pair)

    with monkeypatch.context() as patched:
        patched.setattr(enforcing, "run_checks", trips)
        assert translate(archive) == 0
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert (report["total"]["failed"], report["total"]["drafted"]) == (1, 10)
    text = (archive / "locales" / "en" / "LC_MESSAGES" / "r2.po").read_text("utf-8")
    assert "a fault of Dragoman (KeyError: 'i'); please report it" in text
    assert translate(archive) == 0 and done(archive) == {"r2"}, "mended, it is tried again"


def test_rule_that_trips_over_the_memory_costs_that_sentence(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert translate(archive, "--limit", "1") == 0
    recall = TranslationMemory.draft

    def trips(memory: TranslationMemory, source: str, lang: str) -> object:
        if "r2" in source:
            raise KeyError("i")
        return recall(memory, source, lang)

    with monkeypatch.context() as patched:
        patched.setattr(TranslationMemory, "draft", trips)
        assert translate(archive) == 0
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert (report["total"]["failed"], report["total"]["drafted"]) == (1, 7)
    assert translate(archive) == 0 and done(archive) == {"r2"}


def test_rule_that_trips_over_a_catalog_costs_that_catalog(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check = writer.run_checks

    def trips(pair: Pair, **options: Any) -> object:
        if "r2" in pair.source:
            raise KeyError("i")
        return check(pair, **options)

    with monkeypatch.context() as patched:
        patched.setattr(writer, "run_checks", trips)
        assert translate(archive) == 1
    assert done(archive) == set(NAMES) - {"r2"}
    assert "r2.po: a fault of Dragoman (KeyError: 'i')" in capsys.readouterr().err
    assert translate(archive) == 0 and done(archive) == {"r2"}


def test_process_of_the_engine_that_breaks_down(workspace: Path) -> None:
    from dragoman.records import Request

    with apart("fake", workspace) as servant:
        assert servant.submit([Request("Баку")], "en").result().drafts[0].text == "Baku"
        servant.pool.submit(os._exit, 1)
        with pytest.raises(EngineError, match="run again to go on"):
            servant.submit([Request("Баку")], "en").result()
    with apart("no/such/model", workspace) as servant, pytest.raises(EngineError, match="no/such"):
        servant.submit([Request("Баку")], "en").result()


def test_several_processes_of_the_engine(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They share the chunks and the cores, and end with the block."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with apart("fake", workspace, workers=2) as servants:
        assert servants.workers == 2
        names = ("Баку", "Гянджа", "Шуша", "Лачин")
        chunks = [servants.submit([Request(name)], "en") for name in names]
        said = [chunk.result().drafts[0].text for chunk in chunks]
        asked = [servants.pool.submit(_pid_and_threads) for _ in range(12)]
        found = {one.result() for one in asked}
    assert said == ["Baku", "Gyandzha", "Shusha", "Lachin"]
    assert len({pid for pid, _ in found}) == 2
    assert {threads for _, threads in found} == {str(max(1, available_cores() // 2))}
    wait_until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid, _ in found))


def _pid_and_threads() -> tuple[int, str]:
    time.sleep(0.05)  # so that one process alone does not take them all
    return os.getpid(), os.environ["OMP_NUM_THREADS"]


@pytest.mark.parametrize(
    ("engine", "cores", "gpu", "expected"),
    [("embedded", 16, False, 8), ("embedded", 3, False, 3), ("embedded", 16, True, 1),
     ("fake", 16, False, 1)],
)  # fmt: skip
def test_how_many_processes_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    engine: str, cores: int, gpu: bool, expected: int,
) -> None:  # fmt: skip
    """Several of a small model, whose cores one does not fill; one of any other."""
    monkeypatch.setattr(processes, "available_cores", lambda: cores)
    monkeypatch.setattr(processes, "ROOM", 1)
    monkeypatch.setattr(processes, "GPU", tmp_path if gpu else tmp_path / "none")
    assert processes.fitting(load_engine(engine)) == expected
    monkeypatch.setattr(processes, "ROOM", 2**20)
    monkeypatch.setattr(processes, "LIMIT", tmp_path / "memory.max")
    for limit, most in ((str(2 * 2**20), 2), ("4096", 1), ("max", 8)):
        (tmp_path / "memory.max").write_text(limit)
        assert processes.fitting(load_engine(engine)) == min(expected, most)


def test_sentences_on_which_the_engine_broke_down_are_tried_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the machine, unlike one of the sentence, may be gone in the next run."""
    outputs, broken = FakeEngine._outputs, ["r1", "r3"]

    def breaks_down(engine: FakeEngine, request: object, to: str) -> object:
        if any(name in repr(request) for name in broken):
            raise MemoryError
        return outputs(engine, request, to)  # type: ignore[arg-type]

    monkeypatch.setattr(FakeEngine, "_outputs", breaks_down)
    assert translate(archive) == 0
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert report["total"]["failed"] == 2
    broken.clear()
    assert translate(archive) == 0
    assert done(archive) == {"r1", "r3"}
    report = json.loads((archive / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert (report["total"]["failed"], report["total"]["drafted"]) == (0, 2)
    assert translate(archive) == 0 and done(archive) == set()


def test_unknown_place(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(archive, "--on", "moon") == 2
    assert "--on moon: no such place" in capsys.readouterr().err
    assert Workspace.at(archive).state.is_dir()
