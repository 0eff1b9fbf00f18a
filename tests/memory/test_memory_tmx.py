"""TMX in and out, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from memories import CASES, approved, place, put

from dragoman.errors import MemoryFileError, UsageError
from dragoman.memory import Pair, TranslationMemory, open_memory
from dragoman.memory.exchange import export_tmx, forget_tmx, import_tmx
from dragoman.memory.languages import our_language
from dragoman.memory.tmx_read import Tally, read_tmx
from dragoman.workspace import Workspace
from po_tools import run_tool

HEAD = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
    'srclang="ru" datatype="plaintext"/>'
)


def tmx(body: str, prologue: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    return f'{prologue}<tmx version="1.4">\n{HEAD}\n<body>\n{body}\n</body>\n</tmx>\n'


def unit(**segments: str) -> str:
    """A unit; the keywords are languages, with _ for -."""
    variants = (
        f'<tuv xml:lang="{lang.replace("_", "-")}"><seg>{text}</seg></tuv>'
        for lang, text in segments.items()
    )
    return f"<tu>{''.join(variants)}</tu>"


def pairs(folder: Path, data: str | bytes, tally: Tally | None = None) -> list[Pair]:
    path = folder / "t.tmx"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_tmx(path, tally or Tally()))


def seg_cases() -> list[tuple[str, str]]:
    lines = (CASES / "inline.txt").read_text("utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [(xml, text[2:]) for xml, text in zip(kept[::2], kept[1::2], strict=True)]


@pytest.mark.parametrize(("xml", "text"), seg_cases())
def test_inline_elements(tmp_path: Path, xml: str, text: str) -> None:
    (pair,) = pairs(tmp_path, tmx(unit(ru="Раз.", en=xml)))
    assert pair.target == text


LANGUAGES = [
    ("ru", "ru"),
    ("ru-RU", "ru"),
    ("RU_ru", "ru"),
    ("rus", "ru"),
    ("en-GB", "en"),
    ("EN", "en"),
    ("eng-US", "en"),
    ("az", "az"),
    ("az-AZ", "az"),
    ("az-Latn-AZ", "az"),
    ("AZ-LATN", "az"),
    ("aze", "az"),
    ("az-Cyrl-AZ", ""),  # another alphabet
    ("az-Arab", ""),
    ("ru-Latn", ""),
    ("tr-TR", ""),
    ("azb", ""),  # South Azerbaijani
    ("english", ""),
    ("", ""),
]


@pytest.mark.parametrize(("code", "lang"), LANGUAGES)
def test_language_codes(code: str, lang: str) -> None:
    assert our_language(code) == lang


def test_what_a_file_holds(tmp_path: Path) -> None:
    tally = Tally()
    body = "\n".join(
        (
            unit(ru_RU="Раз.", en_GB="One.", az_Latn_AZ="Bir.", de="Eins."),
            unit(en="Two.", ru="Два."),
            unit(de="Drei.", en="Three."),
            unit(ru="Четыре.", de="Vier."),
            unit(ru="Пять.", en=""),
            unit(ru="Шесть.", en="x" * 10_001),
            '<tu changedate="20240605T093000Z"><tuv lang="RU"><seg>Семь.</seg></tuv>'
            '<tuv xml:lang="en" creationdate="20240101T000000Z"><seg>Seven.</seg></tuv>'
            '<tuv xml:lang="az"><prop type="x">y</prop><note>n</note><seg>Yeddi.</seg></tuv></tu>',
        )
    )
    assert pairs(tmp_path, tmx(body), tally) == [
        Pair("Раз.", "en", "One."),
        Pair("Раз.", "az", "Bir."),
        Pair("Два.", "en", "Two."),
        Pair("Семь.", "en", "Seven.", "2024-01-01 00:00"),
        Pair("Семь.", "az", "Yeddi.", "2024-06-05 09:30"),
    ]
    assert (tally.units, tally.without_russian, tally.without_target) == (7, 1, 2)
    assert tally.too_long == 1
    assert tally.foreign == [("de", 3)]


ENCODINGS = {
    "UTF-8": ("utf-8", "UTF-8"),
    "UTF-8 with a mark": ("utf-8-sig", "UTF-8"),
    "UTF-16": ("utf-16", "UTF-16"),
    "UTF-16 big-endian": ("utf-16-be", "UTF-16BE"),
    "windows-1251": ("windows-1251", "windows-1251"),
    "declared UTF-16, saved as UTF-8": ("utf-8", "utf-16"),
    "the same with a mark": ("utf-8-sig", "UTF-16LE"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(tmp_path: Path, name: str) -> None:
    codec, declared = ENCODINGS[name]
    text = tmx(
        unit(ru="Принято 10 мер.", en="10 measures."),
        f'<?xml version="1.0" encoding="{declared}"?>\n',
    )
    data = text.encode(codec)
    if name == "UTF-16 big-endian":
        data = b"\xfe\xff" + data
    assert pairs(tmp_path, data) == [Pair("Принято 10 мер.", "en", "10 measures.")]


def test_a_document_type_is_passed_over(tmp_path: Path) -> None:
    prologue = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "http://192.0.2.1/tmx14.dtd">\n'
    assert pairs(tmp_path, tmx(unit(ru="Раз.", en="One."), prologue))


ONE = unit(ru="Раз.", en="One.")
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">\n' for n in range(1, 20))
REFUSED: dict[str, tuple[str | bytes, int, str]] = {
    "cut off": (tmx(ONE)[:-10], 6, "cut off"),
    "wrong nesting": (tmx("<tu><tuv></tu>"), 5, "mismatched tag"),
    "a bare ampersand": (tmx(ONE + unit(ru="Два.", en="A & B")), 5, "not well-formed"),
    "another encoding": (tmx(ONE).encode("windows-1251"), 5, "save the file as UTF-8"),
    "unknown encoding": (tmx(ONE, '<?xml version="1.0" encoding="koi-9"?>\n'), 1, "save it as"),
    "an encoding of several bytes": (
        tmx(ONE, '<?xml version="1.0" encoding="gb2312"?>\n'),
        1,
        "encoding cannot be read",
    ),
    "no XML": ("Раз.\tOne.\n", 1, "not well-formed"),
    "empty": ("", 1, "cut off"),
    "another format": ('<?xml version="1.0"?>\n<xliff/>', 2, "no TMX: it begins with <xliff>"),
    "XML bomb": (
        tmx(unit(ru="Раз.", en="&e19;"), f'<!DOCTYPE tmx [<!ENTITY e0 "ha">\n{BOMB}]>\n'),
        1,
        "declares entities",
    ),
    "a file fetched": (
        tmx(
            unit(ru="Раз.", en="&f;"),
            '<!DOCTYPE tmx [\n<!ENTITY f SYSTEM "file:///etc/hostname">]>\n',
        ),
        2,
        "declares entities",
    ),
    "a parameter entity": (
        tmx(ONE, '<!DOCTYPE tmx [\n<!ENTITY % p SYSTEM "http://192.0.2.1/x">\n%p;]>\n'),
        2,
        "declares entities",
    ),
    "an entity nobody declared": (
        tmx(unit(ru="Раз.", en="a&nbsp;b"), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'),
        5,
        "an entity that XML does not know: &nbsp;",
    ),
    "without a type either": (tmx(unit(ru="Раз.", en="a&nbsp;b")), 5, "undefined entity"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path: Path, name: str) -> None:
    data, line, words = REFUSED[name]
    with pytest.raises(MemoryFileError) as caught:
        pairs(tmp_path, data)
    assert words in str(caught.value), caught.value
    assert caught.value.line == line, caught.value
    assert caught.value.path == str(tmp_path / "t.tmx")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.tmx", tmp_path):
        with pytest.raises(MemoryFileError, match=r"cannot read: .*; check the path"):
            list(read_tmx(path, Tally()))


def grown(workspace: Workspace, name: str, data: str) -> TranslationMemory:
    """The memory after an import, left open."""
    path = workspace.root / name
    path.write_text(data, "utf-8")
    with open_memory(workspace, make=True) as memory:
        assert memory
        import_tmx(memory.store, path)
    return memory


def texts(workspace: Workspace, *sources: str, lang: str = "en") -> list[str | None]:
    with open_memory(workspace) as memory:
        assert memory
        found = [memory.exact(source, lang) for source in sources]
        return [draft.text if draft else None for draft in found]


def test_an_import_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    grown(workspace, "t.tmx", tmx(ONE + ONE + unit(ru="Два.", en="Two.")))
    put(workspace, "a", approved("Три.", "Three."))
    assert texts(workspace, "Раз.", "Два.", "Три.") == ["One.", "Two.", "Three."]
    with open_memory(workspace) as memory:
        assert memory and memory.stats().imported == (("t.tmx", 2),)
        done = import_tmx(memory.store, tmp_path / "t.tmx")
        assert (done.replaced, done.pairs) == (True, {"en": 2})
    grown(workspace, "t.tmx", tmx(unit(ru="Раз.", en="Once.")))
    assert texts(workspace, "Раз.", "Два.", "Три.") == ["Once.", None, "Three."]
    with open_memory(workspace) as memory:
        assert memory
        with pytest.raises(UsageError, match=r"x\.tmx: was not imported; imported files: t\.tmx"):
            forget_tmx(memory.store, "x.tmx")
        forget_tmx(memory.store, "t.tmx")
    assert texts(workspace, "Раз.", "Три.") == [None, "Three."]


def test_a_fault_in_the_middle_leaves_everything_as_it_was(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    grown(workspace, "t.tmx", tmx(ONE))
    many = "".join(unit(ru=f"Номер {n}.", en=f"Number {n}.") for n in range(3000))
    with pytest.raises(MemoryFileError, match="mismatched tag"):
        grown(workspace, "t.tmx", tmx(many + "</tu>"))
    assert texts(workspace, "Раз.", "Номер 1.") == ["One.", None]


def test_a_file_without_our_languages_is_refused_and_says_what_it_has(tmp_path: Path) -> None:
    workspace = place(tmp_path)
    with pytest.raises(MemoryFileError, match=r"no pair of Russian.*fr-CA \(2\), ru \(1\)"):
        grown(
            workspace,
            "t.tmx",
            tmx(unit(ru="Раз.", fr_CA="Un.") + unit(de="Zwei.", fr_CA="Deux.")),
        )
    with open_memory(workspace) as memory:
        assert memory and memory.stats().imported == ()


# What the specification demands of the elements that we write (TMX 1.4b, part of tmx14.dtd).
DTD = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED
  creationdate CDATA #IMPLIED changedate CDATA #IMPLIED>
<!ELEMENT body (tu*)> <!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid ID #IMPLIED creationdate CDATA #IMPLIED changedate CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED creationdate CDATA #IMPLIED changedate CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ELEMENT prop (#PCDATA)>
"""


