"""Dragoman as a library: the examples of its documentation, and what they do not show."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman
from dragoman import DragomanError, Failure, Row, Workspace, library

from dragoman import translate_release, translate_releases  # isort: skip


def test_the_examples_in_the_documentation(workspace: Path) -> None:
    failed, tried = doctest.testmod(library, globs={"folder": workspace})
    assert tried >= 6 and not failed


def test_the_example_in_the_readme(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is printed there, but for the engine."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(workspace)
    exec(re.sub(r"to=\((.*?)\)", r'to=(\1), engine="fake"', example), {})
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "meeting into en: 5 of 5 sentences drafted"
    assert said[1].startswith("Начальник Службы встретился с послом -> Chief of the Service")
    assert said[-4:] == [
        "meeting into en", "page into en", "meeting into az", "page into az",
    ]  # fmt: skip


def test_import_is_instant() -> None:
    code = (
        "import sys; before = set(sys.modules); import dragoman; dir(dragoman);"
        "print(sorted(m for m in set(sys.modules) - before if m.startswith('dragoman')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['dragoman']"


def test_every_name_is_there() -> None:
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    assert set(dragoman.__all__) <= set(dir(dragoman))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        dragoman.nonsense  # noqa: B018


def test_failures_are_values_in_an_archive_and_errors_in_a_single_release(workspace: Path) -> None:
    (workspace / "seeds" / "bad.txt").write_text("", "utf-8")
    place = Workspace.at(workspace)
    done = list(translate_releases(place, engine="fake", to=("az",)))
    assert [type(event) for event in done] == [Failure, Row, Row]
    with pytest.raises(DragomanError, match=r"bad\.txt: the file is empty"):
        translate_release(place, "seeds/bad.txt", engine="fake")


def test_an_iterator_that_is_closed_leaves_a_workspace_that_goes_on(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.pipeline.WINDOW_SEGMENTS", 1)
    place = Workspace.at(workspace)
    events = translate_releases(place, engine="fake", to=("en",))
    first = next(events)
    assert isinstance(first, Row) and first.release == "meeting"
    events.close()  # type: ignore[attr-defined]
    rest = list(translate_releases(place, engine="fake", to=("en",)))
    assert [event.unchanged for event in rest if isinstance(event, Row)] == [True, False]


def test_engine_in_a_process_of_its_own_makes_the_same_catalogs(
    workspace: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(workspace, tmp_path / "other")
    for root, on in ((workspace, "here"), (tmp_path / "other", "process")):
        list(translate_releases(Workspace.at(root), engine="fake", on=on))
    made = [
        {p.name: p.read_bytes() for p in (root / "locales").rglob("*.po*")}
        for root in (workspace, tmp_path / "other")
    ]
    assert made[0] == made[1] and len(made[0]) == 4
