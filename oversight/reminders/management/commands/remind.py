"""`manage.py remind [--dry-run [--at MOMENT]]`: tell everybody what the worker would tell them now, or say who that would be.

    python manage.py remind --dry-run --at 2026-12-07T08:00

A dry run prints a line for each mail: user name, kind, what it is about, language. It prints no address.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.months import COPENHAGEN
from oversight.reminders import plan
from partners.mail import sending
from partners.mail.models import Mailbox, Mailing


class Command(BaseCommand):
    """Remind people, or say who would be."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """When, and whether in earnest."""
        parser.add_argument("--dry-run", action="store_true", help="say who would be told what, and tell nobody")
        parser.add_argument("--at", type=moment, help="a moment in Copenhagen, for a dry run: 2026-12-07T08:00")

    def handle(self, *_: Any, dry_run: bool, at: datetime | None, **__: Any) -> None:
        """Do it, or say it."""
        if at and not dry_run:
            raise CommandError("--at is for --dry-run: mail goes out by the clock.")
        if not dry_run and not sending.is_on():
            raise CommandError("No mail is sent: HENVIS_MAIL_FROM is not set (docs/mail.md).")
        if dry_run:
            self.stdout.writelines(f"{line}\n" for line in lines(at or timezone.now()))
        else:
            self.stdout.write(f"{plan.run()} mails sent\n")


def moment(text: str) -> datetime:
    """A moment. One without an offset is Copenhagen's."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=COPENHAGEN)


def lines(at: datetime) -> list[str]:
    """A line for each mail that somebody would get at a moment and has not got."""
    occasions = list(dict.fromkeys(plan.occasions(at)))
    boxes = {box.user_id: box for box in Mailbox.objects.filter(user_id__in={each.user_id for each in occasions})}
    names = dict(User.objects.filter(pk__in=boxes).values_list("pk", "username"))
    mailings = set(Mailing.objects.filter(user_id__in=boxes).values_list("user_id", "kind", "key"))
    return [
        f"{names[each.user_id]} {each.kind} {each.key} {boxes[each.user_id].language}"
        for each in occasions
        if each.kind not in boxes[each.user_id].opt_outs and (each.user_id, each.kind, each.key) not in mailings
    ]
