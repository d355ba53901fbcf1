"""A file for an international organisation in a real browser: one member of staff makes it, another marks it as sent."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser


def test_one_makes_a_file_and_another_marks_it_as_sent(stage: Stage) -> None:
    found = stage.walk("international", body="eu-19a", year="2023")
    assert found["faults"] == []
    assert found["kinds"] == ["text/csv; charset=utf-8", "application/json"]
    assert found["sent"] == "The file is marked as sent."
