"""A year of reports over all forms, and a dictionary of what they say: written apart from the program, by adding up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from cases.services import content
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountDimension, CountForm, CountTable, MeasureKind
from partners.models import Client, Partner

YEAR = 2024
# What was there by the first moment; what came late, or was corrected, was there by the second.
FIRST, SECOND = datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
MOMENTS = (FIRST, SECOND)
# A figure: the form, the table, the measure, the period, and the codes by dimension.
Figure = tuple[str, str, str, str, tuple[tuple[str, str], ...]]
Content = dict[str, Any]


def days(form: CountForm) -> Iterator[date]:
    """The first days of the periods of the year, and of some beside it."""
    match str(form.period):
        case "year":
            yield from (date(year, 1, 1) for year in (YEAR - 1, YEAR, YEAR + 1))
        case "month":
            yield from (date(YEAR, month, 1) for month in range(1, 13))
            yield from (date(YEAR - 1, 12, 1), date(YEAR + 1, 1, 1))
        case _:
            monday = date(YEAR, 1, 1)
            yield from (monday + timedelta(weeks=7 * n + 1) for n in range(-1, 8))
            # Its Thursday is in the next year; and one whose Thursday is in the next quarter.
            yield from (date(YEAR, 12, 30), date(YEAR, 12, 23), date(YEAR, 4, 1), date(YEAR, 3, 25))


def spans(form: CountForm) -> Iterator[tuple[date, date]]:
    """The first and the last day of every period of the year."""
    match str(form.period):
        case "year":
            yield date(YEAR, 1, 1), date(YEAR, 12, 31)
        case "month":
            for month in range(1, 13):
                yield date(YEAR, month, 1), date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        case _:
            # Its last week begins on 23 December: the one after that has its Thursday in the next year.
            for week in range(52):
                yield (monday := date(YEAR, 1, 1) + timedelta(weeks=week)), monday + timedelta(days=6)


def quarter_of(form: CountForm, first: date) -> str:
    """The quarter of a report, by its Thursday where it is of a week."""
    day = date.fromisocalendar(*first.isocalendar()[:2], 4) if str(form.period) == "week" else first
    return f"{day.year}-Q{(day.month + 2) // 3}"


def ends_quarter(form: CountForm, first: date) -> bool:
    """Whether the next report is of another quarter."""
    after = CountPeriod(first, form.period).last + timedelta(days=1)
    return quarter_of(form, after) != quarter_of(form, first)


def said(form: CountForm, rng: Random) -> Content:
    """What a report says: tables that are not known, tables without lines, numbers that are not known, and numbers."""
    tables: Content = {}
    for table in form.tables:
        kind = rng.random()
        tables[table.name] = None if kind < 0.1 else [] if kind < 0.2 else lines(table, rng)
    return tables if any(each is not None for each in tables.values()) else {form.tables[0].name: []}


def in_force(dimension: CountDimension) -> tuple[str, ...]:
    """The codes that a line may have."""
    return dimension.codelist.in_force(date(2025, 9, 1))


def lines(table: CountTable, rng: Random) -> list[dict[str, Any]]:
    """Some lines, each about something else. A number is at most the one before it, so that parts are at most their wholes."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for _ in range(rng.randint(1, 6)):
        codes = {each.name: rng.choice(in_force(each)) for each in table.dimensions if not each.is_optional}
        # What is asked besides follows from the rest, so that all else is what it was before somebody asked.
        besides = Random(" ".join(codes.values()))
        codes |= {each.name: besides.choice(in_force(each)) for each in table.dimensions if each.is_optional}
        most, numbers = rng.choice((0, 3, 12, 60)), dict[str, int | None]()
        for measure in table.measures:
            most = rng.randint(0, most)
            numbers[measure.name] = None if rng.random() < 0.1 else most
        found[tuple(codes.values())] = codes | numbers
    return list(found.values())


