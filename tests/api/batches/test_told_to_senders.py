"""What is told of what is wrong: where it stands, by which name, what is stored, and what would have been accepted."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from api.batches.uploads import ODS, TAKEN, XLSX
from api.docs.description import document
from cases import dictionary as d
from cases.codelists.common import label_of
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField
from cases.intake.batches.jobs import work_batch
from cases.intake.models import RowResult, StagedRow
from cases.intake.understanding.codes import CODED, code_meant
from cases.intake.understanding.headers import MEMBERS, REQUIRED
from cases.models import Referral
from cases.months import COPENHAGEN
from tests.api.asserts import LIST, body, new_path, problem
from tests.api.batches.sending import (
    BATCHES,
    CSV,
    FORMS,
    JSON,
    MAPPING,
    NDJSON,
    PUBLIC,
    as_csv,
    as_json,
    outcomes,
    post,
    row,
    rules,
    send,
    whole,
)
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db
CPR = "010190-1234"
FORMATS = pytest.mark.parametrize("media_type", FORMS)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def told(caller: Caller, sent: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """The one finding on a row that is sent."""
    batch = whole(send(caller, [sent], dry_run=True, Accept_Language=language))
    [finding] = batch["results"][0]["findings"]
    return dict(finding)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_row_that_differs_is_told_which_version_is_stored_and_both_ways_out(ngo: Caller, language: str) -> None:
    sent = row()
    for changes in ({}, {"gender": "M", "version": 1}):
        whole(send(ngo, [{**sent, **changes}]))
    at = body(ngo.get(f"{LIST}/{sent['reference']}"))["recorded_at"]
    batch = whole(send(ngo, [{**sent, "gender": "X"}], CSV, Accept_Language=language))
    [finding] = batch["results"][0]["findings"]
    assert (finding["rule"], finding["stored_version"]) == ("version_needed", 2)
    assert datetime.fromisoformat(finding["stored_at"]) == datetime.fromisoformat(at)
    moment = datetime.fromisoformat(at).astimezone(COPENHAGEN)
    assert f"{moment.year}" in finding["detail"] and f"{moment:%M}" in finding["detail"]
    assert "prefer=latest" in finding["detail"] and "2 " in finding["detail"]
    person = {
        "da": "Er det en anden person, så skal rækken have sin egen reference",
        "en": "Where it is another person",
    }
    assert 0 < finding["detail"].index(person[language]) < finding["detail"].index("prefer=latest")
    assert finding["detail"] in ngo.get(f"{BATCHES}/{batch['id']}/errors.csv").content.decode()
    assert outcomes(whole(send(ngo, [{**sent, "gender": "X", "version": finding["stored_version"]}]))) == [
        ("corrected", 3)
    ]


def test_a_stale_version_and_a_withdrawal_are_told_with_the_stored_one(ngo: Caller) -> None:
    sent = row()
    whole(send(ngo, [sent]))
    stale = told(ngo, {**sent, "gender": "M", "version": 7})
    assert (stale["rule"], stale["stored_version"]) == ("version_stale", 1)
    assert "prefer=latest" not in stale["detail"]
    ngo.post(f"{LIST}/{sent['reference']}/withdrawal", {"reason_code": "DUPLICATE"})
    gone = told(ngo, {**sent, "gender": "M"})
    assert (gone["rule"], gone["stored_version"]) == ("withdrawn", 2)
    nothing = told(ngo, row(version=3))
    assert nothing["rule"] == "nothing_to_match"
    assert {"stored_version", "stored_at"}.isdisjoint(nothing)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_column_that_is_missing_is_named_by_its_name_and_its_code(ngo: Caller, language: str) -> None:
    raw = as_csv([row(region=...)])
    [at_once] = problem(post(ngo, raw, CSV, Accept_Language=language), "columns_wrong")["errors"]
    batch = whole(post(ngo, raw, CSV, Accept_Language=language, Prefer="respond-async"), 202)["id"]
    work_batch(batch)
    [later] = body(ngo.get(f"{BATCHES}/{batch}", Accept_Language=language))["findings"]
    for each in (at_once, later):
        assert (each["field"], each["column"]) == ("region", d.REGION.label(language))
        assert each["detail"].startswith(f"{d.REGION.label(language)} (region): ")
    repeated = problem(post(ngo, as_csv([row(Køn="F")]), CSV, Accept_Language=language), "columns_wrong")["errors"]
    assert [(each["code"], each["field"], each["column"]) for each in repeated] == [
        ("column_repeated", "gender", d.GENDER.label(language))
    ]


@FORMATS
def test_an_identifier_in_a_column_that_nobody_knows_is_told_as_one(ngo: Caller, media_type: str) -> None:
    """Whatever else is wrong with the columns is told behind it, and nothing is kept."""
    rows = [row(Bemærk=""), {**row(Bemærk=CPR)}]
    for path in (f"{BATCHES}?dry_run=false", PUBLIC):
        answer = post(ngo, FORMS[media_type](rows), media_type, path)
        refused = problem(answer, "identifier_in_file")
        assert refused["errors"][0]["code"] == "identifier_cpr"
        assert CPR not in answer.content.decode()
        if media_type in {CSV, XLSX, ODS}:
            assert [each["code"] for each in refused["errors"]] == ["identifier_cpr", "column_unknown"]
            assert refused["errors"][0]["cell"].endswith("3")
    assert not Referral.objects.exists() and not StagedRow.objects.exists() and not RowResult.objects.exists()


def test_an_identifier_is_told_where_the_first_row_is_no_header(ngo: Caller) -> None:
    problem(post(ngo, f"a,b,c\r\n1,2,{CPR}\r\n".encode(), CSV), "identifier_in_file")
    problem(post(ngo, b"a,b,c\r\n1,2,3\r\n", CSV), "columns_wrong")


def test_months_in_a_column_that_nobody_knows_yet_are_no_birth_dates(ngo: Caller) -> None:
    """Otherwise nobody could be asked which field it is. A day of the last century is one."""
    rows = [{("Hvornår" if name == "referred_in" else name): value for name, value in row().items()}]
    for cell, code in (("14-03-2025", "columns_wrong"), ("14-03-1985", "identifier_in_file")):
        problem(post(ngo, as_csv([{**rows[0], "Hvornår": cell}]), CSV), code)


@pytest.mark.parametrize("media_type", [JSON, NDJSON])
def test_an_identifier_in_json_is_told_by_row_and_field(ngo: Caller, media_type: str) -> None:
    rows = [row(), row(), row(gender=CPR), row(**{CPR: "x"})]
    refused = problem(send(ngo, rows, media_type), "identifier_in_file")["errors"]
    assert [(each["index"], each.get("field")) for each in refused] == [(2, "gender"), (3, None)]
    assert [each["cell"] for each in refused] == (["3", "4"] if media_type == NDJSON else ["1", "1"])
    assert refused[0]["column"] == "Gender"
    batch = whole(send(ngo, rows, media_type, Prefer="respond-async"), 202)["id"]
    work_batch(batch)
    found = body(ngo.get(f"{BATCHES}/{batch}"))["findings"]
    assert [(each["index"], each["field"]) for each in found] == [(2, "gender"), (3, None)]


def test_a_live_client_is_told_what_a_rehearsal_is(ngo: Caller) -> None:
    [found] = problem(ngo.get("/api/v1/templates/rehearsal.csv"), "test_mode_only")["errors"]
    assert (found["parameter"], found["code"]) == ("form", "rows_are_invented")
    assert "invented referrals" in found["detail"]
    assert "errors" not in problem(ngo.call("DELETE", "/api/v1/rehearsal"), "test_mode_only")


OPTIONAL = [field.name for field in d.REFERRAL if not field.required]


def test_null_is_left_out_and_what_is_required_is_missed(ngo: Caller) -> None:
    nulls = dict.fromkeys([*OPTIONAL, "version"])
    sent = row(**dict.fromkeys(OPTIONAL, ...))
    assert outcomes(whole(send(ngo, [{**sent, **nulls}, {**row(), "case_token": None}], JSON))) == [("created", 1)] * 2
    assert ngo.put(f"{LIST}/{sent['reference']}", referral(**dict.fromkeys(OPTIONAL))).status_code == 200
    created = body(ngo.put(new_path(), referral(**dict.fromkeys(OPTIONAL))), 201)
    assert created["duration"] == NOT_ASKED and created["services_needed"] == [NOT_ASKED]
    for name in (each for each in REQUIRED if each != "reference"):
        assert rules(whole(send(ngo, [row(**{name: None})], dry_run=True))) == [["required"]]
        [found] = problem(ngo.put(new_path(), referral(**{name: None})), "validation_failed")["errors"]
        assert (found["pointer"], found["code"]) == (f"#/{name}", "required")


def test_a_null_does_not_hide_a_member_that_stands_twice(ngo: Caller) -> None:
    text = json.dumps(row())[:-1]
    for more in ('"duration": null, "duration": "LT1M"}', '"recorded_at": "x", "recorded_at": "2025-04-03T09:14:27Z"}',
                 '"recorded_at": "2025-04-03T09\\u003a14\\u003a27Z", "recorded_at": "2025-04-03T09\\u003a14:27Z"}'):  # fmt: skip
        content = f"{text}, {more}\n".encode()
        assert rules(whole(post(ngo, content, NDJSON, f"{BATCHES}?dry_run=true"))) == [["duplicate_member"]]


@pytest.mark.parametrize(
    ("change", "place_of_it", "suggestion"),
    [
        ({"gender": "f"}, "#/gender", "F"),
        ({"gender": "Kvinde"}, "#/gender", "F"),
        ({"region": "Sjaeland"}, "#/region", "DK02"),
        ({"citizenship": "Romaniaa"}, "#/citizenship", "RO"),
        ({"services_needed": ["LEGAL", "health"]}, "#/services_needed/1", "HEALTH"),
    ],
)
def test_a_code_that_is_nearly_right_is_told_as_in_a_table(
    ngo: Caller, change: dict[str, Any], place_of_it: str, suggestion: str
) -> None:
    finding = told(ngo, row(**change))
    assert (finding["rule"], finding["suggestion"]) == ("code_unknown", suggestion)
    [found] = problem(ngo.put(new_path(), referral(**change)), "validation_failed")["errors"]
    assert (found["pointer"], found["code"], found["suggestion"]) == (place_of_it, "code_unknown", suggestion)
    assert found["detail"].endswith(
        f"Did you mean {label_of(CODED[finding['field']].codelist, suggestion).en} ({suggestion})?"
    )
    assert finding["detail"].endswith(found["detail"])


ONE_WRONG = {"region": "X", "referred_in": "2999-01", "residence_basis": "DK_CITIZEN", "citizenship": "NG"}


@pytest.mark.parametrize("media_type", [CSV, NDJSON])
def test_one_wrong_cell_hides_nothing_of_the_others(ngo: Caller, media_type: str) -> None:
    """But a rule that asks about the wrong one waits until it is right."""
    batch = whole(send(ngo, [row(**ONE_WRONG)], media_type, dry_run=True))
    if media_type == NDJSON:
        assert rules(batch) == [["code_unknown", "month_in_future", "danish_citizen_is_danish"]]
        rule_ids = {
            each["code"] for each in problem(ngo.put(new_path(), referral(**ONE_WRONG)), "validation_failed")["errors"]
        }
        assert rule_ids == {*rules(batch)[0]}
    else:
        assert {"month_in_future", "danish_citizen_is_danish"} <= {*rules(batch)[0]}
    for change in ({"citizenship": "QQQQ"}, {"citizenship": None}):
        one = {"residence_basis": "DK_CITIZEN", **change}
        assert "danish_citizen_is_danish" not in rules(whole(send(ngo, [row(**one)], media_type, dry_run=True)))[0]
        found = problem(ngo.put(new_path(), referral(**one)), "validation_failed")["errors"]
        assert [each["pointer"] for each in found] == ["#/citizenship"]


@pytest.mark.parametrize(("language", "chosen"), [("da", "Vælg på listen"), ("en", "Choose from the list")])
def test_a_code_that_nobody_can_guess_has_its_list_in_the_file(ngo: Caller, language: str, chosen: str) -> None:
    """The answer names the codes instead. A code that was guessed is named alone."""
    batch = whole(send(ngo, [row(gender="?"), row(gender="Mnd")], CSV, Accept_Language=language))
    details = [each["findings"][0]["detail"] for each in batch["results"]]
    text = ngo.get(f"{BATCHES}/{batch['id']}/errors.csv").content.decode()
    assert f"{details[0]} {chosen}" in text and text.count(chosen) == 1
    assert details[1].endswith("(M)?") and details[1] in text


def test_a_column_that_nobody_knows_may_be_deleted(ngo: Caller) -> None:
    [found] = problem(post(ngo, as_csv([row(Bemærkninger="")]), CSV, Accept_Language="da"), "columns_wrong")["errors"]
    assert found["detail"].endswith("Er den ikke et felt, så slet kolonnen.")


def test_members_that_no_row_has_are_told_with_those_that_were_meant(ngo: Caller) -> None:
    rows = [row(gender=..., genders="F", Sagsbehandlingsord="F")]
    for answer in (send(ngo, rows, dry_run=True), post(None, as_json(rows), JSON, PUBLIC)):
        [result] = whole(answer)["results"]
        unknown = [each for each in result["findings"] if each["rule"] == "unknown_member"]
        assert [(each["suggestion"], each["allowed"][0]) for each in unknown] == [
            ("gender", "gender"),
            (None, "reference"),
        ]
        assert all(sorted(each["allowed"]) == sorted(MEMBERS) for each in unknown)
        assert unknown[0]["detail"].endswith("Did you mean Gender (gender)?")
        assert "genders" not in answer.content.decode() and "Sagsbehandlingsord" not in answer.content.decode()
    many = row(**{f"extra_{letter}": "F" for letter in "abcdefghijklm"})
    [result] = whole(send(ngo, [many], dry_run=True))["results"]
    assert len(result["findings"]) == 10


def test_a_media_type_that_is_not_taken_is_told_with_those_that_are(ngo: Caller) -> None:
    for path, types in ((f"{BATCHES}?dry_run=true", TAKEN), (PUBLIC, TAKEN), (MAPPING, ("application/json",))):
        answer = (
            ngo.put(path, b"x", content_type="text/plain") if path == MAPPING else post(ngo, b"x", "text/plain", path)
        )
        [found] = problem(answer, "unsupported_media_type")["errors"]
        assert (found["header"], found["code"], found["allowed"]) == ("Content-Type", "media_type_expected", [*types])
        assert answer.headers["Accept"] == ", ".join(types)
    assert "Accept" in json.loads(document())["components"]["responses"]["415.umt"]["headers"]


def test_every_code_in_small_letters_is_meant() -> None:
    for field in (each for each in d.REFERRAL if isinstance(each, CodedField)):
        assert {code_meant(field.name, code.lower()) for code in field.allowed} == set(field.allowed)


def test_a_word_that_nobody_knows_is_asked_about_with_the_codes_of_a_short_list(ngo: Caller) -> None:
    rows = [row(region="Elsewhere", citizenship="Nowhere") for _ in range(2)]
    region, citizenship = sorted(whole(send(ngo, rows, CSV))["questions"], key=lambda each: each["field"] != "region")
    assert (region["kind"], region["guess"], region["options"]) == ("value", None, list(d.REGION.allowed))
    assert (citizenship["guess"], citizenship["options"]) == (None, [])
