"""Publishing: what is spliced, how it is set, and what is refused."""

from __future__ import annotations

import errno
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dragoman import files
from dragoman.cli import main
from dragoman.publish import splice, typeset
from dragoman.publish.formats import markdown_escape
from dragoman.records import Block, Document, Release, Segment
from dragoman.releases import read_release
from dragoman.segment import segment_release
from reviewing import MEETING_EN, review, translated

CASES = [
    line.replace("␣", "\u00a0").split("\t")[:3]
    for line in (Path(__file__).parent / "cases/publish/typography.tsv").read_text().splitlines()
    if line and not line.startswith("#")
]
ROOT = Path(__file__).parents[1]


# -- quotes and dashes --------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "given", "wanted"), CASES, ids=[case[1] for case in CASES])
def test_typography(lang: str, given: str, wanted: str) -> None:
    assert typeset(given, lang) == wanted


marked = st.text(alphabet='aБ7 \u00a0«»„“”‘’"-—–.,(', max_size=30)


@example('"„“””', "en")
@given(marked, st.sampled_from(("en", "az")))
def test_typesetting_changes_only_marks_and_settles(text: str, lang: str) -> None:
    made = typeset(text, lang)
    assert len(made) == len(text)
    assert re.findall(r"\w|\s", made) == re.findall(r"\w|\s", text)
    assert typeset(made, lang) == made
    assert not set("«»„") & set(made)


# -- splicing -------------------------------------------------------------------------------------


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A release of random paragraphs and chrome; sentences lie between odd gaps."""
    kinds = draw(st.lists(st.sampled_from(("title", "paragraph", "chrome")), min_size=1))
    text, blocks, segments, paragraph = "", [], [], 0
    for line, kind in enumerate(kinds, start=1):
        text += "\n" * draw(st.integers(1, 3)) if blocks else ""
        start = len(text)
        for number in range(draw(st.integers(1, 3))):
            text += draw(st.sampled_from((" ", "  ", " • "))) if number else ""
            sentence = draw(st.sampled_from(("Раз.", "Два, три.", "А")))
            if kind != "chrome":
                where = (len(text), len(text) + len(sentence))
                segments.append(Segment(sentence, *where, paragraph, "sentence", line))
            text += sentence
        blocks.append(Block(start, len(text), kind, line))
        paragraph += kind != "chrome"
    release = Release("r", "seeds/r.txt", text, tuple(blocks))
    return Document(release, tuple(segments))


@given(documents())
def test_a_release_spliced_with_itself_is_the_release_without_chrome(document: Document) -> None:
    text = document.release.text
    made = splice(document, lambda segment: segment.text)
    kept = [text[b.start : b.stop] for b in document.release.blocks if b.kind != "chrome"]
    assert [line for line in made.split("\n") if line] == kept
    if all(block.kind != "chrome" for block in document.release.blocks):
        assert made == text + "\n"


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda p: p.stem)
def test_seeds_keep_their_layout(path: Path) -> None:
    document = segment_release(read_release(path))
    blocks = [block for block in document.release.blocks if block.kind != "chrome"]
    wanted = document.release.text[blocks[0].start : blocks[-1].stop] + "\n"
    assert splice(document, lambda segment: segment.text) == wanted


def test_sentences_without_a_space_between_them_get_one() -> None:
    release = Release("r", "seeds/r.txt", "Раз.Два.", (Block(0, 8, "paragraph", 1),))
    segments = (Segment("Раз.", 0, 4, 0, "sentence", 1), Segment("Два.", 4, 8, 0, "sentence", 1))
    assert splice(Document(release, segments), lambda s: s.text) == "Раз. Два.\n"


# -- formats --------------------------------------------------------------------------------------


@given(st.text(alphabet="ab1 *_`#-+=.)(!<>&;[]|~\\\"'№«", min_size=1, max_size=25))
def test_markdown_renders_to_the_text_itself(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown = re.sub(r"<[^>]+>", "", reader.render(markdown_escape(text)))
    heading = re.sub(r"<[^>]+>", "", reader.render("# " + markdown_escape(text)))
    plain = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown.strip() == heading.strip() == plain.replace('"', "&quot;")


class Strict(HTMLParser):
    """Fails on tags that do not nest; gathers the text of each element."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((self.open[-1], data))


def published(root: Path, name: str, lang: str = "en") -> str:
    return (root / "locales" / lang / "published" / name).read_text("utf-8")


