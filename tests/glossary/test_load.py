"""Reading the CSV files: what is read right, and what is refused with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import GlossaryError
from dragoman.glossary import GlossaryFaults, load_glossary
from dragoman.glossary.load import COLUMNS, read_rows

HEADER = "id,type,ru,en,az"
ROW = "baku,place,Баку,Baku,Bakı"


def base(folder: Path, text: str | bytes, name: str = "terms.csv") -> Path:
    folder.mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (folder / name).write_bytes(data)
    return folder


READ_RIGHT = {
    "plain": f"{HEADER}\n{ROW}\n".encode(),
    "with a byte order mark": f"\ufeff{HEADER}\n{ROW}\n".encode(),
    "with CRLF": f"{HEADER}\r\n{ROW}\r\n".encode(),
    "no newline at the end": f"{HEADER}\n{ROW}".encode(),
    "quoted cells": f'{HEADER}\n"baku","place","Баку","Baku","Bakı"\n'.encode(),
    "columns in another order": "az,en,ru,type,id\nBakı,Baku,Баку,place,baku\n".encode(),
    "empty lines and a line of commas": f"{HEADER}\n\n{ROW}\n,,,,\n\n".encode(),
    "spaces around cells": f"{HEADER}\n baku , place , Баку , Baku , Bakı \n".encode(),
}


@pytest.mark.parametrize("data", READ_RIGHT.values(), ids=READ_RIGHT.keys())
def test_read_right(tmp_path: Path, data: bytes) -> None:
    concept = load_glossary(base(tmp_path / "g", data)).concepts[0]
    assert (concept.id, concept.ru, concept.en.preferred, concept.az.preferred) == (
        "baku",
        ("Баку",),
        "Baku",
        "Bakı",
    )


REFUSED = [
    # what is wrong, the file, line, column, words of the message
    ("semicolons", f"{HEADER}\n{ROW}".replace(",", ";"), 1, None, "semicolons"),
    ("tabs", f"{HEADER}\n{ROW}".replace(",", "\t"), 1, None, "tabs"),
    ("windows-1251", f"{HEADER}\nbaku,place,Баку,Baku,Baki\n".encode("cp1251"), 2, None,
     "windows-1251"),
    ("UTF-16", f"{HEADER}\n{ROW}\n".encode("utf-16"), 1, None, "UTF-16"),
    ("a spreadsheet", b"PK\x03\x04rest", 1, None, "spreadsheet"),
    ("empty file", "", 1, None, "empty"),
    ("merged cell, short row", f"{HEADER}\n{ROW}\nshusha,place,Шуша\n", 3, "ru", "3 cells"),
    ("merged cell, blank", f"{HEADER}\nbaku,place,,Baku,Bakı\n", 2, "ru", "empty"),
    ("unquoted comma", f"{HEADER}\nm,law,лицо, ищущее убежище,asylum seeker,x\n", 2, "az",
     "6 cells"),
    ("smart quotes", f"{HEADER}\nm,law,“лицо, ищущее убежище”,asylum seeker,x\n", 2, "az",
     "typographic"),
    ("smart quotes in the header", f"“id”,type,ru,en,az\n{ROW}\n", 1, "“id”", "unknown column"),
    ("columns without a name", f"{HEADER},,\n{ROW},,\n", 1, "", "column 6 has no name"),
    ("empty cells at the end", f"{HEADER}\n{ROW},,\n", 2, "az", "or delete the last ones"),
    ("a quote that swallows the file", f'{HEADER}\na,place,"{"ю" * 140_000}\n', 2, None, "131072"),
    ("quote left open", f'{HEADER}\nbaku,place,"Баку,Baku,Bakı\n', 2, None, "quotation marks"),
    ("unknown column", f"{HEADER},colour\n{ROW},red\n", 1, "colour", "unknown column"),
    ("column twice", f"{HEADER},en\n{ROW},Baku\n", 1, "en", "twice"),
    ("column missing", "id,type,ru,en\nbaku,place,Баку,Baku\n", 1, "az", "missing"),
    ("unknown type", f"{HEADER}\nbaku,city,Баку,Baku,Bakı\n", 2, "type", "'city'"),
    ("no id", f"{HEADER}\nБаку,place,Баку,Baku,Bakı\n", 2, "id", "no id"),
    ("same id", f"{HEADER}\n{ROW}\n{ROW}\n", 3, "id", "terms.csv:2"),
    ("line break in a cell", f'{HEADER}\nbaku,place,"Ба\nку",Baku,Bakı\n', 2, "ru", "line break"),
    ("fault after a broken cell", f'{HEADER}\na,place,"x\ny",b,c\nd,town,e,f,g\n', 4, "type",
     "'town'"),
    ("several preferred forms", f"{HEADER}\nbaku,place,Баку,Baku|Bakou,Bakı\n", 2, "en",
     "one preferred"),
    ("NUL", f"{HEADER}\nba\0ku,place,Баку,Baku,Bakı\n", 2, None, "NUL"),
    ("letters lost to windows-1251", f"{HEADER}\nbaku,place,Баку,Baku,Bak? ??h?ri\n", 2, "az",
     "lost letters"),
    ("unknown flag", f"{HEADER},ru_match\n{ROW},shout\n", 2, "ru_match", "'shout'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "line", "column", "words"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_refused(
    tmp_path: Path, data: str | bytes, line: int, column: str | None, words: str
) -> None:
    with pytest.raises(GlossaryFaults) as caught:
        load_glossary(base(tmp_path / "g", data))
    fault = next(f for f in caught.value.faults if f.line == line)
    assert fault.column == column
    assert fault.path is not None and fault.path.endswith("terms.csv")
    assert words in str(fault)
    assert ";" in str(fault), "no advice on what to do next"


def test_every_fault_is_named(tmp_path: Path) -> None:
    base(tmp_path / "g", f"{HEADER}\na,city,а,b,c\nd,place,,f,g\n{ROW}\n", "one.csv")
    base(tmp_path / "g", f"{HEADER}\n{ROW}\n", "two.csv")
    with pytest.raises(GlossaryFaults) as caught:
        load_glossary(tmp_path / "g")
    places = [(Path(f.path or "").name, f.line, f.column) for f in caught.value.faults]
    assert places == [("one.csv", 2, "type"), ("one.csv", 3, "ru"), ("two.csv", 2, "id")]
    assert len(str(caught.value).splitlines()) == 3


def test_names_are_read_as_strictly(tmp_path: Path) -> None:
    base(tmp_path / "g", f"{HEADER}\n{ROW}\n")
    base(tmp_path / "g" / "names", "kind,ru,en,az\ngiven,Али,Ali,Əli\n", "given.csv")
    with pytest.raises(GlossaryFaults) as caught:
        load_glossary(tmp_path / "g")
    assert [(f.line, f.column) for f in caught.value.faults] == [(2, "kind")]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_no_base(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(GlossaryError):
        load_glossary(tmp_path / name)


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    rows = "".join(f"t{i},general,слово {i},word {i},söz {i}\n" for i in range(100_000))
    read, faults = read_rows(base(tmp_path / "g", f"{HEADER}\n{rows}"))
    assert (len(read), faults) == (100_000, ())
    assert read[-1].line == 100_001


def test_the_fingerprint_follows_content(tmp_path: Path) -> None:
    one = load_glossary(base(tmp_path / "a", f"{HEADER}\n{ROW}\n"))
    same = load_glossary(base(tmp_path / "b", "az,en,ru,type,id\r\nBakı,Baku,Баку,place,baku\r\n"))
    other = load_glossary(base(tmp_path / "c", f"{HEADER}\n{ROW}s\n"))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_a_damaged_cache_costs_time_only(tmp_path: Path) -> None:
    folder = base(tmp_path / "g", f"{HEADER}\n{ROW}\n")
    cache = tmp_path / "terms.sqlite"
    cache.write_bytes(b"not a database at all" * 100)
    assert [h.surface for h in load_glossary(folder, cache).find("в Баку")] == ["Баку"]
    cache.unlink()
    for _ in range(2):
        assert [h.surface for h in load_glossary(folder, cache).find("в Баку")] == ["Баку"]


CELL = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), blacklist_characters="|?\ufffd"
    ),
    min_size=1,
).filter(lambda text: text.strip() == text and "  " not in text)


@given(ru=CELL, en=CELL, az=CELL)
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, ru: str, en: str, az: str
) -> None:
    import csv
    import io

    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    cells = {"id": "x", "type": "general", "ru": ru, "en": en, "az": az}
    writer.writerow(dict.fromkeys(COLUMNS, "") | cells)
    rows, faults = read_rows(base(tmp_path_factory.mktemp("g"), stream.getvalue()))
    assert faults == ()
    concept = rows[0].concept
    assert (concept.ru, concept.en.preferred, concept.az.preferred) == ((ru,), en, az)
