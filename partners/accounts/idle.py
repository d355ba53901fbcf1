"""The rule on idle accounts. Who has not signed in for long is warned by mail, and later the account is switched off.

The days are in the settings, those of Copenhagen. They count from the last sign-in, or from what came later: the account began,
somebody opened it or decided on it, or it was restored by an invitation. No account is switched off that was not warned: the mail
has been handed over at least `NOTICE` before, however long the worker was away, and on no earlier day than the mail named. The
web server's role cannot write that a mail was handed over, nor run this.

What the rule leaves to staff (`left_to_staff`): the last superuser, the only manager of a partner, and whoever no mail reaches,
or has not reached two weeks after the account would have been switched off.

Secrets of clients are not switched off: each has its end, of which managers are told, and programs report as seldom as people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Greatest
from django.utils import timezone

from core.text import Text
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.mail import sending
from partners.mail.kinds import IDLE, MailResult, day_of
from partners.mail.models import Mailing, MailOutcome
from partners.mail.sending import Occasion
from partners.models import AuditEvent
from partners.people import members
from partners.people.models import Invitation, Membership
from partners.roles import MemberRole

# A warning stands for so long at least.
NOTICE = timedelta(days=14)
OPENED = Q(action="person.on") | Q(action="person.change", detail__active=True)
LAST_SUPERUSER = Text("den sidste superbruger", "the last superuser")
ONLY_MANAGER = Text("partnerens eneste leder", "the partner's only manager")
UNREACHED = Text("kan ikke varsles med mail", "no mail can warn the person")


@dataclass(frozen=True, slots=True)
class IdleAccount:
    """An active account under the rule. `since`: from when its days count; `warned_at`: when a warning was handed over after that.

    `named_day`: the day that this warning named. `is_being_warned`: a warning waits to be sent. `protection`: why the rule leaves
    the account to staff; None where it does not.
    """

    user: User
    since: date
    warned_at: datetime | None
    named_day: date | None
    is_being_warned: bool
    protection: Text | None

    @property
    def warned_after(self) -> timedelta:
        """How long it may be idle before it is warned of."""
        return timedelta(
            days=settings.HENVIS_PEOPLE_WARNED_AFTER if self.is_of_partner else settings.HENVIS_STAFF_WARNED_AFTER
        )

    @property
    def off_after(self) -> timedelta:
        """How long it may be idle before it is switched off."""
        return timedelta(
            days=settings.HENVIS_PEOPLE_OFF_AFTER if self.is_of_partner else settings.HENVIS_STAFF_OFF_AFTER
        )

    @property
    def is_of_partner(self) -> bool:
        return hasattr(self.user, "membership")

    def days(self, today: date) -> int:
        """How many days it has been idle."""
        return (today - self.since).days

    def is_idle(self, today: date) -> bool:
        """Whether it has been idle for so long that it is warned of."""
        return today >= self.since + self.warned_after

    def is_over(self, today: date) -> bool:
        """Whether it has been idle for so long that it is switched off, were it warned."""
        return today >= self.since + self.off_after

    def is_left(self, today: date) -> bool:
        """Whether somebody must decide about it: the rule does not switch it off, or the warning should have gone out long ago."""
        is_late = self.warned_at is None and today >= self.since + self.off_after + NOTICE
        return self.is_over(today) and (self.protection is not None or is_late)

    def ends_on(self, today: date) -> date:
        """The day on which it is switched off; of one that was not warned, if it were warned today."""
        notice = (timezone.localdate(self.warned_at) if self.warned_at else today) + NOTICE
        return max(self.since + self.off_after, notice, self.named_day or notice)


def under_rule() -> QuerySet[Any]:
    """The active accounts with what the rule asks of each: one statement. People of a partner that is off can do nothing anyway."""
    openings = AuditEvent.objects.filter(OPENED, subject=Cast(OuterRef("pk"), CharField())).order_by("-at")
    restorations = Invitation.objects.filter(user=OuterRef("pk")).order_by("-made_at")
    warnings = MailOutcome.objects.filter(
        mailing__user=OuterRef("pk"), mailing__kind=IDLE, code=MailResult.SENT
    ).order_by("-at")
    colleagues = Membership.objects.filter(
        partner=OuterRef("membership__partner"), role=str(MemberRole.MANAGER), user__is_active=True
    )
    superusers = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=OuterRef("pk"))
    rows = User.objects.filter(Q(membership=None) | Q(membership__partner__active=True), is_active=True)
    return (
        rows.select_related("membership__partner", "mailbox")
        .annotate(
            since=Greatest(
                "last_login",
                "date_joined",
                Subquery(openings.values("at")[:1]),
                Subquery(restorations.values("made_at")[:1]),
            ),
            warned_at=Subquery(warnings.values("at")[:1]),
            warned_of=Subquery(warnings.values("mailing__key")[:1]),
            is_being_warned=Exists(Mailing.objects.filter(user=OuterRef("pk"), kind=IDLE, begun_at=None)),
            has_colleague=Exists(colleagues.exclude(user=OuterRef("pk"))),
            has_superuser=Exists(superusers),
        )
        .order_by("since", "pk")
    )


def accounts(rows: QuerySet[Any] | None = None) -> list[IdleAccount]:
    """The accounts under the rule, the one that was idle longest first."""
    return [account_of(row) for row in (under_rule() if rows is None else rows)]


def account_of(row: Any) -> IdleAccount:
    """A row of `under_rule` as the rule judges it. A warning from before the last sign-in is none, nor one that came back.

    Nor is one of a day on which the account was not idle: a clock was ahead, and its person has signed in since.
    """
    has_bounced = getattr(getattr(row, "mailbox", None), "bounced_at", None) is not None
    account = IdleAccount(
        user=row,
        since=timezone.localdate(row.since),
        warned_at=None,
        named_day=None,
        is_being_warned=row.is_being_warned,
        protection=protection_of(row, is_warned=False),
    )
    if row.warned_at is None or has_bounced or not account.is_idle(timezone.localdate(row.warned_at)):
        return account
    protection = protection_of(row, is_warned=True)
    return replace(account, warned_at=row.warned_at, named_day=day_of(row.warned_of), protection=protection)


def protection_of(row: Any, *, is_warned: bool) -> Text | None:
    """Why the rule leaves an account to staff."""
    member = getattr(row, "membership", None)
    if row.is_superuser and not row.has_superuser:
        return LAST_SUPERUSER
    if member is not None and member.role == MemberRole.MANAGER and not row.has_colleague:
        return ONLY_MANAGER
    mailbox = getattr(row, "mailbox", None)
    # As in `henvis_begin_mail`: people of a partner in test mode get none.
    gets_mail = row.is_staff or (member is not None and member.partner.mode == Mode.LIVE)
    has_address = sending.is_on() and gets_mail and mailbox is not None and mailbox.confirmed_at is not None
    return None if is_warned or has_address else UNREACHED


def left_to_staff(today: date) -> list[IdleAccount]:
    """The accounts that are idle for as long as others are switched off, and that somebody must decide about: one statement."""
    shortest = timedelta(days=min(settings.HENVIS_STAFF_OFF_AFTER, settings.HENVIS_PEOPLE_OFF_AFTER))
    rows = under_rule().filter(since__date__lte=today - shortest)
    return [each for each in accounts(rows) if each.is_left(today)]


def review(at: datetime) -> int:
    """Switch off who is due at a moment, then warn who has to be; return how many were switched off. Twice does as much as once."""
    today = timezone.localdate(at)
    due = [each.user.pk for each in accounts() if is_due(each, today)]
    number = sum(switch_off(pk, today) for pk in due)
    sending.ask(warnings_of(accounts(), today))
    return number


def warnings_of(rows: list[IdleAccount], today: date) -> list[Occasion]:
    """The mails to who has to be warned and was not."""
    return [
        Occasion(each.user.pk, IDLE, each.ends_on(today).isoformat())
        for each in rows
        if each.protection is None and each.is_idle(today) and each.warned_at is None and not each.is_being_warned
    ]


def is_due(account: IdleAccount, today: date) -> bool:
    """Whether the rule switches an account off today."""
    return account.protection is None and account.warned_at is not None and today >= account.ends_on(today)


def switch_off(pk: int, today: date) -> bool:
    """Switch an account off if it is still due once its row is locked, and those that would keep it from being the last one."""
    with transaction.atomic():
        partners = Membership.objects.filter(user=pk).values("partner")
        managers = Membership.objects.filter(partner__in=partners, role=str(MemberRole.MANAGER)).values("user")
        peers = User.objects.filter(Q(is_superuser=True) | Q(pk=pk) | Q(pk__in=managers))
        list(peers.order_by("pk").select_for_update())
        rows = accounts(under_rule().filter(pk=pk))
        if not rows or not is_due(rows[0], today):
            return False
        members.switch(by=COMMAND, user=rows[0].user, active=False, rule=IDLE, idle_days=rows[0].days(today))
    return True


def run() -> int:
    """The nightly review. As the owner, in the worker of upkeep."""
    return review(timezone.now())
