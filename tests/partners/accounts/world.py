"""Accounts that nobody has used for some days, and the nights of the rule."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from partners.accounts import idle
from partners.mail import sending
from partners.mail.models import Mailing
from tests.mail.boxes import give_address
from tests.people.visitors import staff

# The days of the settings: when staff and people of partners are warned, and switched off.
STAFF, PEOPLE = (60, 90), (365, 425)


def unused(user: User, days: int) -> User:
    """An account of which the last sign-in was so many days ago."""
    long_ago = in_days(-days)
    User.objects.filter(pk=user.pk).update(last_login=long_ago, date_joined=long_ago - timedelta(days=1000))
    return user


def night(days: int = 0, *, mail: bool = True) -> int:
    """The review of the night so many days from now, and the mails that it asked for."""
    number = idle.review(in_days(days))
    if mail:
        sending.deliver()
    return number


def in_days(days: int) -> datetime:
    """The noon of the day so many days from today: neither midnight nor summer time makes it another day."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(12)))


def day(days: int) -> str:
    """A day so many days from now, as the key of a mail."""
    return timezone.localdate(in_days(days)).isoformat()


def warnings() -> list[tuple[str, str]]:
    """Who was warned of which day."""
    rows = Mailing.objects.filter(kind="idle").order_by("asked_at", "user_id")
    return [(each.user.username, each.key) for each in rows.select_related("user")]


def is_on(user: User) -> bool:
    return User.objects.filter(pk=user.pk, is_active=True).exists()


def officer(name: str = "otto", *roles: str, days: int, **more: Any) -> User:
    """A member of staff with an address, who has not signed in for so many days."""
    user = unused(staff(name, *(roles or ("statistician",)), **more), days)
    give_address(user)
    return user


def member_of(user: User) -> User:
    """The manager of a person's partner."""
    return User.objects.get(membership__partner=user.membership.partner, membership__role="MANAGER")
