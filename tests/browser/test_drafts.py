"""From proposals to a published release, by a real browser on a telephone: one orders, both look, another publishes."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
TABLES = ["Region", "Gender"]


def test_tables_are_ticked_by_one_seen_by_both_and_published_by_another(stage: Stage) -> None:
    found = stage.walk("drafts", period="2018", release="2018.p1", tables=TABLES)
    assert found["faults"] == []
    assert (found["asked"], found["json"], found["ticked"], found["folded"]) == (1, 0, 2, 1)
    assert len(found["rows"]) >= len(TABLES)
    assert all(re.search(r"\s[\d,]+\s+\d+%\s+\d+\s+\d+\.\d\d", row) for row in found["rows"])
    assert found["hers"] == ["SEE THE TABLES"]
    assert found["titles"][2:5] == ["In all", *TABLES]
    assert all(re.fullmatch(r"\d+|\d+–\d+|hidden|at least \d+", figure) for figure in found["figures"])
    assert found["same"]
    assert "demo-approver (1), demo-statistician (1)" in found["looks"]
    assert "14 June 2101 at 12:00 (Danish summer time, UTC+02:00)" in found["exact"]
    assert "to be published on 14 June 2101" in found["planned"] and "Approved by demo-approver" in found["planned"]
    assert found["stops"] == 1
    assert "published" in found["published"]