def test_published_text(workspace: Path) -> None:
    review(translated(workspace), MEETING_EN)
    assert main(["publish", "meeting", "--to", "en", "-w", str(workspace)]) == 0
    assert published(workspace, "meeting.txt") == (
        "Chief of the Service met with the ambassador\n"
        "\n"
        "On 14 March 2024, Chief of the State Migration Service Vusal Huseynov met with the "
        "Ambassador of the Republic of Bulgaria in Baku. 3 projects & 120 applications submitted "
        "to the State Migration Service were discussed at the meeting.\n"
        "\n"
        "“We are glad to see our guests”, – said V. Huseynov. The parties exchanged views.\n"
        "\n"
        "The parties exchanged views.\n"
    )


def test_published_html(workspace: Path) -> None:
    review(translated(workspace), MEETING_EN)
    assert main(["publish", "meeting", "--to=en", "--format=html", "-w", str(workspace)]) == 0
    page = published(workspace, "meeting.html")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "3 projects &amp; 120 applications" in page
    found = Strict(page).found
    title = "Chief of the Service met with the ambassador"
    assert found[:2] == [("title", title), ("h1", title)]
    assert [tag for tag, _ in found[2:]] == ["p", "p", "p"]
    assert not re.search("[а-яё]", page), "chrome or Russian is left"


def test_published_markdown(workspace: Path) -> None:
    review(translated(workspace), MEETING_EN | {"Стороны": "*The* parties exchanged views."})
    assert main(["publish", "meeting", "--to=en", "--format=md", "-w", str(workspace)]) == 0
    text = published(workspace, "meeting.md")
    assert text.startswith("# Chief of the Service met with the ambassador\n\nOn 14 March")
    assert text.endswith("\n\n\\*The\\* parties exchanged views.\n")


def test_out_takes_a_folder_for_each_language(workspace: Path, tmp_path: Path) -> None:
    review(translated(workspace), MEETING_EN)
    where = tmp_path / "site"
    assert main(["publish", "meeting", "--to=en", f"--out={where}", "-w", str(workspace)]) == 0
    assert [p.name for p in where.iterdir()] == ["meeting.txt"]
    translated(workspace, lang="az")
    arguments = ["publish", f"--out={where}/all", "--allow-drafts", "-w", str(workspace)]
    main([*arguments, "page"])
    assert sorted(p.relative_to(where).as_posix() for p in where.rglob("page.txt")) == [
        "all/az/page.txt",
        "all/en/page.txt",
    ]


def test_bilingual_shows_every_sentence_whatever_its_state(workspace: Path) -> None:
    path = review(translated(workspace), {**MEETING_EN, "На встрече": "", "Стороны": None})
    path.write_text(path.read_text().replace("Мы рады", "Мы были рады"))
    assert main(["publish", "meeting", "--to=en", "--bilingual", "-w", str(workspace)]) == 0
    page = published(workspace, "meeting.bilingual.html")
    text = " ".join(words for _, words in Strict(page).found)
    for said in ("machine draft", "not translated", "not in the catalog", "Мы рады гостям"):
        assert said in text, said
    assert text.count("Стороны обменялись мнениями.") == 2, "a repeated sentence has two places"
    assert not re.search(r"(?:src|href)=|url\(|@import|<script", page), "nothing from outside"


# -- what is refused ------------------------------------------------------------------------------


def refused(
    workspace: Path, capsys: pytest.CaptureFixture[str], *options: str, lang: str = "en"
) -> str:
    """What `publish` says when it refuses; it must have left no file behind."""
    capsys.readouterr()
    assert main(["publish", "meeting", f"--to={lang}", *options, "-w", str(workspace)]) == 1
    assert not list(workspace.rglob("published/*"))
    return capsys.readouterr().err


def line_of(path: Path, text: str) -> int:
    lines = path.read_text("utf-8").split("\n")
    return next(n for n, line in enumerate(lines, 1) if line.startswith(f'msgid "{text}'))


def test_drafts_are_refused_and_listed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = review(translated(workspace), {**MEETING_EN, "Стороны": None})
    said = refused(workspace, capsys)
    assert "1 not approved" in said
    assert f"{path}:{line_of(path, 'Стороны')}: a draft: Стороны обменялись мнениями." in said
    assert main(["publish", "meeting", "--to=en", "--allow-drafts", "-w", str(workspace)]) == 0
    assert "Storony obmenyalis mneniyami." in published(workspace, "meeting.txt")


def test_an_untranslated_sentence_is_refused_even_among_drafts(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(translated(workspace), {**MEETING_EN, "Стороны": ""})
    assert "1 not translated" in refused(workspace, capsys, "--allow-drafts")


@pytest.mark.parametrize(
    ("russian", "said"),
    [
        ("120 заявлений|121 заявление", ("not in the catalog: На", "not in the release: На")),
        ("– Мы рады|Гость уехал. – Мы рады", ("meeting.txt:8: not in the catalog: Гость уехал.",)),
    ],
)
def test_a_changed_release_is_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str], russian: str, said: tuple[str, ...]
) -> None:
    review(translated(workspace), MEETING_EN)
    seed = workspace / "seeds" / "meeting.txt"
    old, new = russian.split("|")
    assert old in seed.read_text("utf-8")
    seed.write_text(seed.read_text("utf-8").replace(old, new), "utf-8")
    told = refused(workspace, capsys, "--allow-drafts")
    assert "run `dragoman translate`" in told
    for words in said:
        assert words in told