def reviewed(root: Path) -> Workspace:
    """A workspace with two languages, a contested sentence and awkward characters."""
    workspace = place(root)
    put(
        workspace,
        "a",
        approved("Принято 10 мер.", "10 measures."),
        approved('Закон «О труде» < & > "', "Law <b>on labour</b> & more ]]>"),
        date="2024-06-05 09:30+0000",
    )
    put(workspace, "b", approved("Принято 10 мер.", "Ten measures."))
    put(workspace, "a", approved("Принято 10 мер.", "10 tədbir görülüb."), lang="az")
    return workspace


def exported(workspace: Workspace, path: Path) -> bytes:
    with open_memory(workspace) as memory:
        assert memory
        export_tmx(memory, path, ("en", "az"))
    return path.read_bytes()


def test_an_export_is_valid_and_the_same_each_time(tmp_path: Path) -> None:
    workspace = reviewed(tmp_path / "ws")
    data = exported(workspace, tmp_path / "out.tmx")
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True))
    # A tuid is any text in TMX and an ID (no digit first) in XML: hence not declared as one.
    dtd = etree.DTD(__import__("io").StringIO(DTD.replace("tuid ID", "tuid CDATA")))
    assert dtd.validate(root), dtd.error_log
    tuids = [found.get("tuid") for found in root.iter("tu")]
    assert len(set(tuids)) == len(tuids) == 3
    assert root.find("header").get("creationdate") == "20240605T093000Z"
    assert re.search(rb'xml:lang="en" changedate="20240605T093000Z"><note>locales/en/', data)
    (workspace.state / "memory.sqlite").unlink()
    assert exported(workspace, tmp_path / "again.tmx") == data


