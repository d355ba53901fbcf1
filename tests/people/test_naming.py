"""Names and moments as people read them, and lists by their states."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import override

from partners.audit import COMMAND
from partners.models import Secret
from partners.people.invitations import invite
from partners.people.models import Invitation
from partners.staff.lists import WordedFilter
from partners.staff.naming import day_of, moment_of, short_name
from tests.callers import Browser, Caller
from tests.people.visitors import signed_in, staff

AT = datetime(2026, 11, 25, 17, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [("da", "25. nov. 2026 kl. 18.06", "25. nov. 2026"), ("en", "25 Nov 2026, 18:06", "25 Nov 2026")],
)
def test_moments_are_written_as_people_read_them(language: str, moment: str, day: str) -> None:
    with override(language):
        assert (moment_of(AT), day_of(AT), day_of(date(2026, 11, 25))) == (moment, day, day)
        assert moment_of(None) == day_of(None) == "–"


def test_a_uuid_is_called_by_its_first_digits() -> None:
    assert short_name(UUID("0123abcd-0000-4000-8000-000000000000")) == "0123abcd"
    assert (short_name("Ida"), short_name(""), short_name(None)) == ("Ida", "–", "–")


def offers() -> list[tuple[str, str, str]]:
    """Every choice of every filter in words: the list, the parameter, and its value."""
    return [
        (str(screen.model._meta.label_lower), str(each.parameter_name), name)
        for screen in admin.site._registry.values()
        for each in screen.list_filter
        if isinstance(each, type) and issubclass(each, WordedFilter)
        for name in each.choices_offered
    ]


@pytest.mark.django_db
def test_every_choice_of_a_filter_is_answered() -> None:
    boss = signed_in(staff("boss", is_superuser=True))
    assert len(offers()) > 30
    for label, parameter, name in offers():
        answer = boss.get(f"/admin/{label.replace('.', '/')}/?{parameter}={name}")
        assert answer.status_code == 200, (label, name)


def keys(browser: Browser, label: str, state: str) -> list[str]:
    """The keys of the rows of a list in a state."""
    page = browser.get(f"/admin/{label}/?state={state}").content.decode()
    return sorted(set(re.findall(rf"/admin/{label}/([^/]+)/change/", page)))


@pytest.mark.django_db
def test_secrets_and_invitations_are_found_by_their_states(ngo: Caller) -> None:
    boss, now = signed_in(staff("boss", is_superuser=True)), timezone.now()
    digests = {"live": 90, "ending": 3, "expired": -1}
    Secret.objects.all().delete()
    rows = {
        state: Secret.objects.create(
            client=ngo.client, digest=state.ljust(64, "0"), hint=state[:4], expires_at=now + timedelta(days=days)
        )
        for state, days in digests.items()
    }
    assert keys(boss, "partners/secret", "live") == sorted(str(rows[state].pk) for state in ("live", "ending"))
    assert keys(boss, "partners/secret", "ending") == []  # a later one is there
    Secret.objects.filter(pk=rows["live"].pk).update(revoked_at=now)
    assert keys(boss, "partners/secret", "ending") == [str(rows["ending"].pk)]
    assert keys(boss, "partners/secret", "expired") == [str(rows["expired"].pk)]
    assert keys(boss, "partners/secret", "revoked") == [str(rows["live"].pk)]
    for _ in range(2):
        invite(by=COMMAND, role="READER", partner=ngo.partner)
    first, second = Invitation.objects.order_by("pk")
    Invitation.objects.filter(pk=first.pk).update(revoked_at=now)
    assert keys(boss, "people/invitation", "open") == [str(second.pk)]
    assert keys(boss, "people/invitation", "revoked") == [str(first.pk)]
