"""One referral, entered by hand: by keyboard on a telephone, without scripts, and with a pause."""

from __future__ import annotations

import pytest

from deploy.demo import household as demo_people
from partners.people.words import STAY
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


@pytest.mark.parametrize(
    ("who", "at"), [(demo_people.MANAGER, ["/send/test/one/", "/account/"]), (demo_people.BUILDER, ["/admin/"])]
)
def test_whoever_leaves_a_form_open_is_told_before_the_session_ends_and_stays_by_a_key(
    stage: Stage, who: str, at: list[str]
) -> None:
    soon = STAY["idle"].en.format(ahead=5)
    ended = [STAY["ended"].en]
    told = {"early": [], "soon": [soon], "faults": [], "lost": [soon], "status": 204, "stayed": [], "ended": ended}
    assert stage.walk("stay", who=who, at=at) == dict.fromkeys(at, told)
