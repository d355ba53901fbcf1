"""What waits on the first page of the staff: successions to decide, and partners that have not confirmed the agreement."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from core.text import Text
from partners.models import Partner
from partners.organisations import successions
from partners.organisations.agreements import with_agreement, without_agreement
from partners.organisations.models import SuccessionRequest
from partners.staff import waiting
from partners.staff.lists import FOR_READER
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows


def entry_of_request(request: SuccessionRequest) -> WaitingEntry:
    day = day_of(request.asked_at)
    return WaitingEntry(
        f"{request.old} → {request.new}",
        Text(f"anmodet om {day}", f"requested {day}"),
        reverse("admin:organisations_successionrequest_decide", args=[request.pk]),
    )


def find_requests(user: User) -> WaitingRows:
    """The successions that somebody else has asked for."""
    rows = successions.waiting().exclude(asked_by=user).select_related("old", "new").order_by("asked_at")
    return waiting.newest(rows, entry_of_request)


def entry_of_partner(partner: Partner) -> WaitingEntry:
    """A partner, which sends nothing live until then."""
    day = day_of(partner.created_at)
    return WaitingEntry(partner.name, Text(f"partner siden {day}", f"partner since {day}"))


def find_partners(user: User) -> WaitingRows:
    """The active live partners without the agreement in force."""
    rows = without_agreement(with_agreement(Partner.objects.all()))
    return waiting.newest(rows.order_by("created_at"), entry_of_partner)


waiting.add(
    "successions",
    Text("En partners efterfølger skal afgøres", "A partner's successor is to be decided"),
    Text("{number} partneres efterfølgere skal afgøres", "The successors of {number} partners are to be decided"),
    rights=["organisations.add_successionrequest"],
    find=find_requests,
    address=f"organisations_successionrequest_changelist?state={FOR_READER}",
)
waiting.add(
    "agreements",
    Text("En partner har ikke bekræftet aftalen", "A partner has not confirmed the agreement"),
    Text(
        "{number} partnere har ikke bekræftet aftalen",
        "{number} partners have not confirmed the agreement",
    ),
    rights=["partners.view_partner", "partners.change_partner"],
    find=find_partners,
    address="partners_partner_changelist?agreement=awaited",
)
