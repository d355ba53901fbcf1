"""What the tests of counts share: staff who say who reports what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import product

from cases.services.forms import FORMS
from cases.services.models import CountAssignment
from cases.services.shapes import CountForm
from partners.models import Partner
from tests.cases.windows.world import keeper


def assign_all(partners: Iterable[Partner], since: date, said_at: datetime) -> None:
    """Say that partners report every form from a day on."""
    for partner, form in product(partners, FORMS.values()):
        assign(partner, form, since, said_at=said_at)


def assign(
    partner: Partner, form: CountForm, since: date, *, reports: bool = True, said_at: datetime | None = None
) -> CountAssignment:
    """Say that a partner reports a form from a day on, or does not."""
    said = {"assigned_at": said_at} if said_at else {}
    return CountAssignment.objects.create(
        partner=partner, form=form.id, since=since, reports=reports, user=keeper(), **said
    )
