"""What waits on the first page of the staff: secrets that end soon."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.text import Text
from partners.models import Secret
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, Way, WayGroup

# A partner needs some weeks to make a new secret and to carry it to where it is used.
SOON = timedelta(days=30)
LATE = timedelta(days=7)


def ending_secrets(at: datetime | None = None) -> QuerySet[Secret]:
    """The last live secret of each client of an active partner, where it ends within 30 days from now or from a moment."""
    now = at or timezone.now()
    live = Secret.objects.filter(revoked_at=None, expires_at__gt=now)
    later = live.filter(client=OuterRef("client"), expires_at__gt=OuterRef("expires_at"))
    rows = live.filter(expires_at__lt=now + SOON, client__partner__active=True).exclude(Exists(later))
    return rows.select_related("client__partner").order_by("expires_at")


def entry_of(secret: Secret) -> WaitingEntry:
    """A secret by its partner and its last four characters."""
    day = day_of(secret.expires_at)
    return WaitingEntry(
        f"{secret.client.partner} {secret}",
        Text(f"udløber {day}", f"expires {day}"),
        is_late=secret.expires_at < timezone.now() + LATE,
    )


waiting.add(
    "secrets",
    Text("En API-nøgle udløber snart", "A secret expires soon"),
    Text("{number} API-nøgler udløber snart", "{number} secrets expire soon"),
    rights=["partners.view_secret", "partners.end_secret"],
    find=lambda _: waiting.newest(ending_secrets(), entry_of),
    address="partners_secret_changelist?state=ending",
)
waiting.lead(
    WayGroup.OPERATION,
    Way(
        Text("Hvad der er gjort, og af hvem", "What was done, and by whom"),
        "partners.view_auditevent",
        "partners_auditevent_changelist",
    ),
    Way(
        Text("Hvem i centret har set personers oplysninger", "Who at the centre saw persons' records"),
        "partners.view_auditevent",
        "partners_auditevent_changelist?action=looks",
    ),
    Way(
        Text("Hvad partnere har læst, og hvor meget", "What partners have read, and how much"),
        "partners.view_recordread",
        "partners_recordread_changelist",
    ),
    Way(
        Text("Medarbejdere og deres roller", "Staff and their roles"),
        "auth.view_user",
        "auth_user_changelist?is_staff__exact=1",
    ),
)
waiting.lead(
    WayGroup.PARTNERS,
    Way(
        Text("Partnere, deres navne, brugere og adgange", "Partners, their names, people and access"),
        "partners.view_partner",
        "partners_partner_changelist",
    ),
    Way(
        Text("Invitationer til brugere og medarbejdere", "Invitations to people and staff"),
        "people.add_invitation",
        "people_invitation_changelist",
    ),
    Way(Text("En ny partner: opret den", "A new partner: add it"), "partners.add_partner", "partners_partner_add"),
)
