"""Make ``glossary/countries.csv`` from the CLDR data in Babel.

    python -m dragoman.glossary.countries glossary/countries.csv

CLDR gives the everyday names; where official usage differs (Türkiye, Böyük Britaniya), where
CLDR abbreviates (``о-ва``) or joins with ``&``, and where Russian texts use several names, the
table below has the last word. Run it again after a new CLDR and review the diff.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from pathlib import Path

from dragoman.files import write_atomically
from dragoman.glossary.load import COLUMNS

# Members of the United Nations, the Holy See and Palestine, by ISO 3166-1 code.
STATES = (
    "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF "
    "CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD "
    "GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP "
    "KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY "
    "MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE "
    "SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA "
    "VC VE VN VU WS YE ZA ZM ZW"
)

# code: (column, value) pairs that replace what CLDR says.
OFFICIAL: dict[str, dict[str, str]] = {
    "AE": {"ru": "Объединенные Арабские Эмираты", "ru_abbr": "ОАЭ", "en_abbr": "UAE",
           "az_abbr": "BƏƏ"},
    "AG": {"en": "Antigua and Barbuda"},
    "BA": {"en": "Bosnia and Herzegovina"},
    "BS": {"ru": "Багамские Острова|Багамы"},
    "BY": {"ru": "Беларусь|Белоруссия", "en_forbidden": "Byelorussia|Belorussia"},
    "CD": {"ru": "Демократическая Республика Конго", "en": "Democratic Republic of the Congo",
           "az": "Konqo Demokratik Respublikası"},
    "CG": {"ru": "Республика Конго", "en": "Republic of the Congo", "az": "Konqo Respublikası"},
    "CI": {"ru": "Кот-д’Ивуар", "ru_match": "fixed"},
    "CR": {"az": "Kosta-Rika"},
    "CV": {"en": "Cabo Verde", "en_admitted": "Cape Verde"},
    "CZ": {"ru": "Чехия|Чешская Республика", "en": "Czech Republic", "en_admitted": "Czechia",
           "az_admitted": "Çex Respublikası"},
    "DE": {"ru": "Германия", "ru_abbr": "ФРГ",
           "en_admitted": "Federal Republic of Germany",
           "az_admitted": "Almaniya Federativ Respublikası"},
    "ES": {"ru": "Испания"},
    "FM": {"ru": "Микронезия|Федеративные Штаты Микронезии",
           "en_admitted": "Federated States of Micronesia"},
    "GB": {"ru": "Великобритания|Соединенное Королевство", "az": "Böyük Britaniya",
           "en_admitted": "Great Britain|UK", "az_admitted": "Birləşmiş Krallıq"},
    "GW": {"ru": "Гвинея-Бисау"},
    "IR": {"ru": "Иран", "ru_abbr": "ИРИ", "en_admitted": "Islamic Republic of Iran",
           "az_admitted": "İran İslam Respublikası"},
    "KG": {"ru": "Киргизия|Кыргызстан|Киргизстан",
           "en_admitted": "Kyrgyz Republic", "az_admitted": "Qırğız Respublikası",
           "en_forbidden": "Kirghizia|Kirgizia"},
    "KM": {"ru": "Коморские Острова|Коморы"},
    "KN": {"ru_match": "fixed", "en": "Saint Kitts and Nevis"},
    "KP": {"ru": "Корейская Народно-Демократическая Республика|Северная Корея", "ru_abbr": "КНДР",
           "en": "Democratic People's Republic of Korea", "en_admitted": "North Korea",
           "en_abbr": "DPRK", "az": "Koreya Xalq Demokratik Respublikası",
           "az_admitted": "Şimali Koreya", "az_abbr": "KXDR"},
    "KR": {"ru": "Республика Корея|Южная Корея", "en": "Republic of Korea",
           "en_admitted": "South Korea|Korea", "az": "Koreya Respublikası",
           "az_admitted": "Cənubi Koreya"},
    "LC": {"en": "Saint Lucia"},
    "CN": {"ru": "Китай", "ru_abbr": "КНР",
           "en_admitted": "People's Republic of China", "en_abbr": "PRC",
           "az_admitted": "Çin Xalq Respublikası", "az_abbr": "ÇXR"},
    "MD": {"ru": "Молдова|Молдавия", "en_admitted": "Republic of Moldova",
           "az_admitted": "Moldova Respublikası", "en_forbidden": "Moldavia"},
    "ME": {"az": "Monteneqro", "az_admitted": "Çernoqoriya"},
    "MH": {"ru": "Маршалловы Острова"},
    "MM": {"ru": "Мьянма", "en": "Myanmar"},
    "MV": {"ru": "Мальдивы|Мальдивская Республика|Мальдивские Острова",
           "az_admitted": "Maldiv Respublikası"},
    "NL": {"ru": "Нидерланды", "en_admitted": "Kingdom of the Netherlands",
           "az_admitted": "Niderland Krallığı"},
    "PG": {
        "ru": "Папуа — Новая Гвинея|Папуа — Новой Гвинеи|Папуа — Новой Гвинее"
        "|Папуа — Новую Гвинею|Папуа — Новой Гвинеей",
        "ru_match": "fixed",
    },
    "PH": {"az": "Filippin"},
    "PL": {"ru": "Польша", "en_admitted": "Republic of Poland",
           "az_admitted": "Polşa Respublikası"},
    "PS": {"ru": "Палестина|Государство Палестина", "en": "Palestine",
           "en_admitted": "State of Palestine", "az": "Fələstin",
           "az_admitted": "Fələstin Dövləti"},
    "RU": {"ru": "Россия"},
    "SA": {"ru": "Саудовская Аравия"},
    "SB": {"ru": "Соломоновы Острова"},
    "SC": {"ru": "Сейшельские Острова|Сейшелы"},
    "ST": {"ru_match": "fixed", "en": "Sao Tome and Principe"},
    "SY": {"ru": "Сирия", "en_admitted": "Syrian Arab Republic",
           "az_admitted": "Suriya Ərəb Respublikası"},
    "SZ": {"en": "Eswatini"},
    "TM": {"ru": "Туркменистан|Туркмения"},
    "TR": {"ru": "Турция", "en_admitted": "Republic of Türkiye",
           "az_admitted": "Türkiyə Respublikası", "en_forbidden": "Turkey"},
    "TT": {"en": "Trinidad and Tobago", "ru_match": "fixed"},
    "US": {"ru": "Соединенные Штаты Америки|Соединенные Штаты", "ru_abbr": "США",
           "en": "United States of America", "en_admitted": "United States|USA|US|U.S.",
           "en_abbr": "USA", "az_admitted": "ABŞ", "az_abbr": "ABŞ", "policy": "either"},
    "UZ": {"ru": "Узбекистан", "en_admitted": "Republic of Uzbekistan",
           "az_admitted": "Özbəkistan Respublikası"},
    "KZ": {"ru": "Казахстан", "en_admitted": "Republic of Kazakhstan",
           "az_admitted": "Qazaxıstan Respublikası"},
    "TH": {"az_admitted": "Tayland"},
    "TJ": {"ru": "Таджикистан", "en_admitted": "Republic of Tajikistan",
           "az_admitted": "Tacikistan Respublikası"},
    "PK": {"ru": "Пакистан",
           "en_admitted": "Islamic Republic of Pakistan",
           "az_admitted": "Pakistan İslam Respublikası"},
    "VN": {"en_admitted": "Viet Nam"},
    "VA": {"ru": "Ватикан", "en": "Vatican", "en_admitted": "Vatican City|Holy See"},
    "VC": {"ru_match": "fixed", "en": "Saint Vincent and the Grenadines"},
    "ZA": {"ru": "Южно-Африканская Республика|Южная Африка", "ru_abbr": "ЮАР",
           "az": "Cənubi Afrika Respublikası", "az_admitted": "Cənubi Afrika",
           "policy": "expand"},
}  # fmt: skip

# English says посольство Азербайджана as "the Azerbaijani embassy": the adjective is admitted.
ADJECTIVES = {
    "AD": "Andorran", "AE": "Emirati", "AF": "Afghan", "AL": "Albanian", "AM": "Armenian",
    "AO": "Angolan", "AR": "Argentine", "AT": "Austrian", "AU": "Australian", "AZ": "Azerbaijani",
    "BA": "Bosnian", "BB": "Barbadian", "BD": "Bangladeshi", "BE": "Belgian", "BG": "Bulgarian",
    "BH": "Bahraini", "BI": "Burundian", "BJ": "Beninese", "BO": "Bolivian", "BR": "Brazilian",
    "BS": "Bahamian", "BT": "Bhutanese", "BW": "Botswanan", "BY": "Belarusian", "BZ": "Belizean",
    "CA": "Canadian", "CD": "Congolese", "CH": "Swiss", "CL": "Chilean", "CM": "Cameroonian",
    "CN": "Chinese", "CO": "Colombian", "CU": "Cuban", "CY": "Cypriot", "CZ": "Czech",
    "DE": "German", "DJ": "Djiboutian", "DK": "Danish", "DO": "Dominican", "DZ": "Algerian",
    "EC": "Ecuadorian", "EE": "Estonian", "EG": "Egyptian", "ER": "Eritrean", "ES": "Spanish",
    "ET": "Ethiopian", "FI": "Finnish", "FJ": "Fijian", "FR": "French", "GA": "Gabonese",
    "GB": "British", "GE": "Georgian", "GH": "Ghanaian", "GM": "Gambian", "GN": "Guinean",
    "GR": "Greek", "GT": "Guatemalan", "GY": "Guyanese", "HN": "Honduran", "HR": "Croatian",
    "HT": "Haitian", "HU": "Hungarian", "ID": "Indonesian", "IE": "Irish", "IL": "Israeli",
    "IN": "Indian", "IQ": "Iraqi", "IR": "Iranian", "IS": "Icelandic", "IT": "Italian",
    "JM": "Jamaican", "JO": "Jordanian", "JP": "Japanese", "KE": "Kenyan", "KG": "Kyrgyz",
    "KH": "Cambodian", "KR": "Korean", "KW": "Kuwaiti", "KZ": "Kazakh", "LA": "Lao",
    "LB": "Lebanese", "LR": "Liberian", "LT": "Lithuanian", "LV": "Latvian", "LY": "Libyan",
    "MA": "Moroccan", "MC": "Monegasque", "MD": "Moldovan", "ME": "Montenegrin", "MG": "Malagasy",
    "ML": "Malian", "MN": "Mongolian", "MR": "Mauritanian", "MT": "Maltese", "MU": "Mauritian",
    "MV": "Maldivian", "MW": "Malawian", "MX": "Mexican", "MY": "Malaysian", "MZ": "Mozambican",
    "NA": "Namibian", "NE": "Nigerien", "NG": "Nigerian", "NI": "Nicaraguan", "NL": "Dutch",
    "NO": "Norwegian", "NP": "Nepalese", "OM": "Omani", "PA": "Panamanian", "PE": "Peruvian",
    "PK": "Pakistani", "PL": "Polish", "PS": "Palestinian", "PT": "Portuguese", "PY": "Paraguayan",
    "QA": "Qatari", "RO": "Romanian", "RS": "Serbian", "RU": "Russian", "RW": "Rwandan",
    "SA": "Saudi", "SD": "Sudanese", "SE": "Swedish", "SG": "Singaporean", "SI": "Slovenian",
    "SK": "Slovak", "SN": "Senegalese", "SO": "Somali", "SR": "Surinamese", "SV": "Salvadoran",
    "SY": "Syrian", "TD": "Chadian", "TG": "Togolese", "TH": "Thai", "TJ": "Tajik", "TM": "Turkmen",
    "TN": "Tunisian", "TR": "Turkish", "TZ": "Tanzanian", "UA": "Ukrainian", "UG": "Ugandan",
    "US": "American", "UY": "Uruguayan", "UZ": "Uzbek", "VE": "Venezuelan", "VN": "Vietnamese",
    "YE": "Yemeni", "ZM": "Zambian", "ZW": "Zimbabwean",
}  # fmt: skip


def country_rows() -> list[dict[str, str]]:
    """A glossary row a state, in the order of the English names."""
    from babel import Locale, __version__

    names = {lang: Locale(lang).territories for lang in ("ru", "en", "az")}
    rows = []
    for code in STATES.split():
        row = dict.fromkeys(COLUMNS, "")
        row |= {lang: str(found[code]).replace(" & ", " and ") for lang, found in names.items()}
        row |= {"type": "place", "policy": "keep", "status": "approved", "az_kind": "name"}
        row |= OFFICIAL.get(code, {})
        if code in ADJECTIVES:
            row["en_admitted"] = "|".join(filter(None, (row["en_admitted"], ADJECTIVES[code])))
        if row["az"].endswith(("adaları", "Respublikası", "Ərəbistanı", "Ştatları", "Əmirlikləri")):
            row["az_kind"] = "possessive"
        row["id"] = "country-" + _slug(row["en"])
        row["source"] = f"CLDR, Babel {__version__.split('.')[0]}"
        if code in OFFICIAL:
            row["source"] += ", official usage"
        rows.append(row)
    return sorted(rows, key=lambda row: row["id"])


def write_countries(path: Path) -> bool:
    """Write the rows as CSV; return whether the file changed."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(country_rows())
    return write_atomically(path, stream.getvalue())


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


if __name__ == "__main__":
    write_countries(Path(sys.argv[1]))
