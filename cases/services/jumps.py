"""What is unlike a partner's earlier reports of a form: 1,200 typed for 120, or last month's file under a new period.

Each is true of somebody, so it is asked about and never refused: whoever reports is told, and says that it is so. A report is held
against the current versions of the periods before it (`CountForm.limits`), each measure by its total over a table. Nothing
that is said of it has a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.services.content import Content, in_present_version, sum_of
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountMeasure, CountTable, JumpLimits, MeasureKind
from core.text import Text, in_one

ABOVE, BELOW, REPEATED = "total_far_above", "total_far_below", "report_repeated"
TEXTS: dict[str, Text] = {
    ABOVE: Text(
        "Tallet er meget større end i perioderne før. Passer det?",
        "The number is much larger than in the periods before. Is it right?",
    ),
    BELOW: Text(
        "Tallet er meget mindre end i perioderne før. Passer det?",
        "The number is much smaller than in the periods before. Is it right?",
    ),
    REPEATED: Text(
        "Alle tal er de samme som i den forrige periode, I indberettede. Passer det?",
        "All numbers are the same as in the period that you reported before this one. Are they right?",
    ),
}


@dataclass(frozen=True, slots=True)
class CountWarning:
    """What is asked: the code, the words, without a value, and the table and measure; no table where it is of the whole report."""

    code: str
    detail: Text
    table: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class CountTotals:
    """A report in the canonical form, with the total of each number by its table and measure; None where it is not known."""

    content: Content
    totals: Mapping[tuple[str, str], int | None]

    @classmethod
    def of(cls, form: CountForm, content: Content) -> CountTotals:
        """Add up what a report of a form says."""
        keys = ((table.name, measure.name) for table, measure in form.measures())
        return cls(in_present_version(form, content), {key: sum_of(content, *key) for key in keys})


def warnings_of(partner: UUID, form: CountForm, period: CountPeriod, content: Content) -> list[CountWarning]:
    """What is asked of numbers that a partner reports, in the canonical form. One statement.

    They are held against those of the same major version of the form: of another one they may mean something else.
    """
    first = period.back(form.limits.looks_back).first
    rows = CountReport.objects.of(partner).current().filter(form=form.id, period__gte=first, period__lt=period.first)
    earlier = rows.filter(form_version__startswith=form.series).order_by("-period").values_list("content", flat=True)
    return find_warnings(form, content, [*earlier])


def warnings_of_reports(reports: Iterable[CountReport]) -> Iterator[tuple[CountReport, list[CountWarning]]]:
    """Each of the current reports of a partner and form with what is asked of it. `reports`: in the order of their periods.

    Of a form that counts something else since, nothing is asked. Each report is added up once.
    """
    before: list[tuple[date, CountTotals]] = []
    for report in reports:
        form = report.of_form
        if not report.form_version.startswith(form.series):
            yield report, []
            continue
        totals, first = CountTotals.of(form, report.content), report.of_period.back(form.limits.looks_back).first
        yield report, warnings_of_totals(form, totals, [each for day, each in reversed(before) if day >= first])
        before.append((report.period, totals))


def find_warnings(form: CountForm, content: Content, earlier: Sequence[Content]) -> list[CountWarning]:
    """What is asked of numbers. `earlier`: those of the periods before, the latest first."""
    return warnings_of_totals(form, CountTotals.of(form, content), [CountTotals.of(form, each) for each in earlier])


def warnings_of_totals(form: CountForm, report: CountTotals, earlier: Sequence[CountTotals]) -> list[CountWarning]:
    """The same of reports that are added up."""
    warnings = [CountWarning(REPEATED, TEXTS[REPEATED])] if is_repeated(form, report, earlier) else []
    for table, measure in form.measures():
        key = table.name, measure.name
        totals = [total for each in earlier if (total := each.totals[key]) is not None]
        if code := jump_of(report.totals[key], totals, form.limits):
            warnings.append(CountWarning(code, in_one(name_of(table, measure), TEXTS[code]), *key))
    return warnings


def is_repeated(form: CountForm, report: CountTotals, earlier: Sequence[CountTotals]) -> bool:
    """Whether a report says word for word what the one before it said, and has a number that chance does not often repeat.

    Small numbers recur, and so do places, which stand still.
    """
    if not earlier or earlier[0] != report:
        return False
    flows = ((table.name, each.name) for table, each in form.measures() if each.kind == MeasureKind.FLOW)
    return any((report.totals[key] or 0) >= form.limits.least for key in flows)


def jump_of(total: int | None, totals: Sequence[int], limits: JumpLimits) -> str | None:
    """The code of a total that is far from those before it, as far as they are known, the latest first; None where it is not."""
    if total is None or not totals:
        return None
    smallest, largest = usual_range(totals, limits)
    if total >= limits.least and total > largest * limits.times:
        return ABOVE
    return BELOW if smallest >= limits.least and total * limits.times < smallest else None


def usual_range(totals: Sequence[int], limits: JumpLimits) -> tuple[int, int]:
    """Between which of the earlier totals a new one is expected: the second smallest and the second largest.

    The outermost may be a mistake that is stored, and would hide the next one for a year. Of a few each counts, be it one alone. So
    does the total of the same season, twelve months before: what was closed last July may be closed again.
    """
    aside = 1 if len(totals) > limits.few else 0
    of_season = totals[-1:] if len(totals) == limits.looks_back else ()
    usual = [*sorted(totals)[aside : len(totals) - aside], *of_season]
    return min(usual), max(usual)


def name_of(table: CountTable, measure: CountMeasure) -> Text:
    """A number by its table and name, as the start of a sentence."""
    names = [measure.label] if measure.label == table.label else [table.label, measure.label]
    return Text(*(f"{': '.join(each(language) for each in names)}." for language in Text._fields))