def test_a_release_of_the_same_sentences_is_not_changed(workspace: Path) -> None:
    review(translated(workspace), MEETING_EN)
    seed = workspace / "seeds" / "meeting.txt"
    first, rest = seed.read_text("utf-8").split("\n\nСтороны обменялись мнениями.\n")
    seed.write_text(first + rest, "utf-8")
    assert main(["publish", "meeting", "--to=en", "-w", str(workspace)]) == 0
    assert published(workspace, "meeting.txt").count("The parties") == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [("12 applications", "number"), ("120 applications on 5 May", "number")],
)
def test_a_wrong_number_is_refused_until_a_reviewer_dismisses_it(
    workspace: Path, capsys: pytest.CaptureFixture[str], wrong: str, code: str
) -> None:
    text = MEETING_EN["На встрече"].replace("120 applications", wrong)  # type: ignore[union-attr]
    path = review(translated(workspace), {**MEETING_EN, "На встрече": text})
    assert f"error {code}" in refused(workspace, capsys)
    review(path, {**MEETING_EN, "На встрече": text}, comment=f"agreed. dragoman: ignore {code}")
    assert main(["publish", "meeting", "--to=en", "-w", str(workspace)]) == 0


def test_a_forbidden_term_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terms = workspace / "glossary" / "terms.csv"
    head, *rows = terms.read_text("utf-8").splitlines()
    changed = [f"{row},Migration Office" if "ГМС" in row else f"{row}," for row in rows]
    terms.write_text("\n".join([f"{head},en_forbidden", *changed]) + "\n", "utf-8")
    text = MEETING_EN["На встрече"].replace(  # type: ignore[union-attr]
        "State Migration Service", "Migration Office"
    )
    review(translated(workspace), {**MEETING_EN, "На встрече": text})
    told = refused(workspace, capsys)
    assert "error forbidden: " in told and "must be “State Migration Service”" in told


def test_other_releases_are_published_all_the_same(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(translated(workspace), MEETING_EN)
    assert main(["publish", "--to=en", "-w", str(workspace)]) == 1
    assert [p.name for p in workspace.rglob("published/*")] == ["meeting.txt"]
    assert "page.po: not ready to be published" in capsys.readouterr().err


BROKEN = {
    "conflict": (lambda po: po.replace("msgstr", "<<<<<<< mine\nmsgstr", 3), "in conflict"),
    "half a file": (lambda po: po[: po.rindex('"')], "not closed"),
    "twice": (lambda po: po + "\n" + po[po.rindex("msgid") :], "stands here and in line"),
    "another release": (lambda po: po.replace("seeds/meeting", "seeds/x"), "another release"),
    "another language": (lambda po: po.replace("Language: en", "Language: az"), "Language: az"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_catalog_is_refused_and_left_as_it_is(
    workspace: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    path = review(translated(workspace), MEETING_EN)
    change, said = BROKEN[fault]
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    before = path.read_bytes()
    told = refused(workspace, capsys)
    assert re.search(rf"^dragoman: {re.escape(str(path))}:\d+: .*{re.escape(said)}", told), told
    assert len(told.strip().split("\n")) == 1
    assert path.read_bytes() == before


def test_a_catalog_in_another_encoding(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = review(translated(workspace), MEETING_EN)
    path.write_bytes(path.read_text("utf-8").replace("–", "-").encode("cp1251", "replace"))
    assert re.search(rf"{re.escape(str(path))}:\d+: not UTF-8", refused(workspace, capsys))


def test_no_catalog(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "run `dragoman translate` first" in refused(workspace, capsys)


def test_a_full_disk_keeps_the_old_text(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    review(translated(workspace), MEETING_EN)
    arguments = ["publish", "meeting", "--to=en", "-w", str(workspace)]
    assert main(arguments) == 0
    target = workspace / "locales/en/published/meeting.txt"
    target.write_text("older", "utf-8")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    assert main(arguments) == 1
    assert "No space left on device; free some disk space" in capsys.readouterr().err
    assert [p.name for p in target.parent.iterdir()] == ["meeting.txt"]
    assert target.read_text("utf-8") == "older"


def test_a_folder_that_cannot_be_made(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(translated(workspace), MEETING_EN)
    (workspace / "file").write_text("")
    assert "file/meeting.txt: cannot write" in refused(
        workspace, capsys, f"--out={workspace / 'file'}"
    )
