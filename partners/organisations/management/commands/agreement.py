"""`manage.py agreement`: who has confirmed the agreement, and recording one that a manager has signed on paper."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations import agreements
from partners.organisations.agreements import AgreementRefused
from partners.people.models import Membership
from partners.roles import MemberRole


class Command(BaseCommand):
    """Lists the live partners with their state, or records a confirmation in the name of a manager's account."""

    help = "List who has confirmed the agreement, or record one that a manager has signed on paper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The partner, and who has signed which version."""
        parser.add_argument("partner", nargs="?", help="the name of a live partner; without it, all are listed")
        parser.add_argument("--signed-by", help="the user name of the manager who has signed")
        parser.add_argument(
            "--agreement-version", type=int, help="the version that was signed (default: the one in force)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """List, or record."""
        if options["partner"] is None:
            self.list_all()
            return
        partner = Partner.objects.filter(name=options["partner"], mode=Mode.LIVE).first()
        if partner is None:
            raise CommandError("There is no such live partner.")
        if options["signed_by"] is None:
            raise CommandError("Say who has signed: --signed-by USERNAME, an active manager of the partner.")
        self.record(partner, manager(partner, options["signed_by"]), options["agreement_version"])

    def list_all(self) -> None:
        """A line for each active live partner: its state, the kind of agreement, its name."""
        partners = Partner.objects.filter(OPEN_ORGANISATIONS)
        latest = agreements.latest_by_partner(partners)
        for partner in partners:
            kind = agreements.kind_of(partner)
            state = agreements.state_of(kind, latest.get(partner.pk))
            self.stdout.write(f"{state:10} {kind:12} {partner.name}")

    def record(self, partner: Partner, user: User, number: int | None) -> None:
        """Record a confirmation. Raises `CommandError`."""
        kind = agreements.kind_of(partner)
        version = agreements.current(kind) if number is None else agreements.version_of(kind, number)
        if version is None:
            raise CommandError("There is no such version of the agreement.")
        try:
            is_new = agreements.confirm(user=user, partner=partner, version=version, by=COMMAND)
        except AgreementRefused as refusal:
            raise CommandError(str(refusal)) from None
        what = "is recorded" if is_new else "was recorded before"
        self.stdout.write(f"Version {version.name} (SHA-256 {version.digest}) {what} for {partner.name}.")


def manager(partner: Partner, name: str) -> User:
    """The active manager of the partner with this user name. Raises `CommandError`."""
    managers = Membership.objects.filter(partner=partner, role=MemberRole.MANAGER, user__is_active=True)
    member = managers.filter(user__username=name).select_related("user").first()
    if member is None:
        raise CommandError("That is no active manager of the partner. Invite one: manage.py invite --role MANAGER …")
    return member.user
