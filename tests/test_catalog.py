"""Catalogs: what is written is read back, and what cannot be kept is refused."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.catalog import (
    FIRST_DATE,
    Catalog,
    completed,
    dated,
    new_catalog,
    new_template,
    parse_catalog,
    read_catalog,
    render,
    require_language,
    require_release,
    update_catalog,
    write_catalog,
)
from dragoman.errors import CatalogError, WorkspaceError
from dragoman.records import Entry
from po_tools import assert_valid, needs_gettext, run_tool

SAMPLE = (
    Entry(
        "Вчера в Баку состоялась встреча.",
        "Dünən Bakıda görüş keçirildi.",
        fuzzy=True,
        references=(("seeds/a.txt", "4"), ("seeds/a.txt", "9")),
        extracted=("origin: engine", "term: Баку -> Bakı (found)"),
    ),
    Entry(
        "Он сказал: «Да».\n\tИ ушёл.",
        'Dedi: "Bəli".\n\tVə getdi.',
        references=(("seeds/a.txt", "5"),),
        comment="Спросить у Лейлы.\n\n  Она знает.",
        flags=("no-wrap", "max-length:200"),
    ),
    Entry(
        "Принято 12 мер.",
        "10 tədbir görüldü.",
        fuzzy=True,
        previous_msgid="Принято 10 мер.",
        references=(("seeds/a.txt", "6"),),
        extracted=("changed: number 10 -> 12",),
    ),
    Entry("Ещё не переведено.", references=(("seeds/a.txt", "7"),)),
    Entry("Лист", "vərəq", msgctxt="бумага", references=(("seeds/a.txt", "8"),)),
    Entry("Лист", "yarpaq", msgctxt="дерево", references=(("seeds/a.txt", "8"),)),
    Entry("Ушло.", "Getdi.", obsolete=True, comment="жаль"),
    Entry("Ушло и менялось.", "…", obsolete=True, fuzzy=True, previous_msgid="Было."),
)


def sample() -> Catalog:
    return replace(new_catalog("a", "az"), entries=SAMPLE)


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


# -- round trips ------------------------------------------------------------------------------


def test_what_is_written_is_read_back_and_valid(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "az" / "a.po"
    assert write_catalog(path, sample())
    assert read_catalog(path) == sample()
    assert_valid(path)


def test_writing_the_same_again_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    write_catalog(path, sample())
    before = path.stat().st_mtime_ns
    assert not write_catalog(path, read_catalog(path))
    assert path.stat().st_mtime_ns == before


@needs_gettext
def test_the_spelling_is_that_of_msgcat_no_wrap(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    write_catalog(path, sample())
    spelled = run_tool("msgcat", "--no-wrap", path)
    # msgcat writes sticky flags in its own order and drops those it does not know
    assert spelled.replace("#, no-wrap\n", "#, no-wrap, max-length:200\n") == path.read_text()


@needs_gettext
@pytest.mark.parametrize("form", ["--escape", "--escape --width=40", "--escape --no-wrap"])
def test_what_msgcat_escapes_is_read_back(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    known = (replace(e, flags=()) for e in SAMPLE)
    write_catalog(path, replace(sample(), entries=tuple(known)))
    before = read_catalog(path)
    run_tool("msgcat", *form.split(), "-o", path, path)
    assert r"\320\222\321\207\320\265\321\200\320\260" in path.read_text(), "Вчера"
    assert read_catalog(path) == before


_letters = st.characters(codec="utf-8", exclude_characters=["\0", *map(chr, range(0xFDD0, 0xFDF0))])
_text = st.text(st.one_of(st.sampled_from('«»"\\\n\t\u2028\u2029\x85\x1c\u00a0 абвəİı'), _letters))
_line = st.text(
    st.characters(
        codec="utf-8", exclude_characters=["\0", "\n", "\r", *map(chr, range(0xFDD0, 0xFDF0))]
    )
)
_word = st.text(string.ascii_letters + "абв-_", min_size=1)
_comment = st.lists(_line).map("\n".join)
_entry = st.builds(
    Entry,
    msgid=_text.filter(bool),
    msgstr=_text,
    msgctxt=st.none() | _text,
    fuzzy=st.booleans(),
    previous_msgid=st.none() | _text,
    references=st.lists(st.tuples(_word, st.integers(1).map(str) | st.just(""))).map(tuple),
    extracted=st.lists(_line.filter(bool), max_size=3).map(tuple),
    comment=_comment,
    flags=st.lists(_word.filter(lambda flag: flag != "fuzzy"), unique=True, max_size=2).map(tuple),
) | st.builds(
    Entry,
    msgid=_text.filter(bool),
    msgstr=_text,
    obsolete=st.just(True),
    fuzzy=st.booleans(),
    previous_msgid=st.none() | _text,
    comment=_comment,
)
_catalog = st.builds(
    Catalog,
    header=st.lists(
        st.tuples(_word, st.text(string.ascii_letters + ' ;:="\\яə').map(str.strip)), max_size=4
    ).map(tuple),
    comment=_comment,
    entries=st.lists(_entry, unique_by=lambda e: (e.msgctxt, e.msgid), max_size=6).map(tuple),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_catalog)
def test_any_catalog_survives_the_round_trip(catalog: Catalog) -> None:
    text = render(catalog)
    assert parse_catalog(text.encode(), Path("x.po")) == catalog
    windows = text.replace("\n", "\r\n").encode()
    assert parse_catalog(b"\xef\xbb\xbf" + windows, Path("x.po")) == catalog


# -- what cannot be kept is refused, with file and line ---------------------------------------

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
BAD: dict[str, tuple[str | bytes, int, str]] = {
    "conflict": (
        HEAD + '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> other\n',
        4,
        "conflict",
    ),
    "conflict inside an entry": (
        HEAD + 'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n',
        5,
        "conflict",
    ),
    "duplicate": (
        HEAD + 'msgid "a"\nmsgstr "b"\n\n# note\nmsgid "a"\nmsgstr "c"\n',
        7,
        "line 4",
    ),
    "obsolete twin": (HEAD + 'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n', 7, "line 4"),
    "second header": (HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid ""\nmsgstr "x"\n', 7, "without text"),
    "open string": (HEAD + 'msgid "a"\nmsgstr "b\n', 5, "not closed"),
    "open string of one quote": (HEAD + 'msgid "a"\nmsgstr "\n', 5, "not closed"),
    "quote inside": (HEAD + 'msgid "a"\nmsgstr "b "c" d"\n', 5, "not a line"),
    "empty": ("", 1, "is empty"),
    "nothing but white space": ("\ufeff\r\n \n", 1, "is empty"),
    "not PO": ("Привет\n", 1, "not a line"),
    "HTML": ("<html>\n<body>\n", 1, "not a line"),
    "no msgstr at the end": (HEAD + 'msgid "a"\n', 4, "no msgstr"),
    "no msgstr between": (HEAD + 'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 4, "no msgstr"),
    "no msgstr before a comment": (
        HEAD + 'msgid "a"\n"b"\n\n#. c\nmsgid "b"\nmsgstr "c"\n',
        4,
        "no msgstr",
    ),
    "no msgstr of an obsolete entry": (
        HEAD + '#~ msgid "a"\n\n#~ msgid "b"\n#~ msgstr "c"\n',
        4,
        "no msgstr",
    ),
    "no msgid": (HEAD + 'msgstr "a"\n', 4, "out of order"),
    "plural": (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 5, "plural"),
    "plural msgstr": (HEAD + 'msgid "a"\nmsgstr[0] "c"\n', 5, "plural"),
    "escapes of another encoding": (HEAD + 'msgid "a"\nmsgstr "\\301\\340"\n', 5, "not text"),
    "escape above a byte": (HEAD + 'msgid "a"\nmsgstr "\\777"\n', 5, "not text"),
    "escaped NUL": (HEAD + 'msgid "a"\nmsgstr "b\\000"\n', 5, r"\000"),
    "unknown escape": (HEAD + 'msgid "a"\nmsgstr "\\q"\n', 5, r"\q"),
    "windows-1251": (HEAD.encode() + 'msgid "Баку"\n'.encode("cp1251"), 4, "not UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), 1, "not UTF-8"),
    "NUL": (HEAD + 'msgid "a\0"\n', 4, "NUL"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_its_line_and_left_alone(name: str, tmp_path: Path) -> None:
    text, line, words = BAD[name]
    path = write(tmp_path / "a.po", text)
    before = path.read_bytes()
    with pytest.raises(CatalogError) as caught:
        update_catalog(path, lambda old: sample())
    assert (caught.value.path, caught.value.line) == (str(path), line), str(caught.value)
    assert words in caught.value.message
    assert caught.value.advice
    assert path.read_bytes() == before


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "no.po", "no such catalog"), (tmp_path, "cannot read")):
        with pytest.raises(CatalogError, match=words) as caught:
            read_catalog(path)
        assert caught.value.path == str(path)


def test_an_entry_is_never_written_twice(tmp_path: Path) -> None:
    twice = replace(sample(), entries=(*SAMPLE, SAMPLE[0]))
    with pytest.raises(CatalogError, match="twice"):
        write_catalog(tmp_path / "a.po", twice)
    assert not list(tmp_path.iterdir())


def test_text_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="surrogate"):
        write_catalog(tmp_path / "a.po", Catalog(entries=(Entry("a", "\ud800"),)))


def test_the_catalog_of_another_release_is_refused() -> None:
    path = Path("b.po")
    msgids = {entry.msgid for entry in SAMPLE}
    require_release(sample(), "seeds/a.txt", msgids, path)
    require_release(sample(), "seeds/renamed.txt", msgids, path)
    require_release(sample(), "seeds/a.txt", {"all", "new"}, path)
    require_release(new_catalog("b", "az"), "seeds/b.txt", {"x"}, path)
    with pytest.raises(CatalogError, match=r"seeds/a\.txt, not seeds/b\.txt") as caught:
        require_release(sample(), "seeds/b.txt", {"x"}, path)
    assert (caught.value.path, caught.value.line) == ("b.po", 1)


def test_the_catalog_of_another_language_is_refused() -> None:
    path = Path("en/LC_MESSAGES/a.po")
    for said in ("", "en", "en_GB", "en-GB", "ru", "LANGUAGE"):
        require_language(Catalog((("Language", said),)), "en", path)
    with pytest.raises(CatalogError, match="Language: az, and it stands among those for en"):
        require_language(sample(), "en", path)


# -- what people's tools write ------------------------------------------------------------------


def parse(text: str) -> Catalog:
    return parse_catalog((HEAD + text).encode(), Path("x.po"))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        pytest.param(
            '#= c-format\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
            Entry("a", "b", fuzzy=True, flags=("c-format",)),
            id="gettext 1.0 flags",
        ),
        pytest.param(
            '#= fuzzy, range: 0..1\nmsgid "a"\nmsgstr "b"\n',
            Entry("a", "b", fuzzy=True, flags=("range: 0..1",)),
            id="gettext 1.0 workflow flag",
        ),
        pytest.param(
            '#без пробела\n##два\n#\n#  отступ  \nmsgid "a"\nmsgstr "b"\n',
            Entry("a", "b", comment="без пробела\n#два\n\n отступ  "),
            id="comments as people type them",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "b"\n\n# в самом конце\n',
            Entry("a", "b", comment="в самом конце"),
            id="comment after the last entry",
        ),
        pytest.param(
            '#.без пробела\nmsgid "a"\nmsgstr "b"\n',
            Entry("a", "b", extracted=("без пробела",)),
            id="extracted comment without a blank",
        ),
        pytest.param(
            '#~| msgid "было "\n#~| "раньше"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"\n',
            Entry("a", "b", obsolete=True, previous_msgid="было раньше"),
            id="previous text of an obsolete entry",
        ),
        pytest.param(
            'msgid"a"\n  msgstr   "b"  \n',
            Entry("a", "b"),
            id="odd spacing",
        ),
        pytest.param(
            'msgid "a\u2028b\x85"\nmsgstr "c\u2029\x1cd\\a"\n',
            Entry("a\u2028b\x85", "c\u2029\x1cd\a"),
            id="separators inside strings",
        ),
        pytest.param(
            'msgid "a"\nmsgstr "\\303\\266\\xc9\\x99 \\042x\\042 \\\\320\\012\\134n"\n',
            Entry("a", 'öə "x" \\320\n\\n'),
            id="octal and hexadecimal escapes",
        ),
        pytest.param(
            'msgid "a"\nmsgstr ""\n"один "\n"два\\n"\n"три"\n',
            Entry("a", "один два\nтри"),
            id="wrapped",
        ),
    ],
)
def test_spellings_of_other_tools(text: str, entry: Entry) -> None:
    (found,) = parse(text).entries
    assert found == entry


def test_a_comment_of_the_first_entry_stays_with_it_without_a_header() -> None:
    catalog = parse_catalog('# моё\nmsgid "a"\nmsgstr "b"\n'.encode(), Path("x.po"))
    assert catalog == Catalog(entries=(Entry("a", "b", comment="моё"),))


# -- header ---------------------------------------------------------------------------------------

NOW = datetime(2024, 6, 5, 9, 30, tzinfo=UTC)


def test_header_is_complete_and_the_same_on_any_day(tmp_path: Path) -> None:
    for lang in ("en", "az"):
        catalog = dated(None, replace(new_catalog("a", lang), entries=SAMPLE), NOW)
        assert catalog.field("Language") == lang
        assert catalog.field("plural-forms") == "nplurals=2; plural=(n != 1);"
        assert catalog.field("POT-Creation-Date") == catalog.field("PO-Revision-Date") == FIRST_DATE
        assert catalog.field("X-Source-Language") == "ru"
        assert all(value for _, value in catalog.header)
        write_catalog(tmp_path / f"{lang}.po", catalog)
        assert_valid(tmp_path / f"{lang}.po")


def test_template_is_valid_and_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.pot"
    write_catalog(path, new_template("a", tuple(e for e in SAMPLE if not e.obsolete)))
    assert_valid(path)
    assert not any(entry.msgstr or entry.fuzzy for entry in read_catalog(path).entries)


def test_the_date_moves_with_what_people_see_and_only_then() -> None:
    old = sample()
    notes = replace(old, entries=tuple(replace(e, extracted=("x",)) for e in old.entries))
    text = replace(old, entries=(replace(SAMPLE[0], msgstr="Yox."), *SAMPLE[1:]))
    stamp = "2024-06-05 09:30+0000"
    for new, revised in ((old, FIRST_DATE), (notes, FIRST_DATE), (text, stamp)):
        found = dated(old, new, NOW)
        assert found.field("PO-Revision-Date") == revised
        assert found.field("POT-Creation-Date") == FIRST_DATE
        assert [name for name, _ in found.header] == [name for name, _ in old.header]


def test_what_the_machine_alone_made_bears_no_clock() -> None:
    first = replace(
        new_catalog("a", "az"), entries=(Entry("Раз.", "bir", fuzzy=True), Entry("Два."))
    )
    later = replace(
        first, entries=(Entry("Раз.", "tək", fuzzy=True), Entry("Три.", "üç", fuzzy=True))
    )
    assert dated(first, later, NOW) == later
    reviewed = replace(later, entries=(Entry("Раз.", "tək"), *later.entries[1:]))
    assert dated(first, reviewed, NOW).field("PO-Revision-Date") == "2024-06-05 09:30+0000"


def test_fields_of_people_and_tools_keep_value_and_place() -> None:
    theirs = (
        ("Last-Translator", "Leyla Məmmədova <leyla@example.org>"),
        ("X-Generator", "Poedit 3.4"),
        ("project-id-version", "PACKAGE VERSION"),
        ("Plural-Forms", "nplurals=2; plural=n != 1;"),
        ("Content-Type", "text/plain; charset=CHARSET"),
        ("Language", "az_AZ"),
        ("X-Poedit-Basepath", "."),
    )
    header = completed(Catalog(header=theirs), "a", "az").header
    assert header[:7] == (
        *theirs[:2],
        ("Project-Id-Version", "a"),
        theirs[3],
        ("Content-Type", "text/plain; charset=UTF-8"),
        *theirs[5:],
    )


def test_a_wrong_language_is_put_right() -> None:
    header = (("Language", "ru"), ("Plural-Forms", "nplurals=INTEGER; plural=EXPRESSION;"))
    catalog = completed(Catalog(header=header), "a", "az")
    assert catalog.field("Language") == "az"
    assert catalog.field("Plural-Forms") == "nplurals=2; plural=(n != 1);"


# -- updating -----------------------------------------------------------------------------------


def test_an_edit_saved_meanwhile_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    write_catalog(path, sample())
    calls = []

    def change(old: Catalog | None) -> Catalog:
        assert old is not None
        calls.append(old)
        if len(calls) == 1:  # somebody saves just now
            edited = (replace(old.entries[0], msgstr="İnsan yazdı."), *old.entries[1:])
            write_catalog(path, replace(old, entries=edited))
        return replace(old, comment="ours")

    assert update_catalog(path, change)
    written = read_catalog(path)
    assert (written.comment, written.entries[0].msgstr) == ("ours", "İnsan yazdı.")


def test_a_file_that_never_rests_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.po"

    def change(old: Catalog | None) -> Catalog:
        write_catalog(path, Catalog(comment=f"{old.comment if old else ''}x"))
        return Catalog()

    with pytest.raises(WorkspaceError, match="keeps changing"):
        update_catalog(path, change)


@pytest.mark.parametrize(
    ("step", "error", "advice"),
    [
        ("tempfile.mkstemp", PermissionError(13, "Permission denied"), "writable"),
        ("tempfile.mkstemp", OSError(30, "Read-only file system"), "writable"),
        ("os.fsync", OSError(28, "No space left on device"), "disk space"),
    ],
)
def test_a_read_only_folder_or_a_full_disk_is_reported_and_nothing_lost(
    step: str, error: OSError, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.po"
    write_catalog(path, sample())
    before = path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(step, refuse)
    with pytest.raises(WorkspaceError, match=advice) as caught:
        update_catalog(path, lambda old: Catalog())
    assert caught.value.path == str(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