@dataclass
class ReportedYear:
    """What some partners said by each moment, and how it was stored.

    `closed`: the days on which partners closed. `unsaid`: those of whom staff have not said whether they report what a crisis asks
    for. `crisis`: by each moment the first and the last day of the weeks that it asks for.
    """

    partners: list[Partner]
    closed: dict[UUID, date] = field(default_factory=dict)
    unsaid: set[UUID] = field(default_factory=set)
    crisis: dict[datetime, tuple[date, date]] = field(default_factory=dict)
    rng: Random = field(default_factory=lambda: Random(92))
    current: dict[datetime, dict[tuple[Any, str, date], Content]] = field(
        default_factory=lambda: {each: {} for each in MOMENTS}
    )

    def write(self) -> None:
        """Report the year: in time, corrected at once, late, corrected later, or not at all."""
        rows: list[CountReport] = []
        for who in self.partners:
            client = Client.objects.get(partner=who)
            for form in FORMS.values():
                for first in days(form):
                    rows += self.report(who, client, form, first)
        CountReport.objects.bulk_create(rows)

    def report(self, who: Partner, client: Client, form: CountForm, first: date) -> Iterator[CountReport]:
        """The versions of one report."""
        early, soon, late = FIRST - timedelta(days=9), FIRST - timedelta(days=8), FIRST + timedelta(days=30)
        times = self.rng.choice(((), (early,), (early,), (early, soon), (late,), (early, late), (early, soon, late)))
        for number, at in enumerate(times):
            period = CountPeriod(first, form.period)
            kept = content.read(form, period, said(form, self.rng), date(2025, 9, 1))
            for moment in MOMENTS:
                if at <= moment:
                    self.current[moment][who.pk, form.id, first] = kept
            yield CountReport(
                partner=who,
                client=client,
                form=form.id,
                form_version=form.version,
                period=first,
                version=number + 1,
                content=kept,
                recorded_at=at,
                superseded_at=times[number + 1] if number + 1 < len(times) else None,
            )

    def figures(self, moment: datetime, *, without: Partner) -> Counter[Figure]:
        """Every figure of the year and of its quarters by one dimension at most, as of a moment."""
        sums: Counter[Figure] = Counter()
        for form, first, reported in self.reports(moment, without=without):
            for table in form.tables:
                for line in reported.get(table.name) or ():
                    for measure, period in counted_in(form, table, first):
                        for codes in ((), *(((each.name, line[each.name]),) for each in table.dimensions)):
                            sums[form.id, table.name, measure, period, codes] += line[measure] or 0
        return sums

    def reports(self, moment: datetime, *, without: Partner) -> Iterator[tuple[CountForm, date, Content]]:
        """The reports of the year as of a moment."""
        for (who, form_id, first), reported in self.current[moment].items():
            form = FORMS[form_id]
            if who != without.pk and quarter_of(form, first).startswith(str(YEAR)):
                yield form, first, reported

    def due(self, form: CountForm, moment: datetime, *, without: Partner) -> set[tuple[UUID, date]]:
        """The reports of a form that are expected of the year, by who and by the first day."""
        found = set()
        for who in self.partners:
            for first, last in spans(form):
                is_open = who.pk not in self.closed or last < self.closed[who.pk]
                since, until = self.crisis[moment] if form.only_in_crisis and who.pk in self.unsaid else (first, last)
                if who.pk != without.pk and is_open and since <= last and first <= until:
                    found.add((who.pk, first))
        return found

    def known(self, moment: datetime, *, without: Partner) -> Counter[tuple[str, str, str]]:
        """By form, table and measure how many reports of the year know the number in each of their lines."""
        found: Counter[tuple[str, str, str]] = Counter()
        for form, first, reported in self.reports(moment, without=without):
            for table in form.tables:
                lines_said = reported.get(table.name)
                for measure in table.measures:
                    is_asked = measure.kind != MeasureKind.STOCK or ends_quarter(form, first)
                    is_known = lines_said is not None and None not in [line[measure.name] for line in lines_said]
                    found[form.id, table.name, measure.name] += is_known or not is_asked
        return found


def counted_in(form: CountForm, table: CountTable, first: date) -> Iterator[tuple[str, str]]:
    """The measures of a table that a report adds to, each with the period: of a stock the last report of a quarter, or a year."""
    quarter = quarter_of(form, first)
    for measure in table.measures:
        is_stock = measure.kind == MeasureKind.STOCK
        if not is_stock or ends_quarter(form, first):
            yield measure.name, quarter
        if not is_stock or (ends_quarter(form, first) and quarter.endswith("4")):
            yield measure.name, str(YEAR)
