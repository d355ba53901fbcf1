"""Who has reported which form of counts, as staff see it: in words and without a number, and a reminder by one click."""

from __future__ import annotations

import html
import re
import tracemalloc
from collections import Counter
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.months import later, this_month
from cases.services import jumps
from cases.services.content import sum_of
from cases.services.forms import HOTLINE, OUTREACH
from cases.services.models import CountReport
from partners import audit
from partners.audit import COMMAND
from partners.mail.models import Mailing
from partners.models import Partner
from partners.roles import STAFF_ROLES
from tests.callers import Browser, Caller, make_caller
from tests.cases.services.world import assign
from tests.mail.boxes import give_address
from tests.notices import world
from tests.people.visitors import member, signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
# The last year of which every report was due.
LAST = later(this_month(), -2).year - 1
PAGE = f"/admin/quality/ruletally/counts/?year={LAST}"
SEES = {"statistician", "approver", "partner_manager", "auditor", "case_manager"}
VISITS = [{"region": "DK01", "setting": "STREET", "activity": "VISIT", "visits": 76543}]


@pytest.fixture
def reported(ngo: Caller, other_ngo: Caller) -> None:
    """Last year: three months of one partner that came late, each saying another thing; one partner of whom all is missing."""
    for each in (ngo, other_ngo):
        assign(each.partner, OUTREACH, date(LAST, 9, 1))
    for month, content in {
        9: {"visits": [], "contacts": []},
        10: {"visits": VISITS},
        11: {"visits": VISITS, "contacts": []},
    }.items():
        ngo.put(f"/api/v1/counts/OUTREACH/{LAST}-{month:02d}", content)
    ngo.put(f"/api/v1/counts/HOTLINE/{LAST}-02", {"calls": []})


def of_role(role: str) -> Browser:
    """The browser of a member of staff with a role."""
    return signed_in(staff(f"one-{role}", role))


def rows(page: str) -> list[list[str]]:
    """The cells of the rows of the tables of forms, with their heads."""
    tables = "".join(re.findall(r'<div class="wide".*?</table>', page, re.DOTALL))
    lines = re.findall(r"<tr>(.*?)</tr>", tables, re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines)
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in line] for line in cells]


def test_each_period_stands_in_words_and_no_number_is_told(reported: None, ngo: Caller, other_ngo: Caller) -> None:
    answer = of_role("statistician").get(PAGE)
    strict(answer)
    page = text(answer)
    late = "received late"
    said = [f"{late} (nothing to report)", f"{late} (partly not known) (far from the periods before)", late, "missing"]
    outreach, hotline = rows(page)[0], rows(page)[3]
    assert outreach == ["Partner", *(f"{month} {LAST}" for month in ("September", "October", "November", "December"))]
    assert {name: cells for name, *cells in rows(page)[1:3]} == {
        ngo.partner.name: said,
        other_ngo.partner.name: ["missing"] * 4,
    }
    assert re.findall(r"<p>Missing: (\d+)\.</p>", page) == ["5"]
    assert (
        hotline == ["Partner", f"February {LAST}"] and rows(page)[4][1] == "received, not expected (nothing to report)"
    )
    assert "76543" not in str(rows(page)) and "Send a reminder" not in page


def test_a_report_that_is_unlike_those_before_it_is_marked_in_words(ngo: Caller) -> None:
    """The periods of the year before tell what is usual, too."""
    assign(ngo.partner, OUTREACH, date(LAST, 1, 1))
    before = {f"{LAST - 1}-10": 200, f"{LAST - 1}-11": 21, f"{LAST - 1}-12": 22}
    numbers = before | {f"{LAST}-01": 23, f"{LAST}-02": 230, f"{LAST}-03": 230}
    for period, number in numbers.items():
        ngo.put(f"/api/v1/counts/OUTREACH/{period}", {"visits": [{**VISITS[0], "visits": number}], "contacts": []})
    page = text(of_role("statistician").get(PAGE))
    late = "received late"
    assert rows(page)[1][1:4] == [
        late,
        f"{late} (far from the periods before)",
        f"{late} (exactly as the period before)",
    ]
    assert "230" not in str(rows(page))


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_who_sees_quality_sees_it_and_only_who_may_is_offered_more(
    role: str, reported: None, ngo: Caller, mail_on: list[EmailMessage]
) -> None:
    browser = of_role(role)
    answer = browser.get(PAGE)
    assert answer.status_code == (200 if role in SEES else 403)
    page = answer.content.decode()
    is_manager = role == "partner_manager"
    assert ("Send a reminder" in page, "/admin/services/countassignment/add/" in page) == (is_manager, is_manager)
    assert (f"/admin/partners/partner/{ngo.partner.pk}/" in page) == (role in {"partner_manager", "auditor"})
    path = f"/admin/quality/ruletally/counts/{ngo.partner.pk}/OUTREACH/{LAST}-12/"
    assert browser.post(path).status_code == (302 if is_manager else 403)
    assert ("/admin/quality/ruletally/counts/" in text(browser.get("/admin/"))) == (role in SEES)
    assert browser.post(PAGE).status_code == (405 if role in SEES else 403)


