"""Withdrawing what nothing replaces takes two approvers; what another replaces is in test_publish.py.

Of `henvis_begin_withdrawal`, `henvis_check_not_asked`, `henvis_ask_withdrawal` and `henvis_decide_withdrawal`.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from partners.models import AuditEvent
from stats.models import PUBLIC, Publication, Withdrawal, WithdrawalDecision, WithdrawalRequest
from tests.sql.calls import refusal, web_value
from tests.sql.test_publish import with_right
from tests.stats.drafts import built
from tests.stats.published import staff
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
WHY = "Et ark er talt to gange.\nA sheet was counted twice."


@pytest.fixture
def first(db: None) -> User:
    """Who asks, once 2023 is published."""
    Publication.objects.create(release=built(PUBLIC, "2023", user=staff("builder")), user=staff("approver"))
    return with_right("first")


@pytest.fixture
def second(db: None) -> User:
    """Who decides."""
    return with_right("second")


def ask(user: User, release: str = "2023.p1", why: str | None = WHY) -> int:
    """Ask as the web server does."""
    return int(web_value("SELECT henvis_ask_withdrawal(%s, %s, %s)", release, why, user.pk))


def decide(request: int, user: User, agreed: bool = True) -> None:
    """Decide as the web server does."""
    web_value("SELECT henvis_decide_withdrawal(%s, %s, %s)", request, agreed, user.pk)


def test_henvis_ask_withdrawal_asks_once_of_what_stands(first: User, second: User) -> None:
    built(PUBLIC, "2022", user=staff("builder"))
    for release, why, user, code in (
        ("2023.p1", WHY, staff("nobody"), "APPROVER_RIGHT_MISSING"),
        ("2023.p1", " ", first, "WITHDRAWAL_REASON_MISSING"),
        ("2023.p1", None, first, "WITHDRAWAL_REASON_MISSING"),
        ("2023.p1", "x", first, "WITHDRAWAL_REASON_MISSING"),
        ("2023.p1", f"{WHY.splitlines()[0]}\nTwice.", first, "WITHDRAWAL_REASON_MISSING"),
        ("2022.p1", WHY, first, "NO_PUBLISHED_RELEASE"),
    ):
        with refusal(code):
            ask(user, release, why)
    ask(first)
    with refusal("WITHDRAWAL_ASKED", "2023.p1"):
        ask(second)
    assert not Withdrawal.objects.exists()
    assert AuditEvent.objects.get(action="release.withdraw_ask").user_id == first.pk
    refused("SELECT henvis_begin_withdrawal('2023.p1', 'why', 1)")


def test_what_waits_for_a_second_approver_is_not_replaced_meanwhile(first: User, second: User) -> None:
    Publication.objects.create(release=built(PUBLIC, "2023", user=staff("builder"), vintage=2), user=second)
    request, replace = ask(first), "SELECT henvis_withdraw('2023.p1', '2023.p2', %s, %s)"
    for user in (first, second):
        with refusal("WITHDRAWAL_ASKED", "2023.p1"):
            web_value(replace, WHY, user.pk)
    decide(request, second, agreed=False)
    web_value(replace, WHY, second.pk)
    assert Withdrawal.objects.get().replacement_id == "2023.p2"
    assert not WithdrawalRequest.objects.filter(decision=None).exists()
    refused("SELECT henvis_check_not_asked('2023.p1')")


def test_henvis_decide_withdrawal_takes_another_approver(first: User, second: User) -> None:
    request = ask(first)
    for user, code in ((first, "WITHDRAWAL_BY_SAME"), (staff("nobody"), "APPROVER_RIGHT_MISSING")):
        with refusal(code):
            decide(request, user)
    with refusal("NO_OPEN_WITHDRAWAL"):
        decide(request + 1, second)
    decide(request, second)
    row = Withdrawal.objects.get()
    assert (row.release_id, row.replacement_id, row.reason, row.user) == ("2023.p1", None, WHY, second)
    assert AuditEvent.objects.get(action="release.withdraw").detail == {"asked_by": first.pk}
    with refusal("NO_OPEN_WITHDRAWAL"):
        decide(request, second)
    with refusal("ALREADY_WITHDRAWN", "2023.p1"):
        ask(first)


def test_any_approver_says_no_and_it_can_be_asked_again(first: User, second: User) -> None:
    for user in (first, second):
        decide(ask(first), user, agreed=False)
    assert [*WithdrawalDecision.objects.values_list("approved", flat=True)] == [False, False]
    assert AuditEvent.objects.filter(action="release.withdraw_refuse").count() == 2
    assert WithdrawalRequest.objects.count() == 2 and not Withdrawal.objects.exists()
    decide(ask(second), first)
    assert Withdrawal.objects.exists()
