"""Letters that do not belong: leftover Cyrillic, look-alikes, foreign alphabets, Turkish words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.pair import WORD, Pair, lower, quoted
from dragoman.languages.addresses import without_addresses
from dragoman.languages.az_letters import LOWER_LETTERS
from dragoman.languages.text import words as listed
from dragoman.records import Issue

_CYRILLIC_WORD = re.compile(r"[^\W\d_]*[\u0400-\u052f][^\W\d_]*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0259\u018f]")
_LONG = 25  # letters
_AZERBAIJANI = frozenset(LOWER_LETTERS)
_SCHWA = frozenset("əƏ")  # İ, ı and ğ also stand in Turkish names, which English keeps
# Latin letters that other scripts imitate: Greek and the IPA schwa's twins.
_TWINS = re.compile(r"[\u01dd\u0391-\u03c9\u04d8\u04d9]")
_COMBINING = re.compile(r"[\u0300-\u036f]")

# Everyday Turkish words and what Azerbaijani writes instead; words of both languages are left out.
_TURKISH = {
    "ve": "və", "ile": "ilə", "için": "üçün", "değil": "deyil", "olarak": "olaraq", "çok": "çox",
    "yok": "yox", "gibi": "kimi", "kadar": "qədər", "göre": "görə", "evet": "bəli",
    "bakan": "nazir", "bakanı": "naziri", "bakanlığı": "nazirliyi", "bakanlık": "nazirlik",
    "ülke": "ölkə", "ülkenin": "ölkənin", "ülkemiz": "ölkəmiz", "göç": "miqrasiya",
    "göçmen": "miqrant", "cumhurbaşkanı": "prezident", "başkan": "sədr", "başkanı": "sədri",
    "hükümet": "hökumət", "güvenlik": "təhlükəsizlik", "hizmet": "xidmət", "hizmeti": "xidməti",
    "devlet": "dövlət", "toplantı": "iclas", "toplantısı": "iclası", "görüşme": "görüş",
    "önemli": "mühüm", "türkiye": "Türkiyə", "azerbaycan": "Azərbaycan",
    "cumhuriyeti": "Respublikası", "milletler": "millətlər", "genel": "ümumi", "müdür": "direktor",
    "uluslararası": "beynəlxalq", "yıl": "il", "yılı": "ili", "yılında": "ilində", "etti": "etdi",
    "ettiğini": "etdiyini", "belirtti": "qeyd edib", "söyledi": "dedi", "yaptı": "etdi",
    "yapılan": "keçirilən", "eden": "edən", "ilişkin": "dair", "tarafından": "tərəfindən",
    "konusunda": "barədə", "katıldı": "iştirak etdi", "vatandaş": "vətəndaş",
    "vatandaşı": "vətəndaşı", "yabancı": "əcnəbi", "öğrenci": "tələbə", "eğitim": "təhsil",
    "okul": "məktəb", "çalışma": "iş", "gelişme": "inkişaf", "geliştirme": "inkişaf",
    "işbirliği": "əməkdaşlıq", "yönetim": "idarəetmə", "örgütü": "təşkilatı",
    "örgüt": "təşkilat", "büyükelçi": "səfir", "büyükelçisi": "səfiri", "büyükelçilik": "səfirlik",
    "yardımcısı": "müavini", "hakkında": "haqqında", "üzere": "üzrə", "şekilde": "şəkildə",
    "nedeniyle": "səbəbilə", "diğer": "digər", "her": "hər", "hem": "həm",
    "sadece": "yalnız", "şimdi": "indi", "böyle": "belə", "öyle": "elə", "nasıl": "necə",
    "neden": "niyə", "çünkü": "çünki", "şehir": "şəhər", "merkezi": "mərkəzi", "merkez": "mərkəz",
    "bölge": "bölgə", "kanun": "qanun", "karar": "qərar", "kararı": "qərarı", "hak": "hüquq",
    "hakları": "hüquqları", "düzenlenen": "təşkil olunan", "düzenlendi": "keçirildi",
    "gerçekleşti": "baş tutdu", "gerçekleştirildi": "həyata keçirildi", "sağlamak": "təmin etmək",
    "bulunan": "olan",
}  # fmt: skip
_TURKISH_FORM = re.compile(
    r"\w+(?:[ıiuü]yor(?:du|lar|uz|um)?|[ae]cak|[ae]cek|mak(?:ta|tadır)?|mek(?:te|tedir)?"
    r"|(?<=\w\w)(?:ler|leri|lerin|lerini|lerine|lerinin|lerde|lerden)"
    r"|l[ıu]k)"
)
_NOT_TURKISH = listed("kansleri kansler kanslerin kanslerinin treyler treyleri dizayner")


def check_cyrillic(pair: Pair) -> Iterator[Issue]:
    """`cyrillic`: a Russian word was left, or a Latin word holds a Cyrillic look-alike."""
    left: list[str] = []
    mixed: list[str] = []
    for match in _CYRILLIC_WORD.finditer(pair.target):
        (mixed if _LATIN.search(match[0]) else left).append(match[0])
    if mixed:
        yield Issue("cyrillic", "error", f"Cyrillic letter inside {quoted(mixed)}")
    if left:
        yield Issue("cyrillic", "error", f"left in Cyrillic: {quoted(left)}")


def check_alphabet(pair: Pair) -> Iterator[Issue]:
    """`alphabet`: letters outside the language's alphabet.

    In Azerbaijani: w and accented letters, unless the word stands in the source as it is or is a
    brand or an acronym (a capital in it and ASCII only); or none but ASCII letters in a whole
    sentence. In English: ə, which belongs to the Azerbaijani spelling of a name; other accents are
    part of foreign names.
    """
    strange: list[str] = []
    for match in WORD.finditer(without_addresses(pair.target)):
        word = match[0]
        if pair.lang == "en":
            if len(word) > 1 and not _SCHWA.isdisjoint(word):
                strange.append(word)
            continue
        if _strange(word) and word not in pair.source:
            strange.append(word)
    if _TWINS.search(pair.target) or _COMBINING.search(pair.target):
        strange += [
            w
            for w in pair.target.split()
            if (_TWINS.search(w) and not _CYRILLIC_WORD.search(w)) or _COMBINING.search(w)
        ]
    if pair.lang == "az" and _typed_without(pair.target):
        yield Issue("alphabet", "warning", "none of ə ı ğ ş ç ö ü: typed without them?")
    if strange:
        name = "Azerbaijani" if pair.lang == "az" else "English"
        yield Issue("alphabet", "warning", f"not {name} letters: {quoted(strange)}")


@lru_cache(maxsize=16384)
def _strange(word: str) -> bool:
    """Whether a word has letters that Azerbaijani lacks, and is no brand or acronym."""
    small = lower(word, "az")
    if _AZERBAIJANI.issuperset(small.replace("'", "").replace("’", "")):
        return False
    brand = word.isascii() and small != word
    return not brand and not _CYRILLIC_WORD.search(word) and len(word) > 1


def _typed_without(text: str) -> bool:
    """Whether a text looks typed on a keyboard without Azerbaijani letters: Xidmet qebul edib.

    Of the 63,576 sentences of the corpus eight are so long and have none of them.
    """
    return text.isascii() and sum(map(str.isalpha, text)) >= _LONG


def check_turkish(pair: Pair) -> Iterator[Issue]:
    """`turkish`: Turkish words and endings in Azerbaijani text: ve, için, -mak, -lık, -ler."""
    if pair.lang != "az":
        return
    found: list[str] = []
    for match in WORD.finditer(without_addresses(pair.target)):
        if named := _turkish(match[0], match.start() == 0):
            found.append(named)
    if found:
        yield Issue("turkish", "error", f"Turkish: {', '.join(dict.fromkeys(found[:4]))}")


@lru_cache(maxsize=16384)
def _turkish(word: str, first: bool) -> str:
    """A Turkish word as the check names it; empty for others. `first` in its sentence, a word may
    be a small one in a capital."""
    small = lower(word, "az")
    no_name = word == small or first or len(word) > 4  # Ben and Eden are names
    if no_name and (better := _TURKISH.get(small)):
        return f"“{word}” (Azerbaijani: {better})"
    if (word == small or first) and small not in _NOT_TURKISH and _TURKISH_FORM.fullmatch(small):
        return f"“{word}”"
    return ""
