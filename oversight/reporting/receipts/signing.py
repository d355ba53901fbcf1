"""Signing a year when nothing in it is open, under the partner's lock: no record and no other signature comes in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from cases.errors import DomainError
from cases.intake.batches.retention import IS_MEANT, waiting_for_people
from cases.intake.models import Batch, BatchState
from cases.months import midnight
from cases.services.expectations import expectations_of
from cases.windows import partner_years
from cases.windows.models import FIRST_YEAR, LAST_YEAR, YearReceipt
from core.refusals import raised_as
from core.text import Text, with_label
from oversight.reporting import states
from oversight.reporting.periods import periods_of_year
from oversight.reporting.receipts.content import MEMBERS, canonical, content_of, counts_of
from oversight.reporting.states import State
from partners import audit, locks
from partners.audit import Actor
from partners.models import Partner
from partners.people.models import Membership
from partners.people.rights import may, membership_of
from partners.roles import Right

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
    periods_wanted = {partner.pk: periods_of_year(partner.calendar, year)}
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


FORMAT, TYPE = 1, "henvis-receipt"


class SigningRefused(DomainError):
    """This person may not sign for this partner, or the year is none."""


class YearOpen(SigningRefused):
    """Something is open. `points`: what."""

    def __init__(self, points: Sequence[OpenPoint]) -> None:
        super().__init__("year_open")
        self.points = tuple(points)


def sign(member: Membership, year: int, *, partner: Partner | None = None) -> tuple[YearReceipt, bool]:
    """Sign a year as a person of a partner: the receipt, and whether it is new. A year that is signed keeps its receipt.

    `partner`: the member's own, or its twin in test mode. Raises `SigningRefused`, and `YearOpen` where something is open.
    """
    partner = partner or member.partner
    with raised_as(SigningRefused), transaction.atomic():
        at = locks.serialise(partner.pk)
        partner = Partner.objects.get(pk=partner.pk)
        demand_right(member, partner, year)
        if partner_years.years_of(partner.pk).is_signed(year):
            return YearReceipt.objects.filter(partner=partner, year=year).latest("number"), False
        if points := open_points(partner, year, at):
            raise YearOpen(points)
        receipt = write(member, partner, year, at)
        audit.record(by=Actor.of(member.user), action="year.sign", subject=str(receipt.pk), year=year)
        return receipt, True


def demand_right(member: Membership, partner: Partner, year: int) -> None:
    """Raise `SigningRefused` for a person who does not submit for the partner any more, and for what is no year."""
    now = membership_of(member.user)
    is_own = now is not None and now.partner_id in {partner.pk, partner.twin_of_id}
    if not (is_own and may(now, Right.SUBMIT) and FIRST_YEAR <= year <= LAST_YEAR):
        raise SigningRefused


def write(member: Membership, partner: Partner, year: int, at: datetime) -> YearReceipt:
    """Write the receipt of what stands now."""
    number = YearReceipt.objects.filter(partner=partner, year=year).count() + 1
    document = canonical(document_of(member, partner, year, number, at))
    return YearReceipt.objects.create(
        partner=partner,
        year=year,
        number=number,
        user=member.user,
        signed_at=at,
        document=document.decode(),
        digest=sha256(document).hexdigest(),
    )


def document_of(member: Membership, partner: Partner, year: int, number: int, at: datetime) -> dict[str, object]:
    """What is signed: what stands now."""
    content = content_of(partner.pk, year)
    return {
        "type": TYPE,
        "format": FORMAT,
        "partner": {"id": str(partner.pk), "name": partner.name},
        "mode": str(partner.mode),
        "year": year,
        "number": number,
        "signed_at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "signed_by": signer_of(member),
        "expected": len(periods_of_year(partner.calendar, year)),
        "months": [month.as_json for month in content.months],
        "records": {"count": content.count, "digest": content.digest, "members": sorted(MEMBERS)},
        "counts": counts_of(partner.pk, year).as_json,
    }


def signer_of(member: Membership) -> dict[str, str]:
    """Who signed: the name as it is now, and the user name, by which the person is known whatever name is given later."""
    user = member.user
    return {
        "name": user.get_full_name() or user.get_username(),
        "user_name": user.get_username(),
        "role": str(member.role),
    }
