"""`dragoman check` over catalogs as people leave them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dragoman.cli import main
from reviewing import MEETING_EN, review, translated


def check(
    root: Path, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, list[str], str]:
    """(exit status, findings, what stands on standard error)"""
    capsys.readouterr()
    code = main(["check", "-w", str(root), *arguments])
    said = capsys.readouterr()
    return code, said.out.splitlines()[:-1], said.err


def test_a_finding_is_a_line_that_an_editor_can_jump_to(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = {"На встрече": "30 projects & 120 applications submitted to the SMS were  discussed."}
    path = review(translated(workspace), {**MEETING_EN, **text})
    code, found, _ = check(workspace, capsys, "meeting", "--to=en")
    assert code == 1
    parsed = [re.fullmatch(r"(.+):(\d+): (error|warning) (\w+): (.+)", line) for line in found]
    assert all(parsed), found
    hits = [match for match in parsed if match and match[4] in ("number", "spacing", "term")]
    assert {(m[3], m[4]) for m in hits} == {
        ("error", "number"), ("warning", "spacing"), ("warning", "term"),
    }  # fmt: skip
    for match in hits:
        assert match[1] == str(path)
        line = path.read_text("utf-8").split("\n")[int(match[2]) - 1]
        assert line.startswith('msgid "На встрече')


def test_warnings_alone_are_no_failure(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(translated(workspace), {**MEETING_EN, "Стороны": "The parties  exchanged views."})
    code, found, _ = check(workspace, capsys, "meeting", "--to=en")
    assert code == 0
    assert any(" warning spacing: " in line for line in found)


def test_a_reviewer_dismisses_by_comment(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = {**MEETING_EN, "На встрече": "30 projects & 120 applications were discussed."}
    path = review(translated(workspace), text)
    assert check(workspace, capsys, "meeting")[0] == 1
    review(path, text, comment="The ministry says 30.\ndragoman: ignore number")
    _, found, _ = check(workspace, capsys, "meeting", "--to=en")
    assert not [line for line in found if " number: " in line]
    assert [line for line in found if " term: " in line], "only what was dismissed is gone"


def test_an_untranslated_entry_is_an_error(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(translated(workspace), {**MEETING_EN, "Стороны": ""})
    code, found, _ = check(workspace, capsys, "meeting", "--to=en")
    assert code == 1
    assert [line for line in found if "error empty: no translation" in line]


def test_approved_looks_only_at_what_people_approved(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(workspace)
    review(path, {"Стороны": "The parties  exchanged views."})
    code, found, _ = check(workspace, capsys, "meeting", "--approved", "--to=en")
    assert (code, len(found)) == (0, 1), found
    assert "spacing" in found[0]


def test_names_are_spelled_one_way_in_a_release(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = workspace / "seeds" / "visit.txt"
    lines = ["Визит", *(f"Встреча {n}: посол Думитру Липкану прибыл." for n in range(3))]
    seed.write_text("\n\n".join(lines), "utf-8")
    path = translated(workspace, "visit")
    names = ("Lipcanu", "Lipcanu", "Lypkanu")
    review(path, {f"Встреча {n}": f"Meeting {n}: Ambassador Dumitru {name} arrived."
                  for n, name in enumerate(names)})  # fmt: skip
    _, found, _ = check(workspace, capsys, "visit", "--to=en")
    odd = [line for line in found if " name: " in line]
    assert len(odd) == 1 and "Lypkanu" in odd[0] and "Lipcanu" in odd[0], found
    review(path, {"Встреча 2": "Meeting 2: Ambassador Dumitru Lypkanu arrived."},
           comment="dragoman: ignore name")  # fmt: skip
    assert not [x for x in check(workspace, capsys, "visit", "--to=en")[1] if " name: " in x]


def second_release(workspace: Path) -> None:
    text = "Ещё одна встреча\n\nСтороны обменялись мнениями."
    (workspace / "seeds" / "second.txt").write_text(text, "utf-8")


def test_one_sentence_translated_in_two_ways_across_files(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second_release(workspace)
    first = review(translated(workspace), MEETING_EN)
    text = {"Ещё": "One more meeting", "Стороны": "The sides shared their opinions."}
    second = review(translated(workspace, "second"), text)
    _, found, _ = check(workspace, capsys)
    odd = [line for line in found if " inconsistent: " in line]
    assert len(odd) == 1, found
    assert str(first) in odd[0] and str(second) in odd[0]
    for path, said in ((first, MEETING_EN), (second, text)):
        review(path, {"Стороны": said["Стороны"]}, comment="dragoman: ignore inconsistent")
    assert not [x for x in check(workspace, capsys)[1] if " inconsistent: " in x]


def test_the_same_translation_twice_is_consistent(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second_release(workspace)
    review(translated(workspace), MEETING_EN)
    review(translated(workspace, "second"), {"Стороны": MEETING_EN["Стороны"]})
    translated(workspace, lang="az")  # another language is another matter
    assert not [x for x in check(workspace, capsys)[1] if " inconsistent: " in x]


def test_a_broken_catalog_is_one_line_and_the_others_are_checked(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(workspace)
    page = path.with_name("page.po")
    path.write_text(path.read_text("utf-8").replace("msgstr", "<<<<<<< a\nmsgstr", 2), "utf-8")
    review(page, {"Его": "It was visited by 47 students."})
    before = path.read_bytes()
    code, found, err = check(workspace, capsys)
    assert code == 1
    assert len(err.strip().split("\n")) == 1 and re.match(rf"dragoman: {path}:\d+: ", err)
    assert any(str(page) in line and "error number" in line for line in found)
    assert path.read_bytes() == before


def test_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(translated(workspace), {**MEETING_EN, "На встрече": "30 projects were discussed."})
    assert main(["check", "meeting", "--to=en", "--json", "-w", str(workspace)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == sum(f["severity"] == "error" for f in found["findings"]) >= 1
    assert set(found["findings"][0]) == {"path", "line", "severity", "code", "message"}


def test_a_po_file_by_its_path(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = review(translated(workspace), {**MEETING_EN, "Стороны": ""})
    assert check(workspace, capsys, str(path))[0] == 1
    other = workspace / "meeting.po"  # not in its place: the header says which language
    other.write_bytes(path.read_bytes())
    code, found, _ = check(workspace, capsys, str(other))
    assert code == 1 and any(line.startswith(f"{other}:") for line in found)


@pytest.mark.parametrize(
    ("name", "said"),
    [("nothing", "there is no such catalog"), ("meeting.txt", "there is no such catalog")],
)
def test_no_such_catalog(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    code, _, err = check(workspace, capsys, name, "--to=en")
    assert code == 1 and said in err


def test_a_wrong_language_is_a_wrong_command(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--to=tr", "-w", str(workspace)]) == 2
    assert "not a target language" in capsys.readouterr().err
