"""An archive with everything that can be wrong with a file: each is named, the rest is done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.catalog import read_catalog
from dragoman.cli import main

GOOD = "Заголовок\n\nВ Баку прошла встреча.\n"


@pytest.fixture
def seeds(workspace: Path) -> Path:
    return workspace / "seeds"


def translate(root: Path, *arguments: str) -> tuple[int, dict[str, str], set[str]]:
    """The exit status, what was said of each file that failed, and the catalogs there are."""
    status = main(["translate", "--engine", "fake", "--to", "en", "-w", str(root), *arguments])
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    failures = {Path(found["path"]).name: found["message"] for found in report["failures"]}
    return status, failures, {path.stem for path in (root / "locales" / "en").rglob("*.po")}


def test_files_that_are_refused(
    workspace: Path, seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(GOOD, "utf-8")
    (seeds / "leads-out.txt").symlink_to(outside)
    (seeds / "leads-nowhere.txt").symlink_to(seeds / "gone.txt")
    (seeds / "linked-out").symlink_to(tmp_path)
    (workspace / "more").mkdir()
    (seeds / "linked").symlink_to(workspace / "more")
    (seeds / "folder.txt").mkdir()
    os.mkfifo(seeds / "pipe.txt")
    with (seeds / "huge.txt").open("wb") as stream:
        stream.truncate(50 * 2**20)
    (seeds / "zeros.txt").write_bytes(bytes(1000))
    (seeds / "empty.txt").write_text("", "utf-8")
    (seeds / "older").mkdir()
    (seeds / "older" / "meeting.txt").write_text(GOOD, "utf-8")
    (seeds / "___.txt").write_text(GOOD, "utf-8")
    Path(os.fsdecode(os.fsencode(seeds) + b"/bad-\xff.txt")).write_text(GOOD, "utf-8")
    status, failures, catalogs = translate(workspace)
    expected = {
        "leads-out.txt": f"is a link that leads out of the workspace, to {outside}",
        "linked-out": "is a link that leads out of the workspace",
        "linked": "is a link to a folder, and such are not followed",
        "leads-nowhere.txt": "no such file",
        "folder.txt": "folder",
        "pipe.txt": "not a regular file",
        "huge.txt": "50 MB is too large",
        "zeros.txt": "zeros.txt: ",
        "empty.txt": "the file is empty",
        "meeting.txt": "has the same name as",
        "___.txt": "its name holds no letter or digit",
        "bad-\\udcff.txt": "its name is not text in UTF-8",
    }
    assert failures.keys() == expected.keys()
    for name, words in expected.items():
        assert words in failures[name] and "\n" not in failures[name], failures[name]
    assert catalogs == {"meeting", "page"}
    assert status == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and f"{len(expected)} could not be done" in said
    assert "Стороны обменялись" in read_catalog(
        workspace / "locales/en/LC_MESSAGES/meeting.po"
    ).entries[-1].msgid  # fmt: skip


# Root may read everything, unless it gives that up.
RIGHTS = "-dac_override,-dac_read_search"
AS_ANYBODY = ("setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}")


@pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may read everything"
)
def test_file_without_permission(workspace: Path, seeds: Path) -> None:
    (seeds / "secret.txt").write_text(GOOD, "utf-8")
    (seeds / "secret.txt").chmod(0)
    (seeds / "closed").mkdir()
    (seeds / "closed" / "unseen.txt").write_text(GOOD, "utf-8")
    (seeds / "closed").chmod(0)
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", "fake", "--to", "en"]
    command = [*(AS_ANYBODY if os.geteuid() == 0 else ()), *command, "-w", str(workspace)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    (seeds / "closed").chmod(0o755)
    report = json.loads((workspace / ".dragoman" / "run-report.json").read_text("utf-8"))
    said = {Path(found["path"]).name: found["message"] for found in report["failures"]}
    assert said.keys() == {"secret.txt", "closed"}
    assert "permission denied" in said["secret.txt"].lower()
    assert "is a folder that may not be read" in said["closed"]
    assert all(message in ran.stderr for message in said.values())
    assert {path.stem for path in (workspace / "locales/en").rglob("*.po")} == {"meeting", "page"}


def test_file_that_goes_away_or_cannot_be_read(
    workspace: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "bad-sector.txt").write_text(GOOD, "utf-8")
    read = Path.read_bytes

    def fails(path: Path) -> bytes:
        if path.name == "bad-sector.txt":
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fails)
    status, failures, catalogs = translate(workspace)
    assert status == 1 and catalogs == {"meeting", "page"}
    assert "cannot be read: Input/output error" in failures["bad-sector.txt"]


@pytest.mark.parametrize(
    ("name", "catalog"),
    [
        ("два слова.txt", "два_слова"),
        ("Встреча в Баку №5.txt", "Встреча_в_Баку_№5"),
        ("new\nline.txt", "new_line"),
        ("..hidden..txt", None),  # a hidden file, as all that begin with a dot
        ("a..b.txt", "a..b"),
        ("-rf.txt", "rf"),
        ("quote'\"$(x).txt", "quote'_$(x)"),
        ("long-" + "я" * 120 + ".txt", None),
    ],
)
def test_names(workspace: Path, seeds: Path, name: str, catalog: str | None) -> None:
    if len(os.fsencode(name)) > 255:
        pytest.skip("no such name on this file system")
    (seeds / name).write_text(GOOD, "utf-8")
    status, failures, catalogs = translate(workspace)
    assert (status, failures) == (0, {})
    if catalog is not None:
        assert catalogs == {"meeting", "page", catalog}
        path = workspace / "locales/en/LC_MESSAGES" / f"{catalog}.po"
        for entry in read_catalog(path).entries:
            for place, line in entry.references:
                assert not set(place) & set(" \n\t") and line.isdigit()


def test_path_that_climbs_out_by_dots(workspace: Path, tmp_path: Path) -> None:
    """A file elsewhere may be named on the command line, however; it stays one of seeds/."""
    (tmp_path / "elsewhere.txt").write_text(GOOD, "utf-8")
    status, failures, catalogs = translate(workspace, str(workspace / ".." / "elsewhere.txt"))
    assert (status, failures, catalogs) == (0, {}, {"elsewhere"})
    assert not list(tmp_path.glob("*.po"))


def test_link_inside_the_workspace_is_followed(workspace: Path, seeds: Path) -> None:
    (workspace / "texts").mkdir()
    (workspace / "texts" / "a.txt").write_text(GOOD, "utf-8")
    (seeds / "linked.txt").symlink_to(workspace / "texts" / "a.txt")
    status, failures, catalogs = translate(workspace)
    assert (status, failures) == (0, {}) and "linked" in catalogs


def test_fault_of_a_rule_costs_one_release(
    workspace: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman import reading

    (seeds / "odd.txt").write_text(GOOD, "utf-8")
    segment = reading.segment_release

    def trips(release: object) -> object:
        if getattr(release, "name", "") == "odd":
            raise ValueError("a rule tripped")
        return segment(release)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "segment_release", trips)
    status, failures, catalogs = translate(workspace)
    assert status == 1 and catalogs == {"meeting", "page"}
    assert (
        "a fault of Dragoman (ValueError: a rule tripped); please report it" in failures["odd.txt"]
    )


def test_hundreds_of_one_word_files(workspace: Path, seeds: Path) -> None:
    """Ten thousand are measured by tests/bench/archive.py --words."""
    for n in range(300):
        (seeds / f"w{n:03}.txt").write_text("Встреча\n" if n % 2 else f"Баку{n}\n", "utf-8")
    status, failures, catalogs = translate(workspace)
    assert (status, failures) == (0, {})
    assert len(catalogs) == 302
    report = json.loads((workspace / ".dragoman" / "run-report.json").read_text("utf-8"))
    words = [row for row in report["releases"] if row["release"].startswith("w")]
    assert sum(row["drafted"] for row in words) == 151  # the word that half of them share, once
