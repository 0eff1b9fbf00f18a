"""How far a person's name goes in a row of capitalised words."""

from __future__ import annotations

from dragoman.glossary.lexicon import NameLexicon
from dragoman.glossary.roles import Roles
from dragoman.glossary.tokens import Token

PATRONYMICS = ("вич", "вича", "вичу", "вичем", "виче", "вна", "вны", "вне", "вну", "вной")
# Ильхам и Мехрибан Алиевы; of Алиевым the ablative of one man is the likelier reading.
PLURALS = ("овы", "евы", "овых", "евых", "овыми", "евыми", "ины", "иных", "иными")


def last_of_name(roles: Roles, names: NameLexicon, run: list[Token], i: int) -> int | None:
    """The index of the surname after the given name at `i`: past second and father's names."""
    last = None
    for j in range(i + 1, min(len(run), i + 5)):
        token = run[j]
        if token.kind == "part" or (token.particle and j + 1 < len(run)):
            continue
        follows = j + 1 < len(run) and run[j + 1].kind == "word"
        if token.kind == "init" and follows and not roles.is_term(run[j + 1]):
            continue  # Джон Ф. Кеннеди
        homograph = j == i + 1 and roles.is_homograph(token)
        if token.kind == "init" or (roles.is_term(token) and not homograph):
            break
        if token.text.endswith(PLURALS):
            return None
        last = j
        fathers = j + 1 < len(run) and run[j + 1].text in ("оглы", "оглу", "кызы")
        more = j + 1 < len(run) and run[j + 1].kind == "word" and not roles.is_term(run[j + 1])
        surname = roles.likely_surname(token.text)
        second = bool(names.given(token.text)) and (
            not surname or (more and roles.likely_surname(run[j + 1].text))
        )
        if more and not names.knows_surname(token.text) and roles.unknown(run[j + 1]):
            # Мария Кристина Сантос, Юсуф Тунч Ланг
            second = second or not surname or bool(names.given(token.text))
        if more and names.knows_surname(token.text, "foreign") and roles.unknown(run[j + 1]):
            second = second or not names.given(run[j + 1].text)  # Хосе Гарсия Лопес
        if not (fathers or second or token.text.endswith(PATRONYMICS)):
            break
    return last


def after_fathers_name(roles: Roles, run: list[Token], i: int) -> int:
    """The index of the token behind a father's name that begins at `i`, or `i` itself."""
    fathers = i < len(run) and run[i].kind == "word" and not roles.is_term(run[i])
    if fathers and run[i].text.endswith(PATRONYMICS):
        return i + 1
    particle = i + 1 < len(run) and run[i + 1].text in ("оглы", "оглу", "кызы")
    return i + 2 if fathers and particle else i
