"""Which kind of phrase a term is, and how abbreviations and numbers are pronounced.

The kind decides the endings (see `az_nouns`). A glossary may state it; `guess_kind` is for
the rest, and errs towards the official style, where a name of several words that ends in a
possessive vowel is a compound.
"""

from __future__ import annotations

import re
from typing import Final

from dragoman.languages.az_letters import VOWELS, lower, syllables, upper
from dragoman.languages.az_numerals import spoken_tail
from dragoman.languages.text import Kind, words

# Letter names, for abbreviations said letter by letter (BMT: be-em-te -> BMT-nin).
_LETTERS: Final = (
    "A:a B:be C:ce Ç:çe D:de E:e Ə:ə F:fe G:ge Ğ:ğe H:he X:xe I:ı İ:i J:je K:ke Q:qe L:el M:em "
    "N:en O:o Ö:ö P:pe R:er S:es Ş:şe T:te U:u Ü:ü V:ve W:ve Y:ye Z:ze"
)
LETTER_NAMES: Final = {pair[0]: pair[2:] for pair in _LETTERS.split()}

# Said as words, or by convention not as the last letter suggests: what the ending follows.
SPOKEN: Final = {
    "ABŞ": "abış", "ADA": "ada", "AMEA": "amea", "ANAMA": "anama", "ASAN": "asan",
    "ASEAN": "asean", "ATƏT": "atət", "AZAL": "azal", "AZƏRTAC": "azərtac", "BRICS": "briks",
    "BƏT": "bet", "CERN": "sern", "DOST": "dost", "DİN": "din", "EKO": "eko",
    "FRONTEX": "fronteks", "GUAM": "quam", "HƏMAS": "həmas", "İNTERPOL": "interpol",
    "INTERPOL": "interpol", "KİV": "kiv", "MAQATE": "maqate", "NASA": "nasa", "NATO": "nato",
    "OPEC": "opek", "QAK": "qak", "QUAM": "quam", "SEPAH": "sepah", "SOCAR": "sokar",
    "TRASEKA": "traseka", "TÜRKPA": "türkpa", "TÜRKSOY": "türksoy", "UEFA": "uefa",
    "UNESCO": "unesko", "UNICEF": "unisef", "YUNESKO": "yunesko", "YUNİSEF": "yunisef",
    "İSESCO": "isesko", "ICESCO": "aysesko", "VÖEN": "vöen", "FİN": "fin", "XİN": "xin",
    "İƏT": "iət", "AŞPA": "aşpa", "ŞƏT": "şət", "COP": "kop", "FIFA": "fifa",
}  # fmt: skip

# Nouns and adjectives that end in ı, i, u, ü by nature, not by a possessive.
_CLOSE_FINAL: Final = words(
    # nouns
    "ali arzu bilgi bölgü çalğı çıxıntı dəri duyğu əcnəbi əhali ərazi gəmi gəzinti görüntü "
    "hacı kirpi kişi körpü qapı qayğı qazi quyu quzu ləzgi müfti ordu ölçü örtü sayğı sevgi sərgi "
    "sorğu sürü taksi tərəqqi tikinti ütü vali vergi vurğu xalı yanğı yazı "
    # adjectives that also stand as nouns
    "adi cari daimi daxili ekoloji əbədi əsgəri fəxri hərbi hüquqi ictimai inzibati iqtisadi "
    "könüllü mədəni məcburi milli mülki müvəqqəti qanuni rəqəmi rəsmi siyasi strateji süni şəxsi "
    "təbii texniki tibbi ümumi xarici xüsusi yeni "
    # numerals
    "iki altı yeddi iyirmi əlli "
    # the end of foreign names of several words: Yeni Delhi
    "dabi delhi prinsipi timi"
)
_AGENT_STEMS: Final = words("güc borc ağac ehtiyac xaç saç uç üç iç qılınc gənc ilac")
_L_STEMS: Final = words("nəsl əsl şəkl meyl oğl ağl həll əql fəsl məhəll könl")


def _is_abbreviation(word: str) -> bool:
    """Two capitals or more, as in BMT, BMqT, COP29; a long word in capitals is only a title."""
    core = re.sub(r"\W?\d+$", "", word)
    if core in SPOKEN:
        return True
    if re.fullmatch(r"[^\W\d_]-?\d+", word) and core.isupper():  # G20, D-8
        return True
    capitals = sum(c.isupper() for c in core)
    return core.isalpha() and capitals >= 2 and len(core) <= 6 and core[-1:].isupper()


def _ends_possessed(word: str) -> bool:
    """Whether the last word of a compound ends in -I or -sI that is a possessive."""
    w = lower(word)
    if len(w) < 3 or w[-1] not in "ıiuü" or w in _CLOSE_FINAL:
        return False
    bare = w[:-1]
    if bare in _AGENT_STEMS or bare in _L_STEMS:
        return True
    if bare[-1] == "ç" or re.search(r"[ıiuün]c$", bare):  # sürücü, təşkilatçı, birinci
        return syllables(w) < 2
    # -lI after a consonant makes adjectives and dwellers: kəndli, könüllü.
    return not (bare[-1] == "l" and bare[-2] not in VOWELS)


def guess_kind(phrase: str, concept_type: str = "") -> Kind:
    """The kind of `phrase`; `concept_type` is the term base's type (person, place, ...), if known.

    >>> guess_kind("Dövlət Miqrasiya Xidməti"), guess_kind("BMqT"), guess_kind("miqrasiya")
    ('possessive', 'abbreviation', 'plain')
    """
    parts = phrase.split()
    if not parts:
        return "plain"
    last = parts[-1]
    shouted = len(parts) > 1 and phrase == upper(phrase) and any(len(w) > 6 for w in parts)
    if not shouted and _is_abbreviation(last):
        return "abbreviation"
    if concept_type == "person":
        return "possessive" if lower(last) in ("oğlu", "qızı") else "name"
    if len(parts) > 1 and _ends_possessed(last):
        return "possessive"
    if lower(last).endswith(("lik", "lıq", "lük", "luq")):
        return "plain"
    capital = all(w[0].isupper() for w in parts)
    if concept_type == "place" or (capital and len(parts) == 1):
        return "name"
    return "name" if capital and _looks_personal(last) else "plain"


def _looks_personal(word: str) -> bool:
    """Surname endings: Hüseynov, Əliyeva, Abdullazadə."""
    return lower(word).endswith(("ov", "ev", "ova", "eva", "yev", "yeva", "zadə", "ski", "skaya"))


def readings_of(abbreviation: str) -> tuple[str, ...]:
    """How the end of an abbreviation is said, likeliest first; endings follow in harmony.

    Lexicon, then the number it ends in (COP29: doqquz), then the name of its last letter;
    where it could be said as a word too (a vowel before a final consonant), that as well.
    """
    last = abbreviation.split()[-1]
    number = re.search(r"\d+$", last)
    if number:
        return (spoken_tail(int(number.group())),)
    if last in SPOKEN:
        return (SPOKEN[last],)
    letter = LETTER_NAMES.get(last[-1], lower(last[-1]))
    as_word = lower(last)
    if as_word[-1] not in VOWELS and len(as_word) > 1 and as_word[-2] in VOWELS:
        return (letter, as_word)
    return (letter,)
