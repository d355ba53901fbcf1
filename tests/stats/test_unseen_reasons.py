"""A reason that a second person has to read is of characters that are seen."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from stats.models import PUBLIC, DraftRefusal, FactDecision, FactDecisionEnd
from tests.people.visitors import signed_in, words
from tests.stats.drafts import built, look_at
from tests.stats.facts_decided import REASON, undecided

pytestmark = pytest.mark.django_db
RELEASES, FACTS = "/admin/statistics/release/", "/admin/statistics/factdecision/"
UNSEEN = pytest.mark.parametrize(
    "unseen",
    ["\u202e" * 24, "\u200b\u202e" * 13, "Tallene er forkerte i alt.\u200b"],
    ids=["turned", "blank", "hidden"],
)


@UNSEEN
def test_a_draft_is_refused_for_a_reason_that_can_be_seen(statistician: User, approver: User, unseen: str) -> None:
    built(PUBLIC, "2023", user=statistician)
    browser, path = look_at(signed_in(approver), "2023.p1"), f"{RELEASES}2023.p1/refuse/"
    assert "Nobody sees this character" in words(browser.post(path, {"reason": unseen}))
    assert not DraftRefusal.objects.exists()
    browser.sure(path, {"reason": "Tallene er forkerte i alt."})
    assert DraftRefusal.objects.exists()


@UNSEEN
def test_a_figure_is_decided_and_refused_for_a_reason_that_can_be_seen(
    statistician: User, approver: User, unseen: str
) -> None:
    form = {"fact": "2020", "decision": "superseded", "reason": unseen}
    assert "Nobody sees this character" in words(signed_in(statistician).sure(f"{FACTS}add/", form))
    assert not FactDecision.objects.exists()
    row, browser = undecided("2020", by=statistician), signed_in(approver)
    address = f"{FACTS}{row.pk}/end/refuse/"
    assert "Nobody sees this character" in words(browser.sure(address, {"reason": unseen}, follow=True))
    assert not FactDecisionEnd.objects.exists()
    browser.sure(address, {"reason": REASON}, follow=True)
    assert FactDecisionEnd.objects.exists()
