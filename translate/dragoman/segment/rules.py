"""The rules that decide whether a sentence ends, in the order they are asked.

The first that speaks decides, and its name is the explanation. What none of them knows goes to
razdel's own rules. To add a rule, write it in `marks` or `dots`, name it here, and give it its
cases in tests/test_segment.py.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.segment import dots, marks
from dragoman.segment.boundaries import Boundary

Rule = Callable[[Boundary], bool | None]

RULES: tuple[Rule, ...] = (
    marks.nothing_before,
    marks.nothing_after,
    marks.sentence_goes_on,
    marks.inside_brackets,
    marks.bracketed_remark,
    marks.inside_quotes,
    marks.space_forgotten,
    marks.list_letter,
    marks.latin_name_follows,
    marks.small_letter_follows,
    marks.dash_follows,
    marks.list_number,
    marks.numbered_heading,
    marks.spaced_date,
    dots.initial,
    dots.inner_pair,
    dots.act_title,
    dots.year_or_century,
    dots.month,
    dots.quantity,
    dots.and_so_on,
    dots.abbreviation,
    dots.abbreviation_or_word,
    dots.letter_of_number,
    marks.mark_in_name,
    dots.ordinary_word,
)
