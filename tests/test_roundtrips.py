"""Catalogs come back from other people's tools, and a re-run loses nothing.

Each case reviews a catalog, lets a tool rewrite the file as that tool does (the tool itself where
it is installed, its documented habits where it is a desktop program), and runs again with an
engine that now says something else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import polib
import pytest

from dragoman.catalog import new_template, read_catalog, write_catalog
from dragoman.engines.base import OnAnswer
from dragoman.engines.fake import render
from dragoman.glossary import Glossary, load_glossary
from dragoman.ledger import Ledger, Row
from dragoman.pipeline import Job, run
from dragoman.records import Answer, Draft, Entry, Hypothesis, Request
from dragoman.workspace import Workspace
from po_tools import assert_valid, needs_gettext, run_tool

GOLDEN = Path(__file__).parent / "golden"

APPROVED = "Вчера в Баку состоялась встреча, в которой участвовали представители десяти государств."
EDITED = "Начальник службы Вюсал Гусейнов выступил с речью."
EDITED_FUZZY = "Стороны подписали «итоговый протокол»."
COMMENTED = "Заседание продолжалось два дня, и в нём выступили все приглашённые эксперты региона."
UNTOUCHED = "В работе конференции приняли участие министры и послы, аккредитованные в стране."
EMPTIED = "Состоялся обмен мнениями."
OLD, CHANGED = (
    "Было принято 10 решений по вопросам миграции.",
    "Было принято 12 решений по вопросам миграции.",
)
GONE = "Затем гости посетили музей ковра."
SENTENCES = (APPROVED, EDITED, EDITED_FUZZY, COMMENTED, UNTOUCHED, EMPTIED)


@cache
def glossary() -> Glossary:
    return load_glossary(GOLDEN / "workspace" / "glossary")


@dataclass(frozen=True)
class Voice:
    """An engine that says the same in other words in each version."""

    version: int
    name = "voice"
    takes_terms = True

    @property
    def revision(self) -> str:
        return f"v{self.version}"

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        answers = []
        for index, request in enumerate(requests):
            text = f"{'Yenə ' * self.version}{render(request, to)}"
            answers.append(Answer((Hypothesis(text, -0.2),)))
            if on_answer:
                on_answer(index, answers[-1])
        return answers


class Desk:
    """A workspace with one release; `run` is what `dragoman translate` does."""

    def __init__(self, root: Path) -> None:
        for name in ("seeds", "locales"):
            (root / name).mkdir(parents=True, exist_ok=True)
        self.workspace = Workspace.at(root)
        self.po, self.pot = self.workspace.catalog("a", "az"), self.workspace.template("a")
        self.ledger = self.workspace.state / "ledger.sqlite"

    def run(self, version: int, sentences: Sequence[str], *, trust_flags: bool = True) -> bool:
        """Run with that version of the engine; return whether the catalog changed."""
        before = self.po.read_bytes() if self.po.exists() else b""
        seed = self.workspace.seeds / "a.txt"
        seed.write_text("Az En\nnewsPhoto\n\n" + "\n\n".join(sentences) + "\n", "utf-8")
        with Ledger(self.ledger) as ledger:
            job = Job(
                workspace=self.workspace,
                engine=Voice(version),
                ledger=ledger,
                glossary=glossary,
                glossary_state="",
                languages=("az",),
                trust_flags=trust_flags,
            )
            report = run(job, [seed])
        assert not report.failures, report.failures
        assert_valid(self.po)
        assert_valid(self.pot)
        return before != self.po.read_bytes()

    def said(self, source: str, version: int) -> bool:
        """Whether the catalog holds what that version of the engine says for `source`."""
        with Ledger(self.ledger) as ledger:
            texts = {
                d.text for d in ledger.drafts(source, "az") if d.engine.endswith(f"v{version}")
            }
        return self.entry(source).msgstr in texts

    def entry(self, source: str) -> Entry:
        return next(e for e in read_catalog(self.po).entries if e.msgid == source)

    def edit(self, source: str, **fields: object) -> None:
        catalog = read_catalog(self.po)
        entries = tuple(
            replace(e, **fields) if e.msgid == source else e  # type: ignore[arg-type]
            for e in catalog.entries
        )
        write_catalog(self.po, replace(catalog, entries=entries))


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose catalog was drafted by the first engine and reviewed halfway."""
    desk = Desk(tmp_path_factory.mktemp("reviewed"))
    desk.run(1, (*SENTENCES[:3], OLD, GONE, *SENTENCES[3:]))
    desk.edit(OLD, msgstr="Miqrasiya üzrə 10 qərar qəbul edildi.", fuzzy=False, comment="yoxla")
    desk.edit(GONE, msgstr="Sonra qonaqlar muzeyə getdilər.", fuzzy=False, comment="gözəl")
    desk.run(1, (*SENTENCES, CHANGED))
    desk.edit(APPROVED, fuzzy=False)
    desk.edit(EDITED, msgstr="Rəis çıxış etdi.", fuzzy=False)
    desk.edit(EDITED_FUZZY, msgstr='Tərəflər "protokol" imzaladılar.\tSon')
    desk.edit(COMMENTED, comment="Спросить у Лейлы.\n\nСрочно: #1")
    desk.edit(EMPTIED, msgstr="", fuzzy=False)
    return desk.workspace.root


