"""What the tests of counts share: staff who say who reports what."""

from __future__ import annotations

from datetime import date, datetime

from cases.services.models import CountAssignment
from cases.services.shapes import CountForm
from partners.models import Partner
from tests.cases.windows.world import keeper


def assign(
    partner: Partner, form: CountForm, since: date, *, reports: bool = True, said_at: datetime | None = None
) -> CountAssignment:
    """Say that a partner reports a form from a day on, or does not."""
    said = {"assigned_at": said_at} if said_at else {}
    return CountAssignment.objects.create(
        partner=partner, form=form.id, since=since, reports=reports, user=keeper(), **said
    )