def test_translate_toolkit_reads_an_export_back(tmp_path: Path) -> None:
    tmxfile = pytest.importorskip("translate.storage.tmx").tmxfile
    workspace = reviewed(tmp_path / "ws")
    path = tmp_path / "out.tmx"
    exported(workspace, path)
    for lang, expected in (
        (
            "en",
            {
                ("Принято 10 мер.", "10 measures."),
                ("Принято 10 мер.", "Ten measures."),
                ('Закон «О труде» < & > "', "Law <b>on labour</b> & more ]]>"),
            },
        ),
        ("az", {("Принято 10 мер.", "10 tədbir görülüb.")}),
    ):
        with path.open("rb") as stream:
            found = tmxfile(stream, sourcelanguage="ru", targetlanguage=lang)
        read = {
            (unit.source, str(unit.target))
            for unit in found.units
            if unit.gettarget(lang) is not None
        }
        assert read == expected


def test_po2tmx_files_come_in(tmp_path: Path) -> None:
    pytest.importorskip("translate.convert.po2tmx")
    workspace = reviewed(tmp_path / "theirs")
    out = tmp_path / "theirs.tmx"
    run_tool("po2tmx", "-l", "en", "--source-language=ru", workspace.catalog("a", "en"), out)
    ours = place(tmp_path / "ours")
    with open_memory(ours, make=True) as memory:
        assert memory and import_tmx(memory.store, out).pairs == {"en": 2}
    assert texts(ours, "Принято 10 мер.") == ["10 measures."]


TEXTS = (
    st.text(
        st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_out_and_in_again_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, str]
) -> None:
    """Up to what XML cannot say and a release never holds: control and invisible characters."""
    from dragoman.releases.normalise import clean

    folder = tmp_path_factory.mktemp("ws")
    workspace = place(folder / "ws")
    kept = {clean(source): clean(target) for source, target in entries.items()}
    kept = {source: target for source, target in kept.items() if source and target}
    if not kept:
        return
    put(workspace, "a", *(approved(*pair) for pair in kept.items()))
    exported(workspace, folder / "out.tmx")
    other = place(folder / "other")
    with open_memory(other, make=True) as memory:
        assert memory
        import_tmx(memory.store, folder / "out.tmx")
    assert texts(other, *kept) == list(kept.values())


def test_nothing_to_export(tmp_path: Path) -> None:
    with (
        open_memory(place(tmp_path), make=True) as memory,
        pytest.raises(MemoryFileError, match="holds nothing in en; approve some entries"),
    ):
        assert memory
        export_tmx(memory, tmp_path / "out.tmx", ("en",))
    assert not (tmp_path / "out.tmx").exists()
