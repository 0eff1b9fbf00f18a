"""Training pairs that models make: back-translation and pivoting, kept where a round trip holds.

Back-translation (Sennrich et al. 2016): a helper from Azerbaijani to Russian gives the Azerbaijani
sentences of `mono.az.xz` a Russian side. Pivoting: a helper from English to Azerbaijani translates
the English side of Russian-English prose. Every text is translated back, and what does not come
back much as it was (chrF) is dropped. One helper does all that the model itself does not: it is
trained by the same trainer on the same data, turned round, with the vocabulary of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dragoman.errors import UsageError
from dragoman.training.corpus import (
    OWN_CORPUS,
    HeldOut,
    Pair,
    is_clean,
    key,
    read_corpus,
    read_rows,
)
from dragoman.training.vocabulary import Encoder

Log = Callable[[str], None]
CHUNK = 512  # texts between two appends to the output
# Prose among the general Russian-English pairs; the rest are manuals and lists of names.
PROSE = frozenset(
    "tatoeba tico19 xquad ud_pud sdg_official_stats mozilla_legal opensource_guide".split()
)
_TAGGED = ("en", "az")


@dataclass(frozen=True, slots=True)
class Direction:
    """A way the helper translates, from and into "ru", "en" or "az"."""

    source: str
    target: str

    @property
    def tag(self) -> str:
        """The language tag of the vocabulary that its sources begin with (there is none for ru).

        No two of `REVERSED` share both tag and source language, so one model can tell them apart.
        """
        return self.target if self.target in _TAGGED else self.source

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"


REVERSED = (Direction("az", "ru"), Direction("en", "az"), Direction("az", "en"))


def helper_rows(
    direction: Direction, data: Path | None, held_out: HeldOut, corpus: Path = OWN_CORPUS
) -> list[tuple[str, str, str]]:
    """(source, target, tag) for the helper: our corpus, the general pairs of both languages."""
    ends = (direction.source, direction.target)
    found = [tuple(getattr(triple, lang) for lang in ends) for triple in read_corpus(corpus)]
    for first, second in (("ru", "en"), ("ru", "az"), ("az", "en")):
        path = data / f"general.{first}-{second}.tsv.xz" if data is not None else None
        if {first, second} == set(ends) and path is not None and path.is_file():
            turn = 1 if (first, second) == ends else -1
            found += [(one, two)[::turn] for _, one, two in read_rows(path)]
    chosen = dict.fromkeys((str(a), str(b)) for a, b in found if _alike_long(str(a), str(b)))
    return [
        (a, b, direction.tag) for a, b in chosen if a not in held_out and b not in held_out
    ]  # fmt: skip


def _alike_long(one: str, other: str) -> bool:
    words = max(len(one.split()), len(other.split()))
    return 1 <= words <= 110 and 0.5 <= (len(one) + 8) / (len(other) + 8) <= 2 and one != other


class Translates(Protocol):
    """What a round trip needs of a translator."""

    def translate(self, texts: Sequence[str]) -> list[str]: ...


class Translator:
    """A Marian model folder, used greedily on batches of similar length."""

    def __init__(self, folder: Path, direction: Direction, rows: int = 64) -> None:
        import torch
        from transformers import MarianMTModel

        if not (folder / "config.json").is_file():
            raise UsageError(f"no model for {direction}", path=folder, advice="train it first")
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        model: Any = MarianMTModel.from_pretrained(folder, dtype=torch.bfloat16)
        self._model, self._rows = model.to(self._device).eval(), rows
        self._encoder, self._tag = Encoder(folder), direction.tag

    def translate(self, texts: Sequence[str]) -> list[str]:
        """The translation of each text; twice its length in pieces at most."""
        import torch

        ids = [self._encoder.source(text, self._tag) for text in texts]
        ids = [row if len(row) <= 200 else [*row[:199], self._encoder.eos] for row in ids]
        said = [""] * len(texts)
        order = sorted(range(len(texts)), key=lambda number: len(ids[number]))
        for start in range(0, len(order), self._rows):
            batch = order[start : start + self._rows]
            width = max(len(ids[number]) for number in batch)
            padded = [ids[n] + [self._encoder.pad] * (width - len(ids[n])) for n in batch]
            source = torch.tensor(padded, device=self._device)
            with torch.inference_mode():
                out = self._model.generate(
                    input_ids=source, attention_mask=(source != self._encoder.pad).long(),
                    num_beams=1, do_sample=False, max_length=2 * width + 10,
                )  # fmt: skip
            for number, row in zip(batch, out.tolist(), strict=True):
                said[number] = self._encoder.text(row)
        return said


def round_trips(
    texts: Sequence[str], there: Translates, back: Translates, least: float
) -> Iterator[tuple[int, str]]:
    """(number, translation) of the texts that come back with a chrF of at least `least`."""
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    translated = there.translate(texts)
    returned = back.translate(translated)
    for number, (text, made, again) in enumerate(zip(texts, translated, returned, strict=True)):
        if made and metric.sentence_score(again, [text]).score >= least:
            yield number, made


def make_pairs(
    items: Sequence[tuple[str, str]], there: Translates, back: Translates, path: Path,
    make: Callable[[str, str], Pair], least: float, log: Log,
) -> None:  # fmt: skip
    """Translate the second of each of `items` and append what holds to the TSV `path`.

    `make` gets the first of an item and the translation. What an earlier run has done is not done
    again: the file ``path.done`` counts the items.
    """
    count = path.with_name(path.name + ".done")
    done = int(count.read_text("utf-8")) if count.is_file() else 0
    kept = 0
    for start in range(done, len(items), CHUNK):
        part = items[start : start + CHUNK]
        found = [
            make(part[number][0], made)
            for number, made in round_trips([text for _, text in part], there, back, least)
        ]
        lines = [f"{p.origin}\t{p.source}\t{p.target}\n" for p in found if is_clean(p)]
        with path.open("a", encoding="utf-8") as stream:
            stream.writelines(lines)
        count.write_text(str(start + len(part)), "utf-8")
        kept += len(lines)
        log(f"{start + len(part)} of {len(items)} texts translated, {kept} pairs kept")


def fresh(texts: Iterable[str], held_out: HeldOut) -> list[str]:
    """Texts of 4 to 60 words, each once, none of them held out."""
    chosen = {key(text): text for text in texts if 4 <= len(text.split()) <= 60}
    return [text for text in chosen.values() if text not in held_out]


def read_synthetic(work: Path) -> list[Pair]:
    """The pairs that the stages back and pivot left in `work`."""
    found = []
    for path in sorted(work.glob("synthetic.*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            origin, source, target = line.split("\t")
            found.append(Pair(source, target, "az", origin))
    return found
