"""What is open in a year of a partner. A year is signed when nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from cases.intake.batches.timing import IS_MEANT, waiting_for_people
from cases.intake.models import Batch, BatchState
from cases.months import midnight
from cases.services.expectations import expectations_of
from core.text import Text, with_label
from oversight.reporting import states
from oversight.reporting.periods import of_year
from oversight.reporting.states import State
from partners.models import Partner

AT_WORK = [str(BatchState.QUEUED), str(BatchState.RUNNING)]


class PointPage(StrEnum):
    """The page on which a point is settled, by the name of its route in the desk."""

    CALENDAR = "calendar"
    DELIVERIES = "deliveries"
    COUNTS = "counts"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing that is open: what it is, of what (periods, or how many; never references), and the page that settles it."""

    code: str
    text: Text
    about: tuple[Text | str, ...]
    page: PointPage


NOT_OVER = Text("Året er ikke slut endnu.", "The year is not over yet.")
WITHOUT_ANSWER = Text(
    "Disse perioder har intet svar. Send henvisninger, eller meld, at der intet var:",
    "These periods have no answer. Send referrals, or report that there was nothing:",
)
NOT_COMPLETE = Text(
    "Disse perioder er begyndt, men ikke meldt færdige. Meld, at det var alt, eller vent til fristen:",
    "These periods are begun and not complete. Declare that that was all, or wait until they are due:",
)
FORMS_MISSING = Text("Disse skemaer med tal er ikke indberettet:", "These forms of counts are not reported:")
BEING_WORKED_ON = Text("Leverancer, der er ved at blive læst.", "Deliveries that are being worked on.")
WAITING = Text(
    "Leverancer, der venter på jer: gem rækkerne, ret dem, eller fortryd leverancen.",
    "Deliveries that wait for you: store their rows, correct them, or cancel the delivery.",
)
Check = Callable[[Partner, int, datetime], Iterator[OpenPoint]]


def not_over(partner: Partner, year: int, now: datetime) -> Iterator[OpenPoint]:
    if now < midnight(date(year + 1, 1, 1)):
        yield OpenPoint("year_not_over", NOT_OVER, (), PointPage.YEAR)


def missing_periods(partner: Partner, year: int, now: datetime) -> Iterator[OpenPoint]:
    """Periods of the partner's calendar that nothing answers, and those that are begun and not complete."""
    periods_wanted = {partner.pk: of_year(partner.calendar, year)}
    reports = [each for each in states.reports_of(periods_wanted, now)[partner.pk] if each.state not in states.COMPLETE]
    periods_begun = tuple(each.period.label for each in reports if each.state == State.BEGUN)
    missing = tuple(each.period.label for each in reports if each.state != State.BEGUN)
    if missing:
        yield OpenPoint("periods_missing", WITHOUT_ANSWER, missing, PointPage.CALENDAR)
    if periods_begun:
        yield OpenPoint("periods_begun", NOT_COMPLETE, periods_begun, PointPage.CALENDAR)


def missing_forms(partner: Partner, year: int, now: datetime) -> Iterator[OpenPoint]:
    """Forms of counts that are expected and have not come: once the year is signed, none can."""
    expectations = expectations_of([partner], now)[partner.pk]
    missing = [each for each in reversed(expectations) if each.period.year == year and each.first_at is None]
    if missing:
        about = tuple(with_label(each.form.label, each.period.as_text) for each in missing)
        yield OpenPoint("forms_missing", FORMS_MISSING, about, PointPage.COUNTS)


def waiting_deliveries(partner: Partner, year: int, now: datetime) -> Iterator[OpenPoint]:
    """Deliveries whose rows are not stored yet. Nobody knows their years before, so they are open in each.

    A file that somebody has checked on the desk and not sent is one of them, also while it is checked. What a machine tries out is
    none.
    """
    batches = Batch.objects.filter(partner_id=partner.pk)
    if number := batches.filter(IS_MEANT, state__in=AT_WORK).count():
        yield OpenPoint("deliveries_at_work", BEING_WORKED_ON, (str(number),), PointPage.DELIVERIES)
    if number := waiting_for_people(batches, now).count():
        yield OpenPoint("deliveries_waiting", WAITING, (str(number),), PointPage.DELIVERIES)


# Rooms above this one add theirs when they start.
CHECKS: list[Check] = [not_over, missing_periods, missing_forms, waiting_deliveries]


def open_points(partner: Partner, year: int, now: datetime | None = None) -> list[OpenPoint]:
    """Everything that is open in a year of a partner, now or at a moment."""
    at = now or timezone.now()
    return [point for check in CHECKS for point in check(partner, year, at)]
