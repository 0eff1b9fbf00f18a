"""The same run on a real local Ray cluster: the same bytes, also when workers die."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import interrupting as tools
from dragoman import cluster, crew
from dragoman.cli import main
from dragoman.errors import EngineError
from dragoman.pipeline import run
from dragoman.report import Report
from dragoman.session import Silent, open_job
from dragoman.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cluster") / "ws"
    tools.make_archive(root, 12)
    (root / "seeds" / "bad.txt").write_text("", "utf-8")
    return root


@pytest.fixture(scope="module")
def ray() -> Iterator[object]:
    """One local cluster for all tests; to start one takes seconds."""
    ray = pytest.importorskip("ray", reason="Ray is an extra: pip install -e '.[cluster]'")
    source = str(Path(crew.__file__).parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join((source, os.environ.get("PYTHONPATH", "")))
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(
        address="local", num_cpus=4, include_dashboard=False, log_to_driver=False,
        object_store_memory=100 * 2**20, logging_level="error",
    )  # fmt: skip
    yield ray
    ray.shutdown()


class Assassin(Silent):
    """Kills the process of an actor when the first drafts have come in, and again later."""

    def __init__(self, deaths: tuple[int, ...]) -> None:
        self.deaths = list(deaths)
        self.drafts = 0
        self.killed = 0
        self.crew: object = None

    def drafted(self, count: int) -> None:
        self.drafts += count
        if self.deaths and self.drafts >= self.deaths[0]:
            self.deaths.pop(0)
            import ray

            actor = self.crew.actors[self.killed % 2]  # type: ignore[attr-defined]
            ray.kill(actor, no_restart=False)
            self.killed += 1


def translate(root: Path, on: str, watcher: Silent | None = None) -> Report:
    place = Workspace.at(root)
    with open_job(place, "fake", ("en", "az"), watcher, on=on, workers=2) as job:
        if isinstance(watcher, Assassin):
            watcher.crew = job.crew
        return run(job, place.releases())


@pytest.fixture
def expected(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    tools.small_steps(monkeypatch)
    root = tmp_path / "alone"
    shutil.copytree(archive, root)
    translate(root, "here")
    return tools.snapshot(root)


def test_same_bytes_and_counts(
    ray: object, archive: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    root = tmp_path / "ws"
    shutil.copytree(archive, root)
    report = translate(root, "ray")
    assert tools.snapshot(root) == expected
    assert [Path(failure.path).name for failure in report.failures] == ["bad.txt"]
    again = translate(root, "here")
    assert all(row.unchanged for row in again.rows)


def test_actors_that_are_killed_lose_nothing(
    ray: object, archive: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    root = tmp_path / "ws"
    shutil.copytree(archive, root)
    assassin = Assassin((1, 12, 24))
    report = translate(root, "ray", assassin)
    assert assassin.killed == 3
    assert tools.snapshot(root) == expected
    assert report.total.failed == 0 and report.total.drafted == assassin.drafts


def test_cluster_that_is_there_already(
    ray: Any, archive: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    """The command, in a process of its own, joins by address; the cluster outlives it."""
    root = tmp_path / "ws"
    shutil.copytree(archive, root)
    address = ray.get_runtime_context().gcs_address
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", "fake", "-w", str(root)]
    command += ["--on", f"ray:{address}", "--workers", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr  # for the file that is empty
    assert "bad.txt: the file is empty" in ran.stderr and "Traceback" not in ran.stderr
    assert tools.snapshot(root) == expected
    assert ray.is_initialized() and ray.cluster_resources()["CPU"] == 4


@pytest.mark.parametrize(
    ("address", "error", "words"),
    [
        (
            "10.0.0.1:6379",
            ConnectionError("timeout"),
            r"at 10\.0\.0\.1:6379 \(timeout\); check the",
        ),
        ("", Exception("The node timed out."), r"at this machine \(The node timed out\.\); a busy"),
    ],
)
def test_cluster_that_does_not_answer(address: str, error: Exception, words: str) -> None:
    class Ray:
        """Ray, without the minutes for which it tries."""

        def init(self, **options: object) -> None:
            raise error

    with pytest.raises(EngineError, match=words):
        cluster._join(Ray(), address, 0)


def test_engine_that_is_not_there(ray: object, archive: Path, tmp_path: Path) -> None:
    root = tmp_path / "ws"
    shutil.copytree(archive, root)
    place = Workspace.at(root)
    with open_job(place, "fake", ("en",), on="ray", workers=1) as job:
        assert job.crew is not None
        from dragoman.records import Request

        future = job.crew.submit([Request("Баку")], "xx")
        with pytest.raises(EngineError, match="the fake engine does not write xx"):
            job.crew.wait([future])


def test_without_ray(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["translate", "--engine", "fake", "--on", "ray", "-w", str(archive)]) == 2
    told = capsys.readouterr().err
    assert "Ray is not installed here; in Dragoman's folder: pip install -e '.[cluster]'" in told
