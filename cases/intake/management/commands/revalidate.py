"""Validate stored referrals again under the rules and checks of today. Nothing is changed; counts are kept for staff.

It says too what is new and what is gone since the run before.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from cases.intake.models import RevalidationReport
from cases.intake.revalidation import changes_since, report_before, revalidate, tell_nobody
from partners.audit import COMMAND, Actor
from partners.kinds import Mode
from partners.models import Partner


def partner_of(text: str) -> Partner:
    """The partner of an id, or the live one of a name. Raises `CommandError`."""
    try:
        partner = Partner.objects.filter(pk=UUID(text)).first()
    except ValueError:
        partner = Partner.objects.filter(name=text, mode=Mode.LIVE).first()
    if partner is None:
        raise CommandError("There is no such partner: give its id, or the name of a live one.")
    return partner


def actor_of(name: str | None) -> Actor:
    """The member of staff who acts, or the command. Raises `CommandError`."""
    user = User.objects.filter(username=name, is_active=True, is_staff=True).first() if name else None
    if name and user is None:
        raise CommandError("There is no active staff user of this name.")
    return Actor.of(user) if user else COMMAND


class Command(BaseCommand):
    """Runs the validation and prints what it comes to."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partner", help="one partner: its id, or its name where it is live")
        parser.add_argument("--user", help="the member of staff who asks for it, for the audit")
        parser.add_argument("--references", action="store_true", help="print the reference of each referral too")
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_: Any, partner: str | None, user: str | None, references: bool, json: bool, **__: Any) -> None:
        """Validate, and print the report."""
        lines: list[tuple[str, list[str]]] = []

        def tell(reference: UUID, rules: Sequence[str]) -> None:
            if json:
                lines.append((str(reference), list(rules)))
            else:
                self.stdout.write(f"{reference}  {', '.join(rules)}")

        report = revalidate(
            by=actor_of(user),
            partner=partner_of(partner) if partner else None,
            tell=tell if references else tell_nobody,
        )
        if json:
            self.print_json(report, dict(lines) if references else None)
        else:
            self.print_lines(report)

    def print_json(self, report: RevalidationReport, references: dict[str, list[str]] | None) -> None:
        """Print the report as one JSON object."""
        names = ("referrals", "refused", "held", "counts", "schema_version")
        earlier = report_before(report)
        changes = {
            "before": str(earlier.pk) if earlier else None,
            "changes": changes_since(report, earlier) if earlier else [],
        }
        body = {"id": str(report.pk), **{name: getattr(report, name) for name in names}, **changes}
        self.stdout.write(json.dumps(body if references is None else {**body, "references": references}))

    def print_lines(self, report: RevalidationReport) -> None:
        """Print the totals, then a line for each rule, partner and year, then what differs from the run before."""
        self.stdout.write(f"{report.referrals:9,}  current referrals validated")
        self.stdout.write(f"{report.refused:9,}  would be refused today")
        self.stdout.write(f"{report.held:9,}  would wait for a confirmation")
        names = {str(each.pk): each.name for each in Partner.objects.all()}
        for line in report.counts:
            self.print_line(f"{line['referrals']:9,}", line, names)
        if earlier := report_before(report):
            self.stdout.write(f"Since {earlier.created_at:%Y-%m-%d %H:%M} (UTC):")
            for line in changes_since(report, earlier):
                self.print_line(f"{line['new']:+9,}" if line["new"] else f"{-line['gone']:9,}", line, names)

    def print_line(self, number: str, line: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Print a number of a rule, a partner and a year."""
        self.stdout.write(f"{number}  {line['year']}  {line['rule']}  {names.get(line['partner'], line['partner'])}")
