"""Who reports which form of the demo: those of the sandbox in its years, and again from now on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.months import this_month, today
from cases.services.forms import FORMS
from cases.services.models import CountAssignment
from cases.services.shapes import CountForm, CountPeriodKind
from partners.kinds import Mode
from sandbox import history, organisations
from sandbox.counts.reports import REPORTERS
from stats import published

FIRST, AFTER = date(published.YEARS[0], 1, 1), date(published.YEARS[-1] + 1, 1, 1)


def assign_forms(manager: User) -> None:
    """Say who reports which form, unless somebody has said something. A crisis asks for its own form by itself."""
    if CountAssignment.objects.exists():
        return
    partners = {each.name: each for each in organisations.invented_partners().filter(mode=str(Mode.LIVE))}
    with transaction.atomic(), history.backdating():
        for role, form in ((role, FORMS[name]) for role, name in REPORTERS):
            partner = partners[organisations.LIVE[role].name]
            for since, reports, said_at in () if form.only_in_crisis else words_of(form):
                CountAssignment.objects.create(
                    partner=partner, form=form.id, since=since, reports=reports, user=manager, assigned_at=said_at
                )


def words_of(form: CountForm) -> Iterator[tuple[date, bool, datetime]]:
    """What was said of a form, since when it holds, and when it was said: the sandbox ends, and the demo goes on."""
    yield FIRST, True, datetime(FIRST.year - 1, 12, 1, tzinfo=UTC)
    yield AFTER, False, datetime(AFTER.year - 1, 12, 1, tzinfo=UTC)
    yield today().replace(month=1, day=1) if form.period == CountPeriodKind.YEAR else this_month(), True, timezone.now()
