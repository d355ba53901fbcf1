"""Signing a year, under the partner's lock: no record and no other signature comes in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction

from cases.errors import DomainError
from cases.windows import reading
from cases.windows.models import FIRST_YEAR, LAST_YEAR, YearReceipt
from core.refusals import raised_as
from oversight.reporting.periods import of_year
from oversight.reporting.receipts.content import MEMBERS, canonical, content_of
from oversight.reporting.receipts.counts import counts_of
from oversight.reporting.receipts.open_points import OpenPoint, open_points
from partners import audit, locks
from partners.audit import Actor
from partners.models import Partner
from partners.people.models import Membership
from partners.people.rights import may, membership_of
from partners.roles import Right

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
        if reading.years_of(partner.pk).is_signed(year):
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
        "expected": len(of_year(partner.calendar, year)),
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
