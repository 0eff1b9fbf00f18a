"""OmegaT itself, where it is installed: what it makes of a catalog, and what a re-run makes of it.

OmegaT takes an unmarked text for its translation and a fuzzy one for a mere suggestion: of what was
marked it writes only what somebody confirmed in it, without the mark.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from dragoman.catalog import read_catalog
from po_tools import run_tool
from test_roundtrips import (
    APPROVED,
    CHANGED,
    COMMENTED,
    EDITED,
    EDITED_FUZZY,
    EMPTIED,
    GONE,
    OLD,
    SENTENCES,
    UNTOUCHED,
    Desk,
    assert_refreshed,
    desk,
    reviewed,
)

__all__ = ["desk", "reviewed"]  # fixtures

needs_omegat = pytest.mark.skipif(
    shutil.which("omegat") is None, reason="OmegaT is not installed (apt-get install omegat)"
)
CONFIRMED = "Ölkədə akkreditə olunmuş nazirlər və səfirlər iştirak etdilər."
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>RU</source_lang><target_lang>AZ</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
SAVED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
 creationtoolversion="3.6.0" segtype="paragraph" srclang="RU"/>
<body><tu><tuv lang="RU"><seg>{source}</seg></tuv><tuv lang="AZ"><seg>{target}</seg></tuv></tu>
</body></tmx>
"""


def omegat(po: Path, folder: Path, source: str, target: str) -> None:
    """Translate one sentence of `po` in an OmegaT project, and put what it writes in its place."""
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary", "config"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT, "utf-8")
    saved = SAVED.format(source=escape(source), target=escape(target))
    (folder / "omegat" / "project_save.tmx").write_text(saved, "utf-8")
    shutil.copy(po, folder / "source" / po.name)
    config = f"--config-dir={folder / 'config'}"
    run_tool("omegat", folder, "--mode=console-translate", config)
    shutil.copy(folder / "target" / po.name, po)


@needs_omegat
def test_a_catalog_comes_back_from_omegat(desk: Desk, tmp_path: Path) -> None:
    omegat(desk.po, tmp_path / "project", UNTOUCHED, CONFIRMED)
    assert not any(entry.fuzzy for entry in read_catalog(desk.po).active)
    assert desk.entry(EDITED_FUZZY).msgstr == "", "OmegaT takes no marked text for a translation"
    desk.run(2, (*SENTENCES, CHANGED))
    assert desk.said(APPROVED, 1) and not desk.entry(APPROVED).fuzzy
    for source, text in ((EDITED, "Rəis çıxış etdi."), (UNTOUCHED, CONFIRMED)):
        assert (desk.entry(source).msgstr, desk.entry(source).fuzzy) == (text, False)
    assert desk.entry(COMMENTED).comment == "Спросить у Лейлы.\n\nСрочно: #1"
    carried = desk.entry(CHANGED)
    assert carried.msgstr == "Miqrasiya üzrə 10 qərar qəbul edildi."
    assert (carried.fuzzy, carried.previous_msgid) == (True, OLD)
    for source in (OLD, GONE):
        assert desk.entry(source).obsolete and desk.entry(source).msgstr
    assert_refreshed(desk, COMMENTED, EDITED_FUZZY, EMPTIED)
    assert not desk.run(2, (*SENTENCES, CHANGED)), "a second run must change nothing"
