"""What waits on the first page of the staff: people whose mail comes back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from partners.mail.models import Mailbox
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, WayGroup
from partners.text import Text


def entry_of(box: Mailbox) -> WaitingEntry:
    """A person by name and organisation, and never by the address."""
    member = getattr(box.user, "membership", None)
    name = f"{box.user.get_username()}, {member.partner}" if member is not None else box.user.get_username()
    day = day_of(box.bounced_at) if box.bounced_at else ""
    return WaitingEntry(name, Text(f"siden {day}", f"since {day}"))


def find(user: User) -> WaitingRows:
    """The people who can still sign in and whose mail came back."""
    rows = Mailbox.objects.filter(bounced_at__isnull=False, user__is_active=True)
    return waiting.newest(rows.select_related("user__membership__partner").order_by("bounced_at"), entry_of)


waiting.add(
    "bounces",
    Text("En brugers mail kommer retur", "A person's mail comes back"),
    Text("{number} brugeres mail kommer retur", "The mail of {number} people comes back"),
    rights=["mail.view_mailbox", "people.invite_people"],
    find=find,
    address=lambda: reverse("admin:mail_mailbox_changelist"),
)
waiting.lead(
    Text("Mail, der er sendt eller ikke kunne sendes", "Mail that was sent or could not be sent"),
    WayGroup.OPERATION,
    rights=["mail.view_mailing"],
    address=lambda: reverse("admin:mail_mailing_changelist"),
)
