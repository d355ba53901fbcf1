"""What a partner has fetched of its own records can be sent back as it is, in every format, and with one field changed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from api.batches.uploads import XLSX
from cases.models import Referral
from tests.api.asserts import LIST, body, findings, new_path
from tests.api.batches.sending import (
    CSV,
    JSON,
    NDJSON,
    PUBLIC,
    as_csv,
    as_json,
    as_ndjson,
    as_xlsx,
    outcomes,
    post,
    row,
    rules,
    send,
    whole,
)
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.fixture
def stored(ngo: Caller) -> list[dict[str, Any]]:
    """Four of a partner's referrals as its page has them: a set is empty or left out, one is corrected, one is withdrawn."""
    path, _ = ngo.referral(services_needed=[], means_of_control=...)
    ngo.referral(services_needed=["HEALTH", "LEGAL"])
    ngo.referral(exploitation_also=[])
    ngo.put(path, referral(services_needed=[], means_of_control=..., gender="M"), If_Match='"1"')
    gone, _ = ngo.referral()
    ngo.post(f"{gone}/withdrawal", {"reason_code": "DUPLICATE"})
    items: list[dict[str, Any]] = body(ngo.get(LIST))["items"]
    assert {each["status"] for each in items} == {"reported", "corrected", "withdrawn"}
    return items


def streamed(caller: Caller, form: str) -> bytes:
    """An export as a file."""
    answer: Any = caller.get(f"{LIST}?format={form}")
    return b"".join(answer.streaming_content)


def rows_of_csv(caller: Caller) -> list[dict[str, Any]]:
    """The rows of the CSV, as a spreadsheet that opens it has them."""
    return [*csv.DictReader(io.StringIO(streamed(caller, "csv").decode(), newline=""))]


EXPORTS: dict[str, tuple[str, Callable[[Caller], bytes]]] = {
    "page": (JSON, lambda caller: caller.get(LIST).content),
    "page with an address": (JSON, lambda caller: caller.get(f"{LIST}?limit=4").content),
    "items": (JSON, lambda caller: as_json(body(caller.get(LIST))["items"])),
    "lines": (NDJSON, lambda caller: streamed(caller, "ndjson")),
    "csv": (CSV, lambda caller: streamed(caller, "csv")),
    "workbook": (XLSX, lambda caller: as_xlsx(rows_of_csv(caller))),
}


def changed(caller: Caller, name: str) -> bytes:
    """An export in which the one man is another gender."""
    if name == "workbook":
        return as_xlsx([{**each, "gender": each["gender"].replace("M", "X")} for each in rows_of_csv(caller)])
    text = EXPORTS[name][1](caller)
    for man in (b'"gender":"M"', b'"gender": "M"', b",M,"):
        text = text.replace(man, man.replace(b"M", b"X"))
    return text


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_changes_nothing_but_the_field_that_was_changed(
    ngo: Caller, stored: list[dict[str, Any]], name: str
) -> None:
    media_type, export = EXPORTS[name]
    before = Referral.objects.count()
    batch = whole(post(ngo, export(ngo), media_type))
    assert outcomes(batch) == [("unchanged", each["version"]) for each in stored]
    assert (batch["state"], Referral.objects.count()) == ("done", before)
    [notice] = batch["findings"]
    assert (notice["rule"], notice["class"]) == ("read_only_passed_over", "notice")
    batch = whole(post(ngo, changed(ngo, name), media_type))
    men = [each["gender"] == "M" for each in stored]
    assert [outcome for outcome, _ in outcomes(batch)] == ["corrected" if each else "unchanged" for each in men]
    current = Referral.objects.get(reference=stored[men.index(True)]["reference"], superseded_at=None)
    assert (current.version, current.services_needed, current.means_of_control) == (3, [], ["_N"])


def test_what_changes_nothing_is_asked_nothing(ngo: Caller) -> None:
    """Twenty rows that are alike are asked about, unless they are stored as they are; with one that is not they are again.

    Lenient stores them whatever is asked.
    """
    first = whole(send(ngo, [row() for _ in range(20)], Prefer="handling=lenient"))
    assert {each["class"] for each in first["findings"]} == {"delivery_check"}
    assert (first["state"], first["stored"], first["counts"]["created"]) == ("done", True, 20)
    batch = whole(post(ngo, streamed(ngo, "ndjson"), NDJSON))
    assert {outcome for outcome, _ in outcomes(batch)} == {"unchanged"}
    assert [each["rule"] for each in batch["findings"]] == ["read_only_passed_over"]
    assert (batch["state"], batch["commit_until"], batch["counts"]["unchanged"]) == ("done", None, 20)
    export = streamed(ngo, "ndjson")
    batch = whole(post(ngo, as_ndjson([row()]) + export, NDJSON))
    assert (batch["state"], "rows_identical" in {each["rule"] for each in batch["findings"]}) == ("needs_review", True)


