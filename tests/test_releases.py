"""Reading releases: encodings, spaces and lines, chrome, HTML, names, and every refusal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import ReleaseError
from dragoman.records import Release
from dragoman.releases import SIZE_LIMIT, read_release, safe_name, safe_source
from dragoman.releases.chrome import RULES, chrome_rules
from dragoman.releases.normalise import clean, clean_lines, editor_lines

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"
TITLE = "Посол Малайзии принят в Службе"
FIRST = "Начальник Службы В. Гусейнов встретился с послом. Стороны обменялись мнениями."
SECOND = "Посол поблагодарил Службу за сотрудничество."
RELEASE = f"Az En\nnewsPhoto\n\n{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n\n© 2024 Служба\n"


def read(tmp_path: Path, data: str | bytes, name: str = "release.txt") -> Release:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_release(path)


def refusal(tmp_path: Path, data: str | bytes, name: str = "release.txt") -> str:
    with pytest.raises(ReleaseError) as caught:
        read(tmp_path, data, name)
    assert name in str(caught.value), "the message names the file"
    assert caught.value.advice, "the message says what to do"
    return str(caught.value)


def parts(release: Release, *kinds: str) -> list[str]:
    return [release.text[b.start : b.stop] for b in release.blocks if b.kind in kinds]


def texts(release: Release) -> list[str]:
    return parts(release, "title", "paragraph")


def chrome_cases() -> list[tuple[str, str]]:
    lines = (CASES / "chrome.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return [(rule, line) for rule, line in pairs]


CHROME = [(rule, line) for rule, line in chrome_cases() if rule != "text"]
TEXT = [line for rule, line in chrome_cases() if rule == "text"]


# --- The two releases of the repository


@pytest.mark.parametrize(
    ("name", "blocks", "title_line", "last_line"),
    [("000_baa23979a0928521", 9, 4, 17), ("002_07ecc92213e0843d", 14, 4, 27)],
)
def test_the_seeds(name: str, blocks: int, title_line: int, last_line: int) -> None:
    release = read_release(ROOT / "seeds" / f"{name}.txt", source=f"seeds/{name}.txt")
    assert (release.name, release.source) == (name, f"seeds/{name}.txt")
    assert [b.kind for b in release.blocks[:3]] == ["chrome", "chrome", "title"]
    assert {b.kind for b in release.blocks[3:-1]} == {"paragraph"}
    assert release.blocks[-1].kind == "chrome"
    assert len(release.blocks) == blocks
    assert (release.blocks[2].line, release.blocks[-1].line) == (title_line, last_line)
    assert "\xa0" not in release.text and "  " not in release.text


# --- Chrome


@pytest.mark.parametrize(("rule", "line"), CHROME, ids=[line for _, line in CHROME])
def test_chrome_is_kept_out_round_the_article(tmp_path: Path, rule: str, line: str) -> None:
    above = read(tmp_path, f"{line}\n\n{TITLE}\n\n{FIRST}\n\n{SECOND}\n")
    assert texts(above) == [TITLE, FIRST, SECOND]
    below = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{line}\n")
    assert texts(below) == [TITLE, FIRST, SECOND]
    assert parts(below, "chrome") == [line]
    assert chrome_rules([line, TITLE, FIRST])[0] == rule


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_chrome(tmp_path: Path, line: str) -> None:
    first = read(tmp_path, f"Az En\n\n{line}\n\n{FIRST}\n\n© 2024 Служба\n")
    assert texts(first) == [line, FIRST]
    under_title = read(tmp_path, f"{TITLE}\n\n{line}\n\n{FIRST}\n")
    assert texts(under_title) == [TITLE, line, FIRST]
    last = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{line}\n\n© 2024 Служба\n")
    assert texts(last) == [TITLE, FIRST, line]


def test_every_chrome_rule_has_a_case() -> None:
    assert {rule.name for rule in RULES} == {rule for rule, _ in CHROME}


@pytest.mark.parametrize(
    "line", ["Az En", "12 октября 2023 года", "Новости", "www.gov.az", "Назад"]
)
def test_chrome_words_between_paragraphs_are_text(tmp_path: Path, line: str) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{line}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, line, SECOND]


def test_an_image_caption_is_chrome_between_paragraphs_too(tmp_path: Path) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\nnewsPhoto\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]


def test_what_hangs_under_the_copyright_line_is_footer(tmp_path: Path) -> None:
    footer = "© 2024 Служба\nАдрес: г. Баку, ул. Бинагади, 202\nРазработка сайта – студия «Баку»"
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{footer}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]


def test_a_paragraph_under_a_copyright_line_is_text(tmp_path: Path) -> None:
    paragraph = SECOND + " " + FIRST * 3
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n© АЗЕРТАДЖ\n\n{paragraph}\n")
    assert texts(release) == [TITLE, FIRST, "© АЗЕРТАДЖ", paragraph]


@pytest.mark.parametrize("credit", ["© АЗЕРТАДЖ", "© Фото: МОМ, 2024"])
def test_a_short_sentence_under_a_photo_credit_is_text(tmp_path: Path, credit: str) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{credit}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, credit, SECOND]


@pytest.mark.parametrize(
    "header",
    [
        "Государственная Миграционная Служба",
        "ГОСУДАРСТВЕННАЯ МИГРАЦИОННАЯ СЛУЖБА",
        "Dövlət Miqrasiya Xidməti",
        "State Migration Service\nAz En",
        "MIGRATION",
    ],
)
def test_the_name_of_the_site_above_the_title(tmp_path: Path, header: str) -> None:
    footer = "© 2024 Азербайджанская Республика Государственная Миграционная Служба"
    release = read(tmp_path, f"{header}\nnewsPhoto\n\n{TITLE}\n\n{FIRST}\n\n{footer}\n")
    assert parts(release, "title") == [TITLE]
    assert texts(release) == [TITLE, FIRST]


def test_a_title_like_the_name_of_the_site_stays(tmp_path: Path) -> None:
    footer = "© 2024 Государственная Миграционная Служба"
    for title in ("Государственная Миграционная Служба", "ASAN Visa"):
        release = read(tmp_path, f"Az En\n\n{title}\n\n{FIRST}\n\n{footer}\n")
        assert texts(release) == [title, FIRST]


def test_links_to_other_news_are_chrome(tmp_path: Path) -> None:
    related = "Другие новости\nВстреча в Баку\nПодписан меморандум"
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\n{related}\n\n© 2024 Служба\n")
    assert texts(release) == [TITLE, FIRST]


def test_a_heading_about_other_news_with_text_under_it_stays(tmp_path: Path) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}\n\nДругие новости\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, "Другие новости", SECOND]


def test_date_and_counter_under_the_title(tmp_path: Path) -> None:
    meta = "12 октября 2023, 14:30\nПросмотров: 1254\nПоделиться: Facebook Twitter"
    release = read(tmp_path, f"Az Ru En\n{TITLE}\n{meta}\nPhoto\n\n{FIRST}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]


# --- Titles and paragraphs


def test_a_long_opening_paragraph_is_no_title(tmp_path: Path) -> None:
    release = read(tmp_path, f"{FIRST} {FIRST} {FIRST}\n\n{SECOND}\n")
    assert [b.kind for b in release.blocks] == ["paragraph", "paragraph"]


def test_a_title_of_two_sentences_is_one_title(tmp_path: Path) -> None:
    release = read(tmp_path, f"Встреча в Баку. Подписан меморандум\n\n{FIRST}\n")
    assert parts(release, "title") == ["Встреча в Баку. Подписан меморандум"]


def test_a_title_broken_in_two_lines_is_joined(tmp_path: Path) -> None:
    release = read(tmp_path, f"Посол Малайзии\nпринят в Службе\n\n{FIRST}\n")
    assert texts(release) == [TITLE, FIRST]
    assert [b.line for b in release.blocks] == [1, 4]


@pytest.mark.parametrize("width", [50, 64, 72, 80])
def test_paragraphs_wrapped_by_hand_are_joined(tmp_path: Path, width: int) -> None:
    paragraph = (
        "Начальник Государственной Миграционной Службы Азербайджанской Республики встретился с "
        "делегацией Международной организации по миграции. На встрече в г. Баку присутствовали "
        "В. Гусейнов и А. Виторино. Стороны обменялись мнениями о совместных проектах, отметили "
        "успехи Регионального учебного центра и подписали меморандум."
    )
    wrapped = textwrap.fill(paragraph, width)
    release = read(tmp_path, f"{TITLE}\n\n{wrapped}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, paragraph, SECOND]


def test_short_lines_of_a_list_are_not_joined(tmp_path: Path) -> None:
    items = ["регулирование миграции", "защита прав мигрантов", "реадмиссия"]
    release = read(tmp_path, f"{TITLE}\n\nОбсуждены:\n" + "\n".join(items) + f"\n\n{SECOND}\n")
    assert texts(release) == [TITLE, "Обсуждены:", *items, SECOND]


def test_one_paragraph_a_line_without_empty_lines(tmp_path: Path) -> None:
    release = read(tmp_path, f"{TITLE}\n{FIRST}\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]


# --- Encodings and lines


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1251",
        "koi8_r",
        "cp866",
    ],
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = RELEASE if encoding not in ("koi8_r", "cp866") else RELEASE.replace("©", "(c)")
    release = read(tmp_path, text.encode(encoding))
    assert texts(release) == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize("text", ["Встреча в Баку", "Посол принят в Службе. Ёлка установлена."])
def test_a_short_windows_1251_text(tmp_path: Path, text: str) -> None:
    assert texts(read(tmp_path, text.encode("cp1251"))) == [text]


def test_windows_1251_with_quotes_dashes_and_numero(tmp_path: Path) -> None:
    text = "Указ № 5 «О миграции» – это… §3 закона"
    assert texts(read(tmp_path, text.encode("cp1251"))) == [text]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_does(tmp_path: Path, newline: str) -> None:
    release = read(tmp_path, RELEASE.replace("\n", newline))
    assert [b.line for b in release.blocks] == [1, 2, 4, 6, 8, 11]
    assert release.text == RELEASE


@pytest.mark.parametrize("char", "\u2028\u0085\x0b\x1c\x1d\x1e\x1f\t\xa0\u202f\u2009\u3000")
def test_odd_spaces_become_one_space(tmp_path: Path, char: str) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST.replace(' ', char + ' ' + char)}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]
    assert [b.line for b in release.blocks] == [1, 3, 5]


@pytest.mark.parametrize("char", "\u200b\u00ad\ufeff\u2060\u200e\u202a\x07\x7f\u200d")
def test_invisible_characters_vanish(tmp_path: Path, char: str) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST.replace('т', char + 'т')}\n\n{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize("char", "\u2029\f")
def test_a_paragraph_separator_begins_a_paragraph(tmp_path: Path, char: str) -> None:
    release = read(tmp_path, f"{TITLE}\n\n{FIRST}{char}{SECOND}\n")
    assert texts(release) == [TITLE, FIRST, SECOND]
    assert [b.line for b in release.blocks] == [1, 3, 3]


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    release = read(tmp_path, unicodedata.normalize("NFD", "Юбилей и ёлка в Баку"))
    assert texts(release) == ["Юбилей и ёлка в Баку"]


@given(st.text(max_size=200))
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert len(cleaned.splitlines()) <= 1 and "  " not in cleaned
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in cleaned)
    assert all(c == " " for c in cleaned if c.isspace())


@given(st.lists(st.sampled_from(["слово", "Баку", "\r\n", "\n", "\r", " ", "\u2029"]), max_size=30))
def test_lines_lose_no_word(pieces: list[str]) -> None:
    raw = "".join(pieces)
    lines = [text for line in editor_lines(raw) for text in clean_lines(line)]
    assert "".join(lines).replace(" ", "") == "".join(raw.split())


@settings(max_examples=60)
@given(st.lists(st.sampled_from([FIRST, SECOND, "Az En", "", "© 2024 Служба", "12.10.2023"])))
def test_blocks_point_into_the_text(
    tmp_path_factory: pytest.TempPathFactory, body: list[str]
) -> None:
    path = tmp_path_factory.mktemp("r") / "r.txt"
    path.write_text("\n".join([TITLE, *body]), encoding="utf-8")
    release = read_release(path)
    position = 0
    for block in release.blocks:
        assert position <= block.start < block.stop
        assert release.text[position : block.start].strip() == ""
        position = block.stop
        assert release.text[block.start : block.stop] == [TITLE, *body][block.line - 1]
    assert release.text[position:].strip() == ""


# --- Names


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("000_baa.txt", "000_baa"),
        ("Встреча в Баку.txt", "Встреча_в_Баку"),
        ("a \t b.txt", "a_b"),
        ("12.10.2023.txt", "12.10.2023"),
        ("с\u200bкрытый.txt", "скрытый"),
        (".hidden.txt", "hidden"),
        ("--flag.txt", "flag"),
        ("a\nb.txt", "a_b"),
        ('a"b:c.txt', "a_b_c"),
        ("и\u0306.txt", "й"),
    ],
)
def test_names_are_safe(file: str, name: str) -> None:
    assert safe_name(Path(file)) == name


@pytest.mark.parametrize("file", ["...txt", "   .txt", "_.txt", "-.txt"])
def test_a_name_of_nothing_is_refused(file: str) -> None:
    with pytest.raises(ReleaseError, match="rename"):
        safe_name(Path(file))


def test_a_long_name_keeps_its_beginning_and_stays_distinct() -> None:
    one, two = safe_name(Path("Я" * 120 + "1.txt")), safe_name(Path("Я" * 120 + "2.txt"))
    assert one != two and one.startswith("Я" * 70)
    assert len(one.encode()) < 200


def test_a_source_has_no_spaces(tmp_path: Path) -> None:
    assert safe_source("seeds/Встреча в Баку.txt") == "seeds/Встреча_в_Баку.txt"
    folder = tmp_path / "two words"
    folder.mkdir()
    assert " " not in read(folder, RELEASE).source


# --- Refusals


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (" \n\u200b\n\t\n".encode(), "empty"),
        (b"Az En\nnewsPhoto\n\n", "only site chrome"),
        ("Az En\n© 2024 Служба".encode(), "only site chrome"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (zipped("word/document.xml"), "Word document"),
        (zipped("a.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Microsoft Office"),
        (b"{\\rtf1 text}", "RTF"),
        (bytes(range(256)) * 4, "binary"),
        (b"12345 --- 67", "no words"),
        (b"The Ambassador of Malaysia was received in the Service and thanked it.", "English"),
        ("Malayziyanın səfiri Dövlət Miqrasiya Xidmətində qəbul olunub.".encode(), "Azerbaijani"),
        ("Büyükelçi, Göç İdaresi Başkanlığı'nda kabul edildi ve görüş alışverişi yapıldı.".encode(),
         "Turkish"),
        ("Посол Малайзії прийнятий у Державній міграційній службі України.".encode(), "Ukrainian"),
        ("Малайзия елшісі Мемлекеттік көші-қон қызметінде қабылданды.".encode(), "Kazakh"),
        ("Малайзијанын сәфири Дөвләт Миграсија Хидмәтиндә гәбул олунуб.".encode(), "Azerbaijani"),
        (("Посланикът на Малайзия беше приет от началника на службата, който изтъкна, че "
          "сътрудничеството между двете държави се развива успешно. ") .encode() * 3, "Bulgarian"),
        ("Приём послов".encode().decode("cp1251").encode(), "garbled"),
        ("Посол принят в Служ".encode() + b"\xff\xfe" + "бе и доволен".encode(), "damaged UTF-8"),
        (b"\xff\xfe\x1f\x04\x00", "damaged"),
        (b"\x98\x98 \x81\x8d\x8f\x90 \x98\x98", "encoding"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in refusal(tmp_path, data)


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    text = "Посол принят\r\nв Служ".encode() + b"\xff" + "бе".encode()
    assert "release.txt:2:" in refusal(tmp_path, text)


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    with path.open("wb") as stream:
        stream.truncate(10 * SIZE_LIMIT)  # sparse: takes no room
    with pytest.raises(ReleaseError, match=r"release\.txt: 50 MB is too large"):
        read_release(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="this is a folder"):
        read_release(tmp_path)
    with pytest.raises(ReleaseError, match="no such file; check the name"):
        read_release(tmp_path / "gone.txt")
    with pytest.raises(ReleaseError, match="cannot be read"):
        read_release(tmp_path / "nul\0byte.txt")


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(ReleaseError, match="not a regular file"):
        read_release(path)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # the tests may run as root
    with pytest.raises(ReleaseError, match=r"release\.txt: .*permission denied; make it readable"):
        read_release(path)


def test_a_foreign_name_in_russian_text_is_no_reason(tmp_path: Path) -> None:
    body = f"{FIRST} {FIRST} Гости из города Өскемен посетили выставку Digital Baku Expo."
    assert len(texts(read(tmp_path, f"{TITLE}\n\n{body}\n"))) == 2


def test_text_in_utf8_needs_no_heavy_library() -> None:
    code = (
        "import sys; from pathlib import Path; from dragoman.releases import read_release;"
        f"read_release(Path({str(ROOT / 'seeds' / '000_baa23979a0928521.txt')!r}));"
        "heavy = {'lxml', 'trafilatura', 'charset_normalizer', 'pymorphy3', 'torch'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- HTML: pages/*.html with the article expected of each beside it


@pytest.mark.parametrize("page", sorted((CASES / "pages").glob("*.html")), ids=lambda p: p.stem)
def test_pages(page: Path) -> None:
    release = read_release(page)
    expected = page.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert texts(release) == expected
    assert release.format == "html"
    assert release.blocks[0].kind == "title"
    lines = page.read_text(encoding="utf-8").splitlines()
    for block in release.blocks:
        words = release.text[block.start : block.stop].split()
        here = " ".join(lines[block.line - 1 : block.line + 1])
        assert words[0].strip("«(") in here, f"line {block.line} of {page.name} holds {words[0]}"


PAGE = f"""<html><head><title>{TITLE} | Служба</title></head><body>
<div class="menu"><a href="/">Главная</a> <a href="/n">Новости</a></div>
<h1>{TITLE}</h1>
<p>{FIRST}</p>
<p>{SECOND}</p>
<div class="footer">© 2024 Служба</div></body></html>"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_of_a_page(tmp_path: Path, newline: str) -> None:
    release = read(tmp_path, PAGE.replace("\n", newline), "page.html")
    assert [(b.kind, b.line) for b in release.blocks] == [
        ("title", 3),
        ("paragraph", 4),
        ("paragraph", 5),
    ]
    assert release.text == f"{TITLE}\n\n{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("cp1251", '<meta charset="windows-1251">'),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("cp1251", ""),
        ("koi8_r", '<meta charset="koi8-r">'),
        ("utf-8", '<meta charset="windows-1251">'),  # saved by a browser: the bytes are right
        ("utf-8", '<meta charset="no-such-thing">'),
        ("cp1251", '<meta charset="utf-8">'),
        ("utf-16", '<meta charset="utf-8">'),
    ],
)
def test_encodings_of_pages(tmp_path: Path, encoding: str, meta: str) -> None:
    page = PAGE.replace("<head>", f"<head>{meta}").replace("©", "&copy;")
    release = read(tmp_path, page.encode(encoding), "page.html")
    assert texts(release) == [TITLE, FIRST, SECOND]


