"""The table of own figures: one field down, another across where it is wanted, with totals. Every number is exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

from cases.codelists.types import Code
from cases.errors import Violation
from cases.intake.own import without_restricted
from cases.months import first_day, month_words, today
from core.text import Text
from pages.desk.frame import Visit
from pages.desk.records.lists import month_named
from stats.errors import QueryRefused
from stats.own import summary
from stats.own.axes import SIDES, SummaryAxis, words_of_axes
from stats.own.summary import MONTH, Summary

FIGURES: Mapping[str, Text] = {
    "title": Text("Jeres tal", "Your figures"),
    "lead": Text(
        "Jeres egne henvisninger, talt nøjagtigt, som de står nu. Tilbagetrukne henvisninger tælles ikke med. Tallene er "
        "jeres egne: de er ikke beskyttet og må ikke udgives.",
        "Your own referrals, counted exactly as they stand now. Withdrawn ones are not counted. The figures are your own: they "
        "are not protected and must not be published.",
    ),
    "choose": Text("Vælg, hvad der tælles", "Choose what is counted"),
    "rows": Text("Rækker", "Rows"),
    "columns": Text("Kolonner", "Columns"),
    "no_columns": Text("Kun i alt", "Total only"),
    "from": Text("Fra og med måned", "From month"),
    "to": Text("Til og med måned", "To month"),
    "zeros": Text("Vis også svar uden henvisninger", "Show answers without referrals too"),
    "apply": Text("Vis", "Show"),
    "total": Text("I alt", "Total"),
    "number": Text("Henvisninger", "Referrals"),
    "caption": Text("Henvisninger efter {by}, {months}, opgjort {day}", "Referrals by {by}, {months}, counted {day}"),
    "between": Text("{first} – {last}", "{first} – {last}"),
    "since": Text("fra og med {first}", "from {first}"),
    "until": Text("til og med {last}", "to {last}"),
    "all_months": Text("alle måneder", "all months"),
    "not_published": Text("Jeres egne tal: må ikke udgives", "Your own figures: not to be published"),
    "test": Text("Testtilstand: tallene er ikke jeres rigtige.", "Test mode: these are not your real figures."),
    "none": Text("Der er ingen henvisninger at tælle.", "There are no referrals to count."),
    "fetch": Text("Hent", "Download"),
    "csv": Text("CSV", "CSV"),
    "xlsx": Text("Excel", "Excel"),
    "file": Text("egne-tal", "own-figures"),
    "sheet": Text("Tal", "Figures"),
    "two_of_one": Text(
        "Vælg to forskellige felter for rækker og kolonner.", "Choose different fields for rows and columns."
    ),
}
TOO_LARGE = Text(
    "Tabellen bliver for stor. Vælg færre måneder, et andet felt, eller kun det, der ikke er nul.",
    "The table is too large. Choose fewer months, another field, or only what is not zero.",
)


YEAR = f"{MONTH}.year"
ROWS, COLUMNS, FROM, TO, ZEROS = "rows", "columns", "from", "to", "zeros"


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """What is counted. `columns`: a second field, if any. `zeros`: rows of zeros too."""

    rows: SummaryAxis
    columns: SummaryAxis | None
    first: date | None
    last: date | None
    zeros: bool

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> FigureChoice:
        """The choices of an address; the years, where it names no field. What is no choice is passed over."""
        return cls(
            SIDES.get(texts.get(ROWS, ""), SIDES[YEAR]),
            SIDES.get(texts.get(COLUMNS, "")),
            month_named(texts.get(FROM, "")),
            month_named(texts.get(TO, "")),
            ZEROS in texts,
        )

    @property
    def sides(self) -> tuple[SummaryAxis, ...]:
        """The fields that are counted by."""
        return (self.rows, self.columns) if self.columns else (self.rows,)

    @property
    def is_repeated(self) -> bool:
        """Whether both are of one field, so that no table has them."""
        return self.columns is not None and self.columns.column == self.rows.column

    def caption(self, language: str) -> str:
        """What the table counts, in which months, and on which day."""
        by = words_of_axes(self.sides, language)
        with override(language):
            day = date_format(today())
        return FIGURES["caption"](language).format(by=by, months=self.months(language), day=day)

    def months(self, language: str) -> str:
        """The months that are counted, in words."""
        first, last = (month_words(each, language) if each else "" for each in (self.first, self.last))
        name = "between" if first and last else "since" if first else "until" if last else "all_months"
        return FIGURES[name](language).format(first=first, last=last)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table. `heads`: the columns, the last of which is the total. `lines`: each a label and its numbers.

    Totals count each referral once. `note`: where the numbers may add up to more, that they may.
    """

    caption: str
    note: str | None
    side: str
    heads: Sequence[str]
    lines: Sequence[tuple[str, Sequence[int]]]
    totals: Sequence[int]

    @property
    def total(self) -> int:
        """How many referrals are counted."""
        return self.totals[-1]


def count(visit: Visit, choice: FigureChoice) -> OwnTable:
    """The partner's own referrals that are not withdrawn. Raises `QueryRefused` for a table that is too large."""
    rows = without_restricted(summary.current_referrals(visit.partner.pk))
    if choice.first:
        rows = rows.filter(referred_in__gte=choice.first)
    if choice.last:
        rows = rows.filter(referred_in__lte=choice.last)
    return table_of(choice, summary.count(rows, choice.sides, (choice.first, choice.last), zeros=False), visit.language)


def table_of(choice: FigureChoice, result: Summary, language: str) -> OwnTable:
    """The counts as a table with totals. Raises `QueryRefused` for one that is too large."""
    numbers = Counter({tuple(each.code for each in codes): n for codes, n in result.rows})
    down, *others = (codes_of(choice, result, place) for place in range(len(choice.sides)))
    across = others[0] if others else []
    if len(down) * max(1, len(across)) > summary.MOST_ROWS:
        raise QueryRefused(Violation(ROWS, "answer_too_large", TOO_LARGE))
    rows, *columns = result.margins
    return OwnTable(
        choice.caption(language),
        result.note(language),
        choice.rows.label(language),
        [*(label_of(each, language) for each in across), FIGURES["total" if across else "number"](language)],
        [
            (label_of(row, language), [*(numbers[row.code, each.code] for each in across), rows[row.code]])
            for row in down
        ],
        [*(margin[each.code] for margin in columns for each in across), result.total],
    )


def label_of(code: Code, language: str) -> str:
    """What a row or a column is called. A month has no label of a list."""
    month = first_day(code.code)
    return month_words(month, language) if month else code.label(language)


def codes_of(choice: FigureChoice, result: Summary, place: int) -> list[Code]:
    """The codes of a side in their order. Those without a referral are left out, but for months, which have no gaps."""
    every = result.codes[place]
    if choice.zeros or choice.sides[place].column == MONTH:
        return list(every)
    return [each for each in every if result.margins[place][each.code]]
