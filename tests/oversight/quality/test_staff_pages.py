"""The quality page of staff, the lists that its cells lead to, and reminders: what each role sees there and what it does not."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.intake.models import Batch
from cases.intake.rulebook import RULES
from oversight.quality.models import FieldComparison, RuleTally
from oversight.quality.overview import few
from partners.mail.models import Mailing
from partners.models import AuditEvent, Partner
from partners.roles import STAFF_ROLES
from tests.callers import Browser
from tests.mail.boxes import give_address
from tests.oversight.quality.world import YEAR, referred, reporting, tally
from tests.pages.tables import rows as cells
from tests.people.visitors import member, signed_in, staff, strict, text
from tests.stats.records import assessment, case, partner, referral

pytestmark = pytest.mark.django_db
PAGE = f"/admin/quality/ruletally/?year={YEAR}"
CSV = f"/admin/quality/ruletally/csv/?year={YEAR}"
# The exact numbers of the partner below, as a cell of a table, a link or the end of a line has them.
NUMBER = "(39|37|28|3)"
EXACT = re.compile(rf"<td[^>]*>{NUMBER}(</td>| \()|>{NUMBER}</a>|,{NUMBER}\r?$", re.MULTILINE)
WITHOUT_RECORDS = ("statistician", "approver", "partner_manager", "auditor")


def of_role(role: str) -> Browser:
    """The browser of a member of staff with a role."""
    return signed_in(staff(f"one-{role}", role))


@pytest.fixture
def shelter() -> Partner:
    """A partner with 37 referrals of March, 11 of which say no gender, three refused rows, and nothing in April."""
    made = reporting(since=date(YEAR, 3, 1))
    referred(made, 26, gender="F")
    referred(made, 11, gender="_U")
    authority = partner("IMMIGRATION")
    for month in (4, 9):
        person = case(made)
        referral(person, made, referred_in=f"{YEAR}-03", gender="F")
        assessment(person, authority, decided_in=f"{YEAR}-{month:02}")
    tally(made, "code_unknown", 3)
    tally(made, "month_in_future", 8)
    return made


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", ["mangler", "modtaget; ikke meldt færdig"]), ("en", ["missing", "received; not declared complete"])],
)
def test_the_matrix_says_in_words_what_came_and_each_cell_leads_to_its_list(
    shelter: Partner, language: str, words: list[str]
) -> None:
    browser = of_role("partner_manager")
    answer = browser.get(PAGE, headers={"Accept-Language": language})
    strict(answer)
    page = text(answer)
    assert all(f">{each}<" in page for each in words)
    for period in (f"{YEAR}-03", f"{YEAR}-04"):
        path = f"/admin/quality/ruletally/{shelter.pk}/period/{period}/"
        assert path in page
        one = browser.get(path, headers={"Accept-Language": language})
        strict(one)
        assert one.status_code == 200
    # The last day that counts, as reminders name it, and not the midnight after it.
    month, day = (f"april {YEAR}", f"14. maj {YEAR}") if language == "da" else (f"April {YEAR}", f"14 May {YEAR}")
    assert month in text(one)
    assert day in text(one)


def test_who_sees_no_records_is_told_no_exact_count_of_persons_and_no_small_count_of_rows(shelter: Partner) -> None:
    """In none of the pages, of the file, and of the pages of single rows."""
    FieldComparison.objects.create(year=YEAR, field="recruiter", low=5, high=10)
    rows = RuleTally.objects.get(rule="code_unknown")
    paths = [
        PAGE,
        CSV,
        f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-03/",
        f"/admin/quality/ruletally/{shelter.pk}/rule/code_unknown/?year={YEAR}",
        f"/admin/quality/ruletally/{rows.pk}/change/",
    ]
    for role in WITHOUT_RECORDS:
        browser = of_role(role)
        pages = [html.unescape(text(browser.get(path))) for path in paths]
        for page in pages:
            assert not EXACT.search(page), role
        assert "1–4" in pages[0] and "1–4" in pages[1]
        assert "<td>5–9</td>" in pages[0]
        assert "5–10 %" in pages[0]
    assert few(0) == "0" and few(1) == few(4) == "1–4" and few(5) == few(9) == "5–9"


@pytest.mark.parametrize("role", WITHOUT_RECORDS)
def test_who_looks_every_day_reads_no_row_from_a_sum_that_grows_nor_from_the_order(role: str, shelter: Partner) -> None:
    """Nor which of the deliveries was refused, where how many were is told in a band."""
    browser, file = of_role(role), f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-04/"
    one, other = (tally(shelter, rule, 6) for rule in ("month_before_2000", "month_expected"))
    before = cells(text(browser.get(PAGE))), text(browser.get(CSV))
    tally(shelter, other.rule, 2)
    assert (cells(text(browser.get(PAGE))), text(browser.get(CSV))) == before
    Batch.objects.filter(pk=one.batch_id).update(state="failed", problem="file_unreadable")
    assert ", refused" not in text(browser.get(file))


def test_who_sees_no_records_is_told_no_number_of_one_delivery_and_title_of_a_count_has_none(shelter: Partner) -> None:
    """A sum less the other deliveries tells a small number, and a sum of one delivery alone is its number."""
    more = tally(shelter, "code_unknown", 50)
    Batch.objects.filter(pk=more.batch_id).update(rejected=50)
    rule = f"/admin/quality/ruletally/{shelter.pk}/rule/code_unknown/?year={YEAR}"
    period = f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-04/"
    for role in (*WITHOUT_RECORDS, "case_manager"):
        browser = of_role(role)
        for path in (rule, period):
            page = text(browser.get(path))
            sees_all = role == "case_manager"
            assert (str(more.batch_id)[:8] in page) is (sees_all or path == period)
            assert ("<td>50</td>" in page) is ("Rows concerned" in page) is sees_all, (role, path)
        (title,) = re.findall("<h1>(.*?)</h1>", text(browser.get(f"/admin/quality/ruletally/{more.pk}/change/")))
        assert title == str(RULES["code_unknown"].title)


def test_who_sees_records_is_told_the_shares_and_the_waits(shelter: Partner) -> None:
    browser = of_role("case_manager")
    page = text(browser.get(PAGE))
    assert ">28</a> (–)" in page
    assert "<td>39 (0)</td>" in page
    # Each field is a row, since partners are fewer: the table fits its column.
    assert ["Field", "All", str(shelter)] in cells(page) and ["Gender", "28 (–)", "28 (–)"] in cells(page)
    assert "<td>2</td><td>1</td><td>1</td><td>6</td><td>0</td>" in page
    field = text(browser.get(f"/admin/quality/ruletally/{shelter.pk}/field/gender/?year={YEAR}"))
    assert "<td>11</td><td>39</td><td>28</td>" in field
    waits = text(browser.get(f"/admin/quality/ruletally/waits/?year={YEAR}"))
    assert "<td>6</td><td>1</td>" in waits
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"quality.field", "quality.waits"}
    assert "28" in text(browser.get(CSV))
    assert "<td>3</td>" in page


def test_two_roles_in_one_person_see_as_much_as_both_and_others_nothing(shelter: Partner) -> None:
    for role in {*STAFF_ROLES} - {*WITHOUT_RECORDS, "case_manager"}:
        browser = of_role(role)
        assert {browser.get(path).status_code for path in (PAGE, CSV)} == {403}
        assert "/admin/quality/ruletally/" not in text(browser.get("/admin/"))
    assert signed_in(member(shelter).user).get(PAGE).status_code == 403


def test_a_missing_report_is_reminded_of_by_one_click(shelter: Partner, mail_on: list[EmailMessage]) -> None:
    person = member(shelter, name="mette").user
    give_address(person)
    browser = of_role("partner_manager")
    path = f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-04/"
    assert f'action="{path}"' in text(browser.get(PAGE))
    page = text(browser.post(path, follow=True))
    assert f"was reminded of April {YEAR}: 1 person gets a mail." in page
    assert Mailing.objects.get().user == person
    assert "reminded today already" in text(browser.post(path, follow=True))
    assert AuditEvent.objects.get(action="partner.remind").subject == str(shelter.pk)


def test_nobody_is_reminded_of_what_came_nor_by_who_may_not(shelter: Partner, mail_on: list[EmailMessage]) -> None:
    give_address(member(shelter, name="mette").user)
    received, missing = (f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-{month}/" for month in ("03", "04"))
    manager = of_role("partner_manager")
    assert f'action="{received}"' not in text(manager.get(PAGE))
    assert "That report is not missing." in text(manager.post(received, follow=True))
    for role in ("statistician", "auditor", "case_manager"):
        browser = of_role(role)
        assert f'action="{missing}"' not in text(browser.get(PAGE))
        assert browser.post(missing).status_code == 403
    assert not Mailing.objects.exists()


def test_without_a_way_to_send_there_is_no_button(shelter: Partner) -> None:
    browser = of_role("partner_manager")
    assert "Send a reminder" not in text(browser.get(PAGE))
    path = f"/admin/quality/ruletally/{shelter.pk}/period/{YEAR}-04/"
    assert "The service sends no mail." in text(browser.post(path, follow=True))


def test_no_page_takes_a_form_but_that_of_a_reminder(shelter: Partner) -> None:
    browser = of_role("case_manager")
    for path in (PAGE, CSV, "/admin/quality/ruletally/waits/", f"/admin/quality/ruletally/{shelter.pk}/field/gender/"):
        assert browser.post(path).status_code == 405


@pytest.mark.parametrize("year", ["1999", "2999", "x", "20241", "٢٠٢٤"])
def test_a_year_that_there_is_not_is_not_found(year: str) -> None:
    browser = of_role("case_manager")
    assert browser.get("/admin/quality/ruletally/", {"year": year}).status_code == 404


def test_what_there_is_not_is_not_found(shelter: Partner) -> None:
    browser = of_role("case_manager")
    for path in ("period/2024-13", "period/x", "period/0000-01", "rule/no_rule", "field/reference"):
        assert browser.get(f"/admin/quality/ruletally/{shelter.pk}/{path}/").status_code == 404, path
    assert browser.get(f"/admin/quality/ruletally/{case(shelter).pk}/period/{YEAR}-03/").status_code == 404


def test_the_page_reads_as_often_for_many_partners_as_for_one(shelter: Partner) -> None:
    browser = of_role("case_manager")
    browser.get(PAGE)
    numbers: list[Any] = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            browser.get(PAGE)
        numbers.append(len(captured))
        for _ in range(3):
            other = reporting()
            referred(other, 1)
            tally(other, "code_unknown", 1)
    assert numbers[0] == numbers[1]
