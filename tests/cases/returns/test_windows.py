"""A referral that is returned can be corrected, also where its year is closed."""

from __future__ import annotations

import pytest

from cases.returns import asking
from tests.callers import Caller, as_web_server, referral
from tests.cases.returns.world import case_manager, send_back, state_of
from tests.cases.windows.world import close, month

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
            asking.take_back(by=user, inquiry=inquiry)
        # The same content is no correction, so that the second return stays open.
        sent = referral(referred_in=month(3), **({} if status == 200 else {"gender": "M"}))
        assert ngo.put(asked, sent, If_Match='"1"').status_code == status
    send_back(asked)
    assert ngo.put(asked, referral(referred_in=month(3), gender="M"), If_Match='"1"').status_code == 200


@pytest.mark.parametrize(("asked", "status"), [(("UNLIKELY",), 400), (("UNLIKELY", "WRONG_MONTH"), 200)])
def test_once_all_is_answered_it_is_closed_again(ngo: Caller, asked: tuple[str, ...], status: int) -> None:
    path, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    first, *_ = [send_back(path, reason_code=each) for each in asked]
    answer = ngo.put(f"/api/v1/returns/{first.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    assert answer.status_code == 200, answer.content
    assert ngo.put(path, referral(referred_in=month(3), gender="M"), If_Match='"1"').status_code == status
