"""A referral's life: created, sent again, corrected, withdrawn, reported again; and what the preconditions protect."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from cases.models import Referral
from tests.api.asserts import LIST, body, etag, findings, new_path, problem
from tests.callers import Caller, referral


def count() -> int:
    return Referral.objects.count()


def test_put_creates_and_answers_what_was_stored(ngo: Caller) -> None:
    path = new_path()
    response = ngo.put(path, referral())
    stored = body(response, 201)
    assert etag(response) == '"1"'
    assert response.headers["Location"] == f"http://testserver{path}"
    assert {name: stored[name] for name in referral()} == referral()
    assert (stored["reference"], stored["version"], stored["status"]) == (path.rsplit("/")[-1], 1, "reported")
    assert datetime.fromisoformat(stored["recorded_at"]).tzinfo is not None
    assert (stored["reason_code"], stored["schema_version"]) == ("_Z", "1.0")
    assert body(ngo.get(path)) == stored


def test_what_is_read_can_be_sent_again_without_the_members_of_the_service(ngo: Caller) -> None:
    path, stored = ngo.referral()
    own = {name: value for name, value in stored.items() if name in {*referral(), "case_token"}}
    assert body(ngo.put(path, own)) == stored


@pytest.mark.parametrize(
    "precondition", [{}, {"If_Match": '"1"'}, {"If_Match": '"7"'}, {"If_Match": "*"}, {"If_None_Match": "*"}]
)
def test_the_same_again_changes_nothing_whatever_the_precondition(ngo: Caller, precondition: dict[str, str]) -> None:
    path, stored = ngo.referral()
    again = ngo.put(path, referral(), **precondition)
    assert (body(again), etag(again)) == (stored, '"1"')
    assert "Location" not in again.headers
    assert count() == 1


def test_a_lost_answer_of_a_correction_can_be_asked_for_again(ngo: Caller) -> None:
    path, _ = ngo.referral()
    first = ngo.put(path, referral(gender="M"), If_Match='"1"')
    again = ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert (body(again), etag(again)) == (body(first), '"2"')
    assert count() == 2


def test_a_correction_needs_the_version_that_it_corrects(ngo: Caller) -> None:
    path, _ = ngo.referral()
    refused = ngo.put(path, referral(gender="M"))
    problem(refused, "precondition_required")
    assert etag(refused) == '"1"'
    corrected = ngo.put(path, referral(gender="M"), If_Match=etag(refused))
    assert body(corrected)["status"] == "corrected"
    assert (body(corrected)["gender"], etag(corrected)) == ("M", '"2"')
    assert body(ngo.get(path))["version"] == 2


@pytest.mark.parametrize(
    "tag", ['"1"', '"3"', 'W/"3"', '"1-gzip"', '"2-pdf"', '"02"', '"2x"', '"1", "3"', '"9999999999999999999999"', '""']
)
def test_a_stale_or_foreign_tag_is_412_with_the_current_one(ngo: Caller, tag: str) -> None:
    path, _ = ngo.referral()
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    refused = ngo.put(path, referral(gender="X"), If_Match=tag)
    problem(refused, "precondition_failed")
    assert etag(refused) == '"2"'
    assert (count(), body(ngo.get(path))["gender"]) == (2, "M")


@pytest.mark.parametrize("tag", ['"1"', "*", '"5", "1"', ' "1" ,"2"', 'W/"1"', 'W/"5",W/"1"', '"1-gzip"', 'W/"1-br"'])
def test_a_tag_that_names_the_current_version_corrects(ngo: Caller, tag: str) -> None:
    path, _ = ngo.referral()
    assert etag(ngo.put(path, referral(gender="M"), If_Match=tag)) == '"2"'


@pytest.mark.parametrize("tag", ["1", "abc", '"1', "", '"1" "2"', '"1";"2"', '*, "1"', '"æ"'])
def test_a_precondition_that_cannot_be_read_is_400(ngo: Caller, tag: str) -> None:
    path, _ = ngo.referral()
    assert findings(ngo.put(path, referral(gender="M"), If_Match=tag), "invalid_header") == [
        ("If-Match", "entity_tag_expected")
    ]
    assert count() == 1


def test_if_none_match_creates_only(ngo: Caller) -> None:
    path = new_path()
    assert ngo.put(path, referral(), If_None_Match="*").status_code == 201
    refused = ngo.put(path, referral(gender="M"), If_None_Match="*")
    problem(refused, "precondition_failed")
    assert (etag(refused), count()) == ('"1"', 1)
    assert findings(ngo.put(path, referral(), If_None_Match='"1"'), "invalid_header") == [
        ("If-None-Match", "star_expected")
    ]


@pytest.mark.parametrize("precondition", [{"If_Match": "*"}, {"If_Match": '"1"'}])
def test_if_match_never_creates(ngo: Caller, precondition: dict[str, str]) -> None:
    refused = ngo.put(new_path(), referral(), **precondition)
    problem(refused, "nothing_to_match")
    assert "ETag" not in refused.headers
    assert count() == 0


def test_withdrawal_keeps_the_record_and_says_why(ngo: Caller) -> None:
    path, stored = ngo.referral()
    withdrawn = ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert etag(withdrawn) == '"2"'
    changed = {"version": 2, "status": "withdrawn", "reason_code": "DUPLICATE"}
    assert body(withdrawn) == {**stored, **changed, "recorded_at": body(withdrawn)["recorded_at"]}
    again = ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"1"')
    assert (body(again), count()) == (body(withdrawn), 2)


def test_another_reason_is_another_version_and_a_stale_tag_withdraws_nothing(ngo: Caller) -> None:
    path, _ = ngo.referral()
    problem(ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"2"'), "precondition_failed")
    assert body(ngo.get(path))["status"] == "reported"
    assert etag(ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"1"')) == '"2"'
    assert etag(ngo.post(f"{path}/withdrawal", {"reason_code": "CONSENT_WITHDRAWN"})) == '"3"'


def test_a_referral_that_is_not_there_cannot_be_withdrawn(ngo: Caller) -> None:
    problem(ngo.post(f"{new_path()}/withdrawal", {"reason_code": "DUPLICATE"}), "not_found")
    assert count() == 0


@pytest.mark.parametrize(
    ("sent", "place", "code"),
    [
        ({}, "#/reason_code", "required"),
        ({"reason_code": "_Z"}, "#/reason_code", "code_unknown"),
        ({"reason_code": None}, "#/reason_code", "required"),
        ({"reason_code": "DUPLICATE", "note": "x"}, "#", "unknown_member"),
        (["DUPLICATE"], "#", "object_expected"),
    ],
)
def test_a_withdrawal_needs_a_reason_of_the_list(ngo: Caller, sent: object, place: str, code: str) -> None:
    path, _ = ngo.referral()
    assert findings(ngo.post(f"{path}/withdrawal", sent)) == [(place, code)]
    assert count() == 1


def test_after_a_withdrawal_the_same_content_reports_again_with_if_match(ngo: Caller) -> None:
    path, stored = ngo.referral()
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    problem(ngo.put(path, referral()), "precondition_required")
    problem(ngo.put(path, referral(), If_None_Match="*"), "precondition_failed")
    reported = ngo.put(path, referral(), If_Match='"2"')
    assert (reported.status_code, etag(reported)) == (200, '"3"')
    assert body(reported)["status"] == "reported"
    assert (body(reported)["reason_code"], body(reported)["case_token"]) == ("_Z", stored["case_token"])
    assert body(ngo.put(path, referral()))["version"] == 3


def test_versions_tell_who_when_and_what_changed(ngo: Caller) -> None:
    path, _ = ngo.referral()
    ngo.put(path, referral(gender="M", services_given=["LEGAL"]), If_Match='"1"')
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    rows = body(ngo.get(f"{path}/versions"))["items"]
    assert [(row["version"], row["status"]) for row in rows] == [
        (1, "reported"),
        (2, "corrected"),
        (3, "withdrawn"),
    ]
    assert {row["client_id"] for row in rows} == {ngo.client.client_id}
    moments = [datetime.fromisoformat(row["recorded_at"]) for row in rows]
    assert moments == sorted(set(moments))
    assert [row["changes"] for row in rows] == [
        [],
        [
            {"field": "gender", "from": "F", "to": "M"},
            {"field": "services_given", "from": ["ACCOMMODATION"], "to": ["LEGAL"]},
        ],
        [{"field": "reason_code", "from": "_Z", "to": "DUPLICATE"}],
    ]


def test_the_versions_of_nothing_are_404(ngo: Caller) -> None:
    problem(ngo.get(f"{new_path()}/versions"), "not_found")


@pytest.mark.parametrize(
    "reference",
    [
        "1",
        "00000000-0000-0000-0000-000000000000",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "6ba7b8109dad41d180b400c04fd430c8",
        "6ba7b810-9dad-41d1-c0b4-00c04fd430c8",
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8%0A",
        "%7B6ba7b810-9dad-41d1-80b4-00c04fd430c8%7D",
        "0101901234",
        "%C3%A6",
    ],
)
def test_a_reference_is_a_uuid_of_version_4_and_nothing_else(ngo: Caller, reference: str) -> None:
    for response in (
        ngo.get(f"{LIST}/{reference}"),
        ngo.put(f"{LIST}/{reference}", referral()),
        ngo.post(f"{LIST}/{reference}/withdrawal", {"reason_code": "DUPLICATE"}),
        ngo.get(f"{LIST}/{reference}/versions"),
    ):
        assert findings(response, "invalid_parameter") == [("reference", "reference_not_uuid4")]
        assert reference.encode() not in response.content or len(reference) < 3
    assert count() == 0


def test_reading_with_the_tag_one_has_is_304_without_a_body(ngo: Caller) -> None:
    path, _ = ngo.referral()
    for tags in ('"1"', 'W/"1"', '"0", "1"', "*"):
        unchanged = ngo.get(path, If_None_Match=tags)
        assert (unchanged.status_code, unchanged.content, etag(unchanged)) == (304, b"", '"1"')
    assert ngo.get(path, If_None_Match='"2"').status_code == 200
    assert ngo.call("HEAD", path).content == b""


@pytest.mark.parametrize(
    "prefer",
    ["return=minimal", "handling=strict, return=minimal", 'handling=strict,Return="minimal"', "return=minimal; x=1"],
)
def test_a_writer_may_prefer_a_minimal_answer(ngo: Caller, prefer: str) -> None:
    path = new_path()
    created = ngo.put(path, referral(), Prefer=prefer)
    assert body(created, 201) == {"reference": path.rsplit("/")[-1], "version": 1}
    assert (created.headers["Preference-Applied"], etag(created)) == ("return=minimal", '"1"')
    full = ngo.put(path, referral(), Prefer="return=representation")
    assert "Preference-Applied" not in full.headers
    assert len(body(full)) > 20
    assert len(body(ngo.get(path, Prefer=prefer))) > 20


def test_one_reference_of_two_partners_is_two_referrals(ngo: Caller, other_ngo: Caller) -> None:
    path = f"{LIST}/{uuid4()}"
    assert ngo.put(path, referral()).status_code == 201
    assert other_ngo.put(path, referral(gender="M"), If_None_Match="*").status_code == 201
    assert (body(ngo.get(path))["gender"], body(other_ngo.get(path))["gender"]) == ("F", "M")
    other_ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert body(ngo.get(path))["status"] == "reported"


@pytest.mark.parametrize(
    ("query", "named"),
    [("?dryrun=true", "?"), ("?lang=da", "lang"), ("?gender", "gender"), ("?format=json", "format")],
)
def test_a_writing_request_takes_no_query_parameter(ngo: Caller, query: str, named: str) -> None:
    """Of a parameter that another address has, the name is ours and is told; any other may be a person's."""
    path, _ = ngo.referral()
    for response in (
        ngo.put(new_path() + query, referral()),
        ngo.post(LIST + query, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ngo.post(f"{path}/withdrawal{query}", {"reason_code": "DUPLICATE"}),
        ngo.get(path + query),
        ngo.get(f"{path}/versions{query}"),
        ngo.get(f"/api/v1/me{query}"),
    ):
        assert findings(response, "invalid_parameter") == [(named, "unknown_parameter")]
    assert count() == 1
