"""The access log of a journey: route templates and codes, and nothing of a partner, a person or a secret."""

from __future__ import annotations

import io
import json
import logging
from uuid import UUID

import pytest

from partners.audit import COMMAND
from partners.credentials import rotate
from tests.api.asserts import LIST, body
from tests.callers import Caller, assessment, referral

TRACE = "0af7651916cd43dd8448eb211c80319c"


def journey(ngo: Caller, centre: Caller) -> list[str]:
    """A partner's day. Returns what no log may hold."""
    form = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    granted = ngo.browser.post("/oauth/token", form).json()["access_token"]
    path, stored = ngo.referral()
    ngo.put(path, referral(gender="M"))
    ngo.put(path, referral(gender="M"), If_Match='"1"', traceparent=f"00-{TRACE}-b7ad6b7169203331-01")
    minted = body(ngo.post(LIST, referral(), Idempotency_Key="mykey-0123456789abcdef"), 201)
    page = body(ngo.get(f"{LIST}?gender=M&limit=1"))
    ngo.get(f"{LIST}?citizenship=NG&limit=1", X_Forwarded_For="203.0.113.9", User_Agent="curl/8 anna")
    ngo.get(f"{path}/versions")
    ngo.get(path.upper())
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    centre.put(f"/api/v1/cases/{stored['case_token']}/assessment", assessment())
    ngo.get(f"/api/v1/cases/{stored['case_token']}/assessment")
    ngo.get("/nothing/anna-0101901234")
    ngo.call("ANNA", "/api/v1/me")
    plain = rotate(by=COMMAND, client=ngo.client)
    ngo.browser.post("/oauth/revoke", {**form, "token": granted})
    return [
        ngo.token, ngo.secret, plain, granted, ngo.client.client_id, ngo.partner.name, str(ngo.partner.pk),
        path.rsplit("/")[-1], path.rsplit("/")[-1].upper(), minted["reference"], stored["case_token"],
        str(page["next"] or "cursor="), "mykey", "limit=1", "NG", "127.0.0.1", "203.0.113.9", "anna", "ANNA", "curl",
        "b7ad6b7169203331",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_journey_leaves_templates_and_codes_and_nothing_else(
    ngo: Caller, centre: Caller, logged: io.StringIO
) -> None:
    hidden = journey(ngo, centre)
    text = logged.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [word for word in hidden if word in text] == []
    routes = [line["route"] for line in lines]
    assert {
        "oauth/token",
        "oauth/revoke",
        "api/v1/referrals",
        "api/v1/referrals/<str:reference>",
        "api/v1/referrals/<str:reference>/versions",
        "api/v1/referrals/<str:reference>/withdrawal",
        "api/v1/cases/<str:token>/assessment",
        "api/v1/me",
        None,
    } == set(routes)
    assert {line["method"] for line in lines} == {"GET", "PUT", "POST", "other"}
    assert {line["status"] for line in lines} >= {200, 201, 403, 404, 405, 428}
    members = {"method", "route", "status", "ms", "request_id", "trace_id", "event", "level", "timestamp"}
    assert all(set(line) == members for line in lines)
    assert [line["trace_id"] for line in lines if line["trace_id"]] == [TRACE]
    assert len({UUID(line["request_id"]) for line in lines}) == len(lines)


def test_the_request_id_of_the_answer_is_that_of_the_line(ngo: Caller, logged: io.StringIO) -> None:
    response = ngo.get("/api/v1/me", X_Request_Id="chosen-by-the-caller")
    [line] = [json.loads(row) for row in logged.getvalue().splitlines()]
    assert line["request_id"] == response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "trace", ["00-xyz-b7ad6b7169203331-01", f"01-{TRACE}-b7ad6b7169203331-01", "anna", f"00-{TRACE}", ""]
)
def test_a_trace_that_is_not_well_formed_is_free_text_and_dropped(ngo: Caller, logged: io.StringIO, trace: str) -> None:
    ngo.get("/api/v1/me", traceparent=trace)
    assert json.loads(logged.getvalue())["trace_id"] is None


def test_a_library_that_logs_an_exception_gives_its_class_and_place_only(logged: io.StringIO) -> None:
    """An exception's message may quote a row, a path or a parameter, and so may its stack."""
    try:
        raise ValueError("reference anna-0101901234")
    except ValueError:
        logging.getLogger("some.library").exception("broken", stack_info=True)
    line = json.loads(logged.getvalue())
    assert (line["event"], line["error"], line["level"]) == ("unhandled", "ValueError", "error")
    assert line["where"].startswith("api/test_logs.py:")
    assert "anna" not in logged.getvalue()


def test_what_libraries_say_below_a_warning_is_not_kept(logged: io.StringIO) -> None:
    logging.getLogger("some.library").info("anna")
    logging.getLogger("django.request").error("/api/v1/referrals/anna")
    assert logged.getvalue() == ""
