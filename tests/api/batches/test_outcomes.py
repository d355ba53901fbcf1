"""What became of rows: pages, files, the sender's own file with marks, and who has read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from api.batches.uploads import XLSX
from cases.codelists import CONFIRMATION_REASON
from cases.intake.models import Batch
from partners.models import RecordRead
from tests.api.asserts import body, findings, new_path, problem
from tests.api.batches.sending import BATCHES, CSV, FORMS, MAPPING, NDJSON, outcomes, post, row, rules, send, whole
from tests.api.batches.test_commits import HELD
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.fixture
def batch(ngo: Caller) -> str:
    """The address of a delivery of five rows, two of which are rejected."""
    rows = [row(), row(gender="wrong"), row(), row(referred_in="x", region="y"), row()]
    return f"{BATCHES}/{whole(send(ngo, rows, CSV, Prefer='handling=lenient'))['id']}"


def content(answer: Any) -> bytes:
    """All of a file that is streamed."""
    found: bytes = b"".join(answer.streaming_content)
    return found


def test_pages_have_every_row_once_in_order(ngo: Caller, batch: str) -> None:
    told, following = [], f"{batch}/results?limit=2"
    while following:
        page = body(ngo.get(following.removeprefix("http://testserver")))
        assert len(page["items"]) <= 2
        told += page["items"]
        following = page["next"]
    assert [each["index"] for each in told] == [0, 1, 2, 3, 4]
    assert [each["line"] for each in told] == [2, 3, 4, 5, 6]
    rejected = body(ngo.get(f"{batch}/results?outcome=rejected"))
    assert [each["index"] for each in rejected["items"]] == [1, 3]
    assert {each["outcome"] for each in body(ngo.get(f"{batch}/results?outcome=created"))["items"]} == {"created"}


def test_files_have_every_row(ngo: Caller, batch: str) -> None:
    answer = ngo.get(f"{batch}/results?format=ndjson")
    lines = [json.loads(line) for line in content(answer).splitlines()]
    assert answer.headers["Henvis-Rows"] == "5"
    assert lines[-1] == {"end": {"rows": 5}}
    assert lines[:-1] == body(ngo.get(f"{batch}/results"))["items"]
    assert "attachment" in answer.headers["Content-Disposition"]
    table = [*csv.DictReader(io.StringIO(content(ngo.get(f"{batch}/results", Accept="text/csv")).decode()))]
    assert [each["index"] for each in table] == ["0", "1", "2", "3", "3", "4"]
    assert table[1]["rule"] == "code_unknown"
    assert table[1]["class"] == "error"
    rejected = content(ngo.get(f"{batch}/results?format=csv&outcome=rejected")).decode()
    assert rejected.count("\r\n") == 4


def test_wrong_parameters_are_refused(ngo: Caller, batch: str) -> None:
    for query, name, code in (
        ("outcome=refused", "outcome", "value_not_allowed"),
        ("format=xml", "format", "value_not_allowed"),
        ("format=csv&limit=2", "limit", "unknown_parameter"),
        ("cursor=x", "cursor", "invalid_cursor"),
        ("limit=501", "limit", "value_not_allowed"),
    ):
        assert findings(ngo.get(f"{batch}/results?{query}"), "invalid_parameter") == [(name, code)]
    problem(ngo.get(f"{batch}/errors.csv?lang=da"), "invalid_parameter")


def test_a_cursor_of_another_list_is_no_error_of_ours(ngo: Caller, batch: str) -> None:
    for _ in range(2):
        ngo.referral()
    other = body(ngo.get("/api/v1/referrals?limit=1"))["next"].partition("cursor=")[2]
    assert ngo.get(f"{batch}/results?cursor={other}").status_code in {200, 400}


def test_the_own_file_comes_back_with_what_is_wrong(ngo: Caller) -> None:
    rows = [row(), row(gender="wrong")]
    batch = f"{BATCHES}/{whole(send(ngo, rows, XLSX))['id']}"
    answer = ngo.get(f"{batch}/errors.xlsx")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, XLSX)
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    book = load_workbook(io.BytesIO(answer.content))
    assert rows[1]["reference"] in {cell.value for line in book.active for cell in line}
    table = ngo.get(f"{batch}/errors.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert rows[1]["reference"] in table.content.decode()


def test_a_mended_file_just_works(ngo: Caller) -> None:
    rows = [row(), row(gender="wrong")]
    batch = f"{BATCHES}/{whole(send(ngo, rows, CSV))['id']}"
    text = ngo.get(f"{batch}/errors.csv").content.decode("utf-8-sig").replace("wrong", "F")
    again = whole(post(ngo, text.encode(), CSV))
    assert {outcome for outcome, _ in outcomes(again)} == {"created"}


@pytest.mark.parametrize("media_type", [CSV, XLSX, NDJSON])
def test_what_was_confirmed_and_stored_is_no_error_any_more(ngo: Caller, media_type: str) -> None:
    """Its text goes, and that of a row that is still wrong stays, also of one that has no reference or cannot be read."""
    held, wrong, nameless = row(**HELD), row(gender="wrong"), row(reference="x")
    broken = {CSV: b"one cell\n", NDJSON: b"{\n"}.get(media_type, b"")
    sent = FORMS[media_type]([row(), held, wrong, nameless]) + broken
    batch = whole(post(ngo, sent, media_type, Prefer="handling=lenient"))
    [rule] = rules(batch)[1]
    before = notes(ngo, batch)
    assert all(before[place][held["reference"]] for place in before)
    confirmed = {"confirmations": [{"rule": rule, "reason_code": CONFIRMATION_REASON.names[0]}]}
    stored = whole(ngo.post(f"{BATCHES}/{batch['id']}/commit", confirmed))
    assert stored["counts"]["held"] == 0
    assert all(("" in said) == bool(broken) for said in before.values())
    for place, said in notes(ngo, batch).items():
        assert said == {**before[place], held["reference"]: ""}


def test_error_files_are_made_again_with_the_partner_s_own_columns_as_long_as_they_are_known(ngo: Caller) -> None:
    ngo.put(MAPPING, {"columns": {"Landsdel": "region"}})
    rows = [{"Landsdel" if name == "region" else name: value for name, value in row(**HELD).items()} for _ in range(2)]
    batch = whole(send(ngo, rows, CSV, Prefer="handling=lenient"))
    before, [rule], path = notes(ngo, batch), rules(batch)[0], f"{BATCHES}/{batch['id']}/commit"
    first, last = (
        {"confirmations": [{"rule": rule, "indexes": [place], "reason_code": CONFIRMATION_REASON.names[0]}]}
        for place in range(2)
    )
    whole(ngo.post(path, first))
    after = {name: {**said, rows[0]["reference"]: ""} for name, said in before.items()}
    assert notes(ngo, batch) == after
    assert ngo.put(MAPPING, {}, If_Match='"1"').status_code == 200
    whole(ngo.post(path, first))
    assert notes(ngo, batch) == after
    assert whole(ngo.post(path, last))["counts"]["created"] == 2


def notes(caller: Caller, batch: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What each error file says of each row, by its reference."""
    path = f"{BATCHES}/{batch['id']}/errors"
    text = caller.get(f"{path}.csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(caller.get(f"{path}.xlsx").content))
    tables = {
        "csv": [*csv.reader(io.StringIO(text, newline=""))],
        "xlsx": [[cell.value or "" for cell in line] for line in book.worksheets[0].iter_rows()],
    }
    found = {}
    for name, (head, *lines) in tables.items():
        place = [str(each).casefold() for each in head].index("reference")
        found[name] = {str(line[place]) if place < len(line) else "": str(line[0]) for line in lines}
    return found


def test_who_reads_results_is_written_down(ngo: Caller, batch: str) -> None:
    assert not RecordRead.objects.exists()
    ngo.get(f"{batch}/results?limit=2")
    ngo.get(f"{batch}/results?outcome=rejected")
    content(ngo.get(f"{batch}/results?format=ndjson"))
    ngo.get(f"{batch}/errors.csv")
    ngo.get(batch)
    ngo.get(BATCHES)
    found = [*RecordRead.objects.order_by("id").values_list("operation", "rows")]
    path = "batches/{batch_id}"
    assert found == [(f"{path}/results", 2), (f"{path}/results", 2), (f"{path}/results", 5), (f"{path}/errors.csv", 5)]


def test_after_thirty_days_results_are_gone_and_the_attempt_is_not(ngo: Caller, batch: str) -> None:
    Batch.objects.update(
        created_at=timezone.now() - timedelta(days=31), finished_at=timezone.now() - timedelta(days=31)
    )
    for path in ("results", "errors.xlsx", "errors.csv"):
        problem(ngo.get(f"{batch}/{path}"), "results_deleted")
    assert body(ngo.get(batch))["counts"]["created"] == 3


def test_without_errors_there_is_no_file_of_errors(ngo: Caller) -> None:
    batch = whole(send(ngo, [row()]))["id"]
    problem(ngo.get(f"{BATCHES}/{batch}/errors.xlsx"), "not_found")


def test_a_file_of_errors_has_the_language_in_which_its_delivery_was_sent(ngo: Caller) -> None:
    batch = whole(send(ngo, [row(gender="wrong")], CSV, Accept_Language="da"))["id"]
    text = ngo.get(f"{BATCHES}/{batch}/errors.csv", Accept_Language="en").content.decode("utf-8-sig")
    assert "Fejl" in text and "Køn: " in text and "Gender" not in text


def test_checks_are_asked_of_deliveries_and_not_of_a_referral_that_is_sent_alone(ngo: Caller) -> None:
    improbable = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}
    assert outcomes(whole(send(ngo, [row(**improbable)], dry_run=True))) == [("held", None)]
    assert ngo.put(new_path(), referral(**improbable)).status_code == 201
