"""The term base in the formats of other tools: there, read by them, and back."""

from __future__ import annotations

import csv
import io
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_maintenance import ROOT, TERMS, write_rows
from translate.storage import omegat
from translate.storage import po as toolkit_po
from translate.storage import tbx as toolkit_tbx

from dragoman.cli import main
from dragoman.errors import GlossaryError
from dragoman.glossary.exchange import read_terms, render_terms
from dragoman.glossary.exchange.tbx import NAMESPACE
from dragoman.glossary.incoming import cells_of
from dragoman.glossary.load import Row, read_rows
from dragoman.records import Wording
from po_tools import needs_gettext, run_tool

RICH = {
    "id": "mom",
    "type": "organisation",
    "ru": "Международная организация по миграции|Международная миграционная организация",
    "ru_abbr": "МОМ",
    "en": "International Organization for Migration",
    "en_admitted": "International Organisation for Migration|IOM Agency",
    "en_forbidden": "International Migration Organization|IMO & Co",
    "en_abbr": "IOM",
    "az": "Beynəlxalq Miqrasiya Təşkilatı",
    "az_admitted": "BMqT qurumu",
    "az_forbidden": "Uluslararası Göç Örgütü",
    "az_abbr": "BMqT",
    "status": "proposed",
    "note": 'см. сайт; "<МОМ>" & прочее',
    "source": "iom.int",
    "ru_match": "singular head=организация",
    "az_kind": "possessive",
    "policy": "expand",
}
KINDS = ("csv", "tbx", "tbx2", "tsv", "po")


@pytest.fixture
def rows(tmp_path: Path) -> tuple[Row, ...]:
    found, faults = read_rows(write_rows(tmp_path / "base", [*TERMS, RICH]))
    assert not faults
    return found


def back(rows: tuple[Row, ...], kind: str, folder: Path) -> dict[str, dict[str, str]]:
    """Export and read again: the cells by id. Bilingual files of both languages are joined."""
    cells: dict[str, dict[str, str]] = {}
    for lang in ("en", "az") if kind in ("tsv", "po") else ("",):
        path = folder / f"terms.{lang}.{kind}"
        path.write_text(render_terms(rows, kind, lang), "utf-8")
        reading = read_terms(path, kind, lang)
        assert not reading.faults, reading.faults
        for row in reading.rows:
            cells.setdefault(row.cells["id"], {}).update(row.cells)
    return cells


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(rows: tuple[Row, ...], tmp_path: Path, kind: str) -> None:
    live = [row for row in rows if kind not in ("tsv", "po") or row.concept.status != "deprecated"]
    wanted = {row.concept.id: cells_of(row) for row in live}
    assert back(rows, kind, tmp_path) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_base_there_and_back(tmp_path: Path, kind: str) -> None:
    shipped, faults = read_rows(ROOT / "glossary")
    assert not faults and len(shipped) > 1500
    wanted = {
        row.concept.id: {column: " ".join(text.split()) for column, text in cells_of(row).items()}
        for row in shipped
        if row.concept.status != "deprecated" or kind not in ("tsv", "po")
    }
    found = back(shipped, kind, tmp_path)
    assert found.keys() == wanted.keys()
    for key, cells in wanted.items():
        if kind == "tsv" and ";" in cells["source"]:
            cells["source"] = ""
        assert found[key] == cells, key


def test_what_is_empty_there_empties_the_cell_here(rows: tuple[Row, ...], tmp_path: Path) -> None:
    [row] = [row for row in rows if row.concept.id == "mom"]
    bare = replace(row.concept, note="", source="", az_kind="", abbreviation_policy="keep")
    for kind in KINDS:
        cells = back((Row(bare, (), row.path, row.line),), kind, tmp_path)["mom"]
        said = {c: cells[c] for c in ("note", "source", "az_kind", "policy", "ru_match")}
        assert said == dict.fromkeys(said, "") | {"policy": "keep"}, kind


