"""Deliveries through the API: the same from every format, a dry run that tells what would become of it, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.batches.uploads import ODS, XLSX
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, StagedRow
from cases.models import Referral
from partners.models import RecordRead
from tests.api.asserts import LIST, body, problem
from tests.api.batches.sending import (
    BATCHES,
    CSV,
    FORMS,
    JSON,
    MULTIPART,
    NDJSON,
    as_csv,
    as_xlsx,
    file_part,
    outcomes,
    part,
    parts,
    post,
    row,
    rules,
    send,
    whole,
)
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db(transaction=True)
FORMATS = pytest.mark.parametrize("media_type", FORMS)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


@FORMATS
def test_every_format_is_taken_as_the_body_and_as_a_part(ngo: Caller, media_type: str, place: Path) -> None:
    rows = [row(), row(services_needed=["ACCOMMODATION", "LEGAL"], means_of_control=[]), row(recruiter=...)]
    first = whole(send(ngo, rows, media_type))
    assert (first["state"], first["stored"], first["total"], first["done"]) == ("done", True, 3, 3)
    assert outcomes(first) == [("created", 1)] * 3
    assert [each["reference"] for each in first["results"]] == [each["reference"] for each in rows]
    again = whole(post(ngo, parts(file_part(FORMS[media_type](rows), media_type)), MULTIPART))
    assert outcomes(again) == [("unchanged", 1)] * 3
    assert [each["case_token"] for each in again["results"]] == [each["case_token"] for each in first["results"]]
    for sent, told in zip(rows, first["results"], strict=True):
        stored = body(ngo.get(f"{LIST}/{sent['reference']}"))
        assert {name: stored[name] for name in sent if name != "case_token"} == sent
        assert stored["case_token"] == told["case_token"]
    assert [*place.glob("*")] == []


@FORMATS
def test_a_dry_run_tells_what_the_delivery_then_does(ngo: Caller, media_type: str) -> None:
    same, mended, wrong = row(), row(), row(gender="wrong")
    whole(send(ngo, [same, mended], media_type))
    rows = [same, {**mended, "gender": "M", "version": 1}, wrong, row(), {**row(), "reference": same["reference"][:-1]}]
    before = Referral.objects.count()
    dry = whole(send(ngo, rows, media_type, dry_run=True, Prefer="handling=lenient"))
    assert (Referral.objects.count(), dry["stored"], dry["dry_run"]) == (before, False, True)
    real = whole(send(ngo, rows, media_type, Prefer="handling=lenient"))
    assert outcomes(real) == outcomes(dry)
    assert rules(real) == rules(dry)
    assert real["counts"] == dry["counts"]
    assert outcomes(real) == [
        ("unchanged", 1),
        ("corrected", 2),
        ("rejected", None),
        ("created", 1),
        ("rejected", None),
    ]
    assert Referral.objects.count() == before + 2


def test_strict_is_all_or_nothing_and_lenient_is_not(ngo: Caller) -> None:
    rows = [row(), row(gender="wrong")]
    strict = whole(send(ngo, rows))
    assert (strict["state"], strict["stored"]) == ("needs_review", False)
    assert not Referral.objects.exists()
    answer = send(ngo, rows, Prefer="handling=lenient")
    assert answer.headers["Preference-Applied"] == "handling=lenient"
    assert whole(answer)["stored"]
    assert Referral.objects.count() == 1


def test_a_finding_names_the_cell_the_column_the_codes_and_what_was_probably_meant(ngo: Caller) -> None:
    rows = [row(), row(gender="wrong")]
    column = list(rows[0]).index("gender")
    for language, name in (("da", "Køn"), ("en", "Gender")):
        batch = whole(send(ngo, rows, XLSX, dry_run=True, Accept_Language=language))
        [finding] = batch["results"][1]["findings"]
        assert (finding["rule"], finding["class"], finding["field"]) == ("code_unknown", "error", "gender")
        assert finding["column"] == name
        assert finding["cell"] == f"{chr(ord('A') + column)}3"
        assert "F" in finding["allowed"]
        assert "wrong" not in json.dumps(finding)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_finding_says_the_same_as_the_file_with_marks(ngo: Caller, language: str) -> None:
    rows = [row(), row(citizenship="Romaniaa")]
    batch = whole(send(ngo, rows, CSV, Accept_Language=language))
    [finding] = batch["results"][1]["findings"]
    assert finding["suggestion"] == "RO"
    assert finding["detail"].startswith(f"{finding['column']}: ")
    assert finding["detail"].endswith({"da": "Mente du Rumænien (RO)?", "en": "Did you mean Romania (RO)?"}[language])
    assert finding["detail"] in ngo.get(f"{BATCHES}/{batch['id']}/errors.csv").content.decode()


def test_a_long_list_of_codes_is_not_repeated_with_each_row(ngo: Caller) -> None:
    [finding] = whole(send(ngo, [row(citizenship="Romaniaa")], dry_run=True))["results"][0]["findings"]
    assert (len(finding["allowed"]), finding["allowed"][0]) == (20, "RO")
    codes = body(ngo.get(finding["codelist"]))["codes"]
    assert {*finding["allowed"]} < {each["code"] for each in codes}
    [short] = whole(send(ngo, [row(gender="wrong")], dry_run=True))["results"][0]["findings"]
    assert "codelist" not in short


def test_what_is_stored_is_told_in_the_cell_of_its_column(ngo: Caller) -> None:
    """The column follows from the rule and from the columns that the batch keeps."""
    sent = row()
    whole(send(ngo, [sent]))
    batch = whole(send(ngo, [{"version": 7, **sent, "gender": "M"}], CSV, dry_run=True))["id"]
    Batch.objects.filter(pk=batch).update(columns={"version": 0, "reference": 1})
    [found] = body(ngo.get(f"{BATCHES}/{batch}/results"))["items"][0]["findings"]
    assert (found["rule"], found["field"], found["column"], found["cell"]) == (
        "version_stale",
        "version",
        "Version",
        "A2",
    )


def test_a_file_that_a_job_refuses_is_told_as_one_that_is_refused_at_once(ngo: Caller) -> None:
    rows = [row() for _ in range(22)] + [row(gender="010190-1234") for _ in range(25)]
    for media_type in (XLSX, CSV, NDJSON):
        refused = problem(send(ngo, rows, media_type), "identifier_in_file")
        assert (len(refused["errors"]), refused["total"]) == (20, 25)
        batch = whole(send(ngo, rows, media_type, Prefer="respond-async"), 202)["id"]
        work_batch(batch)
        failed = body(ngo.get(f"{BATCHES}/{batch}"))
        assert (failed["state"], failed["problem"]) == ("failed", "identifier_in_file")
        assert [(each["cell"], each["rule"], each["detail"]) for each in failed["findings"]] == [
            (each["cell"], each["code"], each["detail"]) for each in refused["errors"]
        ]
        assert refused["errors"][0]["cell"][-2:] in {"23", "24"}
    assert "total" not in problem(post(ngo, b"nonsense,a\r\n1,2\r\n", CSV), "columns_wrong")


def test_all_findings_of_a_row_come_at_once(ngo: Caller) -> None:
    broken = row(gender=..., region="DK09", referred_in="March")
    [found] = rules(whole(send(ngo, [broken], dry_run=True)))
    assert len(found) == 3


def test_a_correction_needs_the_version_or_says_latest(ngo: Caller) -> None:
    sent = row()
    whole(send(ngo, [sent]))
    changed = {**sent, "gender": "M"}
    assert rules(whole(send(ngo, [changed], dry_run=True))) == [["version_needed"]]
    assert rules(whole(send(ngo, [{**changed, "version": 7}], dry_run=True))) == [["version_stale"]]
    latest = whole(send(ngo, [changed], more="&prefer=latest"))
    assert (outcomes(latest), latest["prefer"]) == ([("corrected", 2)], "latest")


def test_a_single_referral_and_a_row_are_the_same_record(ngo: Caller) -> None:
    path, _ = ngo.referral()
    sent = {"reference": path.rpartition("/")[2], **referral()}
    assert outcomes(whole(send(ngo, [sent]))) == [("unchanged", 1)]
    new = row()
    whole(send(ngo, [new]))
    answer = ngo.put(f"{LIST}/{new['reference']}", {name: value for name, value in new.items() if name != "reference"})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')


def test_minimal_leaves_the_results_out(ngo: Caller) -> None:
    answer = send(ngo, [row()], Prefer="return=minimal")
    assert "results" not in whole(answer)
    assert answer.headers["Preference-Applied"] == "return=minimal"
    assert answer.headers["Location"].endswith(f"{BATCHES}/{whole(answer)['id']}")


def test_respond_async_is_202_and_a_job(ngo: Caller) -> None:
    answer = send(ngo, [row()], Prefer="respond-async")
    batch = whole(answer, 202)
    assert batch["state"] in {"queued", "running"}
    assert "results" not in batch
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Preference-Applied"] == "respond-async"
    waiting = ngo.get(answer.headers["Location"].removeprefix("http://testserver"))
    assert whole(waiting)["state"] in {"queued", "running"}
    assert int(waiting.headers["Retry-After"]) > 0
    problem(ngo.get(f"{BATCHES}/{batch['id']}/results"), "batch_running")
    problem(ngo.get(f"{BATCHES}/{batch['id']}/errors.xlsx"), "batch_running")
    problem(ngo.post(f"{BATCHES}/{batch['id']}/commit", {}), "batch_running")


@pytest.mark.parametrize(
    ("raw", "media_type", "code", "place_of_it"),
    [
        (b"\n", CSV, "file_unreadable", "*"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, XLSX, "file_unreadable", "*"),
        (b'{"a": 1', JSON, "file_unreadable", "*"),
        (b"reference,nonsense\r\na,b\r\n", CSV, "columns_wrong", "B1"),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_file_that_is_refused_says_why_and_keeps_nothing(
    ngo: Caller, raw: bytes, media_type: str, code: str, place_of_it: str, language: str, place: Path
) -> None:
    for path in (f"{BATCHES}?dry_run=false", f"{BATCHES}?dry_run=true"):
        answer = post(ngo, raw, media_type, path, Accept_Language=language)
        found = problem(answer, code)
        assert place_of_it in {each["cell"] for each in found["errors"]}
        assert answer.headers["Content-Language"] == language
    assert not Referral.objects.exists()
    assert not StagedRow.objects.exists()
    assert [*place.glob("*")] == []


def test_a_mapping_that_comes_with_a_file_is_used_and_remembered(ngo: Caller) -> None:
    rows = [{("Landsdel" if name == "region" else name): value for name, value in row().items()}]
    problem(post(ngo, as_csv(rows), CSV), "columns_wrong")
    mapping = part("mapping", json.dumps({"columns": {"Landsdel": "region"}}).encode())
    assert outcomes(whole(post(ngo, parts(file_part(as_csv(rows)), mapping), MULTIPART))) == [("created", 1)]
    assert body(ngo.get("/api/v1/mappings/referrals")) == {"columns": {"Landsdel": "region"}}


def test_attempts_are_listed_the_newest_first(ngo: Caller, other_ngo: Caller) -> None:
    whole(send(other_ngo, [row()]))
    sent = [whole(send(ngo, [row()], dry_run=number % 2 == 0))["id"] for number in range(5)]
    first = body(ngo.get(f"{BATCHES}?limit=2"))
    told, following = [each["id"] for each in first["items"]], first["next"]
    assert all("results" not in each for each in first["items"])
    while following:
        page = body(ngo.get(following.removeprefix("http://testserver")))
        told += [each["id"] for each in page["items"]]
        following = page["next"]
    assert told == sent[::-1]
    problem(ngo.get(f"{BATCHES}?cursor=x"), "invalid_parameter")
    problem(ngo.get(f"{BATCHES}?limit=0"), "invalid_parameter")


def test_another_partner_s_delivery_is_as_if_it_were_not_there(ngo: Caller, other_ngo: Caller) -> None:
    batch = whole(send(ngo, [row(gender="wrong")]))["id"]
    for path in ("", "/results", "/errors.xlsx", "/errors.csv"):
        problem(other_ngo.get(f"{BATCHES}/{batch}{path}"), "not_found")
        for odd in (str(uuid4()), "x", batch.replace("-", ""), "%00", "../me"):
            problem(ngo.get(f"{BATCHES}/{odd}{path}"), "not_found")
    problem(other_ngo.post(f"{BATCHES}/{batch}/commit", {"handling": "lenient"}), "not_found")
    problem(other_ngo.call("DELETE", f"{BATCHES}/{batch}"), "not_found")
    assert Batch.objects.get(pk=UUID(batch)).state == "needs_review"
    # The same key and the same reference are another partner's own.
    shared, key = row(), str(uuid4())
    assert outcomes(whole(send(ngo, [shared], Idempotency_Key=key))) == [("created", 1)]
    answer = send(other_ngo, [shared], Idempotency_Key=key)
    assert "Idempotency-Replayed" not in answer.headers
    assert outcomes(whole(answer)) == [("created", 1)]


def test_a_delivery_of_nothing_but_workbooks_is_read_by_its_content(ngo: Caller) -> None:
    raw = parts(part("file", as_xlsx([row()]), file_name="a.xlsx", media_type="application/octet-stream"))
    assert whole(post(ngo, raw, MULTIPART))["format"] == "xlsx"
    assert whole(send(ngo, [row()], ODS))["format"] == "ods"


def test_what_is_sent_is_no_read_and_a_commit_is(ngo: Caller) -> None:
    rows = [row(), row()]
    batch = whole(send(ngo, rows, dry_run=True))["id"]
    assert not RecordRead.objects.exists()
    whole(ngo.post(f"{BATCHES}/{batch}/commit", {}))
    assert [*RecordRead.objects.values_list("operation", "rows")] == [("batches/{batch_id}/commit", 2)]


def test_ndjson_without_an_end_of_line_is_whole(ngo: Caller) -> None:
    raw = json.dumps(row()).encode()
    assert outcomes(whole(post(ngo, raw, NDJSON))) == [("created", 1)]