def test_the_schema_of_rows_takes_what_was_fetched(ngo: Caller, stored: list[dict[str, Any]]) -> None:
    check = Draft202012Validator(json.loads(ngo.get("/api/v1/templates/referrals.schema.json").content))
    page = body(ngo.get(f"{LIST}?limit=2"))
    new = [{**row(services_needed=None), "case_token": None, "version": None}, row(services_needed=["LEGAL", "LEGAL"])]
    for sent in (stored, new, page):
        assert [each.message for each in check.iter_errors(sent)] == []
    wrong = [[{**new[0], "gender": None}], [{**new[0], "note": "x"}], [{**stored[0], "status": "open"}]]
    assert not any(check.is_valid(sent) for sent in (*wrong, {**page, "note": "x"}))
    assert outcomes(whole(post(ngo, as_json(new), JSON))) == [("created", 1)] * 2


def test_what_a_get_answers_is_put_back_as_it_is(ngo: Caller, stored: list[dict[str, Any]]) -> None:
    for each in stored:
        path = f"{LIST}/{each['reference']}"
        answer = ngo.put(path, body(ngo.get(path)))
        assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{each["version"]}"')
    path = f"{LIST}/{stored[0]['reference']}"
    got = body(ngo.get(path))
    assert body(ngo.put(path, {**got, "region": "DK03"}))["version"] == got["version"] + 1
    # The version that was read is corrected, and no other one: it is If-Match in the body.
    assert ngo.put(path, {**got, "region": "DK04"}).status_code == 412
    assert body(ngo.put(path, {**got, "region": "DK04"}, If_Match='"2"'))["version"] == 3
    new = {name: value for name, value in got.items() if name != "reference"}
    assert ngo.put(new_path(), new).status_code == 412


@pytest.mark.parametrize(
    ("change", "place_of_it"),
    [
        ({"status": "withdrawn"}, "status"),
        ({"status": "withdrawn", "reason_code": "DUPLICATE"}, "reason_code"),
        ({"reason_code": "DUPLICATE"}, "reason_code"),
        ({"status": "open"}, "status"),
        ({"recorded_at": "today"}, "recorded_at"),
        ({"schema_version": "x"}, "schema_version"),
    ],
)
def test_what_the_service_sets_is_not_changed_by_a_record(
    ngo: Caller, change: dict[str, str], place_of_it: str
) -> None:
    path, got = ngo.referral()
    assert findings(ngo.put(path, {**got, **change})) == [(f"#/{place_of_it}", "read_only")]
    [result] = whole(send(ngo, [{**got, **change}]))["results"]
    assert [(each["rule"], each["field"]) for each in result["findings"]] == [("read_only", place_of_it)]
    assert Referral.objects.get().status == "reported"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"version": "3"}, "version_expected"),
        ({"version": 0}, "version_expected"),
        ({"reference": "3"}, "reference_not_uuid4"),
    ],
)
def test_a_version_and_a_reference_are_told_as_in_a_delivery(ngo: Caller, change: dict[str, Any], rule: str) -> None:
    path, got = ngo.referral()
    [name] = change
    [told] = body(ngo.put(path, {**got, **change}), 400)["errors"]
    [result] = whole(send(ngo, [{**got, **change}]))["results"]
    assert (told["pointer"], told["code"]) == (f"#/{name}", rule)
    assert result["findings"][0]["detail"] == f"{name.capitalize()}: {told['detail']}"


