"""A referral that is returned can be corrected, also where its year is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.windows.models import RecordOpening
from oversight.returns import inquiries
from tests.api.batches.sending import send, whole
from tests.callers import Caller, as_web_server, referral
from tests.cases.windows.world import close, month
from tests.oversight.returns.world import case_manager, current, send_back, settle, state_of
from tests.sql.calls import value

pytestmark = pytest.mark.django_db


def test_a_returned_referral_of_a_closed_year_is_open_by_itself(ngo: Caller) -> None:
    asked, _ = ngo.referral(referred_in=month(3))
    other, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    mended = referral(referred_in=month(3), gender="M")
    assert ngo.put(asked, mended, If_Match='"1"').status_code == 400
    inquiry = send_back(asked)
    assert ngo.put(asked, mended, If_Match='"1"').status_code == 200
    assert state_of(inquiry) == "CORRECTED"
    assert ngo.put(other, mended, If_Match='"1"').status_code == 400


def test_a_return_that_is_taken_back_opens_nothing_any_more(ngo: Caller) -> None:
    asked, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    first, second = send_back(asked), send_back(asked, reason_code="TOO_GENERAL")
    user = case_manager()
    for inquiry, status in ((first, 200), (second, 400)):
        with as_web_server():
            inquiries.take_back(by=user, inquiry=inquiry)
        # The same content is no correction, so that the second return stays open.
        sent = referral(referred_in=month(3), **({} if status == 200 else {"gender": "M"}))
        assert ngo.put(asked, sent, If_Match='"1"').status_code == status
    send_back(asked)
    assert ngo.put(asked, referral(referred_in=month(3), gender="M"), If_Match='"1"').status_code == 200


@pytest.mark.parametrize(("asked", "status"), [(("UNLIKELY",), 400), (("UNLIKELY", "WRONG_MONTH"), 200)])
def test_once_all_is_settled_it_is_closed_again(ngo: Caller, asked: tuple[str, ...], status: int) -> None:
    path, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    first, *_ = [send_back(path, reason_code=each) for each in asked]
    answer = ngo.put(f"/api/v1/returns/{first.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    assert answer.status_code == 200, answer.content
    settle(first)
    assert ngo.put(path, referral(referred_in=month(3), gender="M"), If_Match='"1"').status_code == status


@pytest.mark.parametrize("way", ["referral", "delivery", "withdrawal", "reason"])
def test_a_slip_in_an_answer_is_mended_for_a_week_and_no_longer(ngo: Caller, way: str) -> None:
    path, stored = ngo.referral(referred_in=month(3))
    close(ngo)
    inquiry = send_back(path, field="gender")
    changed = referral(referred_in=month(3), gender="M")
    if way == "reason":
        ngo.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    elif way == "withdrawal":
        ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    elif way == "delivery":
        whole(send(ngo, [{**changed, "reference": stored["reference"], "version": 1}]))
    else:
        ngo.put(path, changed, If_Match='"1"')
    ends = open_until(ngo)
    assert timedelta(days=6) < ends - timezone.now() <= timedelta(days=7)
    version = current(path).version
    mended = referral(referred_in=month(3), gender="X")
    assert ngo.put(path, mended, If_Match=f'"{version}"').status_code == 200
    assert open_until(ngo) == ends  # mending makes it no longer
    RecordOpening.objects.create(
        partner=ngo.partner, digest=RecordOpening.objects.all()[0].digest, until=timezone.now(), user=None
    )
    assert ngo.put(path, changed, If_Match=f'"{version + 1}"').status_code == 400


def test_while_another_question_waits_it_stays_open_as_long_as_before(ngo: Caller) -> None:
    path, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    send_back(path, field="gender", days=60)
    send_back(path, field="region", reason_code="TOO_GENERAL", days=7)
    ends = open_until(ngo)
    assert ends - timezone.now() > timedelta(days=100)  # the later day counts, whichever was asked last
    ngo.put(path, referral(referred_in=month(3), gender="M"), If_Match='"1"')
    assert open_until(ngo) == ends


def open_until(ngo: Caller) -> datetime:
    """Until when the one record of the partner that was opened is open."""
    [digest] = set(RecordOpening.objects.values_list("digest", flat=True))
    until: datetime = value("SELECT henvis_open_until(%s, %s)", ngo.partner.pk, digest)
    return until
