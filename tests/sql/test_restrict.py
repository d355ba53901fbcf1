"""Restricting and lifting, function by function; what follows is in tests/oversight/rights/test_restriction.py.

Of `henvis_restrict` and `henvis_lift_restriction`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError
from django.utils import timezone

from cases.linking.models import RestrictedCase
from cases.models import Case
from cases.months import today
from oversight.subject_requests.models import RequestStep, SubjectRequest
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.callers import Caller, make_caller
from tests.cases.linking.world import merge_cases
from tests.oversight.rights.restricting import inform, rows_in_force
from tests.oversight.rights.world import arrive, erase_person
from tests.oversight.subject_requests.world import answer, identify, keeper, receive
from tests.people.visitors import staff
from tests.sql.calls import refusal, rows, undone, value, web_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def ngo(db: None) -> Caller:
    """Who refers, by the API."""
    return make_caller("NGO")


RESTRICT = "SELECT henvis_restrict(%s, %s, %s::uuid[], %s, %s)"
LIFT = "SELECT henvis_lift_restriction(%s, %s)::text"


def restrict(row: SubjectRequest, *cases: Case, until: date | None = None, **detail: Any) -> UUID:
    """The id of a restriction of these cases, as the web server sets it."""
    about = {"by": keeper(), "ground": "ACCURACY", **detail}
    ids = [case.pk for case in cases]
    restriction: UUID = web_value(RESTRICT, about["by"].pk, row.pk, ids, about["ground"], until)
    return restriction


def lift(row: SubjectRequest, by: str = "second") -> None:
    """Lift it, as the web server does."""
    web_value(LIFT, keeper(by).pk, row.pk)


def asked(kind: str = "RESTRICTION") -> SubjectRequest:
    """A request whose person is known."""
    return identify(receive(kind))


def test_it_is_set_from_the_register_and_lifted_by_another(ngo: Caller) -> None:
    person, row = arrive(ngo), asked()
    restriction = restrict(row, person.case, until=today())
    assert rows_in_force() == {person.case.pk}
    step = RequestStep.objects.get(act="RESTRICTED")
    assert (step.restriction, step.code, step.day, step.user) == (restriction, "ACCURACY", today(), keeper())
    inform(row)
    lift(row)
    assert rows_in_force() == set()
    assert RequestStep.objects.get(act="LIFTED").user == keeper("second")
    named = {"case.restrict": str(person.case.pk), "case.lift": str(person.case.pk)}
    named |= {f"subjectrequest.{act}": str(row.pk) for act in ("restricted", "lifted")}
    assert dict(AuditEvent.objects.filter(action__in=named).values_list("action", "subject")) == named
    assert person.token not in str([(each.subject, each.detail) for each in AuditEvent.objects.all()])


def test_only_who_may_restrict_does(ngo: Caller) -> None:
    person, row = arrive(ngo), asked()
    for user in (staff("manager", "case_manager"), staff("plain"), staff("gone", "data_protection", is_active=False)):
        with refusal("RESTRICTER_RIGHT_MISSING"):
            restrict(row, person.case, by=user)
        with refusal("RESTRICTER_RIGHT_MISSING"):
            web_value(LIFT, user.pk, row.pk)
    assert not RestrictedCase.objects.exists()


def test_the_whole_person_is_restricted_or_nobody(ngo: Caller) -> None:
    one, other, row = arrive(ngo), arrive(ngo), asked()
    with refusal("PERSON_CHANGED"):
        restrict(row, one.case, other.case)
    merge_cases(one.case, other.case)
    with refusal("PERSON_CHANGED"):
        restrict(row, one.case)
    with refusal("PERSON_CHANGED"):
        web_value(RESTRICT, keeper().pk, row.pk, [uuid4()], "ACCURACY", None)
    with refusal("PERSON_CHANGED"):
        web_value(RESTRICT, keeper().pk, row.pk, [], "ACCURACY", None)
    restrict(row, one.case, other.case)
    assert rows_in_force() == {one.case.pk, other.case.pk}


def test_test_data_are_nobodys() -> None:
    person, row = arrive(make_caller("NGO", mode=Mode.TEST)), asked()
    with refusal("RESTRICTION_OF_TEST"):
        restrict(row, person.case)


@pytest.mark.parametrize("kind", ["ACCESS", "RECTIFICATION", "ERASURE"])
def test_a_request_of_another_kind_restricts_nobody(ngo: Caller, kind: str) -> None:
    person, row = arrive(ngo), asked(kind)
    with refusal("REQUEST_NOT_OF_RESTRICTION"):
        restrict(row, person.case)
    assert not RestrictedCase.objects.exists()


def test_the_register_keeps_the_order(ngo: Caller) -> None:
    person, row = arrive(ngo), receive("OBJECTION")
    with refusal("REQUEST_UNIDENTIFIED"):
        restrict(row, person.case)
    identify(row)
    with refusal("REQUEST_DATES"):
        restrict(row, person.case, until=today() - timedelta(days=1))
    restrict(row, person.case)
    with refusal("REQUEST_RESTRICTED"):
        restrict(row, person.case)
    answer(row, "RESTRICTED")
    with refusal("REQUEST_ANSWERED"):
        restrict(row, person.case)
    inform(row)
    lift(row)
    with refusal("REQUEST_NOT_RESTRICTED"):
        lift(row, "third")


def test_it_is_lifted_by_another_once_the_person_was_told(ngo: Caller) -> None:
    row = asked()
    restrict(row, arrive(ngo).case)
    with refusal("RESTRICTION_UNTOLD"):
        lift(row)
    inform(row)
    with refusal("RESTRICTION_OF_ONE"):
        lift(row, keeper().username)
    assert len(rows_in_force()) == 1
    other = asked()
    with refusal("REQUEST_NOT_RESTRICTED"):
        lift(other)


def test_no_step_says_what_does_not_hold(ngo: Caller) -> None:
    person, row = arrive(ngo), asked()
    insert = (
        "INSERT INTO subject_requests_requeststep (request_id, act, code, ground, restriction, user_id) "
        "VALUES (%s, %s, %s, '', %s, %s) RETURNING id"
    )
    with refusal("REQUEST_RESTRICTED"):
        web_value(insert, row.pk, "RESTRICTED", "ACCURACY", uuid4(), keeper().pk)
    restriction = restrict(row, person.case)
    with refusal("REQUEST_RESTRICTED"):
        web_value(insert, asked().pk, "RESTRICTED", "ACCURACY", restriction, keeper().pk)
    with refusal("REQUEST_NOT_RESTRICTED"):
        web_value(insert, row.pk, "LIFTED", "", None, keeper("second").pk)
    erase_person(person)
    for act in ("LIFTED", "INFORMED"):
        with refusal("REQUEST_NOT_RESTRICTED"):
            web_value(insert, row.pk, act, "", None, keeper("second").pk)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO linking_restrictedcase (id, restriction, case_id) SELECT gen_random_uuid(), gen_random_uuid(), id "
        "FROM cases_case RETURNING 1",
        "UPDATE linking_restrictedcase SET superseded_at = now() RETURNING 1",
        "DELETE FROM linking_restrictedcase RETURNING 1",
        "SELECT henvis_is_person('{}')",
    ],
)
def test_the_web_server_cannot_go_round_it(ngo: Caller, statement: str) -> None:
    restrict(asked(), arrive(ngo).case)
    with pytest.raises(ProgrammingError, match="permission denied"):
        web_value(statement)


EXCLUSIVE = """
SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'ExclusiveLock'
AND (classid::bigint << 32 | objid::bigint) IN (hashtextextended('henvis.erase', 0), hashtextextended('henvis.linking', 0))
"""


def test_writers_and_builds_wait_or_are_waited_for(ngo: Caller) -> None:
    row, case = asked(), arrive(ngo).case
    with undone():
        rows(RESTRICT, keeper().pk, row.pk, [case.pk], "ACCURACY", None)
        assert value(EXCLUSIVE) == 2
    assert value(EXCLUSIVE) == 0
    restriction = RestrictedCase.objects.create(restriction=uuid4(), case=case, recorded_at=timezone.now()).restriction
    RequestStep.objects.create(
        request=row, act="RESTRICTED", code="CLAIMS", restriction=restriction, user=keeper("first")
    )
    inform(row)
    rows(LIFT, keeper("second").pk, row.pk)
    assert value(EXCLUSIVE) == 2
