"""Help for tests that meet real PO tools."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

needs_gettext = pytest.mark.skipif(
    shutil.which("msgfmt") is None,
    reason="GNU gettext is not installed (apt-get install gettext)",
)


def run_tool(*command: str | Path) -> str:
    """Run a tool, fail with what it said if it fails, and return its output."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{said}"
    return done.stdout.decode("utf-8")


def assert_valid(path: Path) -> None:
    """`msgfmt --check` accepts the file without an error or a warning."""
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext is not installed (apt-get install gettext)")
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", str(path)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{done.stderr}\n{path.read_text()}"
