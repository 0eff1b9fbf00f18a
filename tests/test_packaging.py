"""What is installed from a wheel works from any folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "hatchling" in done.stderr:
        pytest.skip("hatchling, which builds the wheel, cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_wheel_holds_the_model_and_not_the_corpus(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"dragoman/model/config.json", "dragoman/model/dictionary.tsv"} <= set(names)
    assert "dragoman/starter/glossary/organisations.csv" in names
    assert "dragoman/training/trainer.py" in names
    assert not [name for name in names if name.startswith("dragoman/training/corpus/")]
    assert "dragoman/training/dictionary.tsv" not in names


def test_installed_package_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = f"import sys; sys.path.insert(0, {str(site)!r}); from dragoman.cli import main; "
    run = [sys.executable, "-c", code + "sys.exit(main(sys.argv[1:]))"]
    subprocess.run([*run, "init", "office"], cwd=tmp_path, check=True, capture_output=True)
    release = tmp_path / "office" / "seeds" / "a.txt"
    release.write_text("Встреча\n\nВ Баку прошла встреча.\n", "utf-8")
    where = subprocess.run(
        [sys.executable, "-c", code + "import dragoman; print(dragoman.__file__)"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert str(site) in where
    done = subprocess.run(
        [*run, "translate", "-w", "office"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Bakı" in (tmp_path / "office/locales/az/LC_MESSAGES/a.po").read_text("utf-8")