def test_an_english_abbreviation_survives_where_there_is_no_russian_one(
    rows: tuple[Row, ...], tmp_path: Path
) -> None:
    [row] = [row for row in rows if row.concept.id == "mom"]
    same = Wording("UN Women", abbreviation="UN Women")
    for concept in (
        replace(row.concept, ru_abbreviations=()),
        replace(row.concept, en=replace(row.concept.en, abbreviation="")),
        replace(row.concept, en=same),
    ):
        made = Row(concept, row.match, row.path, row.line)
        for kind in KINDS:
            assert back((made,), kind, tmp_path)["mom"] == cells_of(made), (kind, concept)


LIKE_OURS = [
    "status: proposed", "policy: expand", "ru_match: fixed", "az_kind:", "status: спросить",
    "policy: не знаю", "type: law",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "tbx", "tbx2", "po"])
@pytest.mark.parametrize("note", LIKE_OURS)
def test_a_note_that_looks_like_ours_is_a_note(
    rows: tuple[Row, ...], tmp_path: Path, kind: str, note: str
) -> None:
    [row] = [row for row in rows if row.concept.id == "mom"]
    for flags in ((), row.match):
        made = Row(replace(row.concept, note=note, status="approved"), flags, row.path, row.line)
        assert back((made,), kind, tmp_path)["mom"] == cells_of(made)


def test_a_tbx_of_others_says_nothing_of_our_columns(tmp_path: Path) -> None:
    with_note = '<termEntry id="C7"><note>status: draft</note>'
    text = MARTIF.replace('<termEntry id="C7">', with_note)
    [cells] = read(tmp_path / "a.tbx", text)
    assert cells["note"] == "status: draft A paper."
    assert not {"policy", "status", "ru_match", "az_kind"} & cells.keys()


