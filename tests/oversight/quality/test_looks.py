"""Staff see a partner's desk as the partner does: only to read, only what their role shows anyway, and never unnoted."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from oversight.quality import looks
from oversight.quality.models import DeskLook
from oversight.quality.words import LOOK_PAGES
from partners.models import AuditEvent, Partner
from partners.roles import STAFF_ROLES
from tests.callers import Browser
from tests.oversight.quality.world import YEAR, referred, reporting
from tests.people.visitors import member, signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
REASON = {"reason": "QUALITY_TALK"}
# Which pages of a desk each role may look at. A role that sees no records sees none here either.
MAY = {"case_manager": set(LOOK_PAGES), "partner_manager": {"CALENDAR"}}


@pytest.fixture
def shelter() -> Partner:
    """A partner with referrals of the year."""
    made = reporting()
    referred(made, 23, gender="_U")
    return made


def page_of(partner: Partner, page: str) -> str:
    """The address of a page of a desk."""
    return f"/admin/quality/ruletally/at/{partner.pk}/{page.lower()}/?year={YEAR}"


def of_role(role: str) -> Browser:
    """The browser of a member of staff with a role."""
    return signed_in(staff(f"one-{role}", role))


def look(browser: Browser, partner: Partner, page: str) -> str:
    """The page, after giving a reason."""
    return text(browser.sure(page_of(partner, page), REASON, follow=True))


def test_a_look_asks_for_a_reason_and_each_page_is_noted(shelter: Partner) -> None:
    browser = of_role("case_manager")
    asked = browser.get(page_of(shelter, "FEEDBACK"))
    strict(asked)
    assert f"<h1>See {shelter} as the partner does: Feedback</h1>" in text(asked)
    # Nothing was asked that a No would answer, and nobody gives a reason by a click alone.
    assert ">Cancel</a>" in text(asked) and "No, back" not in text(asked)
    assert re.search(r'<select name="reason"[^>]*>\s*<option value="" selected>', text(asked))
    assert "You have 23 referrals" not in text(asked)
    assert not DeskLook.objects.exists()
    assert f"You have 23 referrals of {YEAR}." in look(browser, shelter, "FEEDBACK")
    for page in ("CALENDAR", "YEAR"):
        answer = browser.get(page_of(shelter, page))
        strict(answer)
        assert "You cannot change anything." in text(answer)
    events = AuditEvent.objects.filter(action="desk.look")
    assert [each.page for each in DeskLook.objects.order_by("looked_at")] == ["FEEDBACK", "CALENDAR", "YEAR"]
    assert {(each.subject, each.detail["reason"]) for each in events} == {(str(shelter.pk), "QUALITY_TALK")}
    assert events.count() == 3


@pytest.mark.parametrize("form", [{}, {"reason": ""}, {"reason": "CURIOUS"}])
def test_without_a_reason_of_the_list_nothing_is_shown(shelter: Partner, form: dict[str, str]) -> None:
    browser = of_role("case_manager")
    answer = browser.sure(page_of(shelter, "FEEDBACK"), form)
    assert answer.status_code == 200
    assert "You have 23 referrals" not in text(browser.get(page_of(shelter, "FEEDBACK")))
    assert not DeskLook.objects.exists()


def test_a_reason_holds_for_one_partner_and_half_an_hour(shelter: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, other = of_role("case_manager"), reporting()
    look(browser, shelter, "FEEDBACK")
    assert "the partner can see when and why" in text(browser.get(page_of(other, "FEEDBACK")))
    assert DeskLook.objects.count() == 1
    assert looks.HOLDS == 1800
    monkeypatch.setattr(looks, "HOLDS", 0)
    assert "the partner can see when and why" in look(browser, other, "FEEDBACK")
    assert DeskLook.objects.count() == 1


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_nobody_sees_by_looking_what_the_role_does_not_see(shelter: Partner, role: str) -> None:
    browser = of_role(role)
    for page in LOOK_PAGES:
        status = browser.get(page_of(shelter, page)).status_code
        assert status == (200 if page in MAY.get(role, set()) else 403), page
        if status == 403:
            assert browser.sure(page_of(shelter, page), REASON).status_code == 403
    if role == "partner_manager":
        page_seen = look(browser, shelter, "CALENDAR")
        assert ">23<" not in page_seen
        assert "received" in page_seen
        assert "feedback/?year" not in page_seen
    assert not DeskLook.objects.exclude(page="CALENDAR").exists()


def test_people_of_partners_do_not_look_at_each_other(shelter: Partner) -> None:
    browser = signed_in(member(reporting()).user)
    assert browser.get(page_of(shelter, "CALENDAR")).status_code == 403


def rows_of_partners() -> dict[str, int]:
    """How many rows each table has that a partner writes."""
    labels = ("cases", "intake", "reporting", "people")
    models = [each for label in labels for each in apps.get_app_config(label).get_models()]
    names = {"people.WebSession", "people.CacheEntry"}
    return {each._meta.label: each._default_manager.count() for each in models if each._meta.label not in names}


@pytest.mark.parametrize("page", LOOK_PAGES)
def test_a_look_has_no_form_and_no_method_changes_anything(shelter: Partner, page: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    shown = look(browser, shelter, page)
    content = shown.partition('<div id="content"')[2].partition("<footer")[0]
    assert "<form" not in content
    before = rows_of_partners()
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(browser, method)(page_of(shelter, page))
        assert answer.status_code in {200, 403}
        assert answer.status_code == 403 or "You have 23 referrals" not in answer.content.decode()
    assert rows_of_partners() == before


def test_what_there_is_not_is_not_found(shelter: Partner) -> None:
    browser = of_role("case_manager")
    for page in ("nothing", "FEEDBACK"):
        assert browser.get(f"/admin/quality/ruletally/at/{shelter.pk}/{page}/").status_code == 404


def test_the_list_of_looks_says_what_a_look_is(shelter: Partner) -> None:
    shown = text(of_role("case_manager").get("/admin/quality/desklook/"))
    assert "saw a partner&#x27;s pages as the partner does, and why" in shown and "Nobody has seen" in shown
