"""From a request in the register to what is produced or erased for it, and back: both are written down, or neither is done."""

from __future__ import annotations

import re
import sys
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.erased.models import Tombstone
from cases.models import Case, Referral
from cases.months import month_shown
from oversight.subject_requests.models import RequestStep, SubjectRequest
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.callers import Browser, Caller, make_caller
from tests.oversight.rights.test_pages import PAGE, content_of, fingerprint
from tests.oversight.rights.world import Person, arrive, remaining_rows
from tests.oversight.rights.world import staff as officer
from tests.oversight.subject_requests.world import answer, identify, keeper, page, receive
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Browser:
    """The browser of somebody of data protection."""
    return signed_in(keeper())


def about(row: SubjectRequest) -> str:
    """The page that produces and erases, for a request."""
    return f"{PAGE}?request={row.pk}"


def erase_for(browser: Browser, row: SubjectRequest, person: Person) -> Any:
    """The answer to erasing a person for a request."""
    seen = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    form = {"token": person.token, "reason": "REQUESTED", "fingerprint": fingerprint(seen), "confirm": "on"}
    return browser.post(about(row), {"act": "erase", **form})


def steps(row: SubjectRequest) -> list[tuple[str, str]]:
    """The steps of a request."""
    return [(step.act, step.code) for step in RequestStep.objects.filter(request=row).order_by("pk")]


def test_what_is_produced_stands_in_the_register_without_the_case(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive())
    shown = content_of(browser.get(about(row)))
    assert f"<h1>{row}: produce the data</h1>" in shown
    assert f'<li><a href="{page(row)}">{row}</a></li>' in shown
    needles = [person.token, *person.references, str(person.case.pk)]
    file = browser.post(about(row), {"act": "produce", "token": person.token, "kinds_only": "on"})
    assert file["Content-Disposition"] == f'attachment; filename="request-{row.pk}.html"'
    form = {"act": "produce", "token": person.token, "json": "on"}
    danish = browser.post(about(row), form, headers={"Accept-Language": "da"})
    assert danish["Content-Disposition"] == f'attachment; filename="anmodning-{row.pk}.json"'
    assert steps(row)[1:] == [("PRODUCED", "KINDS"), ("PRODUCED", "NAMES")]
    kept = remaining_rows(needles)
    assert "public.subject_requests_requeststep" not in kept
    assert not any(
        needle in str([each.__dict__ for each in AuditEvent.objects.filter(action="subjectrequest.produced")])
        for needle in needles
    )
    answer(row, "PRODUCED")


def test_what_is_erased_leads_back_to_the_request_with_its_tombstone(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), identify(receive("ERASURE"))
    needles = person.needles
    done = erase_for(browser, row, person)
    assert (done.status_code, done["Location"]) == (302, page(row))
    stone = Tombstone.objects.get()
    shown = browser.get(page(row)).content.decode()
    assert "The erasure is called" in shown and "ombstone " not in shown
    assert f"/admin/erased/tombstone/{stone.pk}/change/" in shown
    assert remaining_rows(needles) == {}
    answer(row, "ERASED")


@pytest.mark.parametrize(("kind", "reason"), [("ERASURE", "REQUESTED"), ("OBJECTION", "OBJECTED")])
def test_who_erases_for_a_request_finds_its_reason_chosen_and_one_token_to_type(
    ngo: Caller, browser: Browser, kind: str, reason: str
) -> None:
    person, row = arrive(ngo), identify(receive(kind))
    before = content_of(browser.get(about(row)))
    assert "<details>" not in before and before.count('name="token"') == 1
    shown = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    assert f'<option value="{reason}" selected>' in shown
    folded, _, open_part = shown.partition("<details><summary>")[2].partition("</details>")
    assert 'id="id_token"' in folded and 'value="produce"' in folded
    assert '<label for="erase_token">Type the case token again to erase:</label>' in open_part
    assert '<button class="button final" name="act" value="erase">Erase for good</button>' in open_part
    assert '<option value="" selected>' in content_of(browser.post(PAGE, {"act": "look", "token": person.token}))


def test_before_the_identity_is_checked_nothing_is_produced_or_erased(ngo: Caller, browser: Browser) -> None:
    person, row = arrive(ngo), receive("ERASURE")
    answered = browser.post(about(row), {"act": "produce", "token": person.token})
    assert "Content-Disposition" not in answered
    assert "First check who asks" in content_of(answered)
    assert "First check who asks" in content_of(erase_for(browser, row, person))
    assert Case.objects.exists() and not Tombstone.objects.exists()
    assert not AuditEvent.objects.filter(action__in=["case.produce", "case.erase"]).exists()
    assert steps(row) == []


@pytest.mark.parametrize("kind", ["ACCESS", "RECTIFICATION", "RESTRICTION"])
def test_a_request_of_another_kind_erases_nobody(ngo: Caller, browser: Browser, kind: str) -> None:
    person, row = arrive(ngo), identify(receive(kind))
    seen = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    assert "Held about the person" in seen and 'value="erase"' not in seen
    whole = fingerprint(content_of(browser.post(PAGE, {"act": "look", "token": person.token})))
    form = {"token": person.token, "reason": "REQUESTED", "fingerprint": whole, "confirm": "on"}
    refused = content_of(browser.post(about(row), {"act": "erase", **form}))
    assert "Only a request for erasure or an objection leads to an erasure." in refused
    assert Case.objects.exists() and not Tombstone.objects.exists()
    assert steps(row) == [("IDENTIFIED", "CARD")]


