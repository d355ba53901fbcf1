"""What staff see of a person who had the processing restricted: a lock in the list, 423 on every page, and nothing to decide."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases.duplicates.models import Decision, Duplicate
from cases.duplicates.search import search
from cases.intake.revalidation import revalidate
from cases.linking import decisions
from cases.linking.conflicts import listing
from cases.linking.decisions import LinkRefused
from cases.models import Assessment, Case, Referral
from oversight.quality.overview import lengths
from oversight.quality.pages import field_months
from oversight.quality.shares import not_known
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from tests.callers import Browser, Caller, as_web_server
from tests.cases.duplicates.world import decide_pair
from tests.cases.linking.pages import CASES, page
from tests.cases.linking.world import merge_cases, split_case, undo_decision
from tests.cases.linking.world import staff as decider
from tests.oversight.returns.world import answer, send_back
from tests.oversight.rights.restricting import inform, lift_from, restrict
from tests.oversight.rights.world import Person, arrive
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
LOCKED = "The processing is restricted"
RETURNS = "/admin/returns/return/"


@pytest.fixture
def browser(db: None) -> Browser:
    """The browser of a case manager."""
    return signed_in(staff("manager", "case_manager"))


@pytest.fixture
def person(ngo: Caller, police: Caller, centre: Caller) -> Person:
    """Somebody whose records contradict each other, not yet restricted."""
    return arrive(ngo, police, decider=centre, citizenship="VN")


def locked(answer: Any) -> None:
    """The page says that the processing is restricted, and no value of a record."""
    text = answer.content.decode()
    assert answer.status_code == 423
    assert LOCKED in text
    assert not re.findall(r"\bViet|\bVN\b", text)


def test_no_page_of_hers_tells_anything(browser: Browser, person: Person, ngo: Caller) -> None:
    other = arrive(ngo)
    wrong = merge_cases(person.case, Case.objects.get(token=arrive(ngo).token))
    restrict(person.token)
    for act in ("change", "split", "attribute/gender"):
        locked(browser.get(page(person.case, act)))
    locked(browser.get(f"{CASES}decision/{wrong.pk}/undo/"))
    said = {"tokens": f"{person.token}\n{other.token}", "reason": "CONFIRMED"}
    locked(browser.post(f"{CASES}merge/", said))
    assert not AuditEvent.objects.filter(action="case.view").exists()


def test_the_list_shows_a_lock_and_others_open(browser: Browser, person: Person, ngo: Caller) -> None:
    other = arrive(ngo)
    before = browser.get(CASES).content.decode()
    assert ">restricted<" not in before
    restrict(person.token)
    assert browser.get(CASES).content.decode().count(">restricted<") == 1
    assert browser.get(page(other.case)).status_code == 200


def test_nothing_is_decided_on_her(person: Person, ngo: Caller) -> None:
    other = arrive(ngo)
    merged = merge_cases(person.case, other.case)
    restrict(person.token)
    mine = Referral.objects.current().filter(case=person.case).first()
    assert mine is not None
    with pytest.raises(LinkRefused, match="is restricted"):
        split_case(person.case, mine)
    with pytest.raises(LinkRefused, match="is restricted"):
        undo_decision(merged)
    with pytest.raises(LinkRefused, match="is restricted"):
        decisions.decide_attribute(
            by=Actor.of(decider()), case=person.case.pk, field="gender", code="F", reason_code="CONFIRMED"
        )


def test_a_split_of_before_is_not_undone_either(person: Person, police: Caller) -> None:
    moved = Referral.objects.of(police.partner.pk).current().get()
    decision, _ = split_case(person.case, moved)
    row = restrict(person.token)
    with pytest.raises(LinkRefused, match="is restricted"):
        undo_decision(decision)
    lift_from(inform(row))
    undo_decision(decision)


def test_no_conflict_of_hers_is_listed(person: Person, ngo: Caller) -> None:
    ngo.referral(case_token=person.token, citizenship="RO")

    def found() -> set[UUID]:
        return {who for who, _ in listing(None, page=1, size=50, resolved=True).pairs}

    assert person.case.pk in found()
    row = restrict(person.token)
    assert person.case.pk not in found()
    lift_from(inform(row))
    assert person.case.pk in found()


def test_no_pair_of_hers_is_listed_shown_or_found(browser: Browser, person: Person, ngo: Caller) -> None:
    other = arrive(ngo)
    one, two = sorted((person.case.pk, other.case.pk))
    pair = Duplicate.objects.create(case_a_id=one, case_b_id=two, reasons=["linkage_code"], score=9.0)
    address = "/admin/duplicates/duplicate/"
    assert str(pair.pk) in browser.get(address).content.decode()
    assert browser.get(f"{address}{pair.pk}/change/").status_code == 200
    counted = search(by=COMMAND).referrals
    Duplicate.objects.get_or_create(case_a_id=one, case_b_id=two, defaults={"reasons": ["linkage_code"], "score": 9.0})
    pair = Duplicate.objects.get(case_a_id=one, case_b_id=two)
    restrict(person.token)
    assert str(pair.pk) not in browser.get(address).content.decode()
    assert 'id="waiting-duplicates"' not in browser.get("/admin/").content.decode()
    locked(browser.get(f"{address}{pair.pk}/change/"))
    assert str(person.case.pk) not in browser.get(page(other.case)).content.decode()
    assert search(by=COMMAND).referrals == counted - len(person.references)


def test_no_decision_on_a_pair_of_hers_is_shown(person: Person, ngo: Caller) -> None:
    browser, address = signed_in(staff("manager", "case_manager")), "/admin/duplicates/duplicatedecision/"
    one, two = sorted((person.case.pk, arrive(ngo).case.pk))
    pair = Duplicate.objects.create(case_a_id=one, case_b_id=two, reasons=["linkage_code"], score=9.0)
    place = f"{address}{decide_pair(Decision.DIFFERENT, 'TWO_KNOWN', pair).pk}/change/"
    assert browser.get(place).status_code == 200
    restrict(person.token)
    assert place not in browser.get(address).content.decode()
    assert str(person.case.pk) not in browser.get(place, follow=True).content.decode()


def test_what_was_returned_of_hers_waits_for_nobody(browser: Browser, ngo: Caller) -> None:
    path, stored = ngo.referral(citizenship="VN")
    inquiry = send_back(path)
    version = Referral.objects.get().pk
    assert str(inquiry.pk) in browser.get(RETURNS).content.decode()
    restrict(stored["case_token"])
    assert str(inquiry.pk) not in browser.get(RETURNS).content.decode()
    for place in (f"{inquiry.pk}/change/", f"ask/{version}/", f"{inquiry.pk}/take-back/"):
        locked(browser.get(f"{RETURNS}{place}"))
    for key in (stored["reference"], stored["case_token"]):
        locked(browser.post(f"{RETURNS}find/", {"name": key}))


def test_no_answer_about_her_waits_for_staff(browser: Browser, ngo: Caller) -> None:
    path, stored = ngo.referral()
    answer(ngo, send_back(path))
    waits = "An answer to a returned referral has come"
    assert waits in browser.get("/admin/").content.decode()
    restrict(stored["case_token"])
    assert waits not in browser.get("/admin/").content.decode()


def test_what_quality_counts_leaves_her_out(person: Person, ngo: Caller) -> None:
    def shares() -> int:
        with as_web_server():
            return sum(each.referrals for each in not_known(2000, 2100).values())

    def months() -> int:
        year = Referral.objects.of(ngo.partner.pk).current().get().referred_in.year
        return len(field_months(ngo.partner, "gender", year))

    year = Assessment.objects.current().get().decided_in.year
    assert months() == 1
    assert sum(persons for _, _, persons in lengths(year)) == 1
    before, checked = shares(), revalidate(by=COMMAND).referrals
    restrict(person.token)
    assert shares() == before - len(person.references)
    assert revalidate(by=COMMAND).referrals == checked - len(person.references)
    assert lengths(year) == []
    assert months() == 0


def test_an_unknown_case_is_still_unknown(browser: Browser, person: Person) -> None:
    restrict(person.token)
    assert browser.get(f"{CASES}{uuid4()}/change/").status_code == 404
