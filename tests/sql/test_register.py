"""The register of persons' requests, function by function; its pages are in tests/oversight/subject_requests.

Of `henvis_check_request_dates` and `henvis_check_request_step`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from cases.months import today
from oversight.subject_requests.deadlines import EXTENDED_MONTHS, due_on
from oversight.subject_requests.models import RequestStep, SubjectRequest
from tests.callers import as_web_server, make_caller
from tests.oversight.rights.world import store_tombstone
from tests.oversight.subject_requests.world import keeper
from tests.people.visitors import staff
from tests.sql.calls import refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def receive(
    received: date | None = None, due: date | None = None, by: User | None = None, kind: str = "ACCESS"
) -> SubjectRequest:
    """A request, as the web server writes it."""
    day, user = received or today(), by or keeper()
    with transaction.atomic(), as_web_server():
        return SubjectRequest.objects.create(
            kind=kind, channel="MAIL", received_on=day, due_on=due or due_on(day), user=user
        )


def step(row: SubjectRequest, act: str, code: str = "", by: User | None = None, **columns: Any) -> RequestStep:
    """A step, as the web server writes it."""
    user = by or keeper()
    with transaction.atomic(), as_web_server():
        return RequestStep.objects.create(request=row, act=act, code=code, user=user, **columns)


def answer(row: SubjectRequest, code: str = "WITHDRAWN", day: date | None = None) -> RequestStep:
    """An answer."""
    return step(row, "ANSWERED", code, day=day or today())


def test_only_who_keeps_the_register_writes_in_it() -> None:
    row = receive()
    for user in (staff("auditor", "auditor"), staff("plain"), staff("gone", "data_protection", is_active=False)):
        with refusal("REGISTER_RIGHT_MISSING"):
            receive(by=user)
        with refusal("REGISTER_RIGHT_MISSING"):
            step(row, "IDENTIFIED", "CARD", by=user)


@pytest.mark.parametrize("late", [-1, 7, 60])
def test_a_request_is_due_a_month_after_it_was_received(late: int) -> None:
    received = date(2026, 1, 31)
    receive(received, date(2026, 2, 28))
    receive(received, date(2026, 2, 28) + timedelta(days=6))
    with refusal("REQUEST_DATES"):
        receive(received, date(2026, 2, 28) + timedelta(days=late))


def test_no_request_is_of_tomorrow() -> None:
    receive(today())
    with refusal("REQUEST_DATES"):
        receive(today() + DAY)


@pytest.mark.parametrize("act", ["PRODUCED", "ERASED"])
def test_nothing_is_done_for_who_was_not_identified(act: str) -> None:
    row, stone = receive(kind="ERASURE"), store_tombstone(make_caller("NGO").partner)
    about = {"code": "NAMES"} if act == "PRODUCED" else {"tombstone": stone}
    with refusal("REQUEST_UNIDENTIFIED"):
        step(row, act, **about)
    step(row, "IDENTIFIED", "CARD")
    step(row, act, **about)


@pytest.mark.parametrize("kind", ["ACCESS", "RECTIFICATION", "RESTRICTION"])
def test_a_request_of_another_kind_leads_to_no_erasure(kind: str) -> None:
    row, stone = receive(kind=kind), store_tombstone(make_caller("NGO").partner)
    step(row, "IDENTIFIED", "CARD")
    with refusal("REQUEST_OF_OTHER_KIND"):
        step(row, "ERASED", tombstone=stone)


@pytest.mark.parametrize("kind", ["RECTIFICATION", "RESTRICTION"])
def test_nothing_is_produced_for_a_request_that_does_not_ask_for_it(kind: str) -> None:
    row = receive(kind=kind)
    step(row, "IDENTIFIED", "CARD")
    for code in ("NAMES", "KINDS"):
        with refusal("REQUEST_NOT_PRODUCED"):
            step(row, "PRODUCED", code)
    for other in ("ACCESS", "ERASURE", "OBJECTION"):
        answerable = receive(kind=other)
        step(answerable, "IDENTIFIED", "CARD")
        step(answerable, "PRODUCED", "NAMES")


def test_what_is_answered_was_done() -> None:
    row = receive()
    step(row, "IDENTIFIED", "CARD")
    for code in ("PRODUCED", "ERASED"):
        with refusal("REQUEST_UNDONE"):
            answer(row, code)
    step(row, "PRODUCED", "KINDS")
    with refusal("REQUEST_UNDONE"):
        answer(row, "ERASED")
    answer(row, "PRODUCED")


def test_after_the_answer_there_is_nothing() -> None:
    row = receive()
    answer(row)
    for act, code in (("IDENTIFIED", "CARD"), ("ANSWERED", "WITHDRAWN"), ("PRODUCED", "NAMES")):
        with refusal("REQUEST_ANSWERED"):
            step(row, act, code, day=today() if act == "ANSWERED" else None)


def test_an_answer_is_given_between_the_request_and_today() -> None:
    row = receive(today() - 3 * DAY)
    for day in (today() + DAY, today() - 4 * DAY):
        with refusal("REQUEST_DATES"):
            answer(row, day=day)
    answer(row, day=today() - 3 * DAY)


def test_a_request_is_extended_once_to_three_months_and_before_it_is_due() -> None:
    row, late = receive(), receive(today() - 50 * DAY)
    due = due_on(row.received_on, EXTENDED_MONTHS)
    for day in (row.due_on, due + 30 * DAY):
        with refusal("REQUEST_DATES"):
            step(row, "EXTENDED", "MANY", day=day)
    step(row, "EXTENDED", "MANY", day=due)
    with refusal("REQUEST_EXTENDED"):
        step(row, "EXTENDED", "MANY", day=due)
    with refusal("REQUEST_OVERDUE"):
        step(late, "EXTENDED", "MANY", day=due_on(late.received_on, EXTENDED_MONTHS))
    last = receive(today() - 31 * DAY, max(today(), due_on(today() - 31 * DAY)))
    step(last, "EXTENDED", "COMPLEX", day=due_on(last.received_on, EXTENDED_MONTHS))


@pytest.mark.parametrize(
    ("act", "columns"),
    [
        ("IDENTIFIED", {"code": "NAMES"}),
        ("IDENTIFIED", {"code": ""}),
        ("ANSWERED", {"code": "REFUSED"}),
        ("ANSWERED", {"code": "WITHDRAWN", "ground": "OTHERS", "day": today()}),
        ("ANSWERED", {"code": "WITHDRAWN"}),
        ("IDENTIFIED", {"code": "CARD", "day": today()}),
        ("ERASED", {}),
    ],
)
def test_a_step_has_what_its_act_has_and_nothing_else(act: str, columns: dict[str, Any]) -> None:
    row = receive(kind="ERASURE")
    step(row, "IDENTIFIED", "CARD")
    with pytest.raises(IntegrityError):
        step(row, act, **{"day": today(), **columns} if act == "ANSWERED" and columns["code"] == "REFUSED" else columns)