# Letters and the characters that a format might trip over; no | and no line breaks.
LETTERS = string.ascii_letters + "əƏıİşŞğçöü" + "абвЁёэЯ" + " &<>\"';,:-—«»“”#%{}()[]\\"
TEXT = (
    st.text(LETTERS, min_size=1, max_size=20)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: any(c.isalnum() for c in s))
)
SOME = st.lists(TEXT, max_size=2, unique_by=str.casefold).map("|".join)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["csv", "tbx", "tbx2", "po"]), TEXT, SOME, TEXT, SOME, TEXT, SOME,
    st.one_of(st.just(""), TEXT),
)  # fmt: skip
def test_any_text_survives(
    tmp_path_factory: pytest.TempPathFactory, kind: str, ru: str, ru_abbr: str, en: str,
    en_forbidden: str, az: str, az_admitted: str, note: str,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("any")
    cells = {"id": "one", "ru": ru, "ru_abbr": ru_abbr, "en": en, "en_forbidden": en_forbidden,
             "az": az, "az_admitted": az_admitted, "note": note}  # fmt: skip
    made, faults = read_rows(write_rows(folder / "base", [cells]))
    assert not faults
    wanted = cells_of(made[0])
    found = back(made, kind, folder)["one"]
    said = {column: wanted[column] for column in cells}
    assert {column: found.get(column, "") for column in cells} == said


# --- read by other tools --------------------------------------------------------------------------


def test_translate_toolkit_reads_our_tbx(rows: tuple[Row, ...]) -> None:
    store = toolkit_tbx.tbxfile.parsestring(render_terms(rows, "tbx2").encode())
    units = {unit.xmlelement.get("id"): unit for unit in store.units}
    assert len(units) == len(rows)
    unit = units["mom"]
    assert [term.text for term in unit.get_source_terms()] == [*RICH["ru"].split("|"), "МОМ"]
    english = unit.get_target_terms("en")
    assert [(t.text, t.deprecated) for t in english] == [
        ("International Organization for Migration", False),
        ("IOM", False),
        ("International Organisation for Migration", False),
        ("IOM Agency", False),
        ("International Migration Organization", True),
        ("IMO & Co", True),
    ]
    assert english[0].administrative_status == "preferredTerm-admn-sts"
    assert english[2].administrative_status == "admittedTerm-admn-sts"
    notes = [note.text for note in unit.get_common_notes()]
    assert RICH["note"] in notes
    assert unit.get_target_terms("az")[0].text == RICH["az"]


def test_lxml_reads_our_tbx_of_2019(rows: tuple[Row, ...]) -> None:
    root = etree.fromstring(render_terms(rows, "tbx").encode())
    names = {"t": NAMESPACE}
    assert (root.tag, root.get("type"), root.get("style")) == (
        f"{{{NAMESPACE}}}tbx",
        "TBX-Basic",
        "dca",
    )
    assert root.xpath("count(//t:conceptEntry)", namespaces=names) == len(rows)
    forbidden = root.xpath(
        "//t:conceptEntry[@id='mom']/t:langSec[@xml:lang='az']/t:termSec"
        "[t:termNote[@type='administrativeStatus']='deprecatedTerm-admn-sts']/t:term/text()",
        namespaces=names,
    )
    assert forbidden == [RICH["az_forbidden"]]
    # The order that the schema of the dialect asks for: term, then its notes; sections last.
    for group in root.iter(f"{{{NAMESPACE}}}termSec"):
        assert [etree.QName(child).localname for child in group] == ["term", "termNote", "termNote"]
    for entry in root.iter(f"{{{NAMESPACE}}}conceptEntry"):
        parts = [etree.QName(child).localname for child in entry]
        assert parts[-3:] == ["langSec"] * 3
        assert set(parts[:-3]) <= {"descrip", "admin", "note"}


@pytest.mark.parametrize("lang", ["en", "az"])
def test_translate_toolkit_reads_our_omegat_glossary(rows: tuple[Row, ...], lang: str) -> None:
    store = omegat.OmegaTFile.parsestring(render_terms(rows, "tsv", lang).encode())
    pairs = {(unit.source, unit.target) for unit in store.units if unit.source}
    russian = "Международная организация по миграции"
    assert (russian, RICH[lang]) in pairs
    assert ("МОМ", RICH[f"{lang}_abbr"]) in pairs
    assert (russian, RICH[f"{lang}_admitted"].split("|")[0]) in pairs
    targets = {target for _, target in pairs}
    assert not targets & set(RICH[f"{lang}_forbidden"].split("|")), "OmegaT would offer it"
    [unit] = [u for u in store.units if u.source == russian and u.target == RICH[lang]]
    assert f"never: {RICH[f'{lang}_forbidden']}" in unit.getnotes()
    assert "временный вид на жительство" not in {source for source, _ in pairs}  # deprecated


@pytest.mark.parametrize("lang", ["en", "az"])
def test_translate_toolkit_reads_our_weblate_glossary(rows: tuple[Row, ...], lang: str) -> None:
    store = toolkit_po.pofile.parsestring(render_terms(rows, "po", lang).encode())
    units = {unit.getcontext(): unit for unit in store.units if unit.source}
    assert units["mom"].target == RICH[lang]
    assert units["mom"].hastypecomment("terminology")
    assert RICH["note"] in units["mom"].getnotes("developer")
    forbidden = units["mom/forbidden/1"]
    assert forbidden.target == RICH[f"{lang}_forbidden"].split("|")[0]
    assert forbidden.hastypecomment("forbidden")
    assert units["mom/abbreviation/1"].target == RICH[f"{lang}_abbr"]


@needs_gettext
def test_gettext_accepts_our_weblate_glossary(rows: tuple[Row, ...], tmp_path: Path) -> None:
    (tmp_path / "glossary.po").write_text(render_terms(rows, "po", "az"), "utf-8")
    run_tool("msgfmt", "--check", "-o", "/dev/null", tmp_path / "glossary.po")


def test_python_reads_our_csv(rows: tuple[Row, ...]) -> None:
    found = list(csv.DictReader(io.StringIO(render_terms(rows, "csv"))))
    assert {column: found[-1][column] for column in RICH} == RICH


# --- what other tools write -----------------------------------------------------------------------

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Default" xml:lang="en"><text><body>
<termEntry id="C7">
  <descrip type="definition">A paper.</descrip>
  <langSet xml:lang="ru-RU">
    <ntig><termGrp><term>миграционная <hi>карта</hi></term></termGrp></ntig>
    <tig><term>МК</term><termNote type="termType">acronym</termNote></tig>
  </langSet>
  <langSet xml:lang="en-GB">
    <tig><term>immigration card</term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
    <tig><term>migration card</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>migratory card</term>
      <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="az-Latn"><tig><term>miqrasiya kartı</term></tig></langSet>
  <langSet xml:lang="tr"><tig><term>göç kartı</term></tig></langSet>
</termEntry></body></text></martif>
"""
DCT = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
  xmlns:basic="http://www.tbxinfo.net/ns/basic" style="dct" type="TBX-Basic" xml:lang="ru">
<text><body><conceptEntry id="c1"><min:subjectField>law</min:subjectField>
<langSec xml:lang="ru"><termSec><term>виза</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>visa</term>
  <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>vise</term>
  <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="az"><termSec><term>viza</term>
  <basic:termType>fullForm</basic:termType></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def read(path: Path, text: str | bytes, lang: str = "") -> list[dict[str, str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    reading = read_terms(path, "", lang)
    assert not reading.faults, [str(fault) for fault in reading.faults]
    return [{c: t for c, t in row.cells.items() if t} for row in reading.rows]


def test_tbx_of_2008(tmp_path: Path) -> None:
    assert read(tmp_path / "a.tbx", MARTIF) == [{
        "note": "A paper.", "ru": "миграционная карта", "ru_abbr": "МК", "en": "migration card",
        "en_admitted": "immigration card", "en_forbidden": "migratory card",
        "az": "miqrasiya kartı",
    }]  # fmt: skip
    assert read_terms(tmp_path / "a.tbx").remarks == ["terms in other languages left aside: tr (1)"]


def test_tbx_in_dct_style(tmp_path: Path) -> None:
    assert read(tmp_path / "a.tbx", DCT) == [{
        "id": "c1", "type": "law", "status": "approved", "ru": "виза", "en": "visa",
        "en_forbidden": "vise", "az": "viza",
    }]  # fmt: skip


CSVS = {
    "semicolons and a mark": "\ufeffRussian;English;Azerbaijani;Comment\nвиза;visa;viza;а, б\n",
    "two marks": "\ufeff\ufeffru;en;az;note\nвиза;visa;viza;а, б\n",
    "UTF-16 with tabs": 'Термин\tEnglish\tAzərbaycan\tпримечание\n"виза"\tvisa\tviza\t"а, б"\n',
    "CRLF": 'ru,en,az,note\r\n"виза",visa,viza,"а, б"\r\n',
    "CR": 'ru,en,az,note\r"виза",visa,viza,"а, б"\r',
    "Excel's own first line": "sep=;\nru;en;az;note\nвиза;visa;viza;а, б\n",
    "a Russian header": "Термин (рус.);Перевод на английский;Перевод на азербайджанский;"
    "Комментарий\nвиза;visa;viza;а, б\n",
    "another": "Русский язык;Английский;Азербайджанский:;Примечание\nвиза;visa;viza;а, б\n",
    "an Azerbaijani header": "Rus;İngilis;Azərbaycan dili;Qeyd\nвиза;visa;viza;а, б\n",
    "spaces": "ru ; en; az ;note\n  виза\u00a0 ; visa ;viza\t;а,  б\n",
    "unseen marks": "ru;en;az;note\nви\u00adза;\u200evisa;viza\ufeff;а, б\n",
    "empty rows and columns": "ru;en;az;note;;\n;;;;;\n\n ;;;;;\nвиза;visa;viza;а, б;;\n;;;;;\n",
    "separators of a list": "ru;en;az;note\n| виза |;|visa||;viza|;а, б\n",
    "line breaks in a note": 'ru;en;az;note\nвиза;"visa\n";viza;"а,\nб"\n',
}


@pytest.mark.parametrize("text", CSVS.values(), ids=CSVS.keys())
def test_csv_of_others(tmp_path: Path, text: str) -> None:
    data = text.encode("utf-16" if "Термин\t" in text else "utf-8")
    wanted = {"ru": "виза", "en": "visa", "az": "viza", "note": "а, б"}
    assert read(tmp_path / "a.csv", data) == [wanted]


def test_letters_are_put_together(tmp_path: Path) -> None:
    [cells] = read(tmp_path / "a.csv", "ru,en,az\nи\u0306ога,cafe\u0301,uc\u0327us\u0327\n")
    assert cells == {"ru": "йога", "en": "café", "az": "uçuş"}


def test_roles_types_and_statuses_in_russian(tmp_path: Path) -> None:
    text = (
        "Русский;Сокращение;Английский;Английское сокращение;Запрещённые (англ.);Азербайджанский;"
        "Синонимы (азерб.);Тип;Статус\nОфис ООН;ООООН;UN Office;UNO;UN Bureau;BMT Ofisi;BMT bürosu;"
        "Организация;Утверждён\nвиза;;visa;;;viza;;Law;Proposed\n"
    )
    assert read(tmp_path / "a.csv", text) == [
        {"ru": "Офис ООН", "ru_abbr": "ООООН", "en": "UN Office", "en_abbr": "UNO",
         "en_forbidden": "UN Bureau", "az": "BMT Ofisi", "az_admitted": "BMT bürosu",
         "type": "organisation", "status": "approved"},
        {"ru": "виза", "en": "visa", "az": "viza", "type": "law", "status": "proposed"},
    ]  # fmt: skip


def test_a_hundred_columns_are_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    names = ",".join(f"Столбец {n}" for n in range(1, 98))
    path.write_text(f"ru,en,az,{names},\nвиза,visa,viza,{',' * 96},x\n", "utf-8")
    reading = read_terms(path)
    assert [row.cells["ru"] for row in reading.rows] == ["виза"] and not reading.faults
    assert reading.remarks == [
        "columns not used: " + ", ".join(f"Столбец {n}" for n in range(1, 7)) + " and 91 more",
        "text in a column without a name is not used: 1 row(s), line 2 first",
    ]


def test_a_tsv_with_a_header_is_a_spreadsheet(tmp_path: Path) -> None:
    text = "Русский\tАнглийский\tАзербайджанский\nвиза\tvisa\tviza\n"
    assert read(tmp_path / "a.tsv", text) == [{"ru": "виза", "en": "visa", "az": "viza"}]


def test_rows_that_repeat_and_doubts_are_told_where_the_file_has_them(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ru,en,az\nвиза,visa,viza\nвъезд,“entry”,giriş\nвиза,visa,viza\n", "utf-8")
    assert bring(place, path) == 0
    told = said(capsys)
    assert f"{path}:4 (ru): warning repeated: «виза» stands in line 2 already" in told
    assert f"{path}:3 (en): warning quotes:" in told and "2 added" in told


def test_omegat_glossary_of_others(tmp_path: Path) -> None:
    text = "# OmegaT\nвиза\tvisa\tпаспорт\nвиза\tentry visa\nГМС\tSMS\t\n"
    assert read(tmp_path / "glossary.en.txt", text) == [
        {"ru": "виза", "en": "visa", "en_admitted": "entry visa", "note": "паспорт"},
        {"ru": "ГМС", "en": "SMS"},
    ]


def test_weblate_glossary_of_others(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Language: az\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        '# не путать с пропиской\n#, terminology\nmsgid "регистрация"\nmsgstr "qeydiyyat"\n\n'
        '#, forbidden\nmsgctxt "2"\nmsgid "регистрация"\nmsgstr "kayıt"\n\n'
        '#, fuzzy\nmsgid "виза"\nmsgstr "viza"\n'
    )
    assert read(tmp_path / "az.po", text) == [
        {"ru": "регистрация", "az": "qeydiyyat", "az_forbidden": "kayıt",
         "note": "не путать с пропиской"},
        {"ru": "виза", "az": "viza", "status": "proposed"},
    ]  # fmt: skip


# --- bad input ------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE tbx [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><tbx><term>&b;</term></tbx>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY e SYSTEM "file:///etc/passwd">]><tbx><term>&e;</term></tbx>'
PARAMETER = '<!DOCTYPE tbx [<!ENTITY % p SYSTEM "http://localhost/x.dtd"> %p;]><tbx/>'
HEAD = "ru,en,az,note\n"
BAD = [
    ("a.tbx", BOMB, "1: the file declares an entity"),
    ("a.tbx", OUTSIDE, "1: the file declares an entity"),
    ("a.tbx", PARAMETER, "1: the file declares an entity"),
    ("a.tbx", MARTIF.replace("</termEntry>", ""), ":20: not well-formed XML"),
    ("a.tbx", MARTIF[:400], "not well-formed XML"),
    ("a.tbx", "<html><body>виза</body></html>", "this is no TBX: it begins with <html>"),
    ("a.tbx", "<tbx/>", "the file holds no entries"),
    ("a.tbx", MARTIF.replace("ru-RU", "uk"), ":4 (column ru): the entry C7 has no Russian term"),
    ("a.tbx", MARTIF.replace("az-Latn", "az-Cyrl"), "Azerbaijani is wanted in Latin letters"),
    ("a.csv", (HEAD + "виза,visa,viza,\n").encode("cp1251"), "it looks like windows-1251"),
    ("a.csv", b"PK\x03\x04 a spreadsheet", "this is a spreadsheet or an archive"),
    ("a.csv", HEAD + "виза,visa\n", ":2: 2 cells where the header has 4; split merged cells"),
    ("a.csv", HEAD + "“виза, въезд”,visa,viza,\n", ":2: 5 cells where the header has 4"),
    ("a.csv", HEAD + "виза,visa,viza,\n,entry visa,viza,\n", ":3 (column ru): the cell is empty"),
    ("a.csv", HEAD + '"виза,visa,viza,\n', "the quotation marks around a cell do not close"),
    ("a.csv", HEAD + "виза,visa,v?za,\n", ":2 (column az): “v?za” has lost letters"),
    ("a.csv", HEAD + "РІРёР·Р°,visa,viza,\n", ":2 (column ru): alphabet:"),
    ("a.csv", HEAD + "виза,,viza,\n", ":2 (column en): «виза» is new and the cell is empty"),
    ("a.csv", HEAD + "виза,visa,визa,\n", ":2 (column az): alphabet:"),
    ("a.csv", HEAD + "виза,visa,viza,\nВиза,visa,vizə,\n", ":3 (column az): “vizə” here and"),
    ("a.csv", "sep=;\n", ":1: the file is empty"),
    ("a.csv", HEAD, ":1: the file holds a header and no rows"),
    ("a.csv", "Глоссарий\n\nРусский;Английский;Азербайджанский\nвиза;visa;viza\n",
     ":1: the names of the columns stand in line 3"),
    ("a.csv", "ru,en,az,en_forbiden\nвиза,visa,viza,vise\n",
     ":1 (column en_forbiden): unknown column; was en_forbidden meant?"),
    ("a.csv", "ru,en,az,Английский\nвиза,visa,viza,vise\n",
     ":1 (column en): the column stands twice (en, Английский)"),
    ("a.csv", "ru;en;az\nвиза,visa,viza\n", "separate the columns of this line as those of"),
    ("a.csv", HEAD + "виза,visa,viza,,,\n", "or delete the empty cells at the end"),
    ("a.csv", HEAD + "виза" + "а" * 140_000 + ",visa,viza,\n", ":2: a cell is longer than 131072"),
    ("a.csv", HEAD + "=A1,visa,viza,\n", ":2 (column ru): spreadsheet: “=A1” is a formula"),
    ("a.csv", HEAD + 'виза,"=CONCATENATE(B1,""x"")",viza,\n', ":2 (column en): spreadsheet:"),
    ("a.csv", HEAD + "виза,visa,#REF!,\n", ":2 (column az): spreadsheet: “#REF!”"),
    ("a.csv", HEAD + "виза,#Н/Д,viza,\n", ":2 (column en): spreadsheet: “#Н/Д”"),
    ("a.csv", HEAD + "виза,#ИМЯ?,viza,\n", ":2 (column en): spreadsheet: “#ИМЯ?”"),
    ("a.csv", HEAD + "третье марта,03.03.2020,3 mart,\n", ":2 (column en): spreadsheet: “03.03"),
    ("a.csv", HEAD + "первое мая,01.май,1 may,\n", ":2 (column en): spreadsheet: “01.май”"),
    ("a.csv", HEAD + "виза,visa,43952,\n", ":2 (column az): spreadsheet: “43952” is a number"),
    ("a.csv", (HEAD + "виза,visa,viza,\n").encode("utf-16-le"), ":1: this is UTF-16 without"),
    ("a.csv", b"\x1f\x8b\x08 packed", "this is a spreadsheet or an archive"),
    ("a.csv", "<html><td>ru</td>\nвиза,en\n", "no column is called ru"),
    ("a.csv", "id,ru,en,az\na,виза,visa,viza\na,ток,flow,axın\n", ":3 (column ru): “ток” here"),
    ("a.csv", HEAD + "|,visa,viza,\n", ":2 (column ru): the cell is empty"),
    ("a.tsv", "ru\ten\taz\nвиза\tvisa\n", ":2: 2 cells where the header has 3"),
    ("a.csv", "номер,слово\n1,виза\n", "no column is called ru or Russian"),
    ("a.csv", "", "the file is empty"),
    ("a.en.tsv", "виза visa\n", ":1: 1 column(s) where 2 or 3 are wanted"),
    ("a.en.tsv", "виза\tvisa|entry visa\n", ":1 (column 2): a term may not hold |"),
    ("a.po", 'msgid "виза"\nmsgstr "visa\n', "a string is not closed"),
    ("a.po", 'msgid "виза"\nmsgstr "visa"\n', "its header says Language: nothing"),
]  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    root = tmp_path / "ws"
    (root / "seeds").mkdir(parents=True)
    write_rows(root / "glossary", TERMS)
    return root


def bring(place: Path, *arguments: str | Path) -> int:
    return main(["glossary", "import", *map(str, arguments), "-w", str(place)])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


@pytest.mark.parametrize(("name", "text", "message"), BAD, ids=[m for _, _, m in BAD])
def test_bad_input_changes_nothing(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    name: str, text: str | bytes, message: str,
) -> None:  # fmt: skip
    before = (place / "glossary" / "terms.csv").read_bytes()
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    assert bring(place, path) == 1
    told = said(capsys)
    assert message in told and str(path) in told and "Traceback" not in told
    assert [p.name for p in (place / "glossary").iterdir()] == ["terms.csv"]
    assert (place / "glossary" / "terms.csv").read_bytes() == before


def test_every_fault_is_listed(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "виза,visa\n,x,y,\nслово,word,söz,\nток,v??,x,\n", "utf-8")
    assert bring(place, path) == 1
    told = said(capsys)
    assert all(f"a.csv:{line}" in told for line in (2, 3, 5)) and "a.csv:4" not in told
    assert "nothing was imported: 3 fault(s)" in told


def test_a_long_file_is_read_whole(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    lines = (f"слово номер {n},word {n},söz {n},\n" for n in range(5000))
    path.write_text(HEAD + "".join(lines), "utf-8")
    assert bring(place, path) == 0
    rows, faults = read_rows(place / "glossary")
    assert (len(rows), faults) == (5000 + len(TERMS), ())


# --- conflicts ------------------------------------------------------------------------------------

CHANGED = (
    HEAD
    + "Меморандум о взаимопонимании,Memorandum of Agreement,Anlaşma Memorandumu,\n"
    + ("виза,visa,viza,\n")
)


def test_a_conflict_is_listed_and_nothing_overwritten(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CHANGED, "utf-8")
    before = (place / "glossary" / "terms.csv").read_bytes()
    assert bring(place, tmp_path / "a.csv") == 1
    told = said(capsys)
    assert "terms.csv:4 (en): “Memorandum of Understanding” -> “Memorandum of Agreement”" in told
    assert "decide with --update" in told
    assert (place / "glossary" / "terms.csv").read_bytes() == before


def test_an_address_in_a_note_may_ask(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "паспорт,passport,pasport,https://e-qanun.az/act?id=7\n", "utf-8")
    assert bring(place, path) == 0
    rows, _ = read_rows(place / "glossary")
    assert rows[-1].concept.note == "https://e-qanun.az/act?id=7"


def test_update_lets_the_file_win_and_touches_no_other_row(place: Path, tmp_path: Path) -> None:
    path = place / "glossary" / "terms.csv"
    (tmp_path / "a.csv").write_text(CHANGED, "utf-8")
    before = path.read_text("utf-8").splitlines()
    assert bring(place, tmp_path / "a.csv", "--update", "--dry-run") == 0
    assert path.read_text("utf-8").splitlines() == before
    assert bring(place, tmp_path / "a.csv", "--update") == 0
    after = path.read_text("utf-8").splitlines()
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b] == [3]
    assert "Memorandum of Agreement" in after[3] and after[-1].startswith("visa,general,виза,")
    assert bring(place, tmp_path / "a.csv") == 0  # a second time there is nothing to do
    assert path.read_text("utf-8").splitlines() == after


def test_keep_takes_the_new_rows_only(place: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CHANGED, "utf-8")
    assert bring(place, tmp_path / "a.csv", "--keep") == 0
    text = (place / "glossary" / "terms.csv").read_text("utf-8")
    assert "Memorandum of Agreement" not in text and "visa,general,виза" in text


def test_files_of_two_languages_go_together(place: Path, tmp_path: Path) -> None:
    (tmp_path / "t.en.tsv").write_text("виза\tvisa\n", "utf-8")
    (tmp_path / "t.az.tsv").write_text("виза\tviza\tqeyd\n", "utf-8")
    assert bring(place, tmp_path / "t.en.tsv") == 1  # Azerbaijani is missing
    assert bring(place, tmp_path / "t.en.tsv", tmp_path / "t.az.tsv") == 0
    rows, _ = read_rows(place / "glossary")
    concept = rows[-1].concept
    assert (concept.en.preferred, concept.az.preferred, concept.note) == ("visa", "viza", "qeyd")


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.tbx", "t.po"])
def test_what_was_exported_is_the_same_when_imported(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write_rows(place / "glossary", [*TERMS, RICH])
    assert main(["glossary", "export", str(tmp_path / name), "-w", str(place)]) == 0
    made = sorted(tmp_path.glob("t.*"))
    capsys.readouterr()
    assert bring(place, *made) == 0
    assert "0 added, 0 differ" in said(capsys)


@pytest.mark.parametrize("kind", KINDS)
def test_a_term_base_begins_with_an_import(place: Path, tmp_path: Path, kind: str) -> None:
    write_rows(place / "glossary", [*TERMS, RICH])
    was = read_rows(place / "glossary")[0]
    file = tmp_path / f"all.{kind.rstrip('2')}"
    asked = ("--format", kind, "-w", str(place))
    assert main(["glossary", "export", str(file), *asked]) == 0
    new = tmp_path / "new"
    for folder in ("seeds", "glossary"):
        (new / folder).mkdir(parents=True)
    assert bring(new, *sorted(tmp_path.glob("all.*"))) == 0
    rows, faults = read_rows(new / "glossary")
    assert faults == ()
    wanted = {row.concept.id: cells_of(row) for row in was}
    if kind in ("tsv", "po"):
        gone = {row.concept.id for row in was if row.concept.status == "deprecated"}
        assert gone
        wanted = {key: cells for key, cells in wanted.items() if key not in gone}
    assert {row.concept.id: cells_of(row) for row in rows} == wanted


def test_a_file_cannot_be_told(place: Path, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"")
    assert bring(place, tmp_path / "a.docx") == 2
    (tmp_path / "a.tsv").write_bytes(b"")
    assert bring(place, tmp_path / "a.tsv") == 2


def test_a_missing_file_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(place, "nowhere.tbx") == 1
    assert "nowhere.tbx: cannot read: No such file" in said(capsys)


def test_reading_raises_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.tbx").write_text(BOMB, "utf-8")
    with pytest.raises(GlossaryError, match="declares an entity"):
        read_terms(tmp_path / "a.tbx")
