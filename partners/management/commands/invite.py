"""`manage.py invite`: an invitation from the server, for the first superuser and for whoever is locked out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from partners.audit import COMMAND
from partners.kinds import Mode
from partners.management.commands import add_partner
from partners.models import Partner
from partners.people import invitations
from partners.people.invitations import InvitationRefused, address, invite
from partners.people.models import Membership
from partners.roles import PARTNER_ROLES, STAFF_ROLES, SUPERUSER


class Command(BaseCommand):
    """Prints an address that makes one account, or brings one back. No password is on the command line."""

    help = "Invite a person: the address works once and for seven days, and is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--superuser", action="store_true", help="somebody who may everything")
        who.add_argument("--role", choices=[*STAFF_ROLES, *PARTNER_ROLES], help="a role of staff, or with --partner")
        who.add_argument("--user", help="the user name of an account to bring back: new password, new factor")
        parser.add_argument("--partner", help="the name of a partner, for a role at it")
        parser.add_argument("--mode", default="live", choices=[mode.lower() for mode in Mode], help="the partner's")
        parser.add_argument("--base-url", help="where this installation answers")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the invitation and print its address."""
        try:
            token = invite(by=COMMAND, **invitation_for(options))
        except InvitationRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("For the person alone; it works once and for seven days, and is shown this once:")
        self.stdout.write(f"  {address(token, options['base_url'] or add_partner.base_url())}")


def invitation_for(options: dict[str, Any]) -> dict[str, Any]:
    """Role, partner and user of the options. Raises `CommandError`."""
    if options["user"]:
        return of_account(options["user"])
    role = SUPERUSER if options["superuser"] else options["role"]
    if (role in list(PARTNER_ROLES)) != bool(options["partner"]):
        raise CommandError("Roles in capitals are at a partner and need --partner; the others are of staff.")
    if not options["partner"]:
        return {"role": role}
    partner = Partner.objects.filter(name=options["partner"], mode=options["mode"].upper()).first()
    if partner is None:
        raise CommandError("There is no such partner.")
    return {"role": role, "partner": partner}


def of_account(name: str) -> dict[str, Any]:
    """What is needed to bring an account back."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError("There is no such account, or it is switched off.")
    member = Membership.objects.filter(user=user).select_related("partner").first()
    _, role = invitations.role_of(user)
    return {"role": role, "partner": member.partner if member else None, "user": user}
