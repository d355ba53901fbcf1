"""Guarded functions about decisions on figures of others: `henvis_check_fact_right`, `henvis_check_fact_decision`,
`henvis_check_fact_end`, `henvis_counted_fact`."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from partners.models import AuditEvent
from stats.models import CONFIRMED, REFUSED, TAKEN_BACK, CountedFact, FactDecision, FactDecisionEnd
from tests.callers import as_web_server
from tests.people.visitors import staff
from tests.sql.calls import refusal, undone
from tests.stats.facts_decided import REASON, undecided
from tests.stats.web_role import as_web

pytestmark = pytest.mark.django_db
COUNTED = "SELECT persons FROM henvis_counted_fact(%s, %s)"


def end(decision: FactDecision, outcome: str, user: User) -> None:
    """Somebody ends the wait of a decision."""
    FactDecisionEnd.objects.create(
        decision=decision, outcome=outcome, user=user, reason=REASON if outcome == REFUSED else ""
    )


def test_henvis_check_fact_end_lets_the_first_take_back_and_another_confirm_or_refuse_once() -> None:
    ida, ole = staff("ida", "statistician"), staff("ole", "statistician")
    decision = undecided("2020", by=ida)
    for user, outcome in ((ida, CONFIRMED), (ida, REFUSED), (ole, TAKEN_BACK)):
        with refusal("FACT_DECIDED_BY_SAME"):
            end(decision, outcome, user)
    for user, outcome in ((ida, TAKEN_BACK), (ole, CONFIRMED), (staff("eva", "approver"), REFUSED)):
        with undone():
            end(decision, outcome, user)
            with refusal("FACT_DECISION_ENDED"):
                end(decision, CONFIRMED, ole)


@pytest.mark.parametrize("role", ["auditor", "case_manager", None])
def test_who_neither_decides_nor_approves_ends_and_reads_nothing(role: str | None) -> None:
    decision, user = undecided("2020"), staff("ole", role)
    CountedFact.objects.create(fact="2020", persons=9)
    with refusal("FACT_RIGHT_MISSING"):
        end(decision, CONFIRMED, user)
    for who in (None, user.pk):
        with refusal("FACT_RIGHT_MISSING"):
            as_web(COUNTED, "2020", who)  # type: ignore[arg-type]
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", ["auditor", "case_manager", None])
def test_henvis_check_fact_decision_wants_the_right(role: str | None) -> None:
    ole, ida = staff("ole", role), staff("ida", "statistician")
    with refusal("FACT_RIGHT_MISSING"), as_web_server():
        undecided("2020", by=ole)
    with as_web_server():
        undecided("2020", by=ida)


def test_henvis_counted_fact_gives_the_latest_number_and_keeps_who_read_it() -> None:
    user = staff("eva", "approver")
    assert as_web(COUNTED, "2020", user.pk) == []  # type: ignore[arg-type]
    for persons in (7, 9):
        CountedFact.objects.create(fact="2020", persons=persons)
    CountedFact.objects.create(fact="2021", persons=8)
    assert as_web(COUNTED, "2020", user.pk) == [(9,)]  # type: ignore[arg-type]
    event = AuditEvent.objects.filter(action="factdecision.compare").latest("at")
    assert (event.user_id, event.subject, event.detail) == (user.pk, "2020", {})
