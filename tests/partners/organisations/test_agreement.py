"""No live record is stored before a manager of the organisation has confirmed the agreement."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases import tokens
from cases.models import Assessment, Referral
from partners.audit import COMMAND
from partners.kinds import AgreementKind, Mode
from partners.models import Partner
from partners.organisations import agreements
from partners.organisations.agreements import AgreementState, AgreementVersion
from partners.organisations.models import AgreementConfirmation
from partners.organisations.names import rename
from partners.roles import MemberRole
from tests.callers import Caller, agree, as_web_server, assessment, make_caller, referral
from tests.people.visitors import member, signed_in
from tests.stats import records

pytestmark = pytest.mark.django_db
FILE = "/account/agreement/file/?version=controllers-1"
CONTROLLERS = AgreementKind.CONTROLLERS
TEXT = agreements.VERSIONS[CONTROLLERS][0].sections
DIGESTS = {
    "controllers-1": "f241105ebf598f9073cd654873a421aab42107256afbaa9c52a5a0afc65992b9",
    "joint-1": "8a2120b608f68bf1f161aa9f887514aef5d4c5bf5dcbad4811f8eee7037be034",
    "processor-1": "982da80fd3cba45b5ef3a16536d17e1f29082338c88a26220c74a0c9d15b51cc",
}
TWO = dict.fromkeys(
    AgreementKind,
    (
        AgreementVersion(CONTROLLERS, 1, date(2026, 1, 1), date(2026, 1, 1), TEXT),
        AgreementVersion(CONTROLLERS, 2, date(2026, 3, 1), date(2026, 3, 31), TEXT[:1]),
    ),
)


@pytest.fixture
def stranger() -> Caller:
    """A live partner that has confirmed nothing."""
    return make_caller("NGO", agreed=False)


def put(caller: Caller) -> Any:
    """The answer to a new referral."""
    return caller.put(f"/api/v1/referrals/{uuid4()}", referral())


def refused(answer: Any) -> bool:
    """Whether the answer says that the agreement is missing, and where to confirm it."""
    body = json.loads(answer.content)
    return answer.status_code == 403 and body["code"] == "agreement_missing" and "/account/agreement/" in body["detail"]


def send(caller: Caller, dry_run: str = "false") -> Any:
    """The answer to a delivery of one row."""
    row = {"reference": str(uuid4()), **referral()}
    return caller.post(f"/api/v1/batches?dry_run={dry_run}", [row], Idempotency_Key=str(uuid4()))


def test_every_way_to_store_a_live_record_asks_for_the_agreement(stranger: Caller) -> None:
    assert refused(put(stranger))
    assert refused(stranger.post("/api/v1/referrals", referral(), Idempotency_Key=str(uuid4())))
    assert refused(send(stranger))
    authority = make_caller("IMMIGRATION", agreed=False)
    token = tokens.mint()
    assert refused(authority.put(f"/api/v1/cases/{token}/assessment", assessment()))
    assert not Referral.objects.exists()
    assert not Assessment.objects.exists()
    agree(stranger.partner)
    assert put(stranger).status_code == 201
    assert send(stranger).status_code == 200


def test_a_dry_run_works_and_says_so_and_its_commit_waits_for_the_agreement(stranger: Caller) -> None:
    answer = json.loads(send(stranger, "true").content)
    assert (answer["counts"]["created"], answer["agreement_missing"]) == (1, True)
    place = f"/api/v1/batches/{answer['id']}"
    assert json.loads(stranger.get(place).content)["agreement_missing"] is True
    assert refused(stranger.post(f"{place}/commit", {}))
    agree(stranger.partner)
    assert "agreement_missing" not in json.loads(stranger.get(place).content)
    assert json.loads(stranger.post(f"{place}/commit", {}).content)["stored"] is True


def test_test_mode_and_the_centre_need_none() -> None:
    assert put(make_caller("NGO", mode=Mode.TEST)).status_code == 201
    assert put(make_caller("CENTRE")).status_code == 201


def test_me_says_how_it_stands(stranger: Caller) -> None:
    def told(caller: Caller) -> Any:
        return json.loads(caller.get("/api/v1/me").content)["agreement"]

    assert told(stranger) == {
        "kind": "CONTROLLERS", "state": "AWAITED", "confirmed": None, "version": 1, "confirm_until": None,
    }  # fmt: skip
    agree(stranger.partner)
    assert told(stranger)["state"] == "CONFIRMED"
    assert told(make_caller("NGO", mode=Mode.TEST)) is None


def test_reading_and_withdrawing_go_on_without(stranger: Caller, ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = ngo.referral()
    monkeypatch.setattr(agreements, "VERSIONS", TWO)  # the second is in force, and its time to confirm is over
    assert refused(ngo.put(path, referral(gender="M"), If_Match='"1"'))
    assert ngo.get(path).status_code == 200
    assert ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"1"').status_code == 200


@pytest.mark.parametrize(
    ("confirmed", "day", "state"),
    [
        (None, date(2026, 2, 1), AgreementState.AWAITED),
        (1, date(2026, 2, 28), AgreementState.CONFIRMED),
        (1, date(2026, 3, 1), AgreementState.RENEWAL),
        (1, date(2026, 3, 31), AgreementState.RENEWAL),
        (1, date(2026, 4, 1), AgreementState.EXPIRED),
        (2, date(2026, 4, 1), AgreementState.CONFIRMED),
        (2, date(2026, 2, 1), AgreementState.CONFIRMED),
    ],
)
def test_a_newer_version_is_asked_for_and_the_earlier_one_holds_for_a_time(
    confirmed: int | None, day: date, state: AgreementState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreements, "VERSIONS", TWO)
    assert agreements.state_of(CONTROLLERS, confirmed, day) == state
    assert agreements.holds(CONTROLLERS, confirmed, day) == (
        state in {AgreementState.CONFIRMED, AgreementState.RENEWAL}
    )


def test_versions_are_in_order_and_their_texts_never_change() -> None:
    for kind, versions in agreements.VERSIONS.items():
        assert [(each.kind, each.number) for each in versions] == [(kind, at) for at in range(1, len(versions) + 1)]
        assert all(each.earlier_until >= each.in_force for each in versions)
    # What was confirmed stands in confirmations by these digests. Another text is another version.
    digests = {each.name: each.digest for versions in agreements.VERSIONS.values() for each in versions}
    assert digests == DIGESTS


def test_the_database_refuses_a_first_record_whatever_the_program_forgets(
    stranger: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreements, "holds", lambda *_: True)
    stranger.browser.made_up = True
    assert put(stranger).status_code == 500
    assert not Referral.objects.exists()
    case = records.case(stranger.partner)
    with pytest.raises(DatabaseError, match="AGREEMENT_MISSING"), transaction.atomic(), as_web_server():
        records.assessment(case, stranger.partner)


@pytest.mark.parametrize("role", list(MemberRole))
def test_only_a_manager_confirms(stranger: Caller, role: MemberRole) -> None:
    browser = signed_in(member(stranger.partner, role).user)
    page = browser.get("/account/agreement/").content.decode()
    assert agreements.current_of(stranger.partner).digest in page
    assert ('name="read"' in page) == (role == MemberRole.MANAGER)
    answer = browser.post("/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"})
    assert answer.status_code == (302 if role == MemberRole.MANAGER else 403)
    assert AgreementConfirmation.objects.filter(partner=stranger.partner).exists() == (role == MemberRole.MANAGER)


def test_a_manager_ticks_confirms_and_sees_who_did(stranger: Caller) -> None:
    person = member(stranger.partner)
    User.objects.filter(pk=person.user_id).update(first_name="Maja", last_name="Holm")
    browser = signed_in(person.user)
    assert "Before the first real referral" in browser.get("/account/").content.decode()
    unticked = browser.post("/account/agreement/confirm/", {"version": "controllers-1"})
    assert (unticked.status_code, "Tick the box" in unticked.content.decode()) == (400, True)
    assert browser.post("/account/agreement/confirm/", {"version": "controllers-7", "read": "yes"}).status_code == 409
    page = browser.post(
        "/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"}, follow=True
    ).content.decode()
    assert "The agreement is confirmed." in page
    assert "Maja Holm" in page
    assert put(stranger).status_code == 201
    again = browser.post(
        "/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"}, follow=True
    ).content.decode()
    assert "had already been confirmed" in again
    assert AgreementConfirmation.objects.filter(partner=stranger.partner).count() == 1
    assert "Before the first real referral" not in browser.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("language", "name"),
    [("da", "databeskyttelsesaftale-controllers-1"), ("en", "data-protection-agreement-controllers-1")],
)
def test_what_was_confirmed_is_a_file_to_keep(stranger: Caller, language: str, name: str) -> None:
    person, path = member(stranger.partner), FILE
    browser = signed_in(person.user)
    assert browser.get(path).status_code == 404
    browser.post("/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"})
    browser.post("/account/language/", {"language": language, "next": "/account/"})
    reader = signed_in(member(stranger.partner, MemberRole.READER).user)
    assert f'href="{path}"' in reader.get("/account/agreement/").content.decode()
    file = browser.get(path)
    assert (file["Content-Type"], name in file["Content-Disposition"]) == ("text/plain; charset=utf-8", True)
    text, version = file.content.decode(), agreements.VERSIONS[CONTROLLERS][0]
    for said in (stranger.partner.name, person.user.username, version.digest):
        assert said in text
    for number, section in enumerate(version.sections, 1):
        own, other = (
            text.index(f"\n{number}. {each}\n")
            for each in sorted(section.heading, key=section.heading(language).__ne__)
        )
        assert own < other
        assert all(f"\n{each}\n" in text for words in section.paragraphs for each in words)
    for missing in ("/account/agreement/file/", "/account/agreement/file/?version=controllers-2"):
        assert browser.get(missing).status_code == 404
    stranger_to_it = signed_in(member(make_caller("NGO", agreed=False).partner).user)
    assert stranger_to_it.get(path).status_code == 404


def test_the_file_names_the_organisation_and_the_person_as_they_were_and_are(stranger: Caller) -> None:
    """The organisation by its name on the day of the confirmation; the person with the user name, which nobody changes."""
    person, before = member(stranger.partner), stranger.partner.name
    browser = signed_in(person.user)
    browser.post("/account/agreement/confirm/", {"version": "controllers-1", "read": "yes"})
    tomorrow = timezone.localdate() + timedelta(days=1)
    rename(by=COMMAND, partner=stranger.partner, name="A later name", since=tomorrow)
    Partner.objects.filter(pk=stranger.partner.pk).update(name="A later name")
    User.objects.filter(pk=person.user_id).update(first_name="Maja Holm")
    text = browser.get(FILE).content.decode()
    assert before in text and "A later name" not in text
    assert f"Maja Holm ({person.user.username})" in text


def test_a_text_that_is_not_the_one_that_was_confirmed_is_no_file_of_it(stranger: Caller) -> None:
    person = member(stranger.partner)
    AgreementConfirmation.objects.create(
        partner=stranger.partner, kind=CONTROLLERS, version=1, digest="0" * 64, user=person.user
    )
    assert signed_in(person.user).get(FILE).status_code == 404
