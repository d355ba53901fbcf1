"""A referral that is stored: shown in words, corrected against its version, withdrawn, and sent again."""

from __future__ import annotations

import html

import pytest
from django.conf import settings

from cases import dictionary as d
from cases import tokens
from cases.models import Referral
from cases.months import month_words
from pages.desk.records.history import KNOWN_BY, words_of
from partners.models import AuditEvent, Partner, RecordRead
from partners.roles import MemberRole
from tests.callers import Browser, Caller, assessment, make_caller
from tests.oversight.rights.world import Person, erase_person
from tests.pages.desk.conftest import at
from tests.pages.desk.records.forms import errors_of, filled, form_at, form_of
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
ONE = "/send/one/"


@pytest.fixture
def place(caseworker: Browser) -> str:
    """The address of a referral that was entered, without its last part."""
    answer = caseworker.post(ONE, filled(form_at(caseworker, ONE)))
    return str(answer["Location"]).removesuffix("receipt/")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_field_stands_there_in_words(caseworker: Browser, place: str, language: str) -> None:
    caseworker.post("/account/language/", {"language": language, "next": "/send/"})
    answer = caseworker.get(place)
    strict(answer)
    page, stored = text(answer), Referral.objects.get()
    for field in d.REFERRAL:
        assert html.escape(field.label(language)) in page
    assert html.escape(d.REGION.codelist.by_code[stored.region].label(language)) in page
    assert tokens.in_groups(stored.case.token) in page and stored.case.token not in page


@pytest.mark.parametrize(
    ("age_band", "words"),
    [("Y25T34", "Does not apply here"), ("Y15T17", "Not asked"), ("_U", "Not asked")],
)
def test_what_is_for_others_only_does_not_apply(caseworker: Browser, age_band: str, words: str) -> None:
    """Nobody has forgotten to ask it."""
    minor = {"minor_when_exploited": "YES"} if age_band == "Y15T17" else {}
    form = filled(
        form_at(caseworker, ONE), age_band=age_band, guardian_assigned="_N", unaccompanied_minor="_N", **minor
    )
    page = text(caseworker.get(str(caseworker.post(ONE, form)["Location"]).removesuffix("receipt/")))
    label = html.escape(d.GUARDIAN_ASSIGNED.label.en)
    assert f'<dt>{label}</dt><dd class="quiet">{words}' in page


def test_a_correction_begins_with_what_is_stored_and_shows_in_the_history(caseworker: Browser, place: str) -> None:
    address = f"{place}correct/"
    form = form_at(caseworker, address)
    assert form["case_token"] == [tokens.in_groups(Referral.objects.get().case.token)]
    assert caseworker.post(address, form)["Location"] == place
    assert "Nothing has changed" in text(caseworker.get(place))
    assert Referral.objects.count() == 1
    assert not AuditEvent.objects.filter(action="referral.correct").exists()
    assert caseworker.post(address, {**form, "gender": ["M"]})["Location"] == place
    page = text(caseworker.get(place))
    assert "Gender: Female → Male" in page
    assert AuditEvent.objects.get(action="referral.correct").detail == {}
    assert [row.status for row in Referral.objects.order_by("version")] == ["reported", "corrected"]


def test_who_was_slower_sees_what_changed_keeps_the_answers_and_decides(
    caseworker: Browser, manager: Browser, place: str
) -> None:
    address = f"{place}correct/"
    slow = {**form_at(caseworker, address), "age_band": ["Y18T24"]}
    theirs = by_reference(manager)
    quick = form_at(manager, f"{theirs}correct/")
    manager.post(f"{theirs}correct/", {**quick, "gender": ["M"]})
    answer = caseworker.post(address, slow)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Gender: Female → Male" in page
    again = form_of(page, address)
    assert (again["age_band"], again["gender"], again["version"]) == (["Y18T24"], ["F"], ["2"])
    assert Referral.objects.count() == 2
    assert caseworker.post(address, again).status_code == 302
    assert Referral.objects.current().get().age_band == "Y18T24"


def by_reference(browser: Browser) -> str:
    """The address at which a person finds the referral by its reference."""
    stored = Referral.objects.current().get()
    return str(browser.post("/send/records/find/", {"key": str(stored.reference)})["Location"])


def test_a_correction_without_its_version_replaces_nothing(caseworker: Browser, place: str) -> None:
    form = {**form_at(caseworker, f"{place}correct/"), "gender": ["M"], "version": [""]}
    assert caseworker.post(f"{place}correct/", form).status_code == 409
    assert Referral.objects.count() == 1


