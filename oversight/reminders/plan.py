"""Everything that everybody is told at a moment. Whoever was told it already is not told again (`partners.mail.sending`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from oversight.reminders import audience, endings, waiting
from oversight.reminders.deadlines import counts_of, report_occasions, reports_of
from partners.mail import sending
from partners.mail.addresses import forget_old
from partners.mail.sending import Occasion


def occasions(at: datetime) -> Iterator[Occasion]:
    """All occasions of a moment, those of partners first."""
    teams, staff = audience.teams(), audience.staff()
    reports, counts = reports_of(teams, at), counts_of(teams, at)
    yield from report_occasions(teams, reports, counts, at)
    yield from waiting.of_desks(teams, reports, counts, at)
    yield from waiting.of_files(teams, at)
    yield from waiting.of_notices(teams)
    yield from endings.of_secrets(teams, at)
    yield from endings.of_invitations(teams, at)
    members = [each.user_id for team in teams for each in team.members]
    yield from endings.of_codes([*members, *(user.pk for user in staff)])
    yield from waiting.of_staff(staff, at)


def run() -> int:
    """Decide what everybody is told now, and send it; return how many mails were sent. Addresses that are no longer needed go.

    As the owner, in the worker of upkeep.
    """
    forget_old()
    if not sending.is_on():
        return 0
    sending.ask(occasions(timezone.now()))
    return sending.deliver()
