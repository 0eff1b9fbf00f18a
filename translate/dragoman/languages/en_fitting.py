"""A wanted English term in the place of other words: number, article, possessive and capitals."""

from __future__ import annotations

import re
from typing import Final

from dragoman.languages import en
from dragoman.languages.en_nouns import is_plural
from dragoman.languages.en_polish import definite
from dragoman.languages.text import Form, words
from dragoman.records import Term

# Nouns that make a capitalised phrase a description, with an article: the State Migration Service.
_HEADS: Final = words(
    "academy act administration agency agreement airport ambassador army assembly association "
    "bank board bureau cabinet center centre chairman charter chief church code college "
    "colonel commission commissioner committee company confederation conference congress "
    "constitution convention corporation corps council court day declaration department "
    "deputy directorate director embassy emirates federation fleet forces forum foundation "
    "fund government group guard guards head hospital institute inspectorate islands kingdom "
    "law library lieutenant mayor medal ministry mission mosque movement municipality museum "
    "nations netherlands office ombudsman order organisation organization palace parliament "
    "party philippines police president programme program prosecutor protocol region republic "
    "river school sea secretariat senate service society speaker state states strategy summit "
    "tower treaty tribunal troops union war"
)
_SINGULAR: Final = words("a an this that each every another one")
_PLURAL: Final = words("these those many several few two three four five six seven eight nine ten")
_POSSESSIVE: Final = words("its his her their our my your whose")
_VERB_OF_ONE: Final = words("is was has does")
_VERB_OF_MANY: Final = words("are were have do")
_THE: Final = words("USA US UK UAE EU UN CIS UNHCR OSCE")  # as nouns: the EU, but EU citizens
_LAST = re.compile(r"([\w’'.-]+)(\W*)$")
_NEXT = re.compile(r"\s*([A-Za-z’']+)")
_OF = re.compile(r" (?:of|for|on|in|to|at|against|from) ")


def fit(text: str, start: int, stop: int, term: Term) -> str | None:
    """`text` with the wanted form of `term` for ``text[start:stop]``; None where none agrees.

    The form takes the number and the possessive of the replaced words where the term has both
    numbers; the article before it is put right (a or an; none before a name).
    """
    said = text[start:stop]
    owner = said.endswith(("'s", "’s")) or (said.endswith(("'", "’")) and said[-2:-1] == "s")
    form = _form(term, _head_is_plural(said), owner)
    if form is None:
        return None
    before, after = text[:start], text[stop:]
    following = _NEXT.match(after)
    verb = following[1].lower() if following else ""
    if verb in (_VERB_OF_ONE if form.plural else _VERB_OF_MANY) and not owner:
        return None
    lead = _article(before, said, form, term)
    if lead is None:
        return None
    return lead + _in_capitals(form.text, said, lead) + after


def alike(term: Term, said: str, other: Term) -> str | None:
    """The form of `other` that shows what `said`, a form of `term`, does, with its article: of
    refugees and migrant migrants; None where there is none."""
    shown = next((form for form in en.forms(term.lemma) if form.text == said), None)
    form = shown and _form(other, shown.plural, shown.case == "gen")
    if not form:
        return None
    return f"the {form.text}" if definite(other.lemma) or other.lemma in _THE else form.text


def takes_article(phrase: str) -> bool | None:
    """Whether `phrase` stands with an article, as descriptions do and names do not; None for an
    abbreviation, which may (the UN) or may not (NATO)."""
    if not phrase[:1].isupper() or _OF.search(phrase):
        return True
    head = phrase.split()[-1]
    if head.isupper() and len(head) > 1:
        return None
    last = head.lower().strip("”\"'’")
    return last in _HEADS or last.removesuffix("s") in _HEADS


def _head_is_plural(said: str) -> bool:
    head = _OF.split(said, maxsplit=1)[0].split()[-1]
    return is_plural(re.sub(r"['’]s?$|\W+$", "", head)) and not head.endswith(("'s", "’s"))


def _form(term: Term, plural: bool, owner: bool) -> Form | None:
    """The wanted form; a proper name keeps the number that its own Russian asks for."""
    accepted = set(term.forms)
    forms = [form for form in en.forms(term.lemma) if form.text in accepted]
    if not forms:
        return None
    natural = next((f.plural for f in forms if f.text == term.forms[0]), forms[0].plural)
    number = natural if term.lemma[:1].isupper() else plural
    case = "gen" if owner else "nom"
    return next((f for f in forms if f.plural == number and f.case == case), None)


def _article(before: str, said: str, form: Form, term: Term) -> str | None:
    """What stands before the form, with its article put right; None where they do not agree."""
    last = _LAST.search(before)
    word = last[1].lower() if last and last[2].isspace() else ""
    if word in (_SINGULAR if form.plural else _PLURAL):
        return None
    described = takes_article(term.lemma)
    if last and word in ("a", "an"):
        if described is False:
            return None
        right = en.article(form.text)
        right = right.capitalize() if last[1][0].isupper() else right
        return before[: last.start()] + right + last[2]
    if last and word == "the" and described is False:
        return before[: last.start()]
    wants = described and term.lemma[:1].isupper() and takes_article(said) is not True
    if wants and word not in _POSSESSIVE and not word.endswith(("'s", "’s")) and word != "the":
        return before + ("The " if not any(c.isalnum() for c in before) else "the ")
    return before


def _in_capitals(form: str, said: str, before: str) -> str:
    if len(said) > 4 and said.isupper() and " " in said:
        return form.upper()
    return en.sentence_case(form) if not any(c.isalnum() for c in before) else form
