"""The staff pages of candidate pairs, with the rights of the web server."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from cases.duplicates.evidence import likelihood, odds
from cases.duplicates.models import Duplicate, DuplicateDecision
from cases.linking.decisions import merge
from cases.linking.models import CaseLink
from partners.audit import COMMAND
from partners.models import AuditEvent
from tests.callers import Browser
from tests.cases.duplicates.world import crowd, decide_pair, nobody, rare, run_search
from tests.stats.records import assessment, identified, partner, referral

pytestmark = pytest.mark.django_db
LIST = "/admin/duplicates/duplicate/"
DECISIONS = "/admin/duplicates/duplicatedecision/"
RIGHTS = ("decide_duplicates", "view_duplicatedecision")


def signed_in(name: str, *rights: str) -> Browser:
    """A browser of a member of staff with these rights."""
    user = User.objects.create_user(name, password="a-long-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def staff() -> Browser:
    """Who may decide."""
    return signed_in("caseworker", *RIGHTS)


@pytest.fixture
def pair() -> Duplicate:
    """A pair that waits. The second person has two referrals, one of which says something else."""
    ngo = partner()
    crowd(ngo)
    _, other = rare(ngo), rare(ngo, recruiter="FAMILY")
    referral(other.case, partner("POLICE"), gender="M", citizenship="KZ", referred_in="2025-04", recruiter="_U")
    run_search()
    return Duplicate.objects.get()


def page(pair: Duplicate) -> str:
    return f"{LIST}{pair.pk}/change/"


def content_of(response: Any) -> str:
    assert response.status_code == 200, response.content
    return str(response.content.decode())


def rows(text: str) -> dict[str, tuple[str, str, str]]:
    """The table of the page: for each field what the two say, and the mark."""
    found_ = re.findall(
        r"<tr>\s*<th scope=\"row\">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", text, re.DOTALL
    )
    return {name: (one, other, mark) for name, one, other, mark in found_}


def test_the_list_leads_to_the_two_persons_side_by_side(staff: Browser, pair: Duplicate) -> None:
    text = content_of(staff.get(LIST))
    assert page(pair) in text
    assert str(likelihood(pair.score)) in text
    shown = content_of(staff.get(page(pair), headers={"Accept-Language": "en"}))
    assert "bits" not in shown
    assert odds(pair.score).en in html.unescape(shown)
    table = rows(shown)
    assert table["Citizenship"][0] == "Kazakhstan"
    assert [table[name][2] for name in ("Citizenship", "Gender")] == ["<mark>the same</mark>", "partly the same"]
    assert {"Male", "Transgender or other"} <= {v for side in table["Gender"][:2] for v in side.split("<br>")}
    recruiter = next(row for row in table.values() if any("Family" in side for side in row[:2]))
    assert recruiter[2] == "differ"


def test_each_month_stands_with_who_referred_in_it(staff: Browser) -> None:
    """A later name of the alphabet may be the earlier month: each line is one referral."""
    early, late, agency = partner("POLICE"), partner("NGO"), partner("IMMIGRATION")
    assert late.name < early.name
    crowd(early)
    one, other = rare(early, services_given=[]), rare(early, services_given=[])
    referral(other.case, late, gender="X", citizenship="KZ", referred_in="2025-04", services_given=[])
    assessment(one.case, agency, decided_in="2025-06", outcome="IDENTIFIED")
    run_search()
    pair = Duplicate.objects.get()
    table = rows(content_of(staff.get(page(pair), headers={"Accept-Language": "en"})))
    first, second, mark = table["Referrals"]
    both = f"March 2025, {early.name}<br>April 2025, {late.name}"
    assert {first, second} == {f"March 2025, {early.name}", both} and mark == ""
    assert f"June 2025, {agency.name}: " in "".join(table["Assessments"][:2])
    assert table["Services given"] == ("none", "none", "<mark>the same</mark>")  # known to be none, not blank
    assert "Organisation" not in table and "Referred in" not in table


def test_none_is_said_of_a_person_of_whom_no_referral_says_more(staff: Browser) -> None:
    """Two persons do not agree because a referral of each says that there was none."""
    police, ngo = partner("POLICE"), partner("NGO")
    crowd(police)
    _, other = rare(police, services_given=[]), rare(police, services_given=[])
    referral(other.case, ngo, gender="X", citizenship="KZ", services_given=["HEALTH"])
    run_search()
    table = rows(content_of(staff.get(page(Duplicate.objects.get()), headers={"Accept-Language": "en"})))
    *sides, mark = table["Services given"]
    assert "none" in sides and mark == "differ" and not any("<br>" in side for side in sides)


def test_who_sees_cases_is_led_to_both(staff: Browser, pair: Duplicate) -> None:
    links = [f'href="/admin/cases/case/{case}/change/"' for case in (pair.case_a_id, pair.case_b_id)]
    seer = signed_in("seer", *RIGHTS, "view_conflicts")
    assert [link in content_of(seer.get(page(pair))) for link in links] == [True, True]
    assert [link in content_of(staff.get(page(pair))) for link in links] == [False, False]


def test_the_heads_name_the_pair_as_the_list_does(staff: Browser, pair: Duplicate) -> None:
    shown, heads = content_of(staff.get(page(pair))), zip(("First", "Second"), (pair.case_a, pair.case_b), strict=True)
    assert all(f"{name} person ({str(case.pk)[:8]})" in shown for name, case in heads)


def test_the_page_of_a_person_tells_of_the_pair_to_who_decides_on_it(staff: Browser, pair: Duplicate) -> None:
    seer, looker = signed_in("seer", *RIGHTS, "view_conflicts"), signed_in("looker", "view_conflicts")
    for case, other in ((pair.case_a_id, pair.case_b_id), (pair.case_b_id, pair.case_a_id)):
        told = f'May be the same person as case {str(other)[:8]}: <a href="{page(pair)}">compare</a>'
        assert told in content_of(seer.get(f"/admin/cases/case/{case}/change/"))
        assert "May be the same person" not in content_of(looker.get(f"/admin/cases/case/{case}/change/"))
    merge(by=COMMAND, cases=[pair.case_a_id, pair.case_b_id], reason_code="CONFIRMED")
    assert "May be the same person" not in content_of(seer.get(f"/admin/cases/case/{pair.case_a_id}/change/"))


def test_a_decision_leads_on_to_the_next_pair_and_from_the_last_to_the_list(staff: Browser, pair: Duplicate) -> None:
    one, other, third = (identified(partner("CENTRE")) for _ in range(3))
    few: dict[str, Any] = {"reasons": ["pattern"], "score": pair.score - 1}
    pairs = [sorted((one, each), key=lambda case: case.pk) for each in (other, third)]
    below = sorted((Duplicate.objects.create(case_a=a, case_b=b, **few) for a, b in pairs), key=lambda each: each.pk)
    said = {"decision": "DIFFERENT", "reason_code": "TWO_KNOWN"}
    answers = [staff.post(page(each), said) for each in (pair, *below)]
    assert [answer["Location"] for answer in answers] == [page(below[0]), page(below[1]), LIST]
    told = content_of(staff.get(LIST))
    assert told.count("Here is the next pair.") == 2 and told.count("Decided: two persons.") == 3


@pytest.mark.parametrize(
    ("score", "word", "sentence"),
    [
        (5.0, "very likely", "One person is about 32 times as likely as two."),
        (3.7, "likely", "One person is about 13 times as likely as two."),
        (0.2, "possible", "One person is as likely as two."),
        (-1.0, "possible", "Two persons are about 2 times as likely as one."),
        (40.0, "very likely", "One person is over 1,000 times as likely as two."),
        (5000.0, "very likely", "One person is over 1,000 times as likely as two."),
    ],
)
def test_a_score_is_told_in_words(score: float, word: str, sentence: str) -> None:
    assert (likelihood(score).en, odds(score).en) == (word, sentence)


def test_the_page_holds_no_token_reference_or_case(staff: Browser, pair: Duplicate) -> None:
    text = content_of(staff.get(page(pair))) + content_of(staff.get(LIST))
    for case in (pair.case_a, pair.case_b):
        assert case.token not in text
        assert str(case.pk) not in text
    assert "Statsborgerskab" in content_of(staff.get(page(pair), headers={"Accept-Language": "da"}))
    assert "<script" not in re.sub(r"<script src=[^>]*></script>", "", content_of(staff.get(page(pair))))
    assert " style=" not in content_of(staff.get(page(pair)))


@pytest.mark.parametrize(("decision", "reason", "merged"), [("SAME", "MATCH", True), ("DIFFERENT", "TWO_KNOWN", False)])
def test_a_decision_is_one_form(staff: Browser, pair: Duplicate, decision: str, reason: str, merged: bool) -> None:
    text = content_of(staff.post(page(pair), {"decision": decision, "reason_code": reason}, follow=True))
    assert ("Decided: one person." in text) == merged
    assert not Duplicate.objects.exists()
    assert CaseLink.objects.exists() == merged
    made = DuplicateDecision.objects.get()
    assert (made.decision, made.user.username) == (decision, "caseworker")
    assert made.get_reason_code_display() in content_of(staff.get(DECISIONS))
    assert made.get_reason_code_display() in content_of(staff.get(f"{DECISIONS}{made.pk}/change/"))
    assert staff.post(page(pair), {"decision": decision, "reason_code": reason}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "This field is required"),
        ({"decision": "SAME", "reason_code": "TWO_KNOWN"}, "does not belong to this decision"),
        ({"decision": "PERHAPS", "reason_code": "MATCH"}, "Select a valid choice"),
    ],
)
def test_what_is_no_decision_decides_nothing(staff: Browser, pair: Duplicate, sent: dict[str, str], words: str) -> None:
    assert words in content_of(staff.post(page(pair), sent, headers={"Accept-Language": "en"}))
    assert Duplicate.objects.exists()


def test_a_decided_pair_is_found_and_leads_to_its_cases(staff: Browser, pair: Duplicate) -> None:
    made = decide_pair("DIFFERENT", "TWO_KNOWN", pair)  # type: ignore[arg-type]
    both = f"{str(made.case_a_id)[:8]}, {str(made.case_b_id)[:8]}"
    assert both in content_of(staff.get(DECISIONS))
    row, case = f"{DECISIONS}{made.pk}/change/", f'<a href="/admin/cases/case/{made.case_b_id}/change/">'
    assert both in content_of(staff.get(row)) and case not in content_of(staff.get(row))
    assert case in content_of(signed_in("sees", "view_duplicatedecision", "view_conflicts").get(row))


def test_only_who_may_decide_sees_a_pair(pair: Duplicate) -> None:
    viewer = signed_in("viewer", "view_duplicate", "change_duplicate", "delete_duplicate", "view_duplicatedecision")
    assert viewer.get(LIST).status_code == 403
    assert viewer.get(page(pair)).status_code == 403
    assert viewer.post(page(pair), {"decision": "DIFFERENT", "reason_code": "TWO_KNOWN"}).status_code == 403
    assert viewer.get(DECISIONS).status_code == 200
    assert Browser().get(page(pair)).status_code == 302
    assert Duplicate.objects.exists()


def test_nothing_is_added_changed_or_deleted_by_hand(staff: Browser, pair: Duplicate) -> None:
    made = decide_pair("DIFFERENT", "TWO_KNOWN", pair)  # type: ignore[arg-type]
    for place in (LIST, DECISIONS):
        assert staff.get(f"{place}add/").status_code == 403
    for address in (f"{LIST}{pair.pk}/delete/", f"{DECISIONS}{made.pk}/delete/"):
        assert staff.post(address, {"post": "yes"}, follow=False).status_code in {302, 403}
    assert DuplicateDecision.objects.count() == 1
    for wrong in (nobody(), "1", "x"):
        assert staff.get(f"{LIST}{wrong}/change/").status_code == 404


def test_a_pair_that_was_merged_meanwhile_says_so(staff: Browser, pair: Duplicate) -> None:
    decide_pair("SAME", "MATCH", pair)  # type: ignore[arg-type]
    stale = Duplicate.objects.create(case_a=pair.case_a, case_b=pair.case_b, reasons=["pattern"], score=1)
    text = content_of(staff.post(page(stale), {"decision": "SAME", "reason_code": "MATCH"}))
    assert "already one person" in text


def test_both_persons_are_looked_at(staff: Browser, pair: Duplicate) -> None:
    content_of(staff.get(page(pair)))
    looked = AuditEvent.objects.filter(action="case.view").values_list("subject", flat=True)
    assert set(looked) == {str(pair.case_a_id), str(pair.case_b_id)}


def test_a_look_at_a_pair_is_one_at_every_case_of_the_two_persons(staff: Browser, pair: Duplicate) -> None:
    third = identified(partner("CENTRE"))
    merge(by=COMMAND, cases=[pair.case_a_id, third.pk], reason_code="CONFIRMED")
    content_of(staff.get(page(pair)))
    assert AuditEvent.objects.filter(action="case.view", subject=str(third.pk)).count() == 1


def test_an_empty_list_says_where_pairs_come_from(staff: Browser) -> None:
    assert "No pair waits for a decision. Operations look for new ones by the command" in content_of(staff.get(LIST))
    assert "No pair has been decided yet." in content_of(staff.get(DECISIONS))


def test_who_sees_cases_reads_who_opened_them_in_the_list_and_on_the_first_page(
    staff: Browser, pair: Duplicate
) -> None:
    seer, word = signed_in("seer", *RIGHTS, "view_conflicts"), str(likelihood(pair.score)).capitalize()
    cases = (pair.case_a, pair.case_b)
    named = " and ".join(f"case {str(case.pk)[:8]} ({case.opened_by})" for case in cases)
    assert f"{word}: {named}</a>" in content_of(seer.get("/admin/"))
    assert ", ".join(str(case.opened_by) for case in cases) in content_of(seer.get(LIST))
    unnamed = " and ".join(f"case {str(case.pk)[:8]}" for case in cases)
    assert f"{word}: {unnamed}</a>" in content_of(staff.get("/admin/"))
    assert "Opened by" not in content_of(staff.get(LIST)) and "Opened by" in content_of(seer.get(LIST))
