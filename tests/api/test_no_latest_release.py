"""`latest` names no release: each period and audience has one. The refusal says where to look, and that is where they are."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC
from tests.api.asserts import body, problem
from tests.api.open_figures import RELEASES, TABLES, get, table
from tests.stats.published import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["", "/changes", "/citation", "/certificate"])
def test_latest_is_no_id_and_the_refusal_says_how(part: str) -> None:
    response = get(f"{RELEASES}/latest{part}", Accept_Language="en")
    detail = problem(response, "latest_of_many")["detail"]
    assert "GET /api/v1/releases " in detail
    assert "`release=latest` and `period`" in detail
    problem(get(f"{RELEASES}/Latest{part}"), "not_found")


def test_what_the_refusal_tells_to_do_works() -> None:
    for vintage in (1, 2):
        publish(PUBLIC, "2023", TABLES, vintage)
    publish(PUBLIC, "2022", TABLES)
    named = [one["id"] for one in body(get(RELEASES))["items"]]
    assert named.index("2023.p2") < named.index("2023.p1")
    answer = table("by=gender&release=latest&period=2023&format=csv")
    assert answer.status_code == 200
    assert b"2023.p2" in answer.content
    assert b"2023.p1" not in answer.content