@pytest.fixture
def desk(reviewed: Path, tmp_path: Path) -> Desk:
    shutil.copytree(reviewed, tmp_path / "ws")
    return Desk(tmp_path / "ws")


# -- the tools: each rewrites the file as it does -----------------------------------------------

Tool = Callable[[Path, Path], None]


def gettext_tool(*command: str) -> Tool:
    def rewrite(po: Path, pot: Path) -> None:
        names = {"PO": str(po), "POT": str(pot)}
        run_tool(*(names.get(word, word) for word in command), "-o", str(po))

    return rewrite


def toolkit(*commands: str) -> Tool:
    """Translate Toolkit's programs, by the file names IN.po, IN.pot and OUT.po."""

    def rewrite(po: Path, pot: Path) -> None:
        folder = po.parent / "toolkit"
        folder.mkdir()
        shutil.copy(po, folder / "IN.po")
        shutil.copy(pot, folder / "IN.pot")
        for command in commands:
            program, *words = command.split()
            if shutil.which(program) is None:
                pytest.skip(f"Translate Toolkit's {program} is not installed")
            files = [str(folder / word) if "." in word else word for word in words]
            run_tool(program, "--progress=none", *files)
        shutil.copy(folder / "OUT.po", po)

    return rewrite


def header(parsed: polib.POFile, **fields: str) -> None:
    parsed.metadata.update({name.replace("_", "-"): value for name, value in fields.items()})


def poedit(po: Path, _: Path) -> None:
    """Wraps at 79, signs the header, writes its own fields."""
    parsed = polib.pofile(str(po), wrapwidth=79)
    header(
        parsed,
        Last_Translator="Leyla <leyla@example.org>",
        PO_Revision_Date="2024-06-05 09:30+0400",
        X_Generator="Poedit 3.4.4",
        X_Poedit_Basepath=".",
    )
    parsed.save()


def lokalize(po: Path, _: Path) -> None:
    """Wraps at 80, signs the header and the comment above it."""
    parsed = polib.pofile(str(po), wrapwidth=80)
    parsed.header += "\nLeyla <leyla@example.org>, 2024."
    header(parsed, Last_Translator="Leyla <leyla@example.org>", X_Generator="Lokalize 23.08.5")
    parsed.save()


def weblate(po: Path, _: Path) -> None:
    """Weblate writes through Translate Toolkit's own storage class."""
    pypo = pytest.importorskip("translate.storage.pypo", reason="Translate Toolkit is missing")
    store = pypo.pofile.parsefile(str(po))
    store.updateheader(
        add=True,
        Last_Translator="Leyla <leyla@example.org>",
        Language_Team="Azerbaijani <https://hosted.weblate.org/projects/x/az/>",
        Plural_Forms="nplurals=2; plural=n != 1;",
        X_Generator="Weblate 5.5",
    )
    store.save()


def flag_dropper(po: Path, _: Path) -> None:
    """Drops every fuzzy flag and every previous text; CRLF. (OmegaT itself: test_omegat.py)"""
    lines = po.read_text().split("\n")
    kept = [line for line in lines if not re.match(r"#, fuzzy$|#~?\| ", line)]
    po.write_bytes("\r\n".join(kept).encode())


def gettext_1(po: Path, _: Path) -> None:
    """Flags on lines of the new kind."""
    po.write_text(po.read_text().replace("#, fuzzy\n", "#= fuzzy\n#= no-wrap\n"))


def hand(po: Path, _: Path) -> None:
    """An editor on Windows: byte-order mark, CRLF, blank lines lost and added, no last newline."""
    text = po.read_text().replace("\n\n", "\n\n\n").rstrip("\n")
    po.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


