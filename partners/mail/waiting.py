"""What waits on the first page of the staff: people whose mail comes back, and mails that were not sent."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import F, Q
from django.utils import timezone

from core.text import Text
from partners.mail.kinds import MailResult
from partners.mail.models import Mailbox, Mailing
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup

# What waits for longer is sent within minutes where somebody sends.
LATE = timedelta(days=1)
# For so long the first page tells of what was not sent; the list has all of it.
SHOWN_FOR = timedelta(days=14)
LIST, UNSENT = "mail_mailing_changelist", "unsent"


def entry_of(box: Mailbox) -> WaitingEntry:
    """A person by name and organisation, and never by the address."""
    member = getattr(box.user, "membership", None)
    name = f"{box.user}, {member.partner}" if member is not None else str(box.user)
    day = day_of(box.bounced_at) if box.bounced_at else ""
    return WaitingEntry(name, Text(f"siden {day}", f"since {day}"), address="")


def find(user: User) -> WaitingRows:
    """The people who can still sign in and whose mail came back."""
    rows = Mailbox.objects.filter(bounced_at__isnull=False, user__is_active=True)
    return waiting.newest(rows.select_related("user__membership__partner").order_by("bounced_at"), entry_of)


def is_unsent() -> Q:
    """The condition of a mail that the server did not accept, and is not sent again, or that has waited for a day."""
    return Q(outcome__code=MailResult.FAILED) | Q(begun_at=None, asked_at__lt=timezone.now() - LATE)


def is_late(mailing: Mailing) -> bool:
    """Whether a mail that nobody has begun to send has waited for a day."""
    return mailing.asked_at < timezone.now() - LATE


def entry_of_mailing(mailing: Mailing) -> WaitingEntry:
    """A mail by what it is and whose, and never by the address."""
    day = day_of(mailing.asked_at)
    return WaitingEntry(f"{mailing}, {mailing.user}", Text(f"fra {day}", f"of {day}"))


def find_unsent(_: User) -> WaitingRows:
    """The mails that were not sent lately, or wait for too long, the latest first."""
    rows = Mailing.objects.filter(is_unsent()).exclude(outcome__at__lt=timezone.now() - SHOWN_FOR)
    return waiting.newest(rows.select_related("user").order_by(F("asked_at").desc(), "pk"), entry_of_mailing)


waiting.add(
    "bounces",
    Text("En brugers mail kommer retur", "A person's mail comes back"),
    Text("{number} brugeres mail kommer retur", "The mail of {number} people comes back"),
    rights=["mail.view_mailbox", "people.invite_people"],
    find=find,
    address="mail_mailbox_changelist",
)
waiting.add(
    "unsent_mail",
    Text("En mail blev ikke sendt", "A mail was not sent"),
    Text("{number} mails blev ikke sendt", "{number} mails were not sent"),
    rights=["mail.view_mailing", "people.invite_people"],
    find=find_unsent,
    address=f"{LIST}?outcome={UNSENT}",
)
waiting.lead(
    WayGroup.OPERATION,
    Way(
        Text("Mail, der er sendt eller ikke kunne sendes", "Mail that was sent or could not be sent"),
        "mail.view_mailing",
        LIST,
    ),
)
