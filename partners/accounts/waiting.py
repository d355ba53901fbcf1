"""What waits for whoever looks after rights, on the first page of the staff, and the ways to who may what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from core.text import Text
from partners.accounts import idle
from partners.accounts.history import BEGINS
from partners.accounts.idle import UNREACHED, IdleAccount
from partners.models import AuditEvent
from partners.people.models import Membership
from partners.people.names import name_from, parts_of_name
from partners.people.rights import MAY_INVITE
from partners.roles import STAFF_ROLES, SUPERUSER
from partners.staff import audit_words, waiting
from partners.staff.audit_words import details_in_words, details_of, head_of
from partners.staff.naming import day_of, moment_of, page_of, short_name
from partners.staff.subjects import who_did
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup

# Rights of staff that were given or changed within these days are looked at.
RECENT = timedelta(days=7)
KIND = "rights"
CHANGES_OF_RIGHTS = ("person.change", "person.roles")


def of_staff(user: User) -> Q:
    """The condition of events by which others than a user gave or changed the rights of staff. People of partners have none."""
    members = Membership.objects.annotate(key=Cast("user_id", CharField())).values("key")
    by_act = Q(action__in=CHANGES_OF_RIGHTS) & ~Q(subject__in=members)
    return (by_act | Q(action=BEGINS, detail__role__in=[*STAFF_ROLES, SUPERUSER])) & ~Q(user=user)


def entry_of(event: Any) -> WaitingEntry:
    """A change of somebody's rights in words, with who made it and when. An account begins by an act of its own."""
    who, at = who_did(event), moment_of(event.at)
    # An item asks the database once: the name of the account came with the row, and the details of these acts name nobody.
    event.subject_name = who if event.action == BEGINS else name_from(event.account) or short_name(event.subject)
    event.words = details_in_words(event.detail)
    return WaitingEntry(f"{head_of(event)}{details_of(event)}", Text(f"af {who}, {at}", f"by {who}, {at}"))


def recent_rights(user: User) -> WaitingRows:
    """The rights of staff that others gave or changed in the last seven days."""
    accounts = User.objects.annotate(key=Cast("pk", CharField())).filter(key=OuterRef("subject"))
    events = AuditEvent.objects.filter(of_staff(user), at__gte=timezone.now() - RECENT)
    rows = events.annotate(account=Subquery(accounts.values(who=parts_of_name())))
    return waiting.newest(rows.select_related("user", "client__partner").order_by("-at"), entry_of)


def address_of_recent() -> str:
    """These events of the last seven days."""
    query = urlencode({"action": KIND, "at__gte": timezone.now() - RECENT})
    return f"{reverse('admin:partners_auditevent_changelist')}?{query}"


def entry_of_idle(account: IdleAccount) -> WaitingEntry:
    """An account that the rule does not switch off, with why not. It leads to where staff can."""
    member = getattr(account.user, "membership", None)
    name = f"{account.user}, {member.partner}" if member is not None else str(account.user)
    why, since = account.protection or UNREACHED, day_of(account.since)
    note = Text(f"{why.da}; ikke logget ind siden {since}", f"{why.en}; not signed in since {since}")
    return WaitingEntry(name, note, page_of(member or account.user))


def idle_accounts(user: User) -> WaitingRows:
    """The idle accounts that somebody must decide about: of partners' people, and for superusers of staff too."""
    rows = idle.left_to_staff(timezone.localdate())
    return waiting.first_of([each for each in rows if user.is_superuser or each.is_of_partner], entry_of_idle)


waiting.add(
    "idle_accounts",
    Text(
        "En konto er ikke brugt længe, og reglen lukker den ikke",
        "An account was not used for long, and the rule does not switch it off",
    ),
    Text(
        "{number} konti er ikke brugt længe, og reglen lukker dem ikke",
        "{number} accounts were not used for long, and the rule does not switch them off",
    ),
    rights=[MAY_INVITE],
    find=idle_accounts,
    address="auth_user_review?state=left",
)
audit_words.add_kind(
    KIND,
    Text("andres ændringer af medarbejderes rettigheder", "changes that others made to rights of staff"),
    of_staff,
)
waiting.add(
    KIND,
    Text("En medarbejders rettigheder er ændret de sidste syv dage", "Rights of staff changed in the last seven days"),
    Text(
        "Medarbejderes rettigheder er ændret {number} gange de sidste syv dage",
        "Rights of staff changed {number} times in the last seven days",
    ),
    rights=["partners.view_auditevent", "auth.view_user"],
    find=recent_rights,
    address=address_of_recent,
)
waiting.lead(
    WayGroup.OPERATION,
    Way(
        Text(
            "Hvem måtte hvad, og hvem kunne se oplysninger, på en dag", "Who could do what, and see records, on a day"
        ),
        "auth.view_user",
        "auth_user_on_day",
    ),
    Way(
        Text(
            "Gennemgang af adgang: konti og API-nøgler, og hvornår de sidst blev brugt",
            "Access review: accounts and secrets, and when they were last used",
        ),
        ("auth.view_user", MAY_INVITE),
        "auth_user_review",
    ),
    Way(
        Text("Roller: hvad de må, og hvem der har dem", "Roles: what they may do, and who has them"),
        "auth.view_group",
        "auth_group_changelist",
    ),
)
