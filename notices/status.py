"""Which services are open: what a partner says of each of its own, and the list for everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.codelists import REGION, SERVICE_PLACE, SERVICE_STATE
from cases.errors import AddressTakenDown
from cases.months import COPENHAGEN, today
from core.refusals import raised_as
from core.text import Text
from notices.acknowledgements import actor_of
from notices.errors import NoticeRefused
from notices.models import LONGEST_ADDRESS, NO_ADDRESS, ServiceStatus
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.kinds import Mode

NO_LONGER = Text("ukendt: det, der stod, gjaldt til og med {day}", "not known: what was said held until {day}")


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service on the list for everybody. `state`: a code, or empty where what was said holds no longer."""

    partner: str
    place: str
    region: str
    state: str
    until: date | None
    address: str
    said_on: date

    @property
    def place_words(self) -> Text:
        return SERVICE_PLACE.by_code[self.place].label

    @property
    def region_words(self) -> Text:
        return REGION.by_code[self.region].label

    @property
    def state_words(self) -> Text:
        """Whether it is open."""
        if self.state:
            return SERVICE_STATE.by_code[self.state].label
        return Text(*(each.format(day=self.until) for each in NO_LONGER))


def as_address(text: str) -> str | None:
    """A text as an address that everybody may read, with plain spaces; it may be empty. None: it has something else in it."""
    line = normalize("NFKC", text).strip()
    return None if len(line) > LONGEST_ADDRESS or re.search(NO_ADDRESS, line) else line


def say(
    *, by: Principal, place: str, region: str, state: str, until: date | None = None, address: str = ""
) -> ServiceStatus:
    """Say whether a service of the caller's is open. The same again changes nothing.

    Raises `AddressTakenDown` where a program gives an address after staff took one down, and `NoticeRefused`.
    """
    content = {"place": place, "region": region, "state": state, "until": until, "address": address}
    with transaction.atomic():
        locks.serialise(by.partner_id)
        current = latest_of(by.partner_id, place, region)
        is_down = current is not None and current.address_taken_by_id is not None
        if is_down and address and by.user_id is None:
            raise AddressTakenDown
        # A person who says the same, without the address, has answered that it was taken down.
        if current is not None and is_said(current, content) and not (is_down and by.user_id):
            return current
        with raised_as(NoticeRefused):
            status = ServiceStatus.objects.create(
                partner_id=by.partner_id, client_id=by.client_pk, user_id=by.user_id, **content
            )
        audit.record(
            by=actor_of(by),
            action="service.status",
            subject=str(by.partner_id),
            service_place=place,
            service_region=region,
            service_state=state,
        )
    return ServiceStatus.objects.get(pk=status.pk)


def is_said(current: ServiceStatus, content: Mapping[str, object]) -> bool:
    """Whether a row says this already."""
    return all(getattr(current, name) == content[name] for name in content)


def take_address_down(*, by: Actor, row: ServiceStatus) -> None:
    """Take down the address of a service, which is stored no longer then. Raises `NoticeRefused` where it is not there any more."""
    with transaction.atomic():
        locks.serialise(row.partner_id)
        with raised_as(NoticeRefused), connection.cursor() as cursor:
            cursor.execute("SELECT henvis_take_address_down(%s, %s)", [row.pk, by.user_id])
        audit.record(
            by=by,
            action="service.take_down",
            subject=str(row.partner_id),
            service_place=row.place,
            service_region=row.region,
        )


def latest_of(partner_id: UUID, place: str, region: str) -> ServiceStatus | None:
    """What a partner said last of a service."""
    return ServiceStatus.objects.filter(partner=partner_id, place=place, region=region).order_by("id").last()


def with_latest(rows: QuerySet[ServiceStatus]) -> QuerySet[Any]:
    """Rows with `is_latest`: whether it is what the partner said last of the service."""
    later = ServiceStatus.objects.filter(
        partner=OuterRef("partner"), place=OuterRef("place"), region=OuterRef("region"), pk__gt=OuterRef("pk")
    )
    return rows.annotate(is_latest=~Exists(later))


def own(partner_id: UUID) -> list[ServiceStatus]:
    """What a partner said last of each of its services."""
    rows = ServiceStatus.objects.filter(partner=partner_id).order_by("place", "region", "-id")
    return [*rows.distinct("place", "region")]


def has_address_to_answer(partner_id: UUID) -> bool:
    """Whether an address of a partner's was taken down, and no person of it has said anything of that service since."""
    rows = with_latest(ServiceStatus.objects.filter(partner=partner_id, address_taken_by__isnull=False))
    same = ServiceStatus.objects.filter(partner=partner_id, place=OuterRef("place"), region=OuterRef("region"))
    before = same.filter(pk__lt=OuterRef("pk"), address_taken_by__isnull=False)
    return rows.filter(is_latest=True).exclude(Exists(before), user__isnull=False).exists()


def public(*, region: str | None = None, day: date | None = None) -> list[ServiceLine]:
    """The services of live partners that are open organisations. One statement.

    In front is what is open, then what is limited and what is closed; each by region, place and name.
    """
    rows = ServiceStatus.objects.filter(partner__mode=Mode.LIVE, partner__active=True).select_related("partner")
    if region is not None:
        rows = rows.filter(region=region)
    last = rows.order_by("partner_id", "place", "region", "-id").distinct("partner_id", "place", "region")
    lines = [line_of(row, day or today()) for row in last]
    return sorted(lines, key=order_of)


def order_of(line: ServiceLine) -> tuple[int, str, int, str]:
    """Where a service stands on the list. What is not known is at its end."""
    state = SERVICE_STATE.names.index(line.state) if line.state else len(SERVICE_STATE.names)
    return state, line.region, SERVICE_PLACE.names.index(line.place), line.partner


def line_of(row: ServiceStatus, day: date) -> ServiceLine:
    """A row as everybody reads it on a day. What holds no longer has no address."""
    is_over = row.until is not None and row.until < day
    return ServiceLine(
        row.partner.name,
        row.place,
        row.region,
        "" if is_over else row.state,
        row.until,
        "" if is_over else row.address,
        row.said_at.astimezone(COPENHAGEN).date(),
    )
