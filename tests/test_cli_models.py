"""Named models on the command line."""

from __future__ import annotations

import json

import pytest

from dragoman.cli import main


def test_list_says_what_matters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    said = capsys.readouterr().out
    for word in ("nllb-600m", "CC-BY-NC-4.0", "NON-COMMERCIAL", "opus-mt"):
        assert word in said


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"name", "repo", "revision", "licence", "ram_gb", "here"} <= set(found["models"][0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["models", "fetch", "no-such-model"], "there is no model 'no-such-model'"),
        (["models", "convert", "fake"], "cannot be converted"),
        (["models", "convert", "no-such-model"], "there is no engine"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_names_are_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) in (1, 2)
    err = capsys.readouterr().err
    assert said in err and "Traceback" not in err