@pytest.mark.parametrize("kind", ["RECTIFICATION", "RESTRICTION"])
def test_who_only_looks_reads_whose_records_are_held_and_produces_nothing(
    ngo: Caller, centre: Caller, browser: Browser, kind: str
) -> None:
    person, row = arrive(ngo, decider=centre), identify(receive(kind))
    before = content_of(browser.get(about(row)))
    assert ">See what is held</button>" in before and 'value="produce"' not in before and "kinds_only" not in before
    seen = content_of(browser.post(about(row), {"act": "look", "token": person.token}))
    month = month_shown(Referral.objects.current().get().referred_in)
    assert "1 case, 1 referral, 1 assessment:" in seen
    assert f"<li>referral, {ngo.partner}, {month}</li>" in seen and f"<li>assessment, {centre.partner}, " in seen
    refused = browser.post(about(row), {"act": "produce", "token": person.token})
    assert "does not lead to producing the data" in content_of(refused) and "Content-Disposition" not in refused
    assert steps(row) == [("IDENTIFIED", "CARD")]
    assert not AuditEvent.objects.filter(action="case.produce").exists()


def test_a_request_is_not_about_test_data(browser: Browser) -> None:
    """Else it could be answered as erased, and nobody was."""
    person, row = arrive(make_caller("NGO", mode=Mode.TEST)), identify(receive("ERASURE"))
    form = {"token": person.token, "test": "on"}
    assert "not about test data" in content_of(browser.post(about(row), {"act": "produce", **form}))
    seen = content_of(browser.post(about(row), {"act": "look", **form}))
    erasing = {"reason": "REQUESTED", "fingerprint": fingerprint(seen), "confirm": "on"}
    assert "not about test data" in content_of(browser.post(about(row), {"act": "erase", **form, **erasing}))
    assert Case.objects.exists() and steps(row) == [("IDENTIFIED", "CARD")]


def test_a_mistyped_token_writes_no_step(ngo: Caller, browser: Browser) -> None:
    row = identify(receive())
    assert "typing error" in content_of(browser.post(about(row), {"act": "produce", "token": "7KQ2M8XW4A5"}))
    assert steps(row) == [("IDENTIFIED", "CARD")]


def test_what_is_answered_and_was_not_done_is_refused(browser: Browser) -> None:
    row = identify(receive())
    with pytest.raises(Exception, match="What is answered was not done from this request"):
        answer(row, "PRODUCED")


def test_the_page_is_about_an_open_request_of_who_keeps_the_register(ngo: Caller, browser: Browser) -> None:
    row = identify(receive())
    stranger = signed_in(staff("stranger"))
    assert stranger.get(about(row)).status_code == 403
    assert signed_in(officer("eraser", "erase_case")).get(about(row)).status_code == 403
    answer(row)
    assert {browser.get(about(row)).status_code, browser.get(f"{PAGE}?request=x").status_code} == {404}
    assert browser.get(f"{PAGE}?request={'9' * 40}").status_code == 404


def test_the_command_answers_a_request_too(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    person, row, user = arrive(ngo), identify(receive("ERASURE")), keeper().username

    def case(action: str, **options: Any) -> str:
        said = StringIO()
        monkeypatch.setattr(sys, "stdin", StringIO(f"{person.token}\n"))
        call_command("case", action, user=user, stdout=said, **options)
        return said.getvalue()

    case("produce", request=row.pk)
    shown = case("erase", reason="REQUESTED", request=row.pk)
    case("erase", reason="REQUESTED", request=row.pk, confirm=re.findall(r"[0-9a-f]{16}", shown)[0])
    assert [act for act, _ in steps(row)] == ["IDENTIFIED", "PRODUCED", "ERASED"]
    with pytest.raises(CommandError, match="erased"):
        case("produce", request=row.pk)


def test_an_erasure_says_what_went_by_whom_and_for_which_request(ngo: Caller, browser: Browser) -> None:
    person, row, other = arrive(ngo), identify(receive("ERASURE")), arrive(ngo)
    erase_for(browser, row, person)
    stone = Tombstone.objects.get()
    shown = browser.get(f"/admin/erased/tombstone/{stone.pk}/change/").content.decode()
    assert f"<h1>Erasure {stone}</h1>" in shown and "Erased by" in shown and "Test data" not in shown
    assert f'<a href="{page(row)}">{row}</a>' in shown
    assert "<div>referrals: 1</div>" in shown and ": 0<" not in shown
    auditor = signed_in(staff("auditor", "auditor"))
    listed = auditor.get("/admin/partners/auditevent/?action=case.erase").content.decode()
    sentence = listed.partition(f"Person erased: {stone}</a>")[2].partition("</td>")[0]
    assert "referrals: 1" in sentence and ": 0" not in sentence
    # Without a request there is none to name.
    looked = content_of(browser.post(PAGE, {"act": "look", "token": other.token}))
    form = {"token": other.token, "reason": "REQUESTED", "fingerprint": fingerprint(looked), "confirm": "on"}
    assert browser.post(PAGE, {"act": "erase", **form}).status_code == 302
    alone = Tombstone.objects.exclude(pk=stone.pk).get()
    assert str(row) not in browser.get(f"/admin/erased/tombstone/{alone.pk}/change/").content.decode()
