"""From approved entries to the memory, and out of it again."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memories import approved, draft, place, put

from dragoman.catalog import Catalog, completed, parse_catalog, render
from dragoman.errors import WorkspaceError
from dragoman.memory import harvest, open_memory
from dragoman.memory.harvest import normal_date
from dragoman.memory.plain import read_plain
from dragoman.records import Entry
from dragoman.workspace import Workspace

TEN = "Принято 10 мер."


def answer(workspace: Workspace, source: str = TEN, lang: str = "en") -> str | None:
    with open_memory(workspace) as memory:
        found = memory.exact(source, lang) if memory else None
        return found.text if found else None


APPROVED = [
    (Entry(TEN, "10 measures."), "10 measures."),
    (Entry(TEN, "10 measures.", obsolete=True), "10 measures."),
    (Entry(TEN, "10 measures.", msgctxt="title"), "10 measures."),
    (Entry(TEN, "10 measures.", flags=("no-wrap",), comment="so be it"), "10 measures."),
    (Entry(TEN, "10\nmeasures."), "10\nmeasures."),
    (Entry(TEN, "10 measures.", fuzzy=True), None),
    (Entry(TEN, "10 measures.", fuzzy=True, obsolete=True), None),
    (Entry(TEN, "10 measures.", fuzzy=True, previous_msgid="Принято 9 мер."), None),
    (Entry(TEN, ""), None),
]


@pytest.mark.parametrize(("entry", "expected"), APPROVED)
def test_what_counts_as_approved(tmp_path: Path, entry: Entry, expected: str | None) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", entry)
    assert answer(workspace) == expected
    assert answer(workspace, lang="az") is None


def test_losing_the_approval_leaves_the_memory(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    near = "Принято 12 мер."
    put(workspace, "a", approved(TEN, "10 measures."), approved("Другое дело.", "Else."))
    with open_memory(workspace) as memory:
        assert memory and memory.exact(TEN, "en") and memory.similar(near, "en")
    put(workspace, "a", draft(TEN, "10 measures."), approved("Другое дело.", "Else."))
    with open_memory(workspace) as memory:
        assert memory and not memory.exact(TEN, "en") and not memory.similar(near, "en")
        assert memory.exact("Другое дело.", "en")


def test_a_catalog_that_is_gone_leaves_the_memory(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    path = put(workspace, "a", approved(TEN, "10 measures."))
    assert answer(workspace)
    path.unlink()
    assert answer(workspace) is None


def test_unchanged_catalogs_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = place(tmp_path)
    old = put(workspace, "a", approved(TEN, "10 measures."))
    touched = put(workspace, "b", approved("Раз.", "One."))
    for path in (old, touched):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert answer(workspace) == "10 measures."
    os.utime(touched, (1_700_000_001, 1_700_000_001))
    seen = []
    monkeypatch.setattr(harvest, "read", lambda data, lang, path: seen.append(path))
    read_bytes = Path.read_bytes
    opened = []
    monkeypatch.setattr(Path, "read_bytes", lambda self: opened.append(self) or read_bytes(self))
    assert answer(workspace) == "10 measures."
    assert (opened, seen) == ([touched], []), "only touched files are opened, none is parsed"


def test_a_change_of_the_same_size_in_the_same_instant_is_seen(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    path = put(workspace, "a", approved(TEN, "10 measures."))
    now = time.time_ns()
    os.utime(path, ns=(now, now))
    assert answer(workspace) == "10 measures."
    put(workspace, "a", approved(TEN, "10 remedies."))
    os.utime(path, ns=(now, now))
    assert answer(workspace) == "10 remedies."


def test_a_catalog_that_cannot_be_read_is_named_and_the_others_count(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."))
    broken = put(workspace, "b", approved("Раз.", "One."))
    text = broken.read_text("utf-8")
    broken.write_text(text.replace('msgid "Раз."', "<<<<<<< ours\n" + 'msgid "Раз."'), "utf-8")
    with open_memory(workspace) as memory:
        assert memory
        (notice,) = memory.notices
        assert notice.startswith(f"{broken}:17: two people's changes are in conflict here")
        assert memory.exact(TEN, "en")


def test_where_nothing_was_ever_written_nothing_is_made(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    with open_memory(workspace) as memory:
        assert memory is None
    assert not workspace.state.exists()


def test_where_nothing_is_approved_nothing_is_indexed(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    for number in range(30):
        put(workspace, f"r{number}", draft(TEN, "10 measures."))
    with open_memory(workspace) as memory:
        assert memory and memory.empty
        assert memory.similar(TEN, "en") == ()
        assert memory.state("r1", "en") == ""
    began = time.process_time()
    with open_memory(workspace) as memory:
        assert memory and memory.similar(TEN, "en") == ()
    assert time.process_time() - began < 0.1


def test_a_damaged_index_is_made_again(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."))
    workspace.state.mkdir()
    (workspace.state / "memory.sqlite").write_bytes(b"no database, for sure" * 100)
    with open_memory(workspace) as memory:
        assert memory and memory.exact(TEN, "en")
        assert "is now memory.sqlite.damaged-1" in memory.notices[0]
        assert "import TMX files once more" in memory.notices[0]


def test_an_index_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    put(workspace, "a", approved(TEN, "10 measures."))
    with open_memory(workspace) as memory:
        assert memory
        memory.store.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WorkspaceError, match="newer Dragoman; update Dragoman"):
        answer(workspace)


COPY = ("origin: memory", "note: from locales/en/LC_MESSAGES/z.po")
COPIES = [
    # what the catalogs a (from the memory), b and z say; where the answer stands
    ({"a": "Met.", "z": "Met."}, "z"),
    ({"a": "Met."}, "a"),  # the original is gone: what was approved by it is not lost
    ({"a": "Met.", "b": "Met."}, "b"),
    ({"a": "They met.", "z": "Met."}, "a"),  # edited since: a voice of its own
]


@pytest.mark.parametrize(("texts", "expected"), COPIES)
def test_a_copy_is_not_its_own_source(tmp_path: Path, texts: dict[str, str], expected: str) -> None:
    workspace = place(tmp_path)
    for name, text in texts.items():
        notes = COPY if name == "a" else ("origin: embedded",)
        put(workspace, name, Entry(TEN, text, extracted=notes))
    with open_memory(workspace) as memory:
        found = memory.exact(TEN, "en") if memory else None
    assert found and found.reason.startswith(f"from locales/en/LC_MESSAGES/{expected}.po")
    assert ("says otherwise" in found.reason) == (len({*texts.values()}) > 1)


TEXTS = st.text(alphabet='абв "\\\n\t10«.#,~|', max_size=12)
ENTRIES = st.lists(
    st.builds(
        Entry,
        msgid=TEXTS.filter(bool),
        msgstr=TEXTS,
        fuzzy=st.booleans(),
        obsolete=st.sampled_from((False, False, False, True)),
        msgctxt=st.sampled_from((None, None, None, "title")),
        comment=TEXTS.filter(lambda text: text == text.strip()),
        extracted=st.sampled_from(
            ((), ("origin: engine",), ("fuzzy", "#, fuzzy"), COPY, (f"{COPY[0]}, x",))
        ),
        flags=st.sampled_from(((), ("no-wrap",), ("fuzzy-match",))),
    ),
    max_size=4,
    unique_by=lambda entry: (entry.msgctxt, entry.msgid),
)


@given(ENTRIES)
@settings(max_examples=150)
def test_the_quick_reader_says_what_the_careful_one_says(entries: list[Entry]) -> None:
    data = render(completed(Catalog(entries=tuple(entries)), "a", "en")).encode()
    careful = parse_catalog(data, Path("a.po"))
    quick = read_plain(data)
    ordinary = all(
        entry.msgctxt is None
        and not entry.obsolete
        and "\n" not in entry.msgid + entry.msgstr
        and "\n" not in entry.comment
        for entry in entries
    )
    assert quick is not None or not ordinary, "an ordinary catalog is read quickly"
    if quick is not None:
        assert quick.entries == tuple(
            (e.msgid, e.msgstr, e.fuzzy, "origin: memory" in e.extracted) for e in careful.entries
        )
        assert quick.date == careful.field("PO-Revision-Date")


UNUSUAL = {
    "wrapped": '\nmsgid ""\n"аб"\nmsgstr "b"\n',
    "obsolete": '\n#~ msgid "а"\n#~ msgstr "b"\n',
    "context": '\nmsgctxt "c"\nmsgid "а"\nmsgstr "b"\n',
    "plural": '\nmsgid "а"\nmsgid_plural "б"\nmsgstr[0] "b"\n',
    "conflict": '\n<<<<<<< ours\nmsgid "а"\nmsgstr "b"\n',
    "twice": '\nmsgid "а"\nmsgstr "b"\n\nmsgid "а"\nmsgstr "c"\n',
    "no end": '\nmsgid "а"\nmsgstr "b\n',
    "gettext 1.0": '\n#= fuzzy\nmsgid "а"\nmsgstr "b"\n',
    "Windows": '\r\nmsgid "а"\r\nmsgstr "b"\r\n',
    "escape": '\nmsgid "а\\a"\nmsgstr "b"\n',
    "text after": '\nmsgid "а"\nmsgstr "b"\nmsgid "б"\nmsgstr "c"\n',
    "not UTF-8": "\udc80",
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_the_unusual_is_left_to_the_careful_reader(kind: str) -> None:
    head = render(completed(Catalog(), "a", "en"))
    assert read_plain(head.encode()) is not None
    assert read_plain((head + UNUSUAL[kind]).encode("utf-8", "surrogateescape")) is None


DATES = [
    ("2024-06-05 09:30+0000", "2024-06-05 09:30"),
    ("2024-06-05 09:30+0400", "2024-06-05 05:30"),
    ("2000-01-01 00:00+0000", ""),  # what a catalog bears before anyone has changed it
    ("YEAR-MO-DA HO:MI+ZONE", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: str) -> None:
    assert normal_date(text) == expected


SOURCES = ("Раз.", "Принято 10 мер.", "Принято 12 мер.", "Посол принят в Баку.")
CATALOGS = st.dictionaries(
    st.sampled_from(SOURCES),
    st.tuples(st.sampled_from(("", "x", "y")), st.booleans(), st.sampled_from(((), COPY))),
    max_size=4,
)
STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(("en", "az")), st.none() | CATALOGS),
    min_size=1,
    max_size=6,
)


@given(steps=STEPS, pause=st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_bit_by_bit_or_all_at_once_is_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, str, dict[str, tuple[str, bool, tuple[str, ...]]] | None]],
    pause: int,
) -> None:
    workspace = place(tmp_path_factory.mktemp("ws"))
    for number, (name, lang, entries) in enumerate(steps):
        if entries is None:
            workspace.catalog(name, lang).unlink(missing_ok=True)
        else:
            made = (
                Entry(text, target, fuzzy=fuzzy, extracted=notes)
                for text, (target, fuzzy, notes) in entries.items()
            )
            put(workspace, name, *made, lang=lang)
        if number >= pause:
            told(workspace)
    grown = told(workspace)
    (workspace.state / "memory.sqlite").unlink(missing_ok=True)
    assert told(workspace) == grown


def told(workspace: Workspace) -> object:
    """Everything the memory says about the sentences of this test."""
    with open_memory(workspace) as memory:
        if memory is None or memory.empty:
            return None
        return {
            (text, lang): (memory.exact(text, lang), memory.similar(text, lang))
            for text in SOURCES
            for lang in ("en", "az")
        }, [memory.state(name, lang) for name in "abc" for lang in ("en", "az")]
