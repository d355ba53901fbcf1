"""Restricting the processing of a person's data from the register, on the pages, and what follows from it (article 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.linking.models import RestrictedCase
from cases.months import today
from oversight.rights.database import RightsRefused
from oversight.rights.produce import produce
from oversight.subject_requests import register
from oversight.subject_requests.models import SubjectRequest
from partners.audit import Actor
from partners.models import AuditEvent
from tests.callers import Browser, Caller
from tests.cases.linking.world import merge_cases
from tests.oversight.rights.restricting import inform, lift_from, restrict, rows_in_force
from tests.oversight.rights.test_pages import PAGE, content_of, fingerprint
from tests.oversight.rights.world import arrive, erase_person, officer, remaining_rows
from tests.oversight.subject_requests.world import LIST, answer, identify, keeper, page, receive
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Browser:
    """The browser of somebody of data protection."""
    return signed_in(keeper())


def about(row: SubjectRequest) -> str:
    """The page of a person's data, for a request."""
    return f"{PAGE}?request={row.pk}"


def lifting(row: SubjectRequest) -> str:
    """The page that lifts a restriction."""
    return f"/admin/erased/tombstone/lift/{row.pk}/"


def told(browser: Browser, row: SubjectRequest) -> str:
    """What the page of a request says."""
    return content_of(browser.get(page(row)))


def form_of(browser: Browser, row: SubjectRequest, token: str) -> dict[str, Any]:
    """The form that restricts whom the page has shown."""
    seen = content_of(browser.post(about(row), {"act": "look", "token": token}))
    assert 'value="restrict"' in seen
    return {"act": "restrict", "token": token, "ground": "CLAIMS", "until": "", "fingerprint": fingerprint(seen)}


def test_from_the_request_to_the_restriction_and_to_its_end(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive("RESTRICTION"))
    assert "Restrict the processing, or find the ground for a refusal." in told(browser, row)
    until = today() + timedelta(days=30)
    form = {**form_of(browser, row, person.token), "until": until.isoformat()}
    answered = browser.post(about(row), form, follow=True)
    said = content_of(answered)
    assert "The processing is restricted: no partner and no case manager can read the data" in said
    assert person.token not in said
    assert rows_in_force() == {person.case.pk}
    looked = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    assert "The processing is restricted." in looked and 'value="restrict"' not in looked
    asked = content_of(browser.get(page(row, "answer")))
    assert "The processing was restricted" in asked
    answer(row, "RESTRICTED")
    shown = told(browser, row)
    assert "The restriction holds until it is lifted; its end is" in shown and "first tell the person" in shown
    assert page(row, "inform") in shown and lifting(row) not in shown
    browser.post(page(row, "inform"), {"day": today().isoformat()})
    assert lifting(row) not in told(browser, row)  # whoever set it does not lift it
    other = signed_in(keeper("second"))
    assert lifting(row) in told(other, row)
    asked = content_of(other.get(lifting(row)))
    assert "The data can be read again" in asked
    other.post(lifting(row), {"sure": "on"})
    assert rows_in_force() == set()
    assert "Nothing more is to be done." in told(browser, row)
    assert other.get(lifting(row)).status_code == 404


def test_an_objection_says_what_is_left_once_it_is_restricted(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive("OBJECTION"))
    before = told(browser, row)
    assert "Restrict the processing while the objection is verified" in before
    assert "Restrict the processing, or erase the data" in before
    restrict(person.token, row)
    after = told(browser, row)
    assert "The processing is restricted while the objection is verified. Erase the data, or find" in after
    assert "Produce or erase the data" in after and "Restrict the processing" not in after


def test_what_was_lifted_is_not_offered_again_from_the_same_request(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive("OBJECTION"))
    lift_from(inform(restrict(person.token, row)))
    shown = told(browser, row)
    assert "Erase the data, or find the ground for a refusal" in shown
    assert "Restrict the processing" not in shown and "The processing is restricted" not in shown
    looked = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    assert 'value="restrict"' not in looked and "The processing is restricted." not in looked
    with pytest.raises(RightsRefused):
        restrict(person.token, row)


def test_whoever_set_it_is_refused_by_the_database_too(ngo: Caller, browser: Browser) -> None:
    row = inform(restrict(arrive(ngo).token))
    refused = content_of(browser.post(lifting(row), {"sure": "on"}))
    assert "Whoever restricted the processing does not lift that." in refused
    assert rows_in_force()


