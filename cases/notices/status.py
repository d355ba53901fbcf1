"""Which services are open: what a partner says of each of its own, and the list for everybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.codelists import REGION, SERVICE_PLACE, SERVICE_STATE
from cases.months import COPENHAGEN, today
from cases.notices.acknowledging import actor_of
from cases.notices.errors import NoticeRefused
from cases.notices.models import LONGEST_ADDRESS, NO_ADDRESS, ServiceStatus
from partners import audit, locks
from partners.credentials import Principal
from partners.kinds import Mode
from partners.refusals import raised_as
from partners.text import Text

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
        """What kind of service it is."""
        return SERVICE_PLACE.by_code[self.place].label

    @property
    def region_words(self) -> Text:
        """Where it is."""
        return REGION.by_code[self.region].label

    @property
    def state_words(self) -> Text:
        """Whether it is open."""
        if self.state:
            return SERVICE_STATE.by_code[self.state].label
        return Text(*(each.format(day=self.until) for each in NO_LONGER))


def is_address(text: str) -> bool:
    """Whether a text may be shown to everybody as an address: one line, without numbers of persons and telephones, or nothing."""
    return len(text) <= LONGEST_ADDRESS and text.isprintable() and not re.search(NO_ADDRESS, text)


def say(
    *, by: Principal, place: str, region: str, state: str, until: date | None = None, address: str = ""
) -> ServiceStatus:
    """Say whether a service of the caller's is open. The same again changes nothing. Raises `NoticeRefused`."""
    content = {"place": place, "region": region, "state": state, "until": until, "address": address}
    with transaction.atomic():
        locks.serialise(by.partner_id)
        current = latest_of(by.partner_id, place, region)
        if current is not None and all(getattr(current, name) == value for name, value in content.items()):
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
            service_state=state,
        )
    return ServiceStatus.objects.get(pk=status.pk)


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


def public(*, region: str | None = None, day: date | None = None) -> list[ServiceLine]:
    """The services of live partners that are open organisations, by place, region and name. One statement."""
    rows = ServiceStatus.objects.filter(partner__mode=Mode.LIVE, partner__active=True).select_related("partner")
    if region is not None:
        rows = rows.filter(region=region)
    last = rows.order_by("partner_id", "place", "region", "-id").distinct("partner_id", "place", "region")
    lines = [line_of(row, day or today()) for row in last]
    return sorted(lines, key=lambda each: (SERVICE_PLACE.names.index(each.place), each.region, each.partner))


def line_of(row: ServiceStatus, day: date) -> ServiceLine:
    """A row as everybody reads it on a day."""
    state = "" if row.until is not None and row.until < day else row.state
    return ServiceLine(
        row.partner.name,
        row.place,
        row.region,
        state,
        row.until,
        row.address,
        row.said_at.astimezone(COPENHAGEN).date(),
    )
