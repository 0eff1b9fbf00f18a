"""Named models from the Hugging Face hub, and what a user must know before choosing one.

Licences and sizes are those of the models' own pages. Every revision is a commit of the model's
repository that others have pinned or downloaded; the hub refuses one that it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """A model by name. `pairs` are language pairs it is offered for here; `download_mb` is the
    size of what is fetched, `ram_gb` an estimate of what it needs to run on a processor (bf16
    weights where the processor has bf16, twice that elsewhere)."""

    name: str
    repo: str
    revision: str
    licence: str
    parameters: str
    download_mb: int
    ram_gb: float
    pairs: tuple[str, ...]
    note: str = ""

    @property
    def commercial(self) -> bool:
        """Whether the licence allows commercial use."""
        return "NC" not in self.licence


_NC = "weights for NON-COMMERCIAL use only"
_RU = ("ru-en", "ru-az")

PRESETS = (
    Preset("opus-ru-en", "Helsinki-NLP/opus-mt-ru-en", "addbaed5201aa6283567f45bca12e9d0d58e9fc6",
           "CC-BY-4.0", "77M", 312, 0.7, ("ru-en",), "small and fast"),
    Preset("opus-big-ru-en", "Helsinki-NLP/opus-mt-tc-big-zle-en",
           "09a40f722d6d8b76aaad6fe51a06c914622a13d1",
           "CC-BY-4.0", "240M", 960, 1.2, ("ru-en",), "best OPUS-MT for Russian to English"),
    Preset("opus-en-az", "Helsinki-NLP/opus-mt-en-az", "5e104e226b0373324f9f3dec67a5758560db49ab",
           "Apache-2.0", "60M", 250, 0.6, ("en-az",), "for pivoting; weak"),
    Preset("opus-big-en-az", "Helsinki-NLP/opus-mt-tc-bible-big-deu_eng_fra_por_spa-trk",
           "4e5712ce7419bf0efece8eeb86ba89e44961cfe1",
           "Apache-2.0", "240M", 960, 1.2, ("en-az",), "for pivoting; English to Turkic languages"),
    Preset("m2m100", "facebook/m2m100_418M", "55c2e61bbf05dfb8d7abccdc3fae6fc8512fd636",
           "MIT", "484M", 1940, 1.8, (*_RU, "en-az")),
    Preset("m2m100-1.2b", "facebook/m2m100_1.2B",
           "7b36184180524c1a1bbfa37f120a608046250b98",
           "MIT", "1.2B", 4960, 3.5, (*_RU, "en-az")),
    Preset("small100", "alirezamsh/small100",
           "8ab680e26a596d2e3d2d2d17ae0f68df1037328c",
           "MIT", "333M", 1330, 1.4, (*_RU, "en-az"), "distilled from M2M100"),
    Preset("nllb-600m", "facebook/nllb-200-distilled-600M",
           "f8d333a098d19b4fd9a8b18f94170487ad3f821d",
           "CC-BY-NC-4.0", "615M", 2460, 2.2, (*_RU, "en-az"), _NC),
    Preset("nllb-1.3b", "facebook/nllb-200-distilled-1.3B",
           "7be3e24664b38ce1cac29b8aeed6911aa0cf0576",
           "CC-BY-NC-4.0", "1.4B", 5480, 4.0, (*_RU, "en-az"), _NC),
    Preset("nllb-3.3b", "facebook/nllb-200-3.3B",
           "1a07f7d195896b2114afcb79b7b57ab512e7b43e",
           "CC-BY-NC-4.0", "3.3B", 17600, 8.5, (*_RU, "en-az"), _NC),
    Preset("madlad-3b", "google/madlad400-3b-mt",
           "fa184c675da0b5c9e1c8694fccd4e12e2d422094",
           "Apache-2.0", "2.9B", 11800, 8.0, (*_RU, "en-az"), "slow on a processor"),
)  # fmt: skip

# Two models in a row, by the language between them.
PIVOTS = {
    "opus-mt": ("opus-big-ru-en", "opus-big-en-az"),
    "opus-mt-small": ("opus-ru-en", "opus-en-az"),
}


def preset(name: str) -> Preset | None:
    """The preset called `name`, None when there is none."""
    return next((p for p in PRESETS if p.name == name), None)
