"""What waits on the first page of the staff: requests for access of others, and invitations that end."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from core.text import Text
from partners.access import requests
from partners.access.approvers import in_words
from partners.models import AccessRequest
from partners.people import invitations
from partners.people.models import Invitation
from partners.people.rights import MAY_INVITE
from partners.staff import waiting
from partners.staff.lists import FOR_READER
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows

# An invitation holds for seven days: in the last two somebody should ask whether it was received.
SOON = timedelta(days=2)


def request_entry(access_request: AccessRequest) -> WaitingEntry:
    """A request by what is asked for and for whom, with who asks and when."""
    at, who = moment_of(access_request.asked_at), access_request.asked_by
    return WaitingEntry(
        in_words(access_request),
        Text(f"bedt om af {who}, {at}", f"requested by {who}, {at}"),
        reverse("admin:partners_accessrequest_decide", args=[access_request.pk]),
    )


def requests_for(user: User) -> WaitingRows:
    """The requests of others on which the user may decide."""
    rows = (
        requests.waiting().exclude(asked_by=user).select_related("partner", "asked_by", "account").order_by("asked_at")
    )
    return waiting.newest(rows, request_entry)


def invitation_entry(invitation: Invitation) -> WaitingEntry:
    """An invitation by its partner and role and for whom it is, with its end."""
    at, whom = moment_of(invitation.expires_at), invitation.whom
    what = f"{invitation.partner or ''} {invitation.get_role_display()}".strip()
    return WaitingEntry(f"{what} ({whom})" if whom else what, Text(f"udløber {at}", f"expires {at}"))


def ending_invitations(user: User) -> WaitingRows:
    """The invitations that nobody has used and that end within two days."""
    rows = invitations.open_invitations().filter(expires_at__lt=timezone.now() + SOON)
    return waiting.newest(rows.select_related("partner", "user").order_by("expires_at"), invitation_entry)


waiting.add(
    "requests",
    Text("En anmodning om adgang venter på din godkendelse", "A request for access waits for your approval"),
    Text(
        "{number} anmodninger om adgang venter på din godkendelse",
        "{number} requests for access wait for your approval",
    ),
    rights=["partners.view_accessrequest", requests.MAY_ADD_CLIENT],
    find=requests_for,
    address=f"partners_accessrequest_changelist?state={FOR_READER}",
)
waiting.add(
    "invitations",
    Text("En invitation udløber snart", "An invitation expires soon"),
    Text("{number} invitationer udløber snart", "{number} invitations expire soon"),
    rights=["people.view_invitation", MAY_INVITE],
    find=ending_invitations,
    address="people_invitation_changelist?state=open",
)
