"""Partners and their periods of a year: received, late, begun, nil or missing. Two statements for any number of partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cases.months import month_of
from core.text import Text
from oversight.reporting.periods import ReportPeriod, periods
from oversight.reporting.receipts.status import UnsignedYear
from oversight.reporting.states import PeriodReport, State, reports_of
from partners.models import EXPECTED_TO_REPORT, Partner

WORDS: dict[tuple[State, bool], Text] = {
    (State.REPORTED, False): Text("modtaget", "received"),
    (State.REPORTED, True): Text("modtaget for sent", "received late"),
    (State.NIL, False): Text("intet at indberette", "nothing to report"),
    (State.NIL, True): Text("intet at indberette, for sent", "nothing to report, late"),
    (State.MISSING, True): Text("mangler", "missing"),
    (State.BEGUN, False): Text("begyndt, ikke meldt færdig", "begun, not complete"),
    (State.DUE, False): Text("afventer, frist ikke nået", "awaited, not yet due"),
    (State.EXPECTED, False): Text("i gang", "under way"),
}
LACKS_COMPLETION = Text("ikke meldt færdig", "not declared complete")


def words_of(report: PeriodReport) -> Text:
    """The state of a period in words. `received; not declared complete`: complete by its deadline alone."""
    words = WORDS[report.state, report.late]
    if not report.lacks_completion:
        return words
    return Text(*("; ".join(each) for each in zip(words, LACKS_COMPLETION, strict=True)))


@dataclass(frozen=True, slots=True)
class PeriodCell:
    """One place in a partner's row, over `span` months. `report`: None where nothing is expected."""

    span: int
    report: PeriodReport | None = None

    @property
    def words(self) -> Text:
        return words_of(self.report) if self.report else Text("forventes ikke", "not expected")

    @property
    def is_missing(self) -> bool:
        """Whether the period is over, due and not answered."""
        return self.report is not None and self.report.state == State.MISSING


@dataclass(frozen=True, slots=True)
class PartnerYear:
    """A partner and its periods of a year that have begun. `signed_at`: when the year was signed, where the signature holds.

    `lack`: what is said where the year is over, something was expected of it, and no signature holds.
    """

    partner: Partner
    year: int
    reports: tuple[PeriodReport, ...]
    signed_at: datetime | None = None
    lack: UnsignedYear | None = None

    @property
    def cells(self) -> tuple[PeriodCell, ...]:
        """A place for each month of the year, in order; a quarter has three."""
        by_month = {each.period.months[0]: each for each in self.reports}
        return tuple(cells_of(self.year, by_month))

    @property
    def late(self) -> tuple[PeriodReport, ...]:
        """The periods that were answered late, or are missing after their deadline."""
        return tuple(each for each in self.reports if each.late)


def cells_of(year: int, by_month: dict[date, PeriodReport]) -> Iterator[PeriodCell]:
    """The places of a row, where each report stands by its first month."""
    month = 1
    while month <= 12:
        report = by_month.get(date(year, month, 1))
        span = len(report.period.months) if report else 1
        yield PeriodCell(span, report)
        month += span


def expected_partners() -> list[Partner]:
    """The live partners that are active and expected to report, by name."""
    return list(Partner.objects.filter(EXPECTED_TO_REPORT).order_by("name"))


def matrix(year: int, now: datetime, partners: Iterable[Partner] | None = None) -> list[PartnerYear]:
    """The year of each of these partners (None: of all that are expected to report) as it stands at the moment `now`."""
    those = expected_partners() if partners is None else list(partners)
    periods_wanted = {each.pk: periods_of_year(each, year, now) for each in those}
    reports = reports_of(periods_wanted, now)
    return [PartnerYear(each, year, tuple(reports[each.pk])) for each in those]


def periods_of_year(partner: Partner, year: int, now: datetime) -> list[ReportPeriod]:
    """The expected periods of a year up to the present one."""
    last = min(date(year, 12, 1), month_of(now))
    return [each for each in periods(partner.calendar, date(year, 1, 1), last) if each.months[0].year == year]