def test_a_missing_form_is_reminded_of_by_one_click(reported: None, ngo: Caller, mail_on: list[EmailMessage]) -> None:
    give_address(member(ngo.partner, name="mette").user)
    browser = of_role("partner_manager")
    path = f"/admin/quality/ruletally/counts/{ngo.partner.pk}/OUTREACH/{LAST}"
    page = text(browser.post(f"{path}-12/", follow=True))
    assert f"was reminded of Outreach, December {LAST}. Mails: 1." in page
    assert "That report is not missing." in text(browser.post(f"{path}-11/", follow=True))
    assert Mailing.objects.count() == 1
    assert [browser.get(f"{path}-12/").status_code, browser.post(f"{path}-13/").status_code] == [200, 404]


def test_a_closed_partner_stands_there_and_is_not_reminded(
    reported: None, ngo: Caller, other_ngo: Caller, mail_on: list[EmailMessage]
) -> None:
    Partner.objects.filter(pk=other_ngo.partner.pk).update(active=False)
    audit.record(by=COMMAND, action="partner.change", subject=str(other_ngo.partner.pk), active=False)
    page = text(of_role("partner_manager").get(PAGE))
    assert [other_ngo.partner.name, *["missing"] * 4] in rows(page)
    assert f"{ngo.partner.pk}/OUTREACH" in page and f"{other_ngo.partner.pk}/OUTREACH" not in page


def test_weeks_of_a_crisis_stand_there_and_the_page_reads_as_often_for_many_partners(
    ngo: Caller, other_ngo: Caller
) -> None:
    Partner.objects.update(created_at=f"{LAST}-01-01T00:00Z")
    world.declare(started_on=date(LAST, 3, 10))
    browser = of_role("auditor")
    numbers: list[Any] = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            page = text(browser.get(PAGE))
        numbers.append(len(captured))
        assign(other_ngo.partner, HOTLINE, date(LAST, 1, 1))
        ngo.put(f"/api/v1/counts/SITUATION/{LAST}-W11", {"situation": []})
    assert f"week 11, {LAST}" in page and "received late (nothing to report)" in page
    assert numbers[0] == numbers[1]


def peak_of(browser: Browser) -> int:
    """How many bytes the page takes at most."""
    tracemalloc.start()
    text(browser.get(PAGE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_many_partners_with_many_lines_take_no_more_memory_than_one_and_each_report_is_added_up_once() -> None:
    content, months, browser = (
        {"visits": [{**VISITS[0], "addresses": 1}] * 1000, "contacts": []},
        range(1, 13),
        of_role("auditor"),
    )

    def report() -> None:
        caller = make_caller("NGO")
        row = {"partner": caller.partner, "client": caller.client, "form": "OUTREACH", "form_version": OUTREACH.version}
        row |= {"version": 1, "content": content, "recorded_at": timezone.now()}
        CountReport.objects.bulk_create(CountReport(**row, period=date(LAST, month, 1)) for month in months)

    report()
    peak_of(browser)  # what is loaded once
    one = peak_of(browser)
    for _ in range(4):
        report()
    assert peak_of(browser) < 2 * one
    with patch.object(jumps, "sum_of", wraps=sum_of) as adds_up:
        text(browser.get(PAGE))
    keys = Counter(call.args[1:] for call in adds_up.call_args_list)
    assert keys == dict.fromkeys(((table.name, each.name) for table, each in OUTREACH.measures()), 5 * 12)
