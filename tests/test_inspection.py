"""Where the entries of a catalog stand, whatever tool wrote the file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.catalog import Catalog, new_catalog, render
from dragoman.errors import CatalogError
from dragoman.inspection import CatalogPlace, find_catalogs, parse_numbered, state_of
from dragoman.records import Entry
from dragoman.workspace import Workspace

PLACE = CatalogPlace("r", "en", Path("r.po"))
entries = st.lists(
    st.builds(
        Entry,
        msgid=st.text(alphabet='аб\n"\\ ', min_size=1, max_size=12),
        msgstr=st.sampled_from(("", "msgid", 'a "b"', "x\ny")),
        msgctxt=st.sampled_from((None, 'msgid "x"')),
        fuzzy=st.booleans(),
        obsolete=st.booleans(),
        previous_msgid=st.sampled_from((None, "аб\nв")),
        extracted=st.sampled_from(((), ('msgid "in a note"',))),
        comment=st.sampled_from(("", 'msgid "in a comment"')),
    ),
    max_size=6,
    unique_by=lambda entry: (entry.msgctxt, entry.msgid),
)


@given(entries, st.sampled_from(("ours", "crlf", "bom", "no header")))
def test_a_line_is_that_of_the_msgid(made: list[Entry], style: str) -> None:
    made.sort(key=lambda entry: entry.obsolete)
    text = render(Catalog(new_catalog("r", "en").header, "", tuple(made)))
    if style == "no header":
        text = text.split("\n\n", 1)[1] if made else "# nothing yet\n"
    text = text.replace("\n", "\r\n") if style == "crlf" else text
    data = (("\ufeff" if style == "bom" else "") + text).encode()
    numbered = parse_numbered(data, PLACE)
    active = [entry for entry in made if not entry.obsolete]
    assert [entry.msgid for entry in numbered.catalog.active] == [e.msgid for e in active]
    lines = [text.split("\n")[line - 1] for line in numbered.lines]
    first = [render(Catalog(entries=(Entry(e.msgid),))).split("\n")[3] for e in active]
    assert [line.rstrip("\r") for line in lines] == first


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")
@pytest.mark.parametrize("option", ["--width=30", "--no-wrap", "--indent"])
def test_lines_as_gettext_writes_them(option: str) -> None:
    made = (Entry("Первое предложение выпуска, длинное и с запятыми.", "One."), Entry("Два.", "2"))
    text = render(Catalog(new_catalog("r", "en").header, "", made))
    data = subprocess.run(
        ["msgcat", option, "-"], input=text.encode(), capture_output=True, check=True
    ).stdout
    numbered = parse_numbered(data, PLACE)
    lines = data.decode().split("\n")
    assert [line for line in numbered.lines if re.match(r"\s*msgid", lines[line - 1])] == list(
        numbered.lines
    )
    assert len(numbered.lines) == 2 and "msgid" in lines[numbered.lines[1] - 1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("Language: en", "Language: az_AZ"), "Language: az"),
        (lambda text: text.replace("seeds/r.txt", "seeds/other.txt"), "another release"),
    ],
)
def test_what_does_not_belong_here(change: Callable[[str], str], said: str) -> None:
    entry = Entry("Да.", "Yes.", references=(("seeds/r.txt", "1"),))
    text = render(Catalog(new_catalog("r", "en").header, "", (entry,)))
    assert parse_numbered(text.encode(), PLACE).lines == (18,)
    with pytest.raises(CatalogError, match=rf"^r\.po:1: .*{said}"):
        parse_numbered(change(text).encode(), PLACE)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (Entry("А", ""), "failed"),
        (Entry("А", " \n", fuzzy=True), "failed"),
        (Entry("А", "A"), "approved"),
        (Entry("А", "A", fuzzy=True), "draft"),
        (Entry("А", "A", fuzzy=True, previous_msgid="Б"), "changed"),
        (Entry("А", "A", previous_msgid="Б"), "approved"),  # a tool cleared the flag alone
    ],
)
def test_states(entry: Entry, state: str) -> None:
    assert state_of(entry) == state


def test_which_catalogs_a_name_means(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    place = Workspace.at(tmp_path)
    for release, lang in (("a", "en"), ("a", "az"), ("v1.2", "en")):
        path = place.catalog(release, lang)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")

    def found(*names: str) -> list[tuple[str, str]]:
        places = find_catalogs(place, [Path(name) for name in names], ("en", "az"))
        return [(catalog.release, catalog.lang) for catalog in places]

    assert found() == [("a", "en"), ("a", "az"), ("v1.2", "en")]
    assert found("a") == found("seeds/a.txt") == found("a.html") == [("a", "en"), ("a", "az")]
    assert found("v1.2") == found("v1.2.txt") == [("v1.2", "en")]
    assert found(str(place.catalog("a", "az"))) == [("a", "az")]
    assert found("missing") == [("missing", "en")]