KEEPS_ALL = {
    "msgcat": gettext_tool("msgcat", "PO"),
    "msgcat at 79": gettext_tool("msgcat", "--width=79", "PO"),
    "msgcat --escape": gettext_tool("msgcat", "--escape", "PO"),
    "msgcat sorted": gettext_tool("msgcat", "--sort-output", "PO"),
    "msgmerge": gettext_tool("msgmerge", "--quiet", "PO", "POT"),
    "msgmerge --previous": gettext_tool("msgmerge", "--quiet", "--previous", "PO", "POT"),
    "msgattrib": gettext_tool("msgattrib", "PO"),
    "msgattrib --clear-previous": gettext_tool("msgattrib", "--clear-previous", "PO"),
    "msguniq": gettext_tool("msguniq", "PO"),
    "msgconv": gettext_tool("msgconv", "--to-code=UTF-8", "PO"),
    "pot2po": toolkit("pot2po -t IN.po IN.pot OUT.po"),
    "xliff": toolkit("po2xliff IN.po IN.xlf", "xliff2po IN.xlf OUT.po"),
    "pofilter and pomerge": toolkit("pofilter IN.po F.po", "pomerge -t IN.po F.po OUT.po"),
    "poedit": poedit,
    "lokalize": lokalize,
    "weblate": weblate,
    "gettext 1.0": gettext_1,
    "by hand": hand,
}
GETTEXT = [name for name, tool in KEEPS_ALL.items() if name.startswith("msg")]


def assert_people_kept(desk: Desk) -> None:
    """What the reviewer wrote and decided in `desk` stands as it did."""
    approved, edited = desk.entry(APPROVED), desk.entry(EDITED)
    assert (desk.said(APPROVED, 1), approved.fuzzy) == (True, False)
    assert (edited.msgstr, edited.fuzzy) == ("Rəis çıxış etdi.", False)
    assert desk.entry(EDITED_FUZZY).msgstr == 'Tərəflər "protokol" imzaladılar.\tSon'
    assert "Спросить у Лейлы.\n\nСрочно: #1" in desk.entry(COMMENTED).comment
    carried, gone = desk.entry(CHANGED), desk.entry(GONE)
    assert carried.msgstr == "Miqrasiya üzrə 10 qərar qəbul edildi."
    assert "yoxla" in carried.comment
    assert (gone.msgstr, gone.obsolete) == ("Sonra qonaqlar muzeyə getdilər.", True)
    assert "gözəl" in gone.comment


def assert_refreshed(desk: Desk, *sources: str) -> None:
    for source in sources:
        entry = desk.entry(source)
        assert (desk.said(source, 2), entry.fuzzy) == (True, True), entry


@pytest.mark.parametrize("name", KEEPS_ALL)
def test_a_catalog_comes_back(desk: Desk, name: str) -> None:
    if name in GETTEXT and shutil.which("msgcat") is None:
        pytest.skip("GNU gettext is not installed (apt-get install gettext)")
    KEEPS_ALL[name](desk.po, desk.pot)
    came = read_catalog(desk.po)
    desk.run(2, (*SENTENCES, CHANGED))
    assert_people_kept(desk)
    assert_refreshed(desk, COMMENTED, UNTOUCHED, EMPTIED)
    assert desk.entry(CHANGED).fuzzy
    now = read_catalog(desk.po)
    assert [e.msgid for e in now.active] == [*SENTENCES, CHANGED]
    for field in ("Last-Translator", "Language-Team", "X-Generator", "X-Poedit-Basepath"):
        assert now.field(field) == came.field(field)
    assert now.field("Language") == "az"
    assert now.comment == came.comment
    assert not desk.run(2, (*SENTENCES, CHANGED)), "a second run must change nothing"


def test_a_tool_drops_every_flag_and_nothing_is_lost(desk: Desk) -> None:
    flag_dropper(desk.po, desk.pot)
    desk.run(2, (*SENTENCES, CHANGED))
    assert_people_kept(desk)
    for source in (COMMENTED, UNTOUCHED):  # may have been approved: kept
        entry = desk.entry(source)
        assert (desk.said(source, 1), entry.fuzzy) == (True, False)
    assert_refreshed(desk, EMPTIED)
    assert not desk.run(2, (*SENTENCES, CHANGED))


