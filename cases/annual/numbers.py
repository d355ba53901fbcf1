"""The numbers in what a person writes: each must be one that the report shows, since nobody can type a figure.

The rules, in the words of the staff page (docs/annual-report.md):

* A number of persons, or any other number, is a count of the report: `112`, and in thousands `1.234` in Danish, `1,234` in English.
* One before %, pct., procent or per cent is a percentage of the report, whole or with a decimal.
* One before år, years or -årige, or after aged, is an age that stands in a heading of a table. One after under or over is either.
* Two numbers with a dash between them may be what is told of a hidden number: `0–9`.
* Four digits together from 1990 to the year after the report's are a year, as is a day before the name of a month.
* A number that begins a line and ends with a full stop or a bracket numbers the lines of a list. One after § names a law.

Numbers in words are not seen: whoever approves reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from partners.text import Text

FIRST_YEAR = 1990
PERCENTAGE, YEARS_OF_AGE, END, COUNT = "percentage", "age", "end", "count"
DIGITS = frozenset("0123456789")
MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "january|february|march|may|june|july|october"
)
SPACES = "\u202f\u00a0"
# A run of digits with what may stand between them; a plain space only between groups of three.
RUN = re.compile(rf"(?<!\d)\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[.,'{SPACES}]\d+)*", re.ASCII)
BAND = re.compile(r"(?<!\d)\d+–\d+(?!\d)", re.ASCII)
PERCENT = re.compile(rf"[ {SPACES}-]?(?:%|pct\b|procent|per ?cent)", re.IGNORECASE)
AGE = re.compile(rf"(?:[–-]\d+)?[ {SPACES}-]?(?:år\b|årig|years?\b|year-)", re.IGNORECASE)
AGED = re.compile(r"\baged (?:under |over )?(?:\d+[–-])?$", re.IGNORECASE)
LIMIT = re.compile(r"\b(?:under|over) $", re.IGNORECASE)
MONTH = re.compile(rf"(?:\.|st|nd|rd|th)?[ {SPACES}](?:{MONTHS})\b", re.IGNORECASE)
LAW = re.compile(rf"(?:§+|\bsections?)[ {SPACES}]?$", re.IGNORECASE)
NUMBERING = re.compile(r"[.)](?:\s|$)")
# How thousands and decimals are written, by language.
FORMS = {
    "da": re.compile(rf"(\d{{1,3}}(?:[.{SPACES} ]\d{{3}})+|\d+)(?:,(\d+))?", re.ASCII),
    "en": re.compile(rf"(\d{{1,3}}(?:[,{SPACES} ]\d{{3}})+|\d+)(?:\.(\d+))?", re.ASCII),
}


@dataclass(frozen=True)
class ShownNumbers:
    """Every number that a report shows, without sign: counts, percentages, and the ages in the headings of its tables.

    `bands`: what is told of hidden numbers, as `0–9`.
    """

    year: int
    counts: frozenset[int]
    percents: frozenset[Decimal]
    ages: frozenset[int]
    bands: frozenset[str] = frozenset()

    def __or__(self, other: ShownNumbers) -> ShownNumbers:
        """The numbers of both."""
        sets = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self)[1:])
        return ShownNumbers(self.year, *(one | another for one, another in sets))


def foreign_numbers(text: str, language: str, shown: ShownNumbers) -> list[str]:
    """The numbers in a text that are none of the report, as they are written. Empty where all are."""
    strange = [each for each in text if each not in DIGITS and unicodedata.numeric(each, None) is not None]
    return [*strange, *(each for line in text.splitlines() for each in of_line(line, language, shown))]


def of_line(line: str, language: str, shown: ShownNumbers) -> Iterator[str]:
    """The foreign numbers of a line."""
    bands = {n for each in BAND.finditer(line) if each[0] in shown.bands for n in range(*each.span())}
    for match in RUN.finditer(line):
        if match.start() in bands:
            continue
        before, after = line[: match.start()], line[match.end() :]
        use = use_of(before, after)
        if not (use in {COUNT, END} and is_free(match[0], before, after, shown.year)) and not is_shown(
            match[0], use, language, shown
        ):
            yield match[0]


def use_of(before: str, after: str) -> str:
    """What a number is used as, by what stands around it."""
    if PERCENT.match(after):
        return PERCENTAGE
    if AGE.match(after) or AGED.search(before):
        return YEARS_OF_AGE
    return END if LIMIT.search(before) else COUNT


def is_free(run: str, before: str, after: str, year: int) -> bool:
    """Whether a number is no figure: a year, a day of a month, the number of a line or of a law."""
    if not run.isdecimal():
        return False
    if not before.strip() and NUMBERING.match(after):
        return True
    is_year = len(run) == 4 and FIRST_YEAR <= int(run) <= year + 1
    is_day = len(run) <= 2 and 1 <= int(run) <= 31 and MONTH.match(after) is not None
    return is_year or is_day or LAW.search(before) is not None


def is_shown(run: str, use: str, language: str, shown: ShownNumbers) -> bool:
    """Whether the report shows the number as what it is used as."""
    numbers: dict[str, frozenset[int] | frozenset[Decimal]] = {
        PERCENTAGE: shown.percents,
        YEARS_OF_AGE: shown.ages,
        END: shown.ages | shown.counts,
        COUNT: shown.counts,
    }
    value = value_of(run, language)
    return value is not None and value in numbers[use]


def value_of(run: str, language: str) -> Decimal | None:
    """The number that is written; None where it is not written as the language writes numbers."""
    match = FORMS[language].fullmatch(run)
    if match is None:
        return None
    whole = "".join(filter(str.isdecimal, match[1]))
    return Decimal(f"{whole}.{match[2] or 0}")


def refusal_of(numbers: list[str]) -> Text:
    """Which numbers are none of the report, and the rule."""
    names = ", ".join(dict.fromkeys(numbers))
    return Text(
        f"Rapporten viser ikke {names}. Et tal i teksten skal stå i rapportens egne tabeller, skrevet som dér: antal som antal, "
        "andele med pct. Årstal, datoer og nummererede linjer er undtaget.",
        f"The report does not show {names}. A number in the text must stand in the report's own tables, written as it is there: "
        "counts as counts, shares with %. Years, dates and numbered lines are exempt.",
    )