def test_a_correction_keeps_the_rules(caseworker: Browser, place: str) -> None:
    form = {**form_at(caseworker, f"{place}correct/"), "citizenship": ["SE"], "residence_basis": ["DK_CITIZEN"]}
    assert set(errors_of(text(caseworker.post(f"{place}correct/", form)))) == {"residence_basis"}


def test_another_reference_in_the_form_of_a_correction_is_passed_over(caseworker: Browser, place: str) -> None:
    form = {**form_at(caseworker, f"{place}correct/"), "reference": ["5f0c0b0e-7f7e-4c53-9a7c-0d6f1b8e2a11"]}
    caseworker.post(f"{place}correct/", {**form, "gender": ["M"]})
    assert len({row.reference for row in Referral.objects.all()}) == 1


def test_a_withdrawal_says_what_it_does_asks_why_and_is_undone(caseworker: Browser, place: str) -> None:
    address = f"{place}withdraw/"
    page = text(caseworker.get(address))
    assert "no longer counts" in page
    assert f'href="{place}correct/#field-consent"' in page
    assert 'id="field-consent"' in text(caseworker.get(f"{place}correct/"))
    form = form_of(page, address)
    assert "Choose an answer" in text(caseworker.post(address, form))
    assert Referral.objects.count() == 1
    for _ in range(2):
        assert caseworker.post(address, {**form, "reason_code": ["DUPLICATE"]})["Location"] == place
    page = text(caseworker.get(place))
    assert "is not counted" in page
    assert "Duplicate" in page
    back = form_of(page, f"{place}again/")
    assert "Should the referral count again?" in text(caseworker.post(f"{place}again/", back))
    assert caseworker.sure(f"{place}again/", back)["Location"] == place
    assert caseworker.sure(f"{place}again/", back)["Location"] == place
    assert [row.status for row in Referral.objects.order_by("version")] == ["reported", "withdrawn", "reported"]
    acts = AuditEvent.objects.filter(action__startswith="referral.").order_by("at")
    assert [each.action for each in acts] == ["referral.send", "referral.withdraw", "referral.send"]


def test_what_changed_meanwhile_is_neither_withdrawn_nor_sent_again(caseworker: Browser, place: str) -> None:
    old = form_at(caseworker, f"{place}withdraw/")
    form = form_at(caseworker, f"{place}correct/")
    caseworker.post(f"{place}correct/", {**form, "gender": ["M"]})
    caseworker.post(f"{place}withdraw/", {**old, "reason_code": ["DUPLICATE"]})
    assert "Look at it again" in text(caseworker.get(place))
    caseworker.post(f"{place}withdraw/", {"reason_code": ["DUPLICATE"]})
    caseworker.post(f"{place}withdraw/", {"version": "2", "reason_code": ["DUPLICATE"]})
    caseworker.sure(f"{place}again/", {"version": "1"})
    caseworker.sure(f"{place}again/")
    assert [row.status for row in Referral.objects.order_by("version")] == ["reported", "corrected", "withdrawn"]


def test_a_correction_of_a_withdrawn_referral_says_that_it_counts_again(caseworker: Browser, place: str) -> None:
    caseworker.post(f"{place}withdraw/", {"version": "1", "reason_code": ["DUPLICATE"]})
    page = text(caseworker.get(f"{place}correct/"))
    assert "it counts again" in page
    caseworker.post(f"{place}correct/", form_of(page, f"{place}correct/"))
    assert Referral.objects.current().get().status == "reported"


def test_a_reader_sees_and_changes_nothing(reader: Browser, caseworker: Browser, place: str) -> None:
    theirs = by_reference(reader)
    page = text(reader.get(theirs))
    assert "correct/" not in page
    assert "withdraw/" not in page
    assert reader.get(f"{theirs}receipt/").status_code == reader.get(f"{theirs}card/").status_code == 200
    for act in ("correct", "withdraw", "again"):
        assert reader.sure(f"{theirs}{act}/", {"version": "1", "reason_code": "DUPLICATE"}).status_code == 403
    assert reader.get(f"{theirs}correct/").status_code == reader.get(f"{theirs}withdraw/").status_code == 403
    assert Referral.objects.count() == 1


def test_an_address_is_one_session_s_and_opens_nothing_for_anybody_else(
    caseworker: Browser, manager: Browser, place: str, shelter: Partner
) -> None:
    other = at(make_caller("NGO").partner, MemberRole.MANAGER)
    again = at(shelter, MemberRole.CASEWORKER)
    for browser in (manager, other, again):
        for part in ("", "receipt/", "card/", "correct/", "withdraw/"):
            assert browser.get(f"{place}{part}").status_code == 404
        for part in ("correct/", "withdraw/", "again/"):
            assert browser.sure(f"{place}{part}", {"version": "1", "reason_code": "DUPLICATE"}).status_code == 404
    for handle in ("x", "A" * 43, "A" * 44, "æ", str(Referral.objects.get().reference)):
        assert caseworker.get(f"/send/record/{handle}/").status_code == 404
    stored = Referral.objects.get()
    assert not {str(stored.reference), str(stored.pk), stored.reference.hex} & {*place.split("/")}


