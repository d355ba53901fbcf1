"""From an order to a published annual report, by a real browser on a telephone: one writes, another publishes."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser


def test_a_report_is_ordered_and_written_by_one_and_published_by_another(stage: Stage) -> None:
    found = stage.walk("annual_report", year="2020")
    assert found["faults"] == []
    assert "The report does not show 4711 here." in found["refused"]
    assert "not finished" in found["before"]
    assert "not finished" not in found["after"]
    assert found["hers"] == []
    assert "published as version 1" in found["published"]
    assert found["status"] == 200
    assert found["heading"] == "Written by the walk"