def test_a_body_is_of_its_address_and_a_new_referral_has_nothing_of_the_service(ngo: Caller) -> None:
    _, got = ngo.referral()
    assert findings(ngo.put(new_path(), got)) == [("#/reference", "read_only")]
    posted = ngo.post(LIST, got, Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324")
    assert ("#/reference", "read_only") in findings(posted)
    assert Referral.objects.count() == 1


def test_a_withdrawn_referral_is_not_reported_again_by_its_export(ngo: Caller) -> None:
    path, _ = ngo.referral()
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    got = body(ngo.get(path))
    changed = {**got, "gender": "M"}
    for left_out in ((), ("status",), ("reason_code",)):
        kept = {name: value for name, value in changed.items() if name not in left_out}
        [result] = whole(send(ngo, [kept], more="&prefer=latest"))["results"]
        assert [(each["rule"], each["field"]) for each in result["findings"]] == [("sent_as_withdrawn", "status")]
        assert findings(ngo.put(path, kept)) == [("#/status", "sent_as_withdrawn")]
    assert rules(whole(send(ngo, [{**got, "reason_code": "ENTERED_IN_ERROR"}]))) == [["read_only"]]
    again = {name: value for name, value in got.items() if name not in {"status", "reason_code"}}
    assert outcomes(whole(send(ngo, [again]))) == [("corrected", 3)]


def test_whoever_has_no_account_may_check_an_export(ngo: Caller, stored: list[dict[str, Any]]) -> None:
    found = whole(post(None, streamed(ngo, "ndjson"), NDJSON, PUBLIC))
    assert found["counts"] == {"created": 0, "corrected": 3, "unchanged": 1, "rejected": 0, "held": 0}
    assert [each["rule"] for each in found["findings"]] == ["read_only_passed_over"]


def test_an_error_file_of_an_export_can_be_sent_again(ngo: Caller, stored: list[dict[str, Any]]) -> None:
    content = streamed(ngo, "csv").replace(b",M,", b",Q,")
    batch = whole(post(ngo, content, CSV))
    assert batch["counts"]["rejected"] == 1
    marked = ngo.get(f"/api/v1/batches/{batch['id']}/errors.csv").content
    assert b"recorded_at" in marked
    mended = whole(post(ngo, marked.replace(b",Q,", b",X,"), CSV))
    assert sorted(outcome for outcome, _ in outcomes(mended)) == ["corrected"] + ["unchanged"] * 3


def test_the_moment_of_an_export_is_no_birth_date_and_a_birth_date_is_no_moment(ngo: Caller) -> None:
    _, got = ngo.referral()
    for media_type, write in ((JSON, as_json), (XLSX, as_xlsx), (CSV, None)):
        rows = [{**got, "recorded_at": "1985-03-14"}]
        answer = send(ngo, rows, media_type) if write is None else post(ngo, write(rows), media_type)
        assert (answer.status_code, json.loads(answer.content)["code"]) == (422, "identifier_in_file")


def test_a_page_has_nothing_behind_its_rows_but_what_a_page_has(ngo: Caller) -> None:
    item = json.dumps(row())
    for tail in (b"}", b',"next":null}', b', "next": "http://x/y" , "changed_since": null }\n'):
        assert outcomes(whole(post(ngo, b'{"items": [' + item.encode() + b"]" + tail, JSON))) in (
            [("created", 1)],
            [("unchanged", 1)],
        )
    answer = post(ngo, b'{"items": [' + item.encode() + b'], "note": "x"}', JSON)
    assert (answer.status_code, json.loads(answer.content)["errors"][0]["code"]) == (400, "array_expected")


@pytest.mark.parametrize(
    "raw", [b'{"end": {"rows": 1, "note": "x"}}', b'{"end": 3}', b'{"end": {"rows": 1}, "gender": "F"}']
)
def test_a_last_line_that_no_export_has_is_a_row(ngo: Caller, raw: bytes) -> None:
    batch = whole(post(ngo, json.dumps(row()).encode() + b"\n" + raw, NDJSON))
    assert batch["counts"]["rejected"] == 1


@pytest.mark.parametrize("media_type", [CSV, XLSX])
def test_a_row_that_a_person_adds_to_an_export_says_what_it_says_elsewhere(
    ngo: Caller, stored: list[dict[str, Any]], media_type: str
) -> None:
    """Only a row that has its moment is one of the export: there an empty set is known to be none, here it was not asked."""
    rows = rows_of_csv(ngo)
    for moment in ("", " "):
        new = {**dict.fromkeys(rows[0], ""), **row(services_needed=...), "recorded_at": moment}
        sent = [*rows, {name: new.get(name, "") for name in rows[0]}]
        content = as_xlsx(sent) if media_type == XLSX else as_csv(sent)
        assert outcomes(whole(post(ngo, content, media_type)))[-1] == ("created", 1)
        assert Referral.objects.get(reference=new["reference"]).services_needed == ["_N"]
