"""Crises and notices in a real browser: read by everybody in their scripts, and written, reviewed, handed on and withdrawn."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
# No notice of the demo is written in it.
MISSING = "es"
NOTICE = {
    "issuer_da": "Sundhedsstyrelsen",
    "issuer_en": "Danish Health Authority",
    "source": "https://www.sst.dk/da/virus",
}
TEXT = {
    "title": "Du kan blive vaccineret",
    "text": "Du kan få en vaccine. Den er gratis. Du skal ikke vise pas.",
    "sms": "Du kan få en gratis vaccine. Du skal ikke vise pas.",
}


def test_everybody_finds_a_notice_in_the_own_script_by_keyboard_and_without_scripts(stage: Stage) -> None:
    found = stage.walk("notices_public", missing=MISSING)
    assert found == {
        "faults": {},
        "keyboard": ["/en/notices/", "/en/notices/N/th/"],
        "scriptless": {"type": "application/pdf", "direction": "rtl"},
        "spoken": {"note": MISSING, "text": "en"},
    }


def test_a_notice_goes_through_three_hands_to_a_partner_and_is_withdrawn(stage: Stage) -> None:
    found = stage.walk("notices", notice=NOTICE, text=TEXT)
    assert found == {
        "faults": [],
        "own": 0,
        "published": "The text is published.",
        "fewer": 1,
        "withdrawn": "The notice is withdrawn.",
        "gone": [410, "another", 410, "another"],
    }
