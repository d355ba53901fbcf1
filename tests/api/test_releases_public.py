"""What everybody reads of a release: which one answers, what is withdrawn, its tables and its certificate."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC
from tests.api.asserts import body, findings, problem
from tests.api.open_figures import (
    INDEX,
    RELEASES,
    TABLES,
    cells,
    get,
    own,
    own_cells,
    table,
)
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db


def test_years_are_rows_and_the_latest_of_each_answers() -> None:
    publish(PUBLIC, "2022", {"": {"": 50}})
    publish(PUBLIC, "2023", TABLES)
    publish(PUBLIC, "2023", {"": {"": 74}}, 2)
    assert own_cells(table("")) == {("count", "2022"): 50, ("count", "2023"): 74}
    # A vintage with fewer tables takes none away.
    assert own(body(table("by=gender"))["extension"]["releases"]) == ["2023.p1"]
    assert cells(table("release=2023.p1")) == {("count", "2023"): 73}


def test_a_pool_is_a_period() -> None:
    publish(PUBLIC, "2019-2023", {"": {"": 400}, "gender": {"F": 300}})
    assert cells(table("period=2019-2023")) == {("count", "2019-2023"): 400}
    assert own_cells(table("")) == {}


def test_a_withdrawn_release_answers_to_its_name_alone_and_says_so() -> None:
    first, second = publish(PUBLIC, "2023", TABLES), publish(PUBLIC, "2023", {"": {"": 75}, "gender": {"F": 75}}, 2)
    named = table("release=2023.p2")
    withdraw(second, first)
    assert own_cells(table("")) == {("count", "2023"): 73}
    told = table("release=2023.p2")
    assert cells(told) == {("count", "2023"): 75}
    assert named.headers["ETag"] != told.headers["ETag"]
    document = body(told)
    assert document["extension"]["releases"][0]["notes"] == ["WITHDRAWN"]
    assert "Release 2023.p2 has been withdrawn and was replaced by 2023.p1." in document["note"]
    assert body(get(f"{RELEASES}/2023.p1"))["withdrawn"] is None
    gone = body(get(f"{RELEASES}/2023.p2"))
    assert gone["notes"] == ["WITHDRAWN"]
    assert gone["withdrawn"]["reason"] == "Late decisions were missing."
    assert gone["withdrawn"]["replacement"] == "2023.p1"
    assert get(f"{RELEASES}/2023.p2/certificate").status_code == 200


def test_a_year_before_that_is_withdrawn_is_not_compared_with() -> None:
    first, second = publish(PUBLIC, "2022", {"": {"": 40}}), publish(PUBLIC, "2022", {"": {"": 45}}, 2)
    publish(PUBLIC, "2023", TABLES)
    withdraw(second, first)
    assert cells(table("year=2023&measure=change")) == {("change", "2023"): 33}


def test_a_release_as_everybody_knows_it() -> None:
    publish(PUBLIC, "2023", TABLES, offered={"gender": False})
    (listed,) = (one for one in body(get(RELEASES))["items"] if one["kind"] == "own")
    assert listed == body(get(f"{RELEASES}/2023.p1"))
    assert listed in body(get(INDEX))["releases"]
    assert listed["tables"] == [
        {
            "dataset": "persons",
            "axes": [],
            "title": {
                "da": "Personer vurderet udsat for menneskehandel",
                "en": "Persons identified as victims of human trafficking",
            },
            "offered": True,
        },
        {
            "dataset": "persons",
            "axes": ["gender"],
            "title": {
                "da": "Personer vurderet udsat for menneskehandel efter køn",
                "en": "Persons identified as victims of human trafficking by gender",
            },
            "offered": False,
        },
    ]
    assert (listed["audience"], listed["threshold"], listed["commitment"]) == ("public", 5, "c" * 64)
    assert listed["published_at"]
    assert not {"deviation", "variance", "digest", "records", "cells", "snapshots"} & listed.keys()


def test_the_certificate_is_what_was_stored() -> None:
    proof = {"release": "2023.p1", "hidden": [[1, 2]]}
    publish(PUBLIC, "2023", TABLES, certificate=proof)
    response = get(f"{RELEASES}/2023.p1/certificate")
    assert body(response) == proof
    assert response.headers["Content-Type"] == "application/json"
    assert findings(get(f"{RELEASES}/2023.p1/certificate?year=2023"), "invalid_parameter") == [
        ("year", "unknown_parameter")
    ]
    problem(get(f"{RELEASES}/2023.p2/certificate"), "not_found")


@pytest.mark.parametrize("name", ["%00", "2021.p1%00", "20%0021.p1", "x" * 500])
@pytest.mark.parametrize("tail", ["", "/certificate"])
def test_what_is_no_release_s_name_is_not_found(name: str, tail: str) -> None:
    assert get(f"{RELEASES}/{name}{tail}").status_code == 404
