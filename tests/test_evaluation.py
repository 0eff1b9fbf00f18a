"""Scores are sacrebleu's; terms are counted where the reference says them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sacrebleu

from dragoman.cli import main
from dragoman.errors import UsageError
from dragoman.evaluation import compare, evaluate, read_set, score_terms
from dragoman.glossary import load_glossary
from dragoman.records import Term
from dragoman.training.corpus import Pair
from dragoman.training.probe import probes

REFERENCES = ["The meeting was held in Baku.", "The parties signed a protocol on migration."]
OUTPUT = ["The meeting was in Baku.", "The sides signed the protocol about migration."]
BAKU = Term(0, 4, "Баку", "Baku", ("Baku", "Baku's"))
XIDMET = Term(0, 6, "Службы", "Xidmət", ("Xidmət", "Xidmətin", "Xidmətinin", "Xidmətə"))


def test_scores_are_those_of_sacrebleu() -> None:
    found = evaluate("x", "en", OUTPUT, REFERENCES, [(), ()])
    values = {score.name: score.value for score in found.scores}
    assert values["BLEU"] == round(sacrebleu.corpus_bleu(OUTPUT, [REFERENCES]).score, 2)
    chrf = sacrebleu.corpus_chrf(OUTPUT, [REFERENCES], word_order=2).score
    assert values["chrF2++"] == round(chrf, 2)
    assert all("version:" in score.signature for score in found.scores)


@pytest.mark.parametrize(
    ("said", "reference", "counts"),
    [
        # (terms the reference says, said, said in the same form)
        ("Xidmətin rəisi", "Xidmətin rəisi", (1, 1, 1)),
        ("Xidmətə rəis", "Xidmətin rəisi", (1, 1, 0)),
        ("İdarənin rəisi", "Xidmətin rəisi", (1, 0, 0)),
        ("Xidmətin rəisi", "İdarənin rəisi", (0, 0, 0)),
    ],
)
def test_terms(said: str, reference: str, counts: tuple[int, int, int]) -> None:
    score = score_terms([said], [reference], [(XIDMET,)], "az")
    assert (score.terms, score.said, score.same_form) == counts


def test_share_of_no_terms_is_full() -> None:
    assert score_terms([""], [""], [()], "en").success == 100


def test_paired_bootstrap_names_the_better_system() -> None:
    better, worse, references = REFERENCES * 20, OUTPUT * 20, REFERENCES * 20
    rows = {row["metric"].split("|")[0]: row for row in compare(better, worse, references, 100)}
    assert rows["BLEU"]["system"] == 100 > rows["BLEU"]["baseline"]
    assert rows["BLEU"]["p"] < 0.05


def test_sets_of_both_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("да\tyes\tbəli\n\nнет\tno\txeyr\n", "utf-8")
    folder = tmp_path / "set"
    folder.mkdir()
    for lang, text in (("ru", "да\nнет\n"), ("en", "yes\nno\n"), ("az", "bəli\nxeyr\n")):
        (folder / f"dev.{lang}").write_text(text, "utf-8")
    assert read_set(tmp_path / "a.tsv") == read_set(folder)


@pytest.mark.parametrize(
    ("text", "said"), [("да\tyes\n", "a.tsv:1"), (None, "no such evaluation set")]
)
def test_bad_sets(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "a.tsv").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        read_set(tmp_path / "a.tsv")


def test_command(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.tsv").write_text(
        "Встреча прошла в Баку.\tMet in Baku.\tBakıda görüş.\n", "utf-8"
    )
    arguments = ["evaluate", str(tmp_path / "set.tsv"), "--engine", "fake", "-w", str(workspace)]
    assert main([*arguments, "--output", str(tmp_path / "out")]) == 0
    again = ["--against", str(tmp_path / "out"), "--output", str(tmp_path / "again")]
    assert main([*arguments, *again]) == 0
    compared = json.loads((tmp_path / "again" / "scores.json").read_text("utf-8"))
    assert compared[0]["against"][0]["baseline"] == compared[0]["against"][0]["system"]
    report = json.loads((tmp_path / "out" / "scores.json").read_text("utf-8"))
    assert [row["lang"] for row in report] == ["en", "az"]
    assert report[0]["terms"]["said"] == 1
    assert "chrF2++" in capsys.readouterr().out


def test_terms_seen_and_never_seen(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set.tsv").write_text(
        "Встреча прошла в Баку.\tThe meeting was held in Baku.\tGörüş Bakıda keçirilib.\n"
        "Делегация прибыла в Асунсьон.\tA delegation arrived in Asunción.\t"
        "Nümayəndə heyəti Asunsyona gəlib.\n",
        "utf-8",
    )
    command = ["evaluate", str(tmp_path / "set.tsv"), "--seen", "--engine", "fake"]
    assert main([*command, "-w", str(workspace), "--output", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "seen.json").read_text("utf-8"))
    counts = {(row["group"], row["way"], row["lang"]): row["terms"] for row in report}
    assert {row["way"] for row in report} == {"not told", "annotated", "enforced"}
    # Baku is all over the corpus; the invented word takes the place of a term, one a sentence.
    assert counts["in the corpus", "enforced", "en"] >= 1
    assert 1 <= counts["invented words", "enforced", "az"] <= 2
    assert "invented words" in capsys.readouterr().out


def test_an_invented_word_is_in_the_reference_and_not_in_the_source() -> None:
    glossary = load_glossary(Path(__file__).parent / "golden" / "workspace" / "glossary")
    pairs = [Pair("Встреча прошла в Баку.", "Görüş Bakıda keçirilib.", "az", "t")] * 5
    found = list(probes(pairs, glossary))
    assert len(found) == 5 and found == list(probes(pairs, glossary))
    for probe in found:
        assert probe.source == pairs[0].source
        assert probe.reference.startswith(f"Görüş {probe.term.lemma}")
        assert probe.reference.split()[1].endswith(("da", "də"))
        assert any(form in probe.reference for form in probe.term.forms)
