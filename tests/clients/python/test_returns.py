"""`henvis returns`, and what the client tells of a referral, at the program as it is served."""

from __future__ import annotations

from henvis_client import Client
from oversight.returns.models import ReturnEnd
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register
from tests.oversight.returns.world import send_back


def test_what_waits_is_listed_and_answered(tester: Machine, service: Register) -> None:
    assert "Nothing is returned." in tester.henvis("returns", "list").err
    inquiry = send_back(service.caller.referral()[0], reason_code="WRONG_MONTH", field="referred_in")
    ending = tester.henvis("returns", "list")
    assert ending.code == 0
    assert "The month looks wrong" in ending.out
    assert str(inquiry.pk) in ending.out
    assert "henvis returns answer ID NOTHING_MORE_KNOWN" in ending.err
    body = tester.henvis("returns", "list", "--json").json
    assert [each["id"] for each in body["returns"]] == [str(inquiry.pk)]
    for _ in range(2):
        assert tester.henvis("returns", "answer", str(inquiry.pk), "RIGHT_AS_IT_IS").code == 0
    assert ReturnEnd.objects.get().code == "RIGHT_AS_IT_IS"
    ending = tester.henvis("returns", "answer", str(inquiry.pk), "NOTHING_MORE_KNOWN")
    assert ending.code == 3
    assert "No answer is awaited" in ending.err or "corrected or withdrawn" in ending.err
    assert tester.henvis("returns", "answer", str(inquiry.pk), "WHATEVER").code != 0


def test_the_live_register_is_asked_about(tester: Machine, service: Register) -> None:
    service.mode = "LIVE"
    assert tester.log_in("--profile", "live").code == 0
    inquiry = send_back(service.caller.referral()[0])
    assert tester.henvis("returns", "answer", str(inquiry.pk), "RIGHT_AS_IT_IS", "--profile", "live", typed="n\n").code
    assert not ReturnEnd.objects.exists()
    answer = ["returns", "answer", str(inquiry.pk), "RIGHT_AS_IT_IS", "--profile", "live", "--yes"]
    assert tester.henvis(*answer).code == 0
    assert ReturnEnd.objects.exists()


def test_a_program_follows_a_referral(client: Client, service: Register) -> None:
    path, stored = service.caller.referral()
    inquiry = send_back(path)
    progress = client.referral_progress(stored["reference"])
    assert (progress["counted"], progress["releases"]) == ("TEST", [])
    assert [each["id"] for each in client.returns()] == [str(inquiry.pk)]
    assert client.answer_return(str(inquiry.pk), "RIGHT_AS_IT_IS")["state"] == "ANSWERED"
    assert list(client.returns()) == []
