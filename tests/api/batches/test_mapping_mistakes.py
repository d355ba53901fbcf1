"""A mistake in a mapping is told by its place, with what would have been accepted, and without the partner's own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cases import dictionary as d
from cases.intake.models import ColumnMapping
from cases.intake.understanding.headers import MEMBERS
from tests.api.asserts import problem
from tests.api.batches.sending import MAPPING, MULTIPART, as_csv, file_part, part, parts, post, row
from tests.callers import Caller

DETAIL = d.EXPLOITATION_DETAIL.name
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.mark.parametrize(
    ("sent", "place_of_it", "index", "code", "allowed"),
    [
        ([], "#", None, "mapping_malformed", ["columns", "values", "dates", "editions"]),
        ({"column": {}}, "#", 0, "mapping_malformed", ["columns", "values", "dates", "editions", "names_nobody"]),
        ({"columns": []}, "#/columns", None, "mapping_malformed", None),
        ({"columns": {"a": "region", "b": 1}}, "#/columns", 1, "mapping_malformed", None),
        ({"columns": {"a": "regoin"}}, "#/columns", 0, "mapping_column_unknown", list(MEMBERS)),
        ({"columns": {"Køn": "region"}}, "#/columns", 0, "mapping_contradicts", None),
        ({"columns": {"a" * 200: "region"}}, "#/columns", 0, "mapping_too_large", None),
        ({"values": {"region": []}}, "#/values/region", None, "mapping_malformed", None),
        ({"values": {"place": {"a": "b"}}}, "#/values", 0, "mapping_field_unknown", None),
        ({"values": {"region": {"x": "DK01", "a": "DK99"}}}, "#/values/region", 1, "mapping_code_unknown", [*d.REGION.allowed]),
        ({"values": {"region": {"x": 1}}}, "#/values/region", 0, "mapping_malformed", None),
        ({"dates": {"referred_in": "either"}}, "#/dates/referred_in", None, "mapping_malformed", ["day_first", "month_first"]),
        ({"dates": {"region": "day_first"}}, "#/dates", 0, "mapping_field_unknown", ["referred_in"]),
        ({"editions": {DETAIL: "DB03"}}, f"#/editions/{DETAIL}", None, "mapping_malformed", ["DB07", "DB25"]),
        ({"editions": {"region": "DB25"}}, "#/editions", 0, "mapping_field_unknown", [DETAIL]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_told_by_its_place(
    ngo: Caller, sent: Any, place_of_it: str, index: int | None, code: str, allowed: list[str] | None
) -> None:
    for name, refused, answer in (
        ("", "validation_failed", ngo.put(MAPPING, sent)),
        (
            "/mapping",
            "columns_wrong",
            post(ngo, parts(file_part(as_csv([row()])), part("mapping", json.dumps(sent).encode())), MULTIPART),
        ),
    ):
        if name and not isinstance(sent, dict):
            continue
        [found] = problem(answer, refused)["errors"]
        assert found["pointer"] == place_of_it.replace("#", f"#{name}")
        assert (found.get("index"), found["code"]) == (index, code)
        assert allowed is None or found["allowed"] == allowed
    assert not ColumnMapping.objects.exists()


def test_every_mistake_in_a_mapping_is_told_at_once_without_its_words(ngo: Caller) -> None:
    words = {f"ord{number}": "DK99" for number in range(30)}
    answer = ngo.put(MAPPING, {"columns": {"Qq7Zz": "regoin"}, "values": {"gender": {"Qq8": "f"}, "region": words}})
    found = problem(answer, "validation_failed")
    assert (len(found["errors"]), found["total"]) == (20, 32)
    assert [each.get("suggestion") for each in found["errors"][:2]] == ["region", "F"]
    assert not any(word in answer.content.decode() for word in ("Qq7Zz", "Qq8", "ord1"))


def test_mistakes_of_form_do_not_hide_those_of_content(ngo: Caller) -> None:
    answer = ngo.put(
        MAPPING,
        {
            "columns": {"a": 1, "b": "regon"},
            "values": {"gender": {"ord": "F", "y": "Q"}, "region": [], "place": {"z": "DK01"}},
            "dates": {"referred_in": "either", "region": "day_first"},
            "order": {},
        },
    )
    told = {
        (each["pointer"], each.get("index"), each["code"]) for each in problem(answer, "validation_failed")["errors"]
    }
    assert told == {
        ("#", 3, "mapping_malformed"),
        ("#/columns", 0, "mapping_malformed"),
        ("#/columns", 1, "mapping_column_unknown"),
        ("#/values/gender", 1, "mapping_code_unknown"),
        ("#/values/region", None, "mapping_malformed"),
        ("#/values", 2, "mapping_field_unknown"),
        ("#/dates/referred_in", None, "mapping_malformed"),
        ("#/dates", 1, "mapping_field_unknown"),
    }
