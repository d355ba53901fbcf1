"""A referral that is returned can be corrected, also where its year is closed."""

from __future__ import annotations

import pytest

from tests.callers import Caller, referral
from tests.cases.returns.world import send_back, state_of
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
