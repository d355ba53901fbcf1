"""A test client empties what it sent; every answer to a known client says its mode."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as DjangoBrowser

from cases.codelists import CONFIRMATION_REASON
from cases.intake.models import Confirmation
from cases.months import month_id, this_month
from notices.models import Acknowledgement, ServiceStatus
from partners.kinds import Mode
from tests.api.asserts import LIST, body, new_path, problem
from tests.api.batches.sending import BATCHES, MAPPING, row, rules, send, whole
from tests.callers import Caller, make_caller, referral
from tests.notices import world

PATH = "/api/v1/rehearsal"


@pytest.fixture
def tester(db: None) -> Caller:
    """An NGO in test mode."""
    return make_caller("NGO", mode=Mode.TEST)


def test_it_is_emptied_and_begins_again(tester: Caller, ngo: Caller) -> None:
    path, first = tester.referral()
    tester.put(path, referral(gender="M"), If_Match='"1"')
    tester.put("/api/v1/counts/OUTREACH/2025-03", {"contacts": []})
    notice = world.create()
    world.make_public(notice)
    for caller in (tester, ngo):
        for path_said in ("seen", f"handed-on/{month_id(this_month())}/TALK"):
            caller.put(f"/api/v1/notices/{notice.pk}/{path_said}", {})
        caller.put("/api/v1/services/DROP_IN/DK01", {"state_code": "OPEN", "address": "Algade 1"})
    assert body(tester.call("DELETE", PATH)) == {
        "referral_versions": 2,
        "assessment_versions": 0,
        "count_versions": 1,
        "acknowledgements": 2,
        "service_statuses": 1,
        "linkage_codes": 0,
        "remembered_answers": 0,
        "results_of_rows": 0,
        "cases": 1,
    }
    assert body(tester.get(LIST))["items"] == []
    assert {*Acknowledgement.objects.values_list("partner", flat=True)} == {ngo.partner.pk}
    assert ServiceStatus.objects.get().partner == ngo.partner
    again = body(tester.put(path, referral()), 201)
    assert (again["version"], again["case_token"] != first["case_token"]) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_what_was_confirmed_and_told_of_columns_goes_too_and_the_attempts_stay(tmp_path: Path, settings: Any) -> None:
    settings.HENVIS_SPOOL = tmp_path / "spool"
    tester, live = (make_caller("NGO", mode=mode) for mode in (Mode.TEST, Mode.LIVE))
    rows = [row(age_band="Y0T11", minor_when_exploited="YES", recruiter="PARTNER")]
    for caller in (tester, live):
        assert caller.put(MAPPING, {"columns": {"Landsdel": "region"}}).status_code == 200
        batch = whole(send(caller, rows))
        [rule] = {rule for each in rules(batch) for rule in each}
        confirmation = {"rule": rule, "reason_code": CONFIRMATION_REASON.names[0]}
        assert whole(caller.post(f"{BATCHES}/{batch['id']}/commit", {"confirmations": [confirmation]}))["stored"]
    assert body(tester.call("DELETE", PATH))["cases"] == 1
    assert (body(tester.get(MAPPING)), len(body(tester.get(BATCHES))["items"])) == ({}, 1)
    assert whole(send(tester, rows))["counts"]["held"] == 1
    assert body(live.get(MAPPING)) != {}
    assert [*Confirmation.objects.values_list("partner_id", flat=True)] == [live.partner.pk]


def test_much_is_emptied_in_parts(tester: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        tester.referral()
    monkeypatch.setattr("cases.intake.rehearsal.MOST", 2)
    counts = body(tester.call("DELETE", PATH))
    assert (counts["referral_versions"], counts["cases"]) == (3, 3)


def test_live_records_are_never_deleted_so(ngo: Caller) -> None:
    path, _ = ngo.referral()
    problem(ngo.call("DELETE", PATH), "test_mode_only")
    assert ngo.get(path).status_code == 200


def test_who_only_reads_and_who_is_unknown_do_not_delete(tester: Caller) -> None:
    reader = make_caller("NGO", mode=Mode.TEST, scopes=["referrals:read"])
    problem(reader.call("DELETE", PATH), "insufficient_scope")
    problem(tester.call("DELETE", PATH, Authorization="Bearer none"), "not_authenticated")
    problem(tester.call("DELETE", f"{PATH}?all=1"), "invalid_parameter")


def test_every_answer_to_a_known_client_says_its_mode(tester: Caller, ngo: Caller) -> None:
    for caller, mode in ((tester, "test"), (ngo, "live")):
        answers = [
            caller.get("/api/v1/me"),
            caller.put(new_path(), referral()),
            caller.put(new_path(), {}),
            caller.get(new_path()),
            caller.get("/api/v1/statistics/exact"),
            caller.call("DELETE", LIST),
        ]
        assert [answer.headers.get("Henvis-Mode") for answer in answers] == [mode] * len(answers)


def test_of_a_token_too_and_of_nobody_where_nobody_is_known(tester: Caller, ngo: Caller) -> None:
    browser = DjangoBrowser()
    for caller, mode in ((tester, "test"), (ngo, "live")):
        secret = f"{caller.client.client_id}:{caller.secret}"
        basic = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
        grant = {"grant_type": "client_credentials"}
        in_form = {**grant, "client_id": caller.client.client_id, "client_secret": caller.secret}
        assert browser.post("/oauth/token", grant, headers=basic).headers["Henvis-Mode"] == mode
        assert browser.post("/oauth/token", in_form).headers["Henvis-Mode"] == mode
    assert "Henvis-Mode" not in browser.post("/oauth/token", {**grant, "client_id": "x", "client_secret": "y"}).headers
    assert "Henvis-Mode" not in browser.get("/api/v1/codelists").headers
    assert "Henvis-Mode" not in tester.get("/api/v1/me", Authorization="Bearer none").headers
