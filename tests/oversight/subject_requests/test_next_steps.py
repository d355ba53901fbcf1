"""The page of a person's request says what comes next, from the day on which it came until it is answered."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from cases.months import today
from oversight.subject_requests import register
from oversight.subject_requests.deadlines import due_on
from oversight.subject_requests.models import SubjectRequest
from partners.audit import Actor
from partners.staff.naming import day_of
from tests.oversight.subject_requests.world import LIST, answer, identify, keeper, page, receive
from tests.people.visitors import signed_in

pytestmark = pytest.mark.django_db


def told(row: Any, language: str = "en") -> str:
    """What the page of a request says."""
    answered: Any = signed_in(keeper()).get(page(row), headers={"Accept-Language": language})
    assert answered.status_code == 200
    return html.unescape(answered.content.decode())


def test_a_request_says_what_comes_next_until_it_is_answered() -> None:
    row = receive()
    assert "First make sure that the case token is that of the person" in told(row)
    assert f"by {day_of(row.due_on)}" in told(row)
    identify(row)
    assert "with a letter on purpose, legal basis and storage (article 15(1)). Answer the person by" in told(row)
    register.note_production(by=Actor.of(keeper()), request_id=row.pk, code="NAMES")
    assert "Produce the data to the person" not in told(row)
    answer(row, "PRODUCED")
    assert "in time: The data were produced. Nothing more is to be done." in told(row)
    assert "i tide: Oplysningerne er udleveret. Der er ikke mere at gøre." in told(row, "da")


@pytest.mark.parametrize("kind", ["ACCESS", "RECTIFICATION", "ERASURE", "RESTRICTION", "OBJECTION"])
def test_each_kind_has_a_task_of_its_own_in_both_languages(kind: str) -> None:
    row = identify(receive(kind))
    assert "Answer the person by" in told(row)
    assert "Svar personen senest" in told(row, "da")
    assert told(row).count("What to do next") == 1


def test_what_is_overdue_is_answered_now_and_not_in_the_past() -> None:
    late = receive(received_on=today() - timedelta(days=60))
    assert f"It was due {day_of(late.due_on)}: answer the person now, and write it down." in told(late)
    assert re.search(r"Fristen var [^:]+: svar personen nu, og skriv svaret ned\.", told(late, "da"))
    assert "Answer the person by" not in told(late)
    assert re.search(r"<strong>\d+ days overdue</strong>", told(late))
    assert "days</strong>" not in told(receive())


def test_what_henvis_has_no_means_for_is_said() -> None:
    assert "ask a case manager to return the referral" in told(identify(receive("RECTIFICATION")))


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("ACCESS", "Produce the data"),
        ("RECTIFICATION", "See what is held"),
        ("RESTRICTION", "Restrict the processing"),
        ("ERASURE", "Produce or erase the data"),
        ("OBJECTION", "Restrict the processing, or erase the data"),
    ],
)
def test_only_who_asks_for_it_is_offered_an_erasure(kind: str, label: str) -> None:
    assert f">{label}</a>" in told(identify(receive(kind)))


def test_a_late_answer_is_called_late() -> None:
    row = receive(received_on=today() - timedelta(days=60))
    answer(row)
    assert "after it was due: Nothing is held" in told(row)


def test_whoever_registers_is_told_by_when_it_is_due() -> None:
    form = {"kind": "ACCESS", "channel": "LETTER", "received_on": today().isoformat()}
    answered: Any = signed_in(keeper()).sure(f"{LIST}add/", form, follow=True)
    said = html.unescape(answered.content.decode())
    assert f"as no. {SubjectRequest.objects.get().pk} and is due {day_of(due_on(today()))}." in said
    assert "Write the number on the letter" in said
