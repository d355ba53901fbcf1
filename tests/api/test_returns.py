"""What the centre returned to a partner, and the partner's answers over the API."""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from oversight.returns.models import Return, ReturnEnd
from partners import locks
from partners.audit import COMMAND
from partners.credentials import add_client
from partners.kinds import Mode
from partners.models import AuditEvent, RecordRead
from tests.api.asserts import problem
from tests.callers import Caller, issue_token, make_caller, referral
from tests.oversight.returns.world import send_back, state_of
from tests.threads import Background, wait_until_blocked

pytestmark = pytest.mark.django_db
LIST = "/api/v1/returns"
RIGHT = {"answer_code": "RIGHT_AS_IT_IS"}


def items(caller: Caller, address: str = LIST) -> list[dict[str, Any]]:
    """What waits for a partner."""
    answer = caller.get(address)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = json.loads(answer.content)["items"]
    return found


def place(inquiry: Return) -> str:
    """Where a return is answered."""
    return f"{LIST}/{inquiry.pk}/answer"


def test_what_waits_is_listed_page_by_page_and_written_down(ngo: Caller, other_ngo: Caller) -> None:
    keys = [str(send_back(ngo.referral()[0]).pk) for _ in range(3)]
    send_back(other_ngo.referral()[0])
    assert [each["id"] for each in items(ngo)] == keys
    first = ngo.get(f"{LIST}?limit=2")
    body = json.loads(first.content)
    assert f'<{body["next"]}>; rel="next"' == first.headers["Link"]
    rest = items(ngo, body["next"].partition("testserver")[2])
    assert [each["id"] for each in [*body["items"], *rest]] == keys
    assert list(RecordRead.objects.filter(operation="returns").order_by("id").values_list("rows", flat=True)) == [
        3,
        2,
        1,
    ]
    problem(ngo.get(f"{LIST}?limit=0"), "invalid_parameter")
    problem(ngo.get(f"{LIST}?cursor=made"), "invalid_parameter")
    problem(ngo.get(f"{LIST}?state=OPEN"), "invalid_parameter")


def test_a_correction_is_the_answer(ngo: Caller) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    ngo.put(path, referral())  # the same again is no answer
    assert len(items(ngo)) == 1
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert (items(ngo), state_of(inquiry)) == ([], "CORRECTED")
    problem(ngo.put(place(inquiry), RIGHT), "return_ended")
    assert not ReturnEnd.objects.exists()


def test_a_withdrawal_is_the_answer(ngo: Caller) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    assert (items(ngo), state_of(inquiry)) == ([], "WITHDRAWN")
    problem(ngo.put(place(inquiry), RIGHT), "return_ended")


def test_a_reason_is_the_answer_and_again_changes_nothing(ngo: Caller) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    for _ in range(2):
        answer = ngo.put(place(inquiry), RIGHT)
        assert answer.status_code == 200, answer.content
        body = json.loads(answer.content)
        assert (body["state"], body["answer_code"]) == ("ANSWERED", "RIGHT_AS_IT_IS")
    end = ReturnEnd.objects.get()
    assert (end.client, end.user) == (ngo.client, None)
    assert AuditEvent.objects.get(action="return.answer").client == ngo.client
    problem(ngo.put(place(inquiry), {"answer_code": "NOTHING_MORE_KNOWN"}), "return_ended")
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert state_of(inquiry) == "ANSWERED"  # a correction afterwards is welcome, and the answer stays what it was


@pytest.mark.parametrize("wrong", [{}, {"answer_code": "TAKEN_BACK"}, {"answer_code": 7}, {**RIGHT, "note": "x"}, []])
def test_what_is_no_answer_is_refused(ngo: Caller, wrong: object) -> None:
    inquiry = send_back(ngo.referral()[0])
    problem(ngo.put(place(inquiry), wrong), "validation_failed")
    assert state_of(inquiry) == "OPEN"


def test_another_partner_s_return_is_as_if_it_were_not_there(ngo: Caller, other_ngo: Caller) -> None:
    inquiry = send_back(ngo.referral()[0])
    twin = make_caller("NGO", mode=Mode.TEST)
    for stranger in (other_ngo, twin):
        assert items(stranger) == []
        problem(stranger.put(place(inquiry), RIGHT), "not_found")
    problem(ngo.put(f"{LIST}/{uuid4()}/answer", RIGHT), "not_found")
    assert state_of(inquiry) == "OPEN"


def test_who_only_reads_answers_nothing(ngo: Caller) -> None:
    inquiry = send_back(ngo.referral()[0])
    client, secret = add_client(by=COMMAND, partner=ngo.partner, scopes=["referrals:read"])
    reader = Caller(ngo.partner, client, secret, issue_token(client))
    assert len(items(reader)) == 1
    problem(reader.put(place(inquiry), RIGHT), "insufficient_scope")


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_correction_at_once_are_one_of_the_two() -> None:
    """A correction holds the partner's turn: an answer that waits for it finds the later version."""
    caller = make_caller("NGO")
    path, _ = caller.referral()
    inquiry = send_back(path)
    with Background() as threads:
        with transaction.atomic():
            locks.serialise(caller.partner.pk)
            assert caller.put(path, referral(gender="M"), If_Match='"1"').status_code == 200
            waiting = threads.start(partial(caller.put, place(inquiry), RIGHT))
            wait_until_blocked()
        problem(waiting.result(timeout=30), "return_ended")
    assert state_of(inquiry) == "CORRECTED"
