"""The pages on conflicts: the list, the decisions made there, and the audit row of each view."""

from __future__ import annotations

import html
from typing import Any

import pytest

from cases.linking.decisions import decide_attribute
from cases.linking.models import AttributeDecision
from cases.linking.words import PRECEDENCE, VERIFIED
from cases.models import Case
from core.text import short
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from tests.callers import Browser
from tests.cases.linking.pages import CASES, page, text
from tests.stats.records import assessment, identified, partner, referral

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    """The page without its entities."""
    return html.unescape(text(answer))


def torn(centre: Partner, ngo: Partner) -> Case:
    """A person of whom two equal referrals say two things."""
    made = identified(centre)
    for region in ("DK01", "DK02"):
        referral(made, ngo, region=region)
    return made


def test_conflicts_are_listed_and_decided(decider: Browser, viewer: Browser, centre: Partner, ngo: Partner) -> None:
    made = torn(centre, ngo)
    shown = text(viewer.get(f"{CASES}conflicts/?field=region"))
    for said in ("Region Zealand", "Capital Region of Denmark", "unresolved", str(made.pk), ngo.name):
        assert said in shown
    decide = page(made, "attribute/region")
    assert decide not in shown
    assert decide in text(decider.get(f"{CASES}conflicts/?field=region"))
    asked = text(decider.get(decide))
    assert "Region Zealand" in asked
    assert f"<h1>Decide for person {short(made.pk)}: Region</h1>" in asked
    assert asked.count('<option value="" selected>') == 2
    assert text(decider.post(decide, {"code": "", "reason": ""})).count("This field is required.") == 2
    after = text(decider.post(decide, {"code": "DK02", "reason": "CONFIRMED"}, follow=True))
    assert "Region: decided." in after
    decision = AttributeDecision.objects.get()
    assert (decision.code, str(decision.user)) == ("DK02", "who-decides")
    assert "Decided attributes" in after
    assert decider.post(decide, {"code": "_N", "reason": "WRONG_DECISION"}).status_code == 302
    assert AttributeDecision.objects.current().get().code == "_N"
    assert "valid choice" in text(decider.post(decide, {"code": "DK99", "reason": "CONFIRMED"}))


def test_after_one_conflict_comes_the_next_and_after_the_last_its_person(
    decider: Browser, centre: Partner, ngo: Partner
) -> None:
    """A person's second one, then that of another person. Whoever takes a decision back is not led to the same one again."""
    asked = set()
    for fields in (("gender", "citizenship"), ("gender",)):
        made = identified(centre)
        for number in (0, 1):
            values = {"gender": ("F", "M")[number], "citizenship": ("VN", "RO")[number]}
            referral(made, ngo, **{name: values[name] for name in fields})
        asked |= {page(made, f"attribute/{name}") for name in fields}
    assert f'href="{CASES}conflicts/"' in text(decider.get("/admin/"))
    place = min(asked)
    while asked:
        asked.remove(place)
        code = "F" if place.endswith("gender/") else "VN"
        answer = decider.post(place, {"code": code, "reason": "CONFIRMED"})
        led_to = answer["Location"]
        assert led_to in asked or not asked
        said = text(decider.get(led_to))
        assert "decided." in said and ("Here is the next conflict." in said) == bool(asked)
        place = led_to


def test_conflicts_come_a_page_at_a_time(
    viewer: Browser, centre: Partner, ngo: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.linking.admin.A_PAGE", 1)
    persons = {str(torn(centre, ngo).pk) for _ in range(2)}
    pages = [text(viewer.get(f"{CASES}conflicts/?field=region&p={number}")) for number in (1, 2, 9, "x")]
    on = [{each for each in persons if each in shown} for shown in pages]
    assert on[0] | on[1] == persons
    assert (on[1], on[0]) == (on[2], on[3])
    assert "p=2" in pages[0]
    assert "p=1" in pages[1]


def test_a_page_without_a_conflict(viewer: Browser, centre: Partner) -> None:
    assert "who are counted: 0, of which 0 are unresolved." in text(viewer.get(f"{CASES}conflicts/"))
    assert "None." in text(viewer.get(page(identified(centre))))


def test_conflicts_that_are_shown_are_looked_at(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    torn, other = identified(centre), identified(centre)
    referral(torn, ngo, citizenship="NG")
    referral(torn, partner("POLICE"), citizenship="RO")
    referral(other, ngo)
    text(viewer.get(f"{CASES}conflicts/"))
    assert [each.subject for each in AuditEvent.objects.filter(action="case.view")] == [str(torn.pk)]


def test_where_the_deciding_assessment_verified_no_decision_is_taken(
    decider: Browser, centre: Partner, ngo: Partner
) -> None:
    made = identified(centre, verified_gender="F")
    referral(made, ngo, gender="M", citizenship="NG")
    referral(made, partner("POLICE"), gender="F", citizenship="RO")
    decide_attribute(by=COMMAND, case=made.pk, field="gender", code="M", reason_code="CONFIRMED")
    shown = words(decider.get(page(made)))
    assert "<caption>Gender: counts as Female</caption>" in shown
    assert shown.count(VERIFIED.en) == 2  # below the conflict, and beside the decision that stands
    assert page(made, "attribute/gender") not in shown and page(made, "attribute/citizenship") in shown
    assert page(made, "attribute/gender") not in words(decider.get(f"{CASES}conflicts/?resolved=yes"))
    asked = words(decider.get(page(made, "attribute/gender")))
    assert VERIFIED.en in asked and 'name="sure"' not in asked and 'name="code"' not in asked
    refused = words(decider.post(page(made, "attribute/gender"), {"code": "M", "reason": "CONFIRMED"}))
    assert refused.count(VERIFIED.en) == 2 and "decided." not in refused
    assert AttributeDecision.objects.count() == 1
    assert PRECEDENCE.en in words(decider.get(page(made, "attribute/citizenship")))


def test_an_assessment_that_does_not_decide_stops_no_decision(decider: Browser, centre: Partner, ngo: Partner) -> None:
    made = identified(centre)
    assessment(made, partner("IMMIGRATION"), decided_in="2030-01", verified_gender="F")
    referral(made, ngo, gender="M")
    said = {"code": "F", "reason": "CONFIRMED"}
    assert "Gender: decided." in words(decider.post(page(made, "attribute/gender"), said, follow=True))
