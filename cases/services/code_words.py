"""What is said of a code that is in force on no day of a period: since when it is not and what to use instead, or when it begins.

The sentences have labels and no codes, so that a page, a sheet and a program read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cases.codelists.types import Code, CodeList, DaySpan
from cases.months import day_words
from core.text import Text

DAY = timedelta(days=1)


def not_yet(first: date) -> Text:
    """Of a code that begins on a day."""
    return Text(f"Først i brug fra {day_words(first, 'da')}.", f"Not in use before {day_words(first, 'en')}.")


def not_any_more(last: date, instead: list[Text]) -> Text:
    """Of a code whose last day it was, and the labels of what replaced it."""
    da, en = (day_words(last + DAY, language) for language in Text._fields)
    sentence = Text(f"Ikke i brug fra {da}.", f"Not in use from {en} on.")
    if not instead:
        return sentence
    use_da, use_en = " eller ".join(f"»{each.da}«" for each in instead), " or ".join(f"“{each.en}”" for each in instead)
    return Text(f"{sentence.da} Brug i stedet {use_da}.", f"{sentence.en} Use {use_en} instead.")


def words_of(codelist: CodeList, code: Code, days: DaySpan) -> Text:
    """Of a code that is in force on none of some days."""
    if code.valid_to is not None and code.valid_to < days.first:
        return not_any_more(
            code.valid_to, [codelist.by_code[name].label for name in codelist.successors(code.code, days)]
        )
    return not_yet(code.valid_from or days.first)


def every_sentence(codelist: CodeList) -> Iterator[Text]:
    """All that is said of the codes of a list, whatever the period: it changes on the days on which its codes do alone."""
    dated_codes = codelist.with_dates.values()
    firsts = [each.valid_to + DAY for each in dated_codes if each.valid_to is not None]
    begins = [each.valid_from for each in dated_codes if each.valid_from is not None]
    for first in firsts:
        for days in (DaySpan(first, max(first, last)) for last in (first, *begins)):
            yield from (words_of(codelist, each, days) for each in dated_codes if not each.is_valid_in(days))
    yield from map(not_yet, begins)