def test_tabs_that_open_at_once_take_no_links_from_each_other(caseworker: Browser, place: str) -> None:
    """Whoever stores a session last is who is believed: a page of records stores none."""
    before = dict(caseworker.session.items())
    assert place.rstrip("/").split("/")[-1] in text(caseworker.get("/send/records/"))
    assert dict(caseworker.session.items()) == before and not {key for key in before if key.startswith("desk")}


def test_an_address_stays_when_the_session_s_key_changes(caseworker: Browser, place: str) -> None:
    """As it does with a new password or a new second factor, while a form is open."""
    session = caseworker.session
    session.cycle_key()
    caseworker.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    assert caseworker.get(f"{place}correct/").status_code == 200


def test_another_partner_finds_nothing_by_reference_or_token(caseworker: Browser, place: str) -> None:
    stored, other = Referral.objects.get(), at(make_caller("NGO").partner, MemberRole.MANAGER)
    for key in (str(stored.reference), stored.case.token):
        page = text(other.post("/send/records/find/", {"key": key}))
        assert "None of your referrals" in page
        assert key not in page


def test_what_came_of_it_is_shown_with_consent_alone(immigration: Caller) -> None:
    ngo = make_caller("NGO")
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    for consent, words in (("GIVEN", "Identified as a victim"), ("NOT_GIVEN", "has not given consent")):
        _, body = ngo.referral(consent=consent)
        path = f"/api/v1/cases/{body['case_token']}/assessment"
        assert immigration.put(path, assessment()).status_code == 201
        page = text(browser.get(browser.post("/send/records/find/", {"key": body["reference"]})["Location"]))
        assert words in page, page
        assert ("Identified as a victim" in page) is (consent == "GIVEN")


def test_a_referral_that_was_erased_is_gone_and_not_sent_again(caseworker: Browser, place: str) -> None:
    stored = Referral.objects.get()
    form = filled({"reference": [str(stored.reference)]})
    erase_person(Person(stored.case.token))
    for browser_answer in (caseworker.get(place), caseworker.post(ONE, form)):
        assert browser_answer.status_code == 410
        assert "must not be sent again" in browser_answer.content.decode()
    found = text(caseworker.post("/send/records/find/", {"key": str(stored.reference)}))
    assert "must not be sent again" in found
    assert not Referral.objects.exists()


def test_every_view_is_written_down(caseworker: Browser, place: str) -> None:
    for part in ("", "correct/", "withdraw/"):
        caseworker.get(f"{place}{part}")
    form = form_at(caseworker, f"{place}correct/")
    caseworker.post(f"{place}correct/", {**form, "gender": [""]})
    caseworker.post(f"{place}withdraw/", {"version": "1", "reason_code": ["DUPLICATE"]})
    caseworker.post(f"{place}again/", {"version": "2"})
    reads = [(each.operation, each.rows) for each in RecordRead.objects.order_by("id")]
    pages = ("record", "correct", "withdraw", "correct", "correct", "again")
    assert reads == [(f"desk/{name}", 1) for name in pages]
    assert all(each.user and each.user.username == "mette" for each in RecordRead.objects.all())


def test_who_corrects_withdraws_or_sends_again_reads_which_referral_it_is(caseworker: Browser, place: str) -> None:
    stored = Referral.objects.get()
    person = ", ".join(words_of(name, getattr(stored, name), "en") for name in KNOWN_BY)
    name = f"<strong>{month_words(stored.referred_in, 'en')}: {html.escape(person)} ({str(stored.reference)[:8]}…)</strong>"
    form = form_at(caseworker, f"{place}correct/")
    assert name in text(caseworker.get(f"{place}correct/"))
    assert name in text(caseworker.post(f"{place}correct/", {**form, "gender": [""]}))
    assert name in text(caseworker.get(f"{place}withdraw/")) and name in text(caseworker.post(f"{place}withdraw/"))
    caseworker.post(f"{place}withdraw/", {"version": "1", "reason_code": ["DUPLICATE"]})
    assert name in text(caseworker.post(f"{place}again/", {"version": "2"}))
    assert str(stored.reference)[:8] not in text(caseworker.get(ONE))
