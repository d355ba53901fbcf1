"""Emptying a rehearsal removes what a partner in test mode sent, and never a live row. Of `henvis_empty_rehearsal`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from api.models import IdempotencyRecord
from cases.duplicates.models import LinkageCode
from cases.linking.decisions import merge
from cases.models import Assessment, Case, Referral
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import AuditEvent, Client, Partner
from tests.callers import Caller, as_web_server, assessment, make_caller, referral
from tests.sql.calls import commit, refusal, rows, value, violation, web_value

pytestmark = pytest.mark.django_db
EMPTY = "SELECT henvis_empty_rehearsal(%s, %s, 1000)"
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


def rehearse(caller: Caller) -> None:
    """One referral in two versions with a linkage code, one by POST, and where it may an assessment."""
    path, record = caller.referral()
    assert caller.put(path, referral(gender="M"), If_Match='"1"').status_code == 200
    assert caller.put(f"{path}/linkage-code", {"linkage_code": "c" * 64}).status_code == 204
    assert caller.post("/api/v1/referrals", referral(), Idempotency_Key=KEY).status_code == 201
    if "assessments:write" in caller.client.scopes:
        assert caller.put(f"/api/v1/cases/{record['case_token']}/assessment", assessment()).status_code == 201


def kept(partner: Partner) -> dict[str, int]:
    """How many rows there are of what a partner sent."""
    models: tuple[Any, ...] = (Referral, Assessment, LinkageCode, IdempotencyRecord)
    counts = {model.__name__: model.objects.filter(partner=partner).count() for model in models}
    return {**counts, "Case": Case.objects.filter(opened_by=partner).count()}


@pytest.fixture
def tester() -> Caller:
    """A deciding authority in test mode, which may send everything."""
    return make_caller("CENTRE", mode=Mode.TEST)


def empty(caller: Caller) -> dict[str, int]:
    """Empty it as the web server does."""
    counts: dict[str, int] = json.loads(web_value(EMPTY, caller.partner.pk, caller.client.pk))
    return counts


def test_all_that_a_test_partner_sent_goes_and_nothing_of_others(tester: Caller) -> None:
    others = (
        make_caller("CENTRE", mode=Mode.TEST),
        make_caller("CENTRE"),
        make_caller("CENTRE", name=tester.partner.name),
    )
    for caller in (tester, *others):
        rehearse(caller)
    before = [kept(caller.partner) for caller in others]
    assert empty(tester) == {
        "referral_versions": 3,
        "assessment_versions": 1,
        "count_versions": 0,
        "acknowledgements": 0,
        "service_statuses": 0,
        "linkage_codes": 1,
        "remembered_answers": 1,
        "results_of_rows": 0,
        "cases": 2,
    }
    assert set(kept(tester.partner).values()) == {0}
    assert [kept(caller.partner) for caller in others] == before
    event = AuditEvent.objects.get(action="rehearsal.empty")
    assert (event.client, event.subject, event.detail["cases"]) == (tester.client, str(tester.partner.pk), 2)
    assert set(empty(tester).values()) == {0}


def test_a_live_partner_is_refused_whoever_asks(tester: Caller) -> None:
    live = make_caller("CENTRE", name=tester.partner.name)
    rehearse(live)
    before = kept(live.partner)
    for partner, client in (
        (live.partner, live.client),
        (live.partner, tester.client),
        (tester.partner, live.client),
        (tester.partner, make_caller("NGO", mode=Mode.TEST).client),
    ):
        with refusal("REHEARSAL_NOT_TEST"):
            web_value(EMPTY, partner.pk, client.pk)
    for nothing in ((None, tester.client.pk), (tester.partner.pk, None)):
        with refusal("REHEARSAL_NOT_TEST"):
            web_value(EMPTY, *nothing)
    assert kept(live.partner) == before


def test_a_client_that_may_not_write_and_a_partner_that_is_off_are_refused(tester: Caller) -> None:
    reader = make_caller("NGO", mode=Mode.TEST, scopes=["referrals:read"])
    with refusal("REHEARSAL_NOT_TEST"):
        empty(reader)
    Partner.objects.filter(pk=tester.partner.pk).update(active=False)
    with refusal("REHEARSAL_NOT_TEST"):
        empty(tester)


def test_a_live_case_of_a_test_partner_would_stay(tester: Caller) -> None:
    """No writer makes one. If one came to be, its records are live."""
    path, _ = tester.referral()
    commit()
    rows("ALTER TABLE cases_case DISABLE TRIGGER append_only")
    Case.objects.update(test=False)
    commit()
    rows("ALTER TABLE cases_case ENABLE TRIGGER append_only")
    assert set(empty(tester).values()) == {0}
    assert tester.get(path).status_code == 200


def test_a_case_that_others_use_stays(tester: Caller) -> None:
    other = make_caller("NGO", mode=Mode.TEST)
    _, shared = tester.referral()
    other.referral(case_token=shared["case_token"])
    _, decided = tester.referral()
    assert make_caller("IMMIGRATION", mode=Mode.TEST).put(
        f"/api/v1/cases/{decided['case_token']}/assessment", assessment(decided_by="IMMIGRATION_SERVICE")
    ).status_code in {200, 201}
    _, foreign = other.referral()
    tester.referral(case_token=foreign["case_token"])
    tester.referral()
    assert empty(tester)["cases"] == 1
    assert set(Case.objects.values_list("token", flat=True)) == {
        each["case_token"] for each in (shared, decided, foreign)
    }


def test_a_case_that_staff_decided_on_stays(tester: Caller) -> None:
    tokens = [tester.referral()[1]["case_token"] for _ in range(2)]
    cases = list(Case.objects.filter(token__in=tokens).values_list("pk", flat=True))
    merge(by=COMMAND, cases=cases, reason_code="CONFIRMED")
    counts = empty(tester)
    assert (counts["referral_versions"], counts["cases"]) == (2, 0)
    assert Case.objects.filter(pk__in=cases).count() == 2


def test_the_door_is_shut_again_afterwards(tester: Caller) -> None:
    with transaction.atomic():
        empty(tester)
        assert value("SELECT current_setting('henvis.erase', true)") == "off"
        tester.referral()
        with violation():
            Referral.objects.all().delete()


def test_only_the_function_deletes(tester: Caller) -> None:
    tester.referral()
    with as_web_server(), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        rows("DELETE FROM cases_referral")
    assert Client.objects.filter(pk=tester.client.pk).exists()


def test_so_many_versions_go_at_once_and_the_case_with_the_last(tester: Caller) -> None:
    path, _ = tester.referral()
    tester.put(path, referral(gender="M"), If_Match='"1"')
    for _ in range(2):
        tester.put("/api/v1/services/DROP_IN/DK01", {"state_code": "OPEN"})
        tester.put("/api/v1/services/DROP_IN/DK02", {"state_code": "OPEN"})
    ngo = make_caller("NGO", mode=Mode.TEST)
    for month in ("2025-03", "2025-04"):
        ngo.put(f"/api/v1/counts/OUTREACH/{month}", {"contacts": []})
    some = "SELECT henvis_empty_rehearsal(%s, %s, 1)"
    counts = [json.loads(web_value(some, tester.partner.pk, tester.client.pk)) for _ in range(3)]
    assert [each["service_statuses"] for each in counts] == [1, 1, 0]
    reports = [json.loads(web_value(some, ngo.partner.pk, ngo.client.pk)) for _ in range(3)]
    assert [each["count_versions"] for each in reports] == [1, 1, 0]
    assert [(each["referral_versions"], each["cases"]) for each in counts] == [(1, 0), (1, 1), (0, 0)]
