"""What the pages of a person show of each record, and how a case is found by what lists show of it."""

from __future__ import annotations

import html
import re

import pytest

from cases.dictionary import ASSESSMENT, REFERRAL
from cases.fields import CodedField, CodeSetField
from cases.models import Case
from partners.models import AuditEvent, Partner
from tests.callers import Browser
from tests.cases.linking.pages import CASES, page, text
from tests.cases.linking.world import person
from tests.stats.records import at, case, identified, partner, referral

pytestmark = pytest.mark.django_db
OTHERS = re.compile(r"<details><summary>The other fields</summary>(.*?)</details>", re.DOTALL)


def rows_of(part: str) -> dict[str, list[str]]:
    """The rows of a table: for each field what each record says."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html.unescape(part))
    return {name: re.findall(r"<td>(.*?)</td>", cells) for name, cells in rows}


@pytest.mark.parametrize("act", ["change", "split"])
def test_every_coded_field_of_a_referral_stands_in_words(
    decider: Browser, centre: Partner, ngo: Partner, act: str
) -> None:
    one = identified(centre)
    referral(one, ngo, means_of_control=["DEBT_BONDAGE", "THREATS"], services_given=[], duration="M7T12")
    shown = text(decider.get(page(one, act)))
    fields = [each for each in REFERRAL if isinstance(each, CodedField | CodeSetField) and each.name != "consent"]
    assert {str(each.label) for each in fields} <= rows_of(shown).keys()
    others = rows_of(OTHERS.findall(shown)[0])
    assert others["Means of control"][0] == "Debt bondage, Threats"
    assert others["Services given"][0] == "none" and others["Duration of the exploitation"][0] == "7–12 months"
    assert "Gender" not in others and "Consent or outcome" not in others
    assert not re.findall(r"DEBT_BONDAGE|M7T12", shown)


def test_an_assessment_says_its_own_fields_there_and_none_of_a_referral(
    viewer: Browser, centre: Partner, ngo: Partner
) -> None:
    one = person(centre, ngo)
    others = rows_of(OTHERS.findall(text(viewer.get(page(one))))[0])
    own = [each for each in ASSESSMENT if each.name in {"decided_by", "reflection", "residence_outcome"}]
    assert {str(each.label) for each in own} <= others.keys()
    referred, assessed = others["Setting of the contact"]
    assert (bool(referred), assessed) == (True, "")
    assert others[str(own[0].label)][0] == ""


def test_records_stand_in_the_order_of_their_months(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    one = identified(centre)
    for month in ("2024-03", "2023-11", "2024-01"):
        referral(one, ngo, referred_in=month)
    months = rows_of(text(viewer.get(page(one))))["Month"]
    assert months[:3] == ["November 2023", "January 2024", "March 2024"] and len(months) == 4


def test_a_look_at_all_fields_is_the_look_that_it_was(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    text(viewer.get(page(person(centre, ngo))))
    assert AuditEvent.objects.filter(action="case.view").count() == 1


def test_a_case_is_found_by_the_eight_digits_that_lists_show(viewer: Browser, ngo: Partner) -> None:
    for one in (case(ngo), case(ngo, test=True)):
        name = str(one.pk)[:8]
        for typed in (name, name.upper(), f" {name}… "):
            assert viewer.post(f"{CASES}find/", {"tokens": typed})["Location"] == page(one)


def test_digits_of_no_case_or_of_several_find_none(viewer: Browser, ngo: Partner) -> None:
    none = text(viewer.post(f"{CASES}find/", {"tokens": "0123abcd"}))
    assert "No case begins like this. If it is a reference, use “Look a referral up”." in none
    for last in ("1", "2"):
        about = {"token": f"TOKEN{last}", "opened_at": at(0), "opened_by": ngo}
        Case.objects.create(pk=f"0123abcd-0000-4000-8000-00000000000{last}", **about)
    assert "Several cases begin like this." in text(viewer.post(f"{CASES}find/", {"tokens": "0123abcd"}))


def test_the_list_begins_with_real_cases(viewer: Browser, ngo: Partner) -> None:
    invented = case(partner(), test=True)
    real = Case.objects.create(token="EARLIER", opened_at=at(-60), opened_by=ngo)
    shown = text(viewer.get(CASES))
    assert shown.index(str(real.pk)) < shown.index(str(invented.pk))
