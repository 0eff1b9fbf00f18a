"""Is it Russian? Told by letters alone: enough to keep a wrong file from being translated."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import ReleaseError

_CYRILLIC = re.compile("[\u0400-\u052f]")
_RUSSIAN = re.compile("[а-яёА-ЯЁ]")
_LETTER = re.compile(r"[^\W\d_]")
_ADVICE = "give the Russian text of the release"

# Letters by which a language written in Cyrillic is known from Russian.
_OTHER_CYRILLIC = (
    ("Ukrainian", "іїєґ"),
    ("Belarusian", "іў"),
    ("Azerbaijani in Cyrillic", "әҝҹјғө"),
    ("Kazakh", "әғқңұүһі"),
    ("Tatar", "әөүҗңһ"),
    ("Kyrgyz", "ңөү"),
    ("Tajik", "ғӣқӯҳҷ"),
    ("Uzbek in Cyrillic", "ўқғҳ"),
    ("Serbian", "ђјљњћџ"),
)
# Bulgarian has all its letters from Russian and never writes these three.
_NOT_IN_BULGARIAN = re.compile("[ыэё]", re.IGNORECASE)
# One letter in forty: a Kazakh or Ukrainian name in a Russian text stays far below.
_FOREIGN_SHARE = 0.025
_BULGARIAN_SAMPLE = 250  # letters; that many of Russian without one ы happen less than once in 100


def require_russian(text: str, path: Path) -> None:
    """Raise ReleaseError, naming the likely language, unless `text` is mostly Russian."""
    letters = _LETTER.findall(text)
    cyrillic = _CYRILLIC.findall(text)
    if not letters:
        raise ReleaseError("no words in it", advice=_ADVICE, path=path)
    if len(cyrillic) * 2 < len(letters):
        raise ReleaseError(f"not Russian: it {_latin(text)}", advice=_ADVICE, path=path)
    foreign = len(cyrillic) - len(_RUSSIAN.findall(text))
    if foreign > len(cyrillic) * _FOREIGN_SHARE:
        if _is_mojibake(text):
            raise ReleaseError(
                "its letters are garbled: UTF-8 was read as windows-1251 and saved so",
                advice="fetch the release again and save it as UTF-8",
                path=path,
            )
        raise ReleaseError(f"not Russian: it {_cyrillic(text)}", advice=_ADVICE, path=path)
    hard_signs = text.lower().count("ъ")
    if (
        len(cyrillic) >= _BULGARIAN_SAMPLE
        and not _NOT_IN_BULGARIAN.search(text)
        and hard_signs > len(cyrillic) / 200
    ):
        raise ReleaseError("not Russian: it looks Bulgarian", advice=_ADVICE, path=path)


def _latin(text: str) -> str:
    if len(re.findall("[əƏ]", text)) > len(text) / 200:
        return "looks Azerbaijani"
    if len(re.findall("[ğışİĞŞ]", text)) > len(text) / 200:
        return "looks Turkish"
    words = re.findall("[a-z]+", text.lower())
    common = sum(word in ("the", "of", "and", "to", "in", "was", "for", "on") for word in words)
    return "looks English" if common > len(words) / 12 else "is mostly in another script"


def _cyrillic(text: str) -> str:
    lower = text.lower()
    counts = [(sum(map(lower.count, letters)), name) for name, letters in _OTHER_CYRILLIC]
    best, name = max(counts, key=lambda pair: pair[0])
    return f"looks {name}" if best else "has letters that Russian lacks"


def _is_mojibake(text: str) -> bool:
    """Whether taking the wrong step back gives Russian: РџСЂРёРІРµС‚ -> Привет."""
    words = re.findall(r"\S+", text)
    repaired = 0
    for word in words:
        try:
            repaired += bool(_RUSSIAN.search(word.encode("cp1251").decode("utf-8")))
        except UnicodeError:
            continue
    return repaired * 2 > len(words)
