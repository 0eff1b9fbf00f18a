"""Training end to end on a corpus of sixty lines, and the laws of its parts."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.engines import load_engine
from dragoman.engines.dictionary import read_dictionary
from dragoman.engines.sizes import read_said
from dragoman.glossary import Glossary, load_glossary
from dragoman.records import Request
from dragoman.training import stages
from dragoman.training.annotate import Annotator, Shares, align
from dragoman.training.augment import swap_numbers, typo, upper
from dragoman.training.corpus import (
    OWN_CORPUS,
    HeldOut,
    Pair,
    fingerprint,
    is_clean,
    key,
    read_corpus,
    unique,
)
from dragoman.training.pack import BUCKETS, batches, read_pack, write_pack
from dragoman.training.prepare import Mix, sampled
from dragoman.training.reviewed import read_reviewed
from dragoman.training.start import Shape, new_model
from dragoman.training.trainer import Plan, Trainer
from dragoman.training.vocabulary import Encoder

ROOT = Path(__file__).parents[2]
TINY = Shape(
    width=32, encoder_units=64, decoder_units=64, heads=2, encoder_layers=1, decoder_layers=1
)
NOTHING = HeldOut(())
HAS_ALIGNER = find_spec("eflomal") is not None  # an extra: without it, the terms are the glossary's
SOURCES = ("Встреча прошла в Баку.", "Да", "Протокол подписан")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(Path(__file__).parents[1] / "golden" / "workspace" / "glossary")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sixty lines of one of our files."""
    folder = tmp_path_factory.mktemp("corpus")
    lines = (OWN_CORPUS / "term-dense.tsv").read_text("utf-8").split("\n")[:60]
    (folder / "small.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, corpus: Path, glossary: Glossary) -> Path:
    """A work folder after all stages: prepared, trained in two slices, exported."""
    folder = tmp_path_factory.mktemp("work")
    said: list[str] = []
    words = folder / "words.tsv"
    words.write_text("баня\tn\tbathhouse\thamam\n", "utf-8")
    mix = Mix(passes=1, aligned=HAS_ALIGNER, words=words)
    stages.prepare(
        folder, glossary, NOTHING, data=None, mix=mix,
        vocabulary=700, log=said.append, corpus=corpus,
    )  # fmt: skip
    for _ in range(2):
        stages.run(folder, TINY, Plan(steps=8, tokens=600, warmup=2), said.append, threads=1)
    stages.finish(folder, folder / "model", said.append)
    assert "resumed at step 8" in said and "16 steps" in said[-1], said
    return folder


def test_exported_model_translates(work: Path) -> None:
    engine = load_engine(str(work / "model"))
    answers = engine.translate([Request("Встреча прошла в Баку.")] * 2, "en")
    # Hardly trained, it may loop: then the answer says so.
    assert len(answers) == 2 and all(a.hypotheses or a.reason for a in answers)


def test_exported_model_has_its_dictionary(work: Path) -> None:
    entry = read_dictionary(work / "model").look_up("банями")
    assert entry and entry.en == "bathhouse"


def test_exported_model_is_small_shards_in_bf16(work: Path) -> None:
    import torch
    from transformers import MarianMTModel

    model = MarianMTModel.from_pretrained(work / "model")
    assert model.dtype == torch.bfloat16
    shards = list((work / "model").glob("*.safetensors"))
    assert shards and all(s.stat().st_size <= 15_000_000 for s in shards)


def test_exported_model_tells_what_its_training_said(work: Path) -> None:
    said = read_said(work / "model")
    encoder, pack = Encoder(work / "vocab"), read_pack(work / "pack.npz")
    assert set(said) == {"en", "az"}
    for pair in range(len(pack)):
        source, target = pack.sequence(2 * pair).tolist(), pack.sequence(2 * pair + 1).tolist()
        lang = "az" if source[0] == encoder.vocab[">>az<<"] else "en"
        assert said[lang].issuperset(target), encoder.text(target)
    assert encoder.vocab["ə"] in said["en"]  # names are spelled with short pieces
    long = {i for piece, i in encoder.vocab.items() if len(piece.strip("\u2581")) > 2}
    assert long & said["en"] - said["az"] and long & said["az"] - said["en"]


def test_a_state_without_its_pack_is_exported(work: Path, tmp_path: Path) -> None:
    for name in ("state", "vocab"):
        shutil.copytree(work / name, tmp_path / name)
    stages.finish(tmp_path, tmp_path / "model", lambda line: None)
    assert read_said(tmp_path / "model") == {}
    [answer] = load_engine(str(tmp_path / "model")).translate([Request("Да.")], "en")
    assert answer.hypotheses or answer.reason


def test_slices_go_on_where_the_epoch_stood(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batches of a run in slices are those of a run in one, none twice and none left out."""
    pack, pad = read_pack(work / "pack.npz"), Encoder(work / "vocab").pad
    seen: list[bytes] = []

    def update(self: Trainer, source: torch.Tensor, *_: object) -> float:
        seen.append(source.numpy().tobytes())
        self.step += 1
        return 0.0

    monkeypatch.setattr(Trainer, "_update", update)

    def train(folder: Path, steps: int) -> None:
        plan = Plan(steps=steps, tokens=600)
        trainer = Trainer(new_model(TINY, Encoder(work / "vocab").vocab), plan, folder)
        trainer.resume()
        trainer.run(pack, pad, lambda _: None)

    train(tmp_path / "whole", 60)
    whole, seen[:] = list(seen), []
    for _ in range(4):
        train(tmp_path / "slices", 15)
    assert [whole.index(batch) for batch in seen] == [whole.index(batch) for batch in whole]
    epoch = sum(1 for _ in batches(pack, tokens=600, pad=pad, seed=1))
    assert 15 < epoch < 60  # a slice ends within an epoch, and a second one begins


def test_fine_tuning_on_reviewed_pairs(work: Path, corpus: Path, glossary: Glossary) -> None:
    said: list[str] = []
    pair = Pair("Стороны подписали протокол.", "The parties signed the protocol.", "en", "r")
    stages.tune(
        work / "model", [pair] * 3, work / "tuning", work / "tuned", glossary, NOTHING,
        Plan(steps=3, tokens=600, warmup=1), said.append, corpus=corpus,
    )  # fmt: skip
    assert said[0].startswith("1 reviewed pairs, 3 pairs")
    assert load_engine(str(work / "tuned")).revision != load_engine(str(work / "model")).revision
    old, new = read_said(work / "model"), read_said(work / "tuned")
    assert new["en"] == old["en"].union(Encoder(work / "vocab").target(pair.target))
    assert read_dictionary(work / "tuned").entries == read_dictionary(work / "model").entries


TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="ru" datatype="plaintext"/><body>
<tu><tuv xml:lang="ru"><seg>Протокол подписан.</seg></tuv>
<tuv xml:lang="en"><seg>The protocol has been signed.</seg></tuv></tu></body></tmx>
"""


def test_reviewed_pairs_come_from_approved_entries_and_tmx(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_text(TMX, "utf-8")
    (tmp_path / "b.po").write_text(
        'msgid ""\nmsgstr "Language: az\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Встреча прошла."\nmsgstr "Görüş keçirilib."\n\n'
        '#, fuzzy\nmsgid "Черновик."\nmsgstr "Qaralama."\n',
        "utf-8",
    )
    found = {(pair.source, pair.target, pair.lang) for pair in read_reviewed([tmp_path])}
    assert found == {
        ("Протокол подписан.", "The protocol has been signed.", "en"),
        ("Встреча прошла.", "Görüş keçirilib.", "az"),
    }


# -- the corpus ------------------------------------------------------------------------------


def test_our_corpus_is_clean() -> None:
    triples = list(read_corpus())
    pairs = [pair for triple in triples for pair in triple.pairs()]
    dirty = [pair for pair in pairs if not is_clean(pair)]
    assert len(pairs) > 30_000
    assert len(dirty) < 0.005 * len(pairs), dirty[:5]


def test_no_evaluation_sentence_in_our_corpus() -> None:
    """The evaluation sets themselves are not ours to ship; their fingerprints are.

    Each line of the file stands for a sentence (exact) or for three words in a row of it (near).
    """
    cases = (ROOT / "tests" / "cases" / "held_out.txt").read_text("utf-8").split()
    exact = {line for line in cases if not line.startswith("~")}
    assert len(exact) > 4000
    hits = [
        text
        for triple in read_corpus()
        for text in (triple.ru, triple.en, triple.az)
        if fingerprint(text) in exact
    ]
    assert not hits


def test_no_sentence_of_our_own_benchmarks_is_in_the_corpus() -> None:
    sets = stages.read_held_out(sorted((ROOT / "tests" / "bench").glob("*.tsv")))
    texts = [text for triple in read_corpus() for text in (triple.ru, triple.en, triple.az)]
    assert not [text for text in texts if text in sets]


@pytest.mark.parametrize(
    ("text", "held_out"),
    [
        ("На встрече обсуждены вопросы миграции и безопасности региона.", True),
        ("на встрече обсуждены вопросы миграции и безопасности региона", True),
        ("На встрече обсуждены вопросы миграции и безопасности всего региона.", True),
        ("На встрече обсуждены планы по строительству дорог.", False),
        ("Встреча.", False),
    ],
)
def test_held_out_sentences_are_recognised(text: str, held_out: bool) -> None:
    sets = HeldOut(["На встрече обсуждены вопросы миграции и безопасности региона."])
    assert (text in sets) is held_out


def test_unique_keeps_one_of_each() -> None:
    pair = Pair("Встреча прошла.", "The meeting was held.", "en", "a")
    same = Pair("Встреча прошла!", "The meeting was held", "en", "b")
    assert list(unique([pair, same], NOTHING)) == [pair]


@given(st.text(max_size=60))
def test_key_is_stable(text: str) -> None:
    assert key(key(text)) == key(text)


# -- packs ------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(
    rows=st.lists(
        st.sampled_from(["Встреча прошла в Баку.", "Да", "Протокол подписан"]),
        min_size=1,
        max_size=30,
    )
)
def test_pack_gives_back_what_went_in(
    rows: list[str], work: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    encoder = Encoder(work / "vocab")
    path = tmp_path_factory.mktemp("pack") / "p.npz"
    count = write_pack(path, ((text, text, "en") for text in rows), encoder)
    pack = read_pack(path)
    assert count == len(pack) == len(rows)
    expected = sorted(encoder.source(text, "en") for text in rows)
    found = []
    for source, target in batches(pack, tokens=100, pad=encoder.pad, seed=1):
        assert source.shape[1] in BUCKETS and target.shape[1] in BUCKETS
        found += [[int(i) for i in row if i != encoder.pad] for row in source]
    assert sorted(row for row in found if row) == expected


def test_encoder_agrees_with_the_marian_tokenizer(work: Path) -> None:
    from transformers import MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(work / "model")
    text = "В ⟦ Баку ¦ Bakı ⟧ прошла встреча № 5…"
    assert tokenizer(f">>az<< {text}").input_ids == Encoder(work / "vocab").source(text, "az")


# -- terms and noise --------------------------------------------------------------------------

PAIRS = [
    Pair("В Баку прибыл Вюсал Гусейнов.", "Vusal Huseynov arrived in Baku.", "en", "t"),
    Pair("В Баку прибыл Вюсал Гусейнов.", "Vüsal Hüseynov Bakıya gəlib.", "az", "t"),
    Pair(
        "Письмо направлено начальнику Государственной Миграционной Службы.",
        "Məktub Dövlət Miqrasiya Xidmətinin rəisinə göndərilib.",
        "az",
        "t",
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p.lang}: {p.target}")
def test_terms_are_aligned(pair: Pair, glossary: Glossary) -> None:
    hits = glossary.find(pair.source)
    matches = align(pair, hits)
    assert len(matches) == len(hits)
    assert all(pair.target[m.span.start : m.span.stop] == m.span.surface for m in matches)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p.lang}: {p.target}")
def test_a_swap_says_the_new_term_on_both_sides(pair: Pair, glossary: Glossary) -> None:
    shares = Shares(annotated=1, term=1, swapped=1, declined=0)
    annotator = Annotator(glossary, Random(1), shares)
    for _ in range(20):
        assert_swapped(annotator, pair, glossary)


def assert_swapped(annotator: Annotator, pair: Pair, glossary: Glossary) -> None:
    marked = annotator.annotate(pair, glossary.find(pair.source))
    assert marked is not None
    source, target = marked
    for part in source.split("⟦")[1:]:
        lemma = part.split("¦")[1].split("⟧")[0].strip()
        stem = lemma[: max(2, len(lemma) - 3)]
        assert stem in target, f"{lemma} is not said in: {target}\n{source}"


def test_unseen_concepts_are_never_shown(glossary: Glossary) -> None:
    unseen = frozenset(concept.id for concept in glossary.concepts)
    annotator = Annotator(glossary, Random(1), Shares(annotated=1), unseen)
    assert all(annotator.annotate(pair, glossary.find(pair.source)) is None for pair in PAIRS)


@pytest.mark.parametrize(
    ("source", "target", "changes"),
    [
        ("Подано 1234 заявления.", "1234 applications were filed.", True),
        ("В 2023 году", "In 2023", True),
        ("12 октября", "12 October", False),  # its Azerbaijani ending follows the number
        ("2023-2024 годы", "2023-2024", False),
        ("Собрано 1,234 тонны", "1.234 tonnes", False),
    ],
)
def test_numbers_change_alike(source: str, target: str, changes: bool) -> None:
    found = [swap_numbers(source, target, Random(seed)) for seed in range(10)]
    assert any(pair != (source, target) for pair in found) is changes
    for new_source, new_target in found:
        digits = [[c for c in text if c.isdigit()] for text in (new_source, new_target)]
        assert digits[0] == digits[1]


@given(st.text(alphabet="абв где", min_size=4, max_size=30), st.integers())
def test_a_typo_is_small(text: str, seed: int) -> None:
    assert abs(len(typo(text, Random(seed))) - len(text)) <= 1


def test_capitals_follow_the_language() -> None:
    assert upper("миграция", "miqrasiya idarəsi", "az") == ("МИГРАЦИЯ", "MİQRASİYA İDARƏSİ")
    assert upper("миграция", "migration", "en") == ("МИГРАЦИЯ", "MIGRATION")


def test_what_a_term_is_to_be_called_is_left_alone() -> None:
    """The engine writes base forms as the glossary has them, whatever the sentence looks like."""
    source = "в ⟦ Баку ¦ Bakı ⟧ прошла встреча"
    assert upper(source, "x", "az")[0] == "В ⟦ БАКУ ¦ Bakı ⟧ ПРОШЛА ВСТРЕЧА"
    assert all("¦ Bakı ⟧" in typo(source, Random(seed)) for seed in range(60))


def test_a_share_of_the_general_text_is_a_share_of_every_source() -> None:
    general = [Pair(f"Строка {n}", f"Line {n}", "en", "ab"[n % 2]) for n in range(100)]
    general += [Pair(f"Строка {n}", f"Sətir {n}", "az", "c") for n in range(10)]
    chosen = sampled(general, Mix(general=0.4))
    counts = Counter((pair.lang, pair.origin) for pair in chosen)
    assert counts["az", "c"] == 10  # few, and so all of them
    assert counts["en", "a"] + counts["en", "b"] == 40
    assert min(counts["en", "a"], counts["en", "b"]) > 10