def test_a_page_is_known_without_its_suffix(tmp_path: Path) -> None:
    prolog = '<?xml version="1.0" encoding="utf-8"?>\n<!-- saved -->\n<!DOCTYPE html>\n'
    release = read(tmp_path, prolog + PAGE, "page.txt")
    assert release.format == "html"
    assert [b.line for b in release.blocks] == [6, 7, 8]


def test_text_that_speaks_of_tags_is_text(tmp_path: Path) -> None:
    text = "Тег <html> открывает страницу, а знак < означает «меньше»."
    assert texts(read(tmp_path, text)) == [text]


def test_entities_and_breaks(tmp_path: Path) -> None:
    body = "5&nbsp;июня&#8239;2024&thinsp;г. в&shy; Баку<br>состоялась встреча.<br><br>Она удалась."
    page = PAGE.replace(f"<p>{SECOND}</p>", f"<p>{body}</p>")
    assert texts(read(tmp_path, page, "page.html")) == [
        TITLE,
        FIRST,
        "5 июня 2024 г. в Баку состоялась встреча.",
        "Она удалась.",
    ]


def test_scripts_and_hidden_text_are_left_out(tmp_path: Path) -> None:
    junk = '<script>var a = "Скрипт";</script><p style="display: none">Скрыто от глаз.</p>'
    page = PAGE.replace("<h1>", junk + "<h1>")
    assert texts(read(tmp_path, page, "page.html")) == [TITLE, FIRST, SECOND]


def test_a_sentence_with_a_copyright_sign_stays(tmp_path: Path) -> None:
    page = PAGE.replace(SECOND, "Знак © ставится на всех изданиях Az и En.")
    assert (
        texts(read(tmp_path, page, "page.html"))[2] == "Знак © ставится на всех изданиях Az и En."
    )


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("", "empty"),
        ("<html></html>", "no article"),
        ("<html><body><script>a()</script></body></html>", "no article"),
        ("<html><body><nav><a>Главная</a></nav><p>© 2024 ГМС</p>", "only site chrome"),
        ("<html><body><h1>News</h1><p>The Ambassador was received.</p>", "not Russian"),
    ],
)
def test_pages_refused(tmp_path: Path, page: str, message: str) -> None:
    assert message in refusal(tmp_path, page, "page.html")
