"""Azerbaijani noun stems: what happens at the seam, and how a possessive is taken off again.

Sources: the school grammar's tables of the six cases, and the orthography rules of the
Azerbaijani language (consonant softening, vowel drop, double consonants). Words that a rule
does not cover are listed; the lists are of common nouns of official writing.
"""

from __future__ import annotations

import re

from dragoman.languages.az_letters import BACK, FRONT, VOWELS, lower, syllables
from dragoman.languages.text import words

# The close vowel of the last syllable falls before a vowel: fikir -> fikri.
DROP = {
    full: full[:-2] + full[-1]
    for full in words(
        "ağız ağıl alın beyin boyun böyür burun cisim çiyin əsil ətir eyib fəsil fikir heyif isim "
        "izin könül məkir meyil nəsil oğul ovuc ömür qarın qayın qəbir qədir qisim səbir sətir "
        "sinif şəkil xətir xeyir zehin zikir"
    )
}
UNDROP = {short: full for full, short in DROP.items()}

# Words with a vowel before the final k or q that nevertheless keep it before a vowel ...
KEEP_Q = words("hüquq ittifaq əxlaq nifaq firaq misdaq məxluq məşuq")
# ... and native words in -ik other than -lik, which soften although loans in -ik do not.
SOFT_IK = words("eşik beşik pişik kiçik dəyişik deşik ilişik əskik bitişik bilərzik")
KEEP_LIK = words("katolik bazilik")

# These take the possessive -yI after their vowel: mövqe -> mövqeyi.
Y_POSSESSIVE = words("mövqe mənafe mənşə mənbə tale su nə")
Y_CASES = words("su nə")  # ... and -yIn, -yI in the genitive and accusative too.

# Double consonants: one falls before a consonant (xətt -> xətlər, haqq -> haqda), except here.
KEEP_DOUBLE = words("hiss press kross")

# Stems that a possessive could be cut from in the wrong place: proses-i, not prose-si.
_S_STEMS = words(
    "əsas atlas avtobus bonus casus ehsas ehtiras ekspres epos fokus hədis həvəs iclas iflas "
    "iqtibas ixtisas kampus kəs konqres konsensus korpus kosmos libas lisas məclis məhbus miqyas "
    "miras mikroavtobus mühəndis namus nəfəs oazis ofis polis proqres proses qisas qiyas radius "
    "rəis rus sensus servis səs status tədris təmas təqdis təsis tezis tonus trolleybus varis "
    "virus yas"
)
_NOT_PLURAL = words("dollar skalyar")
_Y_STEMS = words("bəy göy köy mey ney pəy rəy səy")
_GH_STEMS = words("ağ bağ çağ çardağ dağ iblağ məbləğ sağ tağ təbliğ tuğ yağ")


def tail_word(word: str) -> str:
    """The part of a hyphenated word that inflects, in small letters: ``haqq-hesab`` -> hesab."""
    return re.split(r"[-\u2010-\u2013]", lower(word))[-1]


def softens(word: str) -> str:
    """What the final k or q of `word` becomes before a vowel: "y", "ğ", or "" if it stays."""
    w = tail_word(word)
    if len(w) < 3 or syllables(w) < 2 or w[-2] not in VOWELS:
        return ""
    if w[-1] == "k":
        loan = w.endswith("ik") and not w.endswith("lik") and w not in SOFT_IK
        return "" if w[-2] in BACK or loan or w in KEEP_LIK else "y"
    if w[-1] == "q":
        # Arabic -iq, -üq, -əq and European -oq keep q: təsdiqi, üfüqü, kataloqu.
        return "" if w[-2] in FRONT or w[-2] == "o" or w in KEEP_Q else "ğ"
    return ""


def before_vowel(word: str) -> str:
    """The stem of a common noun before a suffix that begins with a vowel."""
    w = tail_word(word)
    if w in DROP:
        return word[:-2] + word[-1]
    soft = softens(word)
    return word[:-1] + soft if soft else word


def before_consonant(word: str) -> str:
    """The stem of a common noun before a suffix that begins with a consonant."""
    w = tail_word(word)
    double = len(w) > 2 and w[-1] == w[-2] and w[-1] not in VOWELS
    return word[:-1] if double and w not in KEEP_DOUBLE else word


def strip_possessive(word: str) -> str:
    """The noun under a third-person possessive: Xidməti -> Xidmət, Nazirliyi -> Nazirlik.

    Undoes -I and -sI by rule; where two stems are possible the lists above decide.
    """
    w = tail_word(word)
    bare, stem = w[:-1], word[:-1]
    if bare in UNDROP:
        return stem[:-1] + UNDROP[bare][-2:]
    if len(bare) < 2 or bare[-2] not in VOWELS:
        return stem
    if bare[-1] == "s" and bare not in _S_STEMS:
        return word[:-2]
    if bare[-1] == "y" and bare not in _Y_STEMS:
        if bare[:-1] in Y_POSSESSIVE:
            return word[:-2]
        return stem[:-1] + "k" if bare[-2] in FRONT and syllables(bare) > 1 else stem
    if bare[-1] == "ğ" and bare not in _GH_STEMS:
        return stem[:-1] + "q"
    return stem


def is_plural(word: str) -> bool:
    """Whether `word` stands in the plural already: əcnəbilər."""
    w = tail_word(word)
    return syllables(w) > 1 and w.endswith(("lər", "lar")) and w not in _NOT_PLURAL


def is_plural_possessive(word: str) -> bool:
    """Whether `word` ends in -lArI and so stands in the plural already: Məsələləri."""
    w = lower(word)
    return syllables(w) > 2 and w.endswith(("ləri", "ları"))