def test_only_a_request_of_its_kind_offers_it(ngo: Caller, browser: Browser) -> None:
    person = arrive(ngo)
    for kind in ("ACCESS", "ERASURE", "RECTIFICATION"):
        row = identify(receive(kind))
        seen = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
        assert 'value="restrict"' not in seen
    assert 'value="restrict"' not in content_of(browser.post(PAGE, {"act": "look", "token": person.token}))
    form = {**form_of(browser, identify(receive("OBJECTION")), person.token)}
    assert browser.post(PAGE, form).status_code == 403
    assert not RestrictedCase.objects.exists()


@pytest.mark.parametrize("fault", [{"ground": "OTHER"}, {"ground": ""}, {"until": "2020-01-01"}, {"token": ""}])
def test_a_form_that_is_not_filled_in_restricts_nobody(ngo: Caller, browser: Browser, fault: dict[str, str]) -> None:
    person, row = arrive(ngo), identify(receive("RESTRICTION"))
    refused = content_of(browser.post(about(row), {**form_of(browser, row, person.token), **fault}))
    assert "enter the token again and choose the ground" in refused
    assert person.token not in refused
    assert not RestrictedCase.objects.exists()


def test_a_correction_since_the_look_refuses(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive("RESTRICTION"))
    form = form_of(browser, row, person.token)
    ngo.referral(case_token=person.token)
    assert "have changed since they were shown" in content_of(browser.post(about(row), form))
    assert not RestrictedCase.objects.exists()


@pytest.mark.parametrize("role", ["case_manager", "partner_manager", "auditor", "statistician"])
def test_no_other_role_restricts_or_lifts(ngo: Caller, role: str) -> None:
    row, other = inform(restrict(arrive(ngo).token)), staff("other", role)
    assert signed_in(other).post(lifting(row), {"sure": "on"}).status_code == 403
    with pytest.raises(RightsRefused, match="data protection staff restrict"):
        restrict(arrive(ngo).token, identify(receive("RESTRICTION")), by=Actor.of(other))
    assert len(rows_in_force()) == 1


def test_data_protection_is_reminded_of_the_end_and_it_holds_until_it_is_lifted(ngo: Caller, browser: Browser) -> None:
    restrict(arrive(ngo).token, until=today() + timedelta(days=1))
    assert "come to its end" not in content_of(browser.get("/admin/"))
    row = restrict(arrive(ngo).token, until=today())
    assert "A restriction has come to its end: it holds until it is lifted" in content_of(browser.get("/admin/"))
    assert row in register.restricting()
    inform(row)
    assert "waits for somebody else to lift it" not in content_of(browser.get("/admin/"))
    other = signed_in(keeper("second"))
    assert "A restriction waits for somebody else to lift it" in content_of(other.get("/admin/"))
    assert str(row) in content_of(other.get(f"{LIST}?state=RESTRICTING"))
    lift_from(row)
    assert str(row) not in content_of(other.get(f"{LIST}?state=RESTRICTING"))
    assert row not in register.restricting()
    assert "come to its end" not in content_of(browser.get("/admin/"))


def test_the_document_says_it(ngo: Caller) -> None:
    person = arrive(ngo)
    assert produce(by=officer(), token=person.token, test=False)["restrictions"] == []
    row = restrict(person.token, until=today(), ground="UNLAWFUL")
    (said,) = produce(by=officer(), token=person.token, test=False)["restrictions"]
    assert (said["ground"]["code"], said["until"], said["lifted_at"]) == ("UNLAWFUL", today().isoformat(), None)
    inform(row)
    lift_from(row)
    document = produce(by=officer(), token=person.token, test=False)
    assert document["restrictions"][0]["lifted_at"] > document["restrictions"][0]["restricted_at"]
    assert {"case.restrict", "case.lift"} <= {each["action"]["code"] for each in document["events"]}
    browser = signed_in(keeper())
    shown = content_of(browser.post(PAGE, {"act": "produce", "token": person.token}))
    assert "Begrænset behandling / Restricted processing" in shown and "Unlawful, but not to be erased" in shown


def test_an_erasure_takes_it_away(ngo: Caller, browser: Browser) -> None:
    person = arrive(ngo)
    row, needles = restrict(person.token), person.needles
    erase_person(person)
    assert remaining_rows(needles) == {}
    assert not RestrictedCase.objects.exists()
    assert not register.restricting().exists()
    assert page(row, "inform") not in told(browser, row)
    assert AuditEvent.objects.filter(action="case.restrict").exists()


def test_all_cases_of_a_person_are_restricted(ngo: Caller) -> None:
    one, other = arrive(ngo), arrive(ngo)
    merge_cases(one.case, other.case)
    restrict(other.token)
    assert rows_in_force() == {one.case.pk, other.case.pk}
