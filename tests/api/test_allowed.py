"""`allowed` is all that would have been accepted, and what it says is accepted."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.http.reading import DETAILS
from cases import dictionary as d
from cases.dimensions import PRINCIPAL
from stats.models import PUBLIC
from tests.api.asserts import body, findings, new_path
from tests.api.open_figures import TABLES, table
from tests.api.test_openapi import OUTSIDE, operations
from tests.callers import Caller, referral
from tests.stats.published import Cells, publish

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"{\w+}")
OFFERED: dict[str, Cells] = {
    **TABLES,
    "region": {"DK01": 9},
    "region,gender": {"DK01|F": 9},
    "age_band.age18": {"Y_LT18": 9},
}


def row(response: Any) -> dict[str, Any]:
    """The one row of `errors`."""
    (found,) = body(response, 400)["errors"]
    return found  # type: ignore[no-any-return]


def test_every_field_is_allowed_in_place_of_a_misspelt_one_the_nearest_first(ngo: Caller) -> None:
    found = row(ngo.put(new_path(), referral(gander="F")))
    assert (found["code"], found["allowed"][0]) == ("unknown_member", "gender")
    assert sorted(found["allowed"]) == sorted(field.name for field in d.REFERRAL)
    assert DETAILS["unknown_member"].en == found["detail"]


def test_a_form_is_no_list_of_values() -> None:
    found = row(table("period=last-year"))
    assert "allowed" not in found
    assert all(form in found["detail"] for form in ("2023-Q4", "2019-2023"))


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("by=citizenship", "by"),
        ("by=exploitation&gender=F", "by"),
        ("by=gender,age_band.age18", "by"),
        ("by=age_band.age18&region=DK01", "by"),
        ("age_band=Y25T34", "age_band"),
    ],
)
def test_what_can_stand_in_place_of_a_table_that_is_not_offered_answers(query: str, parameter: str) -> None:
    publish(PUBLIC, "2023", OFFERED)
    found = row(table(f"{query}&year=2023"))
    assert (found["parameter"], found["code"]) == (parameter, "table_not_offered")
    asked = dict(each.split("=") for each in query.split("&"))
    for instead in found["allowed"]:
        again = "&".join(f"{name}={value}" for name, value in {**asked, parameter: instead}.items())
        assert table(f"{again}&year=2023").status_code == 200, again


def test_where_nothing_can_stand_the_parameter_is_named_and_nothing_allowed() -> None:
    publish(PUBLIC, "2023", OFFERED)
    found = row(table("by=gender&citizenship=NG&year=2023"))
    assert (found["parameter"], found.get("allowed")) == ("citizenship", None)


@pytest.mark.parametrize("name", ["limit", "cursor", "changed_since", "status"])
def test_a_parameter_of_another_address_is_named_and_any_other_is_not(name: str) -> None:
    assert findings(table(f"{name}=1"), "invalid_parameter") == [(name, "unknown_parameter")]
    assert findings(table(f"{name}=1&MARKER=1&MARKER2=2"), "invalid_parameter") == [
        (name, "unknown_parameter"),
        ("?", "unknown_parameter"),
    ]


@pytest.mark.parametrize(
    ("method", "path"), [(method, path) for method, path, _ in operations() if path not in OUTSIDE]
)
def test_a_parameter_that_no_address_has_is_refused_before_all_else(centre: Caller, method: str, path: str) -> None:
    address = PLACE.sub("nope", path.replace("{dataset_id}", PRINCIPAL.id))
    answer = centre.call(method, f"{address}?nobody=1", {"nobody": 1})
    assert findings(answer, "invalid_parameter") == [("?", "unknown_parameter")]