def test_with_flags_not_trusted_a_run_refreshes_untouched_drafts(desk: Desk) -> None:
    flag_dropper(desk.po, desk.pot)
    desk.edit(APPROVED, msgstr="İnsan yazdı.")
    desk.run(2, (*SENTENCES, CHANGED), trust_flags=False)
    assert_refreshed(desk, COMMENTED, UNTOUCHED, EMPTIED)
    assert desk.entry(APPROVED).msgstr == "İnsan yazdı."
    assert desk.entry(EDITED).msgstr == "Rəis çıxış etdi."
    assert desk.entry(EDITED_FUZZY).msgstr == 'Tərəflər "protokol" imzaladılar.\tSon'
    assert desk.entry(CHANGED).msgstr == "Miqrasiya üzrə 10 qərar qəbul edildi."
    assert desk.entry(COMMENTED).comment == "Спросить у Лейлы.\n\nСрочно: #1"


@needs_gettext
def test_msgattrib_clears_and_sets_flags_as_decisions(desk: Desk) -> None:
    run_tool("msgattrib", "--clear-fuzzy", "-o", desk.po, desk.po)
    desk.run(2, (*SENTENCES, CHANGED))
    assert_people_kept(desk)
    assert desk.said(UNTOUCHED, 1)
    run_tool("msgattrib", "--set-fuzzy", "-o", desk.po, desk.po)
    desk.run(3, (*SENTENCES, CHANGED))
    assert desk.said(UNTOUCHED, 3)
    assert desk.entry(EDITED).msgstr == "Rəis çıxış etdi."
    assert desk.entry(EDITED).fuzzy


@needs_gettext
def test_msgmerge_with_a_changed_template_guesses_and_people_stay(desk: Desk) -> None:
    """msgmerge fills a new sentence with the draft of a similar one: nobody's text is lost."""
    similar = UNTOUCHED.replace("министры", "депутаты")
    other = EDITED.replace("речью", "докладом")
    entries = tuple(Entry(s) for s in (*SENTENCES[:1], other, *SENTENCES[2:4], similar, EMPTIED))
    write_catalog(desk.pot, new_template("a", entries))
    run_tool("msgmerge", "--quiet", "--previous", "-o", desk.po, desk.po, desk.pot)
    assert desk.entry(other).previous_msgid == EDITED, "msgmerge guesses here"
    desk.run(2, tuple(entry.msgid for entry in entries))
    assert desk.entry(other).msgstr == "Rəis çıxış etdi."
    assert "changed: words речью -> докладом" in desk.entry(other).extracted
    assert desk.entry(GONE).msgstr == "Sonra qonaqlar muzeyə getdilər."
    assert desk.said(APPROVED, 1)


def test_without_its_ledger_everything_counts_as_written_by_people(desk: Desk) -> None:
    before = read_catalog(desk.po)
    for file in desk.ledger.parent.glob("ledger.sqlite*"):
        file.unlink()
    desk.run(2, (*SENTENCES, CHANGED))
    after = read_catalog(desk.po)
    for old, new in zip(before.entries, after.entries, strict=True):
        if old.msgstr:
            assert (new.msgstr, new.fuzzy, new.comment) == (old.msgstr, old.fuzzy, old.comment)


def test_a_persons_text_stays_theirs_when_the_machine_learns_it(desk: Desk) -> None:
    """Edited, mark left; then an engine proposes the very words; then another engine does not."""
    text = "Bu, insanın sözüdür."
    desk.edit(UNTOUCHED, msgstr=text)
    desk.run(1, (*SENTENCES, CHANGED))
    with Ledger(desk.ledger) as ledger:
        ledger.record("az", "v2", [Row(UNTOUCHED, "", Draft(text, "engine"))])
    desk.run(3, (*SENTENCES, CHANGED))
    assert desk.entry(UNTOUCHED).msgstr == text


def test_other_readers_accept_the_catalog(desk: Desk) -> None:
    from babel.messages.pofile import read_po

    entries = [e for e in read_catalog(desk.po).entries if not e.obsolete]
    assert [e.msgid for e in polib.pofile(str(desk.po)) if not e.obsolete] == [
        e.msgid for e in entries
    ]
    with desk.po.open("rb") as file:
        babel = read_po(file, abort_invalid=False)
    assert str(babel.locale) == "az"
    assert not babel.fuzzy
    assert [(m.id, m.string, m.fuzzy) for m in babel if m.id] == [
        (e.msgid, e.msgstr, e.fuzzy) for e in entries
    ]
    pypo = pytest.importorskip("translate.storage.pypo", reason="Translate Toolkit is missing")
    units = [
        u for u in pypo.pofile.parsefile(str(desk.po)).units if u.source and not u.isobsolete()
    ]
    assert [(u.source, str(u.target)) for u in units] == [(e.msgid, e.msgstr) for e in entries]
