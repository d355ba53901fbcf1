"""The crisis of the demo: three notices in nine languages with their sheets, and partners that acknowledge them; made once."""

from __future__ import annotations

import pytest

from deploy.demo.notices import declare_crisis
from notices import reading, status
from notices.acknowledgements import reach_of
from notices.models import Acknowledgement, NoticePublication, NoticeSheet
from tests.callers import make_caller
from tests.notices import world

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_crisis_with_three_notices_in_nine_languages() -> None:
    for number in range(5):
        make_caller("NGO", name=f"Demo {number}")
    told: list[str] = []
    for _ in range(2):
        declare_crisis(told.append, world.writer(), world.publisher())
    notices = reading.current()
    assert [len(each.texts) for each in notices] == [9, 9, 9]
    assert all(text.has_sheet for each in notices for text in each.texts.values())
    # No speaker of the other seven languages has read them.
    read = [{tag for tag, text in each.texts.items() if text.by_speaker} for each in notices]
    assert read == [{"da", "en"}] * 3
    assert NoticePublication.objects.count() == NoticeSheet.objects.count() == 27
    assert reach_of(notices[0].id).words.en == "3 of 5 partners"
    addresses = [line.address for line in status.public()]
    assert len(addresses) == 5
    assert "" in addresses
    assert len(told) == 2 + 27
    assert Acknowledgement.objects.count() == 3 * (3 + 2)
