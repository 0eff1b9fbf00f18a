"""Russian letters to Azerbaijani and English ones: the last resort for a name.

English: the BGN/PCGN system of 1947 as newspapers simplify it (no apostrophes, -ий as -y).
Azerbaijani: the practice of Azerbaijani media for foreign names (Q for г, but G before e, i;
X for х; ı for ы), and for Azerbaijani names the inverse of how they were russified.
"""

from __future__ import annotations

import re

from dragoman.languages import az, az_letters

_ENGLISH = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_AZERBAIJANI = {
    **_ENGLISH, "ё": "yo", "ж": "j", "х": "x", "ц": "ts", "ч": "ç", "ш": "ş", "щ": "şç",
    "ы": "ı", "й": "y", "г": "q", "э": "e",
}  # fmt: skip
_VOWELS = "аеёиоуыэюя"
_INITIALS_EN = {"Дж": "J", "Х": "Kh", "Ж": "Zh", "Ц": "Ts", "Ч": "Ch", "Ш": "Sh", "Щ": "Shch",
                "Ю": "Yu", "Я": "Ya"}  # fmt: skip
_INITIALS_AZ = {"Дж": "C", "Х": "X", "Ж": "J", "Ц": "Ts", "Ч": "Ç", "Ш": "Ş", "Щ": "Şç",
                "Ю": "Y", "Я": "Y", "Г": "Q", "И": "İ"}  # fmt: skip


def by_letters(abbreviation: str, lang: str) -> str:
    """A Russian abbreviation letter by letter, in capitals: ГМС as GMS in English, QMS in
    Azerbaijani."""
    table = _ENGLISH if lang == "en" else _AZERBAIJANI
    latin = "".join(table[letter] for letter in abbreviation.lower())
    return latin.upper() if lang == "en" else az_letters.upper(latin)


# Surnames of countries that write х as kh and ю as yu: Russian, Ukrainian, Caucasian, Central
# Asian. In a name of any other shape Russian х stands for h and ю after a consonant for u or ü.
_EASTERN = (
    "ов", "ев", "ёв", "ин", "ын", "ова", "ева", "ёва", "ина", "ына", "ский", "ская", "цкий",
    "цкая", "ко", "ук", "юк", "швили", "дзе", "ян", "янц", "ых", "их", "ый", "ой",
)  # fmt: skip


def western(surname: str) -> bool:
    """Whether a foreign surname in Russian letters is likely to come from Latin or Arabic ones."""
    return not surname.lower().endswith(_EASTERN)


def _from_latin(word: str, lang: str) -> str:
    """What is certain of a name that was russified from Latin letters: Хорлеманн, Дюваль, Сёдер."""
    word = re.sub(r"(?<![а-яё])хан(?![а-яё])", "khan" if lang == "en" else "xan", word)
    word = re.sub(r"(?<=ба)х\b|(?<=ри)х\b", "ch" if lang == "en" else "x", word)
    word = word.replace("х", "h")
    word = re.sub(r"й(?=[яюеё])", "", word)
    if word.endswith(("ас", "ус", "ис", "юс")):  # Lithuanian
        word = word.replace("ю", "iu" if lang == "en" else "yu")
    word = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])ю", "u" if lang == "en" else "ü", word)
    word = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])ё", "o" if lang == "en" else "ö", word)
    if lang == "en":
        word = word.replace("ы", "i").replace("чч", "cc")
        word = re.sub(r"(?<![а-яё])у(?=[аеиоэ])", "w", word)
        word = re.sub(r"(?<![а-яё])ж", "j", word)
    return word


def english(name: str, *, western: bool = False) -> str:
    """A Russian spelling of a foreign name in English letters: Прохорова -> Prokhorova.

    `western` is for names that Russian took from Latin letters: Хорлеманн -> Horlemann.
    """
    word = name.lower()
    word = re.sub(r"(?<=[а-я])(ый|ий)\b", "y", word)
    word = _from_latin(word, "en") if western else word
    word = re.sub(r"дж", "j", word)
    word = re.sub(rf"(^|(?<=[{_VOWELS}ьъ-]))е", "ye", word)
    return _capitals("".join(_ENGLISH.get(c, c) for c in word), name)


def azerbaijani(name: str, *, foreign: bool, western: bool = False) -> str:
    """A Russian spelling in Azerbaijani letters: Прохорова -> Proxorova, Джалилов -> Calilov.

    `western` as for `english`: Хорлеманн -> Horlemann, Дюваль -> Düval.
    """
    word = name.lower()
    word = _from_latin(word, "az") if western else word
    word = word if foreign else _native(word)
    word = re.sub(r"(?<=[а-я])ий\b", "i", word)
    word = re.sub(r"(?<=[а-я])ый\b", "ıy", word)
    word = re.sub(r"дж", "c", word)
    word = re.sub(r"\bгуль", "gül", word)  # Гульнара, also where she is Uzbek or Kazakh
    word = re.sub(r"г(?=[еиэюяöü])", "g", word)
    word = re.sub(rf"(^|(?<=[{_VOWELS}ьъ-]))е", "ye", word)
    if not foreign:
        word = re.sub(rf"(?<=[^{_VOWELS}\W])я", "ə", word)
        word = re.sub(rf"(?<=[^{_VOWELS}\W])ю", "ü", word)
        word = word.replace("ei", "eyi")
    latin = "".join(_AZERBAIJANI.get(c, c) for c in word)
    return _capitals(latin, name, dotted=True)


