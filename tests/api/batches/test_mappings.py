"""What a partner says once of its own columns and words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cases.intake.models import ColumnMapping
from tests.api.asserts import body, problem
from tests.api.batches.sending import CSV, MAPPING, as_csv, outcomes, post, row, whole
from tests.callers import Caller

pytestmark = pytest.mark.django_db(transaction=True)
SENT = {"columns": {"Landsdel": "region"}, "values": {"region": {"Øst": "DK02"}}}
CPR = "010190-1234"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def test_a_mapping_is_stored_shown_and_changed_by_its_version(ngo: Caller, other_ngo: Caller) -> None:
    empty = ngo.get(MAPPING)
    assert (body(empty), "ETag" in empty.headers) == ({}, False)
    first = ngo.put(MAPPING, SENT)
    assert (body(first), first.headers["ETag"]) == (SENT, '"1"')
    assert ngo.put(MAPPING, SENT).headers["ETag"] == '"1"'
    other = {**SENT, "dates": {"referred_in": "day_first"}}
    problem(ngo.put(MAPPING, other), "precondition_required")
    problem(ngo.put(MAPPING, other, If_Match='"7"'), "precondition_failed")
    problem(ngo.put(MAPPING, other, If_None_Match="*"), "precondition_failed")
    assert ngo.put(MAPPING, other, If_Match='"1"').headers["ETag"] == '"2"'
    shown = ngo.get(MAPPING)
    assert (body(shown), shown.headers["ETag"]) == (other, '"2"')
    assert ngo.get(MAPPING, If_None_Match='"2"').status_code == 304
    assert body(other_ngo.get(MAPPING)) == {}


def test_a_stored_mapping_is_used(ngo: Caller) -> None:
    rows = [{("Landsdel" if name == "region" else name): value for name, value in row().items()}]
    rows[0]["Landsdel"] = "Øst"
    problem(post(ngo, as_csv(rows), CSV), "columns_wrong")
    ngo.put(MAPPING, SENT)
    assert outcomes(whole(post(ngo, as_csv(rows), CSV))) == [("created", 1)]


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ([], "mapping_malformed"),
        ({"column": {}}, "mapping_malformed"),
        ({"columns": {"a": 1}}, "mapping_malformed"),
        ({"columns": {"a": "nonsense"}}, "mapping_column_unknown"),
        ({"values": {"region": {"a": "DK99"}}}, "mapping_code_unknown"),
        ({"columns": {"a" * 200: "region"}}, "mapping_too_large"),
    ],
)
def test_a_wrong_one_is_refused(ngo: Caller, sent: Any, rule: str) -> None:
    found = problem(ngo.put(MAPPING, sent), "validation_failed")
    assert [each["code"] for each in found["errors"]] == [rule]
    assert not ColumnMapping.objects.exists()


def test_no_identifier_is_kept_or_repeated(ngo: Caller) -> None:
    columns, words = {"columns": {CPR: "region"}}, {"values": {"region": {CPR: "DK02"}}}
    for sent, place in ((columns, "#/columns"), (words, "#/values/region")):
        answer = ngo.put(MAPPING, sent)
        [found] = problem(answer, "identifier_in_body")["errors"]
        assert (found["pointer"], found["code"]) == (place, "mapping_identifier")
        assert found["detail"].startswith("Region")
        assert CPR not in answer.content.decode()
    assert not ColumnMapping.objects.exists()
    assert ngo.put(MAPPING, json.dumps(SENT).encode()[:-1]).status_code == 400
