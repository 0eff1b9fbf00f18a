"""How chat models are asked, and how their answers are read."""

import json

import pytest

from dragoman.engines.prompting import (
    batch_prompt,
    clean,
    parse_batch,
    refused,
    sentence_prompt,
)
from dragoman.records import Request, Term

SOURCE = "Встреча прошла в Баку."
BAKU = Term(17, 21, "Баку", "Bakı", ("Bakıda",), forbidden=("Baku", "Bakü"))


def test_terms_and_forbidden_renderings_stand_in_the_prompt() -> None:
    system, user = sentence_prompt(Request(SOURCE, (BAKU,)), "az")
    assert "Azerbaijani" in system["content"]
    assert "- Баку = Bakı (forbidden: Baku; Bakü)" in user["content"]
    assert user["content"].endswith(SOURCE)


def test_a_batch_is_json_with_ids_and_terms() -> None:
    _, user = batch_prompt([Request("Да."), Request(SOURCE, (BAKU,))], "az")
    assert json.loads(user["content"]) == {
        "sentences": [
            {"id": 1, "text": "Да."},
            {
                "id": 2,
                "text": SOURCE,
                "terms": [{"source": "Баку", "target": "Bakı", "forbidden": ["Baku", "Bakü"]}],
            },
        ]
    }


def test_a_similar_sentence_is_a_hint() -> None:
    hint = ("Встреча прошла в Шуше.", "Görüş Şuşada keçirilib.")
    system, user = sentence_prompt(Request(SOURCE, (), hint), "az")
    assert "keep its wording" in system["content"]
    assert user["content"].index(hint[0]) < user["content"].index(hint[1])
    assert user["content"].endswith(SOURCE)
    assert "keep its wording" not in sentence_prompt(Request(SOURCE), "az")[0]["content"]
    system, user = batch_prompt([Request("Да."), Request(SOURCE, (), hint)], "az")
    assert "keep its wording" in system["content"]
    first, second = json.loads(user["content"])["sentences"]
    assert "similar" not in first
    assert second["similar"] == {"text": hint[0], "approved": hint[1]}


CLEAN = [
    ("Görüş Bakıda keçirildi.", "Görüş Bakıda keçirildi."),
    ("  Görüş.\n", "Görüş."),
    ("<think>The user wants...</think>\nGörüş.", "Görüş."),
    ("```\nGörüş.\n```", "Görüş."),
    ("```text\nGörüş.\n```", "Görüş."),
    ("Translation: Görüş.", "Görüş."),
    ("Here is the Azerbaijani translation:\n\nGörüş.", "Görüş."),
    ("Tərcümə: Görüş.", "Görüş."),
    ("Görüş.\n\nNote: I translated it literally.", "Görüş."),
    ("Görüş.\n(Note: literal)", "Görüş."),
    ('"Görüş."', "Görüş."),
    ("«Görüş.»", "Görüş."),
    ('"Görüş" və "danışıq"', '"Görüş" və "danışıq"'),
    ("The user wants a translation.\n</think>\n\nGörüş.", "Görüş."),
    ("Here is the translation of the press release:\n\nGörüş.", "Görüş."),
    ('Certainly! Here is the translated text:\n\n"Görüş."', "Görüş."),
    ("Here's my translation:\n\nGörüş.\n\nLet me know if you need anything!", "Görüş."),
    ("Translation (Azerbaijani): Görüş.", "Görüş."),
    ("**Translation:** Görüş.", "Görüş."),
    ("Azerbaijani (Latin script): Görüş.", "Görüş."),
    ("**Görüş.**", "Görüş."),
    ("„Görüş.“", "Görüş."),
    (f"{SOURCE}\n\nGörüş.", "Görüş."),
    (f"Text:\n{SOURCE}\nTranslation:\nGörüş.", "Görüş."),
    (SOURCE, SOURCE),
    ("Bakıda görüş: nəticələr", "Bakıda görüş: nəticələr"),
    ("The translation: a history", "The translation: a history"),
    ("", ""),
]


@pytest.mark.parametrize(("output", "expected"), CLEAN)
def test_clean(output: str, expected: str) -> None:
    assert clean(SOURCE, output) == expected


def test_quotes_that_the_source_has_stay() -> None:
    assert clean("«Мы рады».", '"We are glad."') == '"We are glad."'


def test_a_label_that_the_source_has_stays() -> None:
    assert clean("Перевод: Айгюн Алиева.", "Translation: Aygun Aliyeva.").startswith("Translation:")
    assert clean("Гости:", "Guests:") == "Guests:"


REFUSALS = [
    ("I'm sorry, but I can't help with that.", True),
    ("I cannot translate this text.", True),
    ("As an AI language model, I", True),
    ("Üzr istəyirəm, amma bunu edə bilmərəm.", True),
    ("Sorry was the first word of the letter.", False),
    ("The minister said: I cannot agree.", False),
    ("Görüş keçirildi.", False),
]


@pytest.mark.parametrize(("output", "expected"), REFUSALS)
def test_refused(output: str, expected: bool) -> None:
    assert refused(output) is expected


PARSED = [
    ('{"translations": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}', {1: "a", 2: "b"}),
    ('{"translations": [{"id": "2", "text": "iki"}]}', {2: "iki"}),
    ('```json\n{"translations": [{"id": 1, "text": "bir"}]}\n```', {1: "bir"}),
    ('<think>{}</think>{"translations": [{"id": 1, "text": "bir"}]}', {1: "bir"}),
    ('{"translations": [{"id": 1, "text": "bir"}, {"id": 1, "text": "bir"}]}', {1: "bir"}),
    ('{"translations": [{"id": 1, "text": "bir"}, {"id": 1, "text": "x"}]}', {}),
    ('{"translations": [{"id": 7, "text": "yeddi"}, {"id": 0, "text": "x"}]}', {}),
    ('{"translations": [{"id": 0, "text": "bir"}, {"id": 1, "text": "iki"}]}', {}),
    ('{"translations": [{"id": 2, "text": "b"}, {"id": 3, "text": "c"}]}', {}),
    ('{"translations": [{"id": 1, "text": "bir"}, {"text": "x"}]}', {}),
    ('{"translations": [{"id": 1}, {"text": "x"}, "y", {"id": 2, "text": 5}]}', {}),
    ('{"translations": [{"id": "²", "text": "bir"}]}', {}),
    ('{"translations": {"1": "bir"}}', {}),
    ('{"translations": [{"id": 1, "text": "bi', {}),
    ("bir, iki", {}),
    ("[]", {}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), PARSED)
def test_parse_batch(content: str, expected: dict[int, str]) -> None:
    assert parse_batch(content, 2) == expected


def test_a_sentence_alone_needs_no_id() -> None:
    """But two texts for it are none: which of them, or both?"""
    assert parse_batch('{"translations": [{"id": 0, "text": "bir"}]}', 1) == {1: "bir"}
    two = '{"translations": [{"id": 1, "text": "bi"}, {"id": 2, "text": "r"}]}'
    assert parse_batch(two, 1) == {}
