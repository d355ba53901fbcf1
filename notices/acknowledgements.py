"""What partners say of notices: that they have seen one, and that they have handed it on in a month by a channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cases.codelists import NOTICE_CHANNEL
from cases.codelists.types import NOT_APPLICABLE
from cases.errors import RulesBroken, Violation
from cases.months import month_of, this_month
from core.refusals import raised_as
from core.text import Text
from notices import reading
from notices.choices import AcknowledgementKind
from notices.errors import NoticeRefused
from notices.models import Acknowledgement
from notices.reading import PublishedNotice
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.models import OPEN_ORGANISATIONS, Partner

MONTH_NOT_THEN = Text(
    "Måneden skal være mellem den, hvor varslet kom ud, og den nuværende.",
    "The month must lie between the one in which the notice came out and the present one.",
)


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """What a partner has said of a notice. `handed_on`: each month with a channel, in order."""

    seen_at: datetime | None
    handed_on: tuple[tuple[date, str], ...]


def answer_of(by: Principal, number: int) -> PartnerAnswer:
    """What the caller's partner has said of a notice that stands. Raises `NotFound`, `NoticeWithdrawn`."""
    reading.get(number)
    return answers_of([number], by.partner_id)[number]


def answers_of(numbers: list[int], partner_id: UUID) -> dict[int, PartnerAnswer]:
    """What a partner has said of some notices. One statement."""
    rows = [*Acknowledgement.objects.filter(notice__in=numbers, partner=partner_id)]
    return {number: answer_from([row for row in rows if row.notice_id == number]) for number in numbers}


def answer_from(rows: list[Acknowledgement]) -> PartnerAnswer:
    """What some rows of a notice and a partner say."""
    handed_on = sorted((row.month, row.channel) for row in rows if row.month is not None)
    return PartnerAnswer(min((row.said_at for row in rows), default=None), tuple(handed_on))


def see(*, by: Principal, number: int) -> None:
    """Say that the notice was seen. Again, nothing changes. Raises `NotFound`, `NoticeWithdrawn`, `NoticeRefused`."""
    reading.get(number)
    with transaction.atomic():
        locks.serialise(by.partner_id)
        note(by, number, AcknowledgementKind.SEEN)


def hand_on(*, by: Principal, number: int, month: date, channel: str) -> None:
    """Say that the notice was handed on, which means that it was seen. Again, nothing changes.

    Raises `NotFound`, `NoticeWithdrawn`, `NoticeRefused`, and `RulesBroken` for a month in which that cannot be.
    """
    check_month(reading.get(number), month)
    with transaction.atomic():
        locks.serialise(by.partner_id)
        note(by, number, AcknowledgementKind.SEEN)
        note(by, number, AcknowledgementKind.HANDED_ON, month, channel)


def check_month(notice: PublishedNotice, month: date) -> None:
    """Raise `RulesBroken` for a month before the notice came out, and for one that has not begun."""
    if not first_month(notice) <= month <= this_month():
        raise RulesBroken([Violation("month", "month_not_then", MONTH_NOT_THEN)])


def first_month(notice: PublishedNotice) -> date:
    """The first month in which a notice can have been handed on."""
    return month_of(notice.first_at)


def note(
    by: Principal,
    number: int,
    kind: AcknowledgementKind,
    month: date | None = None,
    channel: str = NOT_APPLICABLE,
) -> None:
    """Store what was said, unless it was said already. The caller holds the lock of the partner."""
    of = {"notice_id": number, "partner_id": by.partner_id, "kind": kind, "month": month, "channel": channel}
    if Acknowledgement.objects.filter(**of).exists():
        return
    with raised_as(NoticeRefused):
        Acknowledgement.objects.create(**of, client_id=by.client_pk, user_id=by.user_id)
    detail = {} if month is None else {"channel": channel}
    audit.record(by=actor_of(by), action=f"notice.{kind.lower()}", subject=str(number), **detail)


def actor_of(by: Principal) -> Actor:
    """Who speaks: the person on the desk, or the client."""
    return Actor(user_id=by.user_id) if by.user_id is not None else Actor(client_id=by.client_pk)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a notice has come among the live partners that are open. `channels`: in how many months of partners each was used."""

    seen_by: tuple[Partner, ...]
    handed_on: tuple[Partner, ...]
    missing: tuple[Partner, ...]
    channels: tuple[tuple[Text, int], ...]

    @property
    def words(self) -> Text:
        """In words: `14 of 19 partners`."""
        return words_of_reach(len(self.seen_by), len(self.seen_by) + len(self.missing))


def words_of_reach(number: int, of: int) -> Text:
    """How many of how many partners."""
    return Text(f"{number} af {of} partnere", f"{number} of {of} partners")


def expected_partners() -> list[Partner]:
    """The partners that are to see notices, by name: open organisations in live mode, without the centre itself."""
    return [*Partner.objects.filter(OPEN_ORGANISATIONS).order_by("name")]


def unseen_by(partners: Collection[UUID]) -> dict[UUID, list[PublishedNotice]]:
    """Of some partners, those that are to see notices, each with the ones that hold and that it has not seen. Five statements."""
    notices = reading.current()
    rows = Acknowledgement.objects.filter(notice__in=[each.id for each in notices], partner__in=partners).order_by()
    answers = {*rows.values_list("partner_id", "notice_id")}
    keys = Partner.objects.filter(OPEN_ORGANISATIONS, pk__in=partners).order_by().values_list("pk", flat=True)
    return {key: [each for each in notices if (key, each.id) not in answers] for key in keys}


def reach_of(number: int) -> Reach:
    """How far a notice has come. Two statements."""
    partners = expected_partners()
    rows = [*Acknowledgement.objects.filter(notice=number)]
    seen_by = {row.partner_id for row in rows}
    handed_on = {row.partner_id for row in rows if row.kind == AcknowledgementKind.HANDED_ON}
    live = {each.pk for each in partners}
    channels_used = Counter(row.channel for row in rows if row.month is not None and row.partner_id in live)
    return Reach(
        tuple(each for each in partners if each.pk in seen_by),
        tuple(each for each in partners if each.pk in handed_on),
        tuple(each for each in partners if each.pk not in seen_by),
        tuple((NOTICE_CHANNEL.by_code[code].label, number) for code, number in channels_used.most_common()),
    )
