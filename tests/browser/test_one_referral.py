"""One referral, entered by hand: by keyboard on a telephone, and without scripts."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
# How somebody begins to type the label of an answer.
ANSWERS = {
    "referred_in": "October",
    "region": "North Denmark",
    "setting": "Drop",
    "detected_by": "NGO",
    "gender": "Female",
    "age_band": "25",
    "minor_when_exploited": "No",
    "citizenship": "Vietnam",
    "residence_basis": "Without",
    "exploitation": "Sexual",
    "exploited_in": "Denmark",
    "consent": "Consent given",
}


def test_a_referral_is_entered_corrected_and_withdrawn_by_keyboard_and_entered_without_scripts(stage: Stage) -> None:
    found = stage.walk("one_referral", who="demo-manager", at="/send/test/one/", answers=ANSWERS, correction="35")
    assert found.pop("seconds") < 40
    assert found == {
        "hidden": 0,
        "onSummary": "summary",
        "errors": 12,
        "reference": 36,
        "card": 13,
        "names": False,
        "quiet": True,
        "versions": 2,
        "keys": True,
        "faults": [],
        "without": {"conditions": 3, "at": "/send/test/record/*/receipt/"},
    }
