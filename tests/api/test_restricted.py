"""What partners read of a person who had the processing restricted: 423, a lock in lists, and no value anywhere (article 18)."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from cases.linking import restriction
from cases.linking.decisions import split
from cases.models import Assessment, Case, Referral
from partners.audit import Actor
from partners.models import RecordRead
from tests.api.asserts import LIST, body, etag, problem
from tests.api.test_own_rows import content, objects, table
from tests.callers import Caller, assessment, make_caller, referral
from tests.cases.linking.world import merge_cases
from tests.cases.linking.world import staff as decider
from tests.oversight.returns.world import send_back
from tests.oversight.rights.restricting import inform, lift_from, restrict
from tests.oversight.rights.world import Person, arrive

pytestmark = pytest.mark.django_db
# What is stored of her after the correction of `arrive`.
STORED = {"gender": "M"}
KEY = "key-of-somebody-else-entirely-0123456789"


@pytest.fixture
def person(ngo: Caller, police: Caller, centre: Caller) -> Person:
    """Somebody whom two have referred and one has assessed, and who then had the processing restricted."""
    made = arrive(ngo, police, decider=centre, consent="GIVEN")
    restrict(made.token)
    return made


def place(person: Person) -> str:
    """The address of her assessment."""
    return f"/api/v1/cases/{person.token}/assessment"


def named_references() -> set[str]:
    """The references that name a referral of a person who is restricted."""
    return {str(row.reference) for row in Referral.objects.current().filter(~restriction.open_references())}


@pytest.mark.parametrize("part", ["", "/versions", "/outcome", "/progress"])
def test_every_read_of_her_referral_answers_423(ngo: Caller, police: Caller, person: Person, part: str) -> None:
    for caller, path, version in ((ngo, person.paths[0], 2), (police, person.paths[1], 1)):
        refused = caller.get(f"{path}{part}")
        assert set(problem(refused, "restricted")) <= {"type", "title", "status", "detail", "instance", "code"}
        assert etag(refused) == f'"{version}"'
    assert not RecordRead.objects.exists()


def test_an_unchanged_one_is_not_told_either(ngo: Caller, person: Person) -> None:
    problem(ngo.get(person.paths[0], If_None_Match='"2"'), "restricted")


def test_her_assessment_answers_423_and_to_nobody_else(centre: Caller, person: Person) -> None:
    assert etag(centre.get(place(person))) == '"2"'
    problem(centre.get(place(person)), "restricted")
    problem(make_caller("IMMIGRATION").get(place(person)), "not_found")


def test_nobody_else_is_locked(ngo: Caller, centre: Caller, person: Person) -> None:
    path, stored = ngo.referral()
    assert body(ngo.get(path))["reference"] == stored["reference"]
    centre.put(f"/api/v1/cases/{stored['case_token']}/assessment", assessment())
    body(centre.get(f"/api/v1/cases/{stored['case_token']}/assessment"))


def test_corrections_are_taken_and_answered_with_the_version_alone(ngo: Caller, person: Person) -> None:
    path, reference = person.paths[0], person.references[0]
    new = referral(gender="X", case_token=person.token)
    refused = ngo.put(path, new)
    problem(refused, "precondition_required")
    answer = ngo.put(path, new, If_Match=etag(ngo.get(path)))
    assert body(answer) == {"reference": reference, "version": 3}
    assert Referral.objects.of(ngo.partner.pk).current().get().gender == "X"
    assert body(ngo.put(path, new)) == {"reference": reference, "version": 3}  # the same again
    gone = ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assert body(gone) == {"reference": reference, "version": 4}
    problem(ngo.get(path), "restricted")
    assert not RecordRead.objects.exists()


def test_who_corrects_a_wrong_token_reads_the_record_and_none_of_its_history(ngo: Caller, person: Person) -> None:
    path, other = person.paths[0], arrive(ngo)
    body(ngo.put(path, referral(gender="X", case_token=other.token), If_Match='"2"'))
    assert body(ngo.get(path))["gender"] == "X"
    for part in ("/versions", "/progress"):
        problem(ngo.get(f"{path}{part}"), "restricted")


def test_an_assessment_is_corrected_and_answered_with_the_version_alone(centre: Caller, person: Person) -> None:
    answer = centre.put(place(person), assessment(outcome="DECLINED"), If_Match='"2"')
    assert body(answer) == {"case_token": person.token, "version": 3}
    assert Assessment.objects.current().get().outcome == "DECLINED"
    assert body(centre.put(place(person), assessment(outcome="DECLINED"))) == {"case_token": person.token, "version": 3}


def test_a_new_record_of_hers_is_taken_and_locked_at_once(other_ngo: Caller, person: Person) -> None:
    new = referral(case_token=person.token)
    made = other_ngo.post(LIST, new, Idempotency_Key=KEY)
    stored = body(made, 201)
    assert set(stored) == {"reference", "version"}
    assert body(other_ngo.post(LIST, new, Idempotency_Key=KEY), 201) == stored  # a late retry
    problem(other_ngo.get(f"{LIST}/{stored['reference']}"), "restricted")
    first = make_caller("IMMIGRATION").put(place(person), assessment())
    assert body(first, 201) == {"case_token": person.token, "version": 1}


def test_a_retry_of_what_was_stored_before_tells_nothing_either(police: Caller, person: Person) -> None:
    told = referral(case_token=person.token, consent="GIVEN")
    again = police.post(LIST, told, Idempotency_Key=f"key-of-person-{person.token}")
    assert body(again, 201) == {"reference": person.references[1], "version": 1}


def test_the_list_shows_a_lock_and_no_value(ngo: Caller, person: Person) -> None:
    _, other = ngo.referral()
    page = body(ngo.get(LIST))
    assert [each["reference"] for each in page["items"]] == [other["reference"]]
    assert page["restricted"] == [{"reference": person.references[0], "version": 2}]
    lines = objects(content(ngo.get(f"{LIST}?format=ndjson")))
    assert lines[0] == {"restricted": {"reference": person.references[0], "version": 2}}
    assert lines[-1]["end"]["rows"] == len(lines) - 1 == 2
    answer = ngo.get(f"{LIST}?format=csv")
    rows = table(content(answer))
    assert answer.headers["Henvis-Rows"] == "2"
    assert {name: cell for name, cell in rows[0].items() if cell} == {
        "reference": person.references[0],
        "version": "2",
        "status": "RESTRICTED",
    }
    assert rows[1]["reference"] == other["reference"]


@pytest.mark.parametrize(
    "query", ["gender=M", "gender=F", "status=corrected", "referred_from=2000-01", "consent=GIVEN"]
)
def test_no_filter_tells_what_she_is(ngo: Caller, person: Person, query: str) -> None:
    page = body(ngo.get(f"{LIST}?{query}"))
    assert page["items"] == [] and "restricted" not in page
    assert objects(content(ngo.get(f"{LIST}?{query}&format=ndjson")))[0]["end"]["rows"] == 0


def test_catching_up_shows_a_lock_where_she_is_corrected(ngo: Caller, person: Person) -> None:
    since = body(ngo.get(LIST))["changed_since"]
    ngo.put(person.paths[0], referral(gender="X"), If_Match='"2"')
    page = body(ngo.get(f"{LIST}?changed_since={since}"))
    assert page["restricted"] == [{"reference": person.references[0], "version": 3}]
    assert page["items"] == [] and page["changed_since"] > since


def test_own_figures_leave_her_out(ngo: Caller, person: Person) -> None:
    ngo.referral(gender="F")
    answer = body(ngo.get(f"{LIST}/summary?by=gender"))
    assert answer["total"] == 1
    assert {row["gender"]: row["count"] for row in answer["rows"] if row["count"]} == {"F": 1}


def test_what_was_asked_about_her_waits_for_nobody(ngo: Caller, centre: Caller) -> None:
    path, stored = ngo.referral()
    inquiry = send_back(path)
    assert len(body(ngo.get("/api/v1/returns"))["items"]) == 1
    restrict(stored["case_token"])
    assert body(ngo.get("/api/v1/returns"))["items"] == []
    problem(ngo.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"}), "restricted")


def test_lifting_opens_everything_again(ngo: Caller, centre: Caller) -> None:
    person = arrive(ngo, decider=centre, consent="GIVEN")
    row = inform(restrict(person.token))
    lift_from(row)
    assert body(ngo.get(person.paths[0]))["gender"] == "M"
    body(centre.get(place(person)))
    page = body(ngo.get(LIST))
    assert len(page["items"]) == 1 and "restricted" not in page
    assert body(ngo.put(person.paths[0], referral(gender="X"), If_Match='"2"'))["gender"] == "X"


def test_a_second_restriction_holds_alone(ngo: Caller) -> None:
    person = arrive(ngo)
    first, second = inform(restrict(person.token)), inform(restrict(person.token))
    lift_from(first)
    problem(ngo.get(person.paths[0]), "restricted")
    lift_from(second)
    body(ngo.get(person.paths[0]))


def test_who_is_one_person_with_her_is_restricted_too_and_who_is_not_any_more_is_not(
    ngo: Caller, police: Caller, person: Person
) -> None:
    later = arrive(ngo)
    body(ngo.get(later.paths[0]))
    merge_cases(person.case, later.case)
    problem(ngo.get(later.paths[0]), "restricted")


def test_a_record_that_a_split_moved_is_of_whom_it_was_moved_to(ngo: Caller, police: Caller) -> None:
    made = arrive(ngo, police)
    moved = Referral.objects.of(police.partner.pk).current().get()
    _, other = split(
        by=Actor.of(decider()),
        case=made.case.pk,
        referrals=[(moved.partner_id, moved.reference)],
        assessments=[],
        reason_code="TOKEN_MIXED_UP",
    )
    row = restrict(made.token)
    problem(ngo.get(made.paths[0]), "restricted")
    body(police.get(made.paths[1]))
    assert named_references() == {made.references[0]}
    lift_from(inform(row))
    restrict(Case.objects.get(pk=other.pk).token)
    body(ngo.get(made.paths[0]))
    problem(police.get(made.paths[1]), "restricted")
    assert named_references() == {made.references[1]}
    again = police.put(made.paths[1], referral(gender="X"), If_Match='"1"')
    assert set(body(again)) == {"reference", "version"}  # it stays on its case, and with the person it was moved to


def test_a_delivery_corrects_her_too(ngo: Caller, person: Person) -> None:
    row: dict[str, Any] = {"reference": person.references[0], "version": 2, **referral(gender="X")}
    answer = ngo.post("/api/v1/batches?dry_run=false", [row], Idempotency_Key=KEY)
    assert answer.status_code in (200, 201, 202), answer.content
    assert STORED["gender"] not in {row.gender for row in Referral.objects.of(ngo.partner.pk).current()}


def test_a_file_of_errors_that_has_a_row_of_hers_is_not_told(ngo: Caller, other_ngo: Caller) -> None:
    _, stored = ngo.referral()
    wrong = {"reference": stored["reference"], "version": 1, **referral(gender="WRONG")}
    address: list[str] = []
    for caller, sent in ((ngo, wrong), (other_ngo, {**wrong, "reference": str(uuid4())})):
        made = json.loads(caller.post("/api/v1/batches?dry_run=false", [sent], Idempotency_Key=KEY).content)
        address.append(f"/api/v1/batches/{made['id']}/errors.csv")
        assert caller.get(address[-1]).status_code == 200
    row = inform(restrict(stored["case_token"]))
    problem(ngo.get(address[0]), "restricted")
    assert other_ngo.get(address[1]).status_code == 200
    lift_from(row)
    assert ngo.get(address[0]).status_code == 200


def test_results_of_a_delivery_name_her_case_no_more(ngo: Caller) -> None:
    sent = [{"reference": str(uuid4()), **referral(gender=gender)} for gender in "FM"]
    made = json.loads(ngo.post("/api/v1/batches?dry_run=false", sent, Idempotency_Key=KEY).content)
    address = f"/api/v1/batches/{made['id']}/results"
    tokens = [each["case_token"] for each in body(ngo.get(address))["items"]]
    row = inform(restrict(tokens[0]))
    after = body(ngo.get(address))["items"]
    assert [each.get("case_token") for each in after] == [None, tokens[1]]
    assert {each["outcome"] for each in after} == {"created"}
    lift_from(row)
    assert [each["case_token"] for each in body(ngo.get(address))["items"]] == tokens