def _native(word: str) -> str:
    """The parts of Azerbaijani names put into their own letters: Hacızamanov, Qarabudaqlı, Ağdaşlı,
    Gülağa, Qaradağ, Xocabəyli, Usubbəyov."""
    for pattern, latin in (
        (r"^гаджи", "hacı"), (r"^кара", "qara"), (r"(?<=[аоуы])г(?=[дл]|а$)", "ğ"),
        (r"(?<=[дб]а)г(?=огл[уы]$|$)", "ğ"), (r"заде$", "zadə"), (r"огл[уы]$", "oğlu"),
        (r"бе[йк]ли$", "bəyli"), (r"беков(?=а?$)", "bəyov"),
    ):  # fmt: skip
        word = re.sub(pattern, latin, word)
    return word


def english_from_azerbaijani(name: str) -> str:
    """The usual English of an Azerbaijani name: Hacıyev -> Hajiyev, Tağızadə -> Taghizade.

    By its letters, but for -zadə, bəy and Azər, which official English texts write with e.
    """
    return az.english_name(re.sub("(?<=[Bb])ə(?=y)|(?<=zad)ə|(?<=Az)ə(?=r)", "e", name))


def variants(name: str, az_name: str = "") -> tuple[str, ...]:
    """Other English spellings in use: -zada, -bayli, g for gh, -ev, Y. for Yu., G. for H.

    `az_name` is the Azerbaijani, whose ə English texts write as a or as e: Aytan, Ayten.
    """
    options = {name}
    if "ə" in az_name.lower():
        options.add(english_from_azerbaijani(az_name.replace("ə", "e").replace("Ə", "E")))
    pairs = (("zade", "zada"), ("beyli", "bayli"), ("beyov", "bayov"), ("gh", "g"), ("yev", "ev"))
    for mine, other in pairs:
        options |= {option.replace(mine, other) for option in options}
    if name[:2] in ("H.", "G."):
        options |= {("G" if option[0] == "H" else "H") + option[1:] for option in options}
    if name[:3] in ("Yu.", "Ya."):
        options |= {"Y" + option[2:] for option in options}
    return tuple(sorted(options - {name}))


def initial(letter: str, lang: str) -> str:
    """An initial whose name is not known: Ш -> Sh or Ş."""
    table = _INITIALS_AZ if lang == "az" else _INITIALS_EN
    plain = {"Э": "E", "Ы": "Y"} if lang == "en" else {"Э": "E", "Ы": "I"}
    return table.get(letter) or plain.get(letter) or _ENGLISH.get(letter.lower(), letter).upper()


_CLASSES = str.maketrans(
    {"г": "к", "х": "к", "ж": "ш", "ч": "ш", "з": "с", "ц": "с", "т": "д", "п": "б", "ф": "в",
     **dict.fromkeys("аеёиоуыэюяйьъ-", "")}
)  # fmt: skip


def skeleton(name: str) -> str:
    """The consonants of a Russian spelling, those that vary in it taken as one.

    Гусейнов and Хусейнов, Кулиев and Гулиев, Аскеров and Асгаров have one skeleton each.
    """
    word = name.lower().replace("дж", "ш")
    return re.sub(r"(.)\1+", r"\1", word.translate(_CLASSES))


_LIKE_VOWELS = tuple(frozenset(group) for group in ("аеэя", "еиыэ", "ёоую"))


def same_vowels(one: str, other: str) -> bool:
    """Whether two Russian spellings of one skeleton differ only in vowels that vary.

    Мамед and Мамад do, Кулиев and Гулиев; Кариев and Гараев, Нияз and Ниязи are other names.
    """
    first, second = ([c for c in name.lower() if c in _VOWELS] for name in (one, other))
    if len(first) != len(second):
        return False
    pairs = zip(first, second, strict=True)
    return all(a == b or any({a, b} <= group for group in _LIKE_VOWELS) for a, b in pairs)


def _capitals(latin: str, like: str, *, dotted: bool = False) -> str:
    """Each half capitalised if the original was; `dotted` makes i into İ."""
    parts = latin.split("-")
    upper = {"i": "İ", "ı": "I"} if dotted else {}
    originals = like.split("-")
    if len(originals) != len(parts):
        originals = [like] * len(parts)
    heads = [
        upper.get(p[:1], p[:1].upper()) + p[1:] if o[:1].isupper() else p
        for p, o in zip(parts, originals, strict=True)
    ]
    return "-".join(heads)
