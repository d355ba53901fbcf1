"""Two members of staff who decide at the same time: one waits for the other and sees the decision."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from cases.linking.decisions import LinkRefused, merge, serialise, undo
from cases.linking.models import CaseLink, LinkDecision
from partners.audit import Actor
from tests.callers import Browser
from tests.cases.linking.world import merge_cases, persons, staff
from tests.stats.records import identified
from tests.stats.records import partner as some_partner
from tests.threads import Background, at_once, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(user: int, *cases: UUID) -> LinkDecision | None:
    """A merge, or None where it was refused."""
    try:
        return merge(by=Actor(user_id=user), cases=cases, reason_code="MATCH")
    except LinkRefused:
        return None


def test_of_two_who_merge_the_same_cases_one_is_told_that_they_are_one_person() -> None:
    centre = some_partner("CENTRE")
    one, other = identified(centre), identified(centre)
    users = [staff(name).pk for name in ("first", "second", "third", "fourth")]
    made = at_once([partial(attempt, user, one.pk, other.pk) for user in users])
    assert sum(decision is not None for decision in made) == 1
    assert CaseLink.objects.current().count() == LinkDecision.objects.count() == 1


def test_merges_that_meet_in_one_case_come_to_one_person() -> None:
    centre, user = some_partner("CENTRE"), staff().pk
    hub, *others = (identified(centre) for _ in range(5))
    made = at_once([partial(attempt, user, hub.pk, other.pk) for other in others])
    assert None not in made
    assert len(persons()) == 1
    times = sorted(decision.decided_at for decision in made if decision)
    assert len(set(times)) == 4


def test_of_two_who_undo_the_same_decision_one_is_refused() -> None:
    centre = some_partner("CENTRE")
    decision = merge_cases(identified(centre), identified(centre))

    def attempt_undo() -> bool:
        try:
            undo(by=Actor(user_id=staff().pk), decision=decision.pk, reason_code="WRONG_DECISION")
        except LinkRefused:
            return False
        return True

    assert sorted(at_once([attempt_undo] * 3)) == [False, False, True]


def test_a_decision_waits_for_the_one_before_it() -> None:
    centre, user = some_partner("CENTRE"), staff().pk
    one, other = identified(centre), identified(centre)
    with Background() as background:
        with transaction.atomic():
            held = serialise()
            later = background.start(partial(attempt, user, one.pk, other.pk))
            wait_until_blocked()
        decision = later.result(timeout=30)
    assert decision is not None
    assert decision.decided_at > held


def test_what_changed_under_a_page_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person was erased, or merged, between the page's look and the decision."""

    def refuse(**_: object) -> None:
        raise LinkRefused("There is no such case.")

    monkeypatch.setattr("cases.linking.decisions.decide_attribute", refuse)
    made, browser = identified(some_partner("CENTRE")), Browser()
    browser.force_login(User.objects.create_superuser("who-decides"))
    said = {"code": "F", "reason": "CONFIRMED"}
    answer = browser.post(f"/admin/cases/case/{made.pk}/attribute/gender/", said)
    assert answer.status_code == 200
    assert "There is no such case." in answer.content.decode()
