"""Own figures: exact counts of the partner's own referrals, as a table and as files."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from openpyxl import load_workbook

from cases.months import today
from partners.models import RecordRead
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.pages.tables import rows
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
FIGURES = "/send/figures/"


@pytest.fixture
def browser(ngo: Caller) -> Browser:
    """A reader of an NGO with three referrals, one of them withdrawn."""
    ngo.referral(referred_in="2025-03")
    ngo.referral(referred_in="2025-05", gender="M")
    path, _ = ngo.referral(referred_in="2025-05", gender="M")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    return at(ngo.partner, MemberRole.READER, "rolf")


def test_months_have_no_gaps_and_the_withdrawn_are_not_counted(browser: Browser) -> None:
    answer = browser.get(f"{FIGURES}?rows=referred_in&to=2025-05")
    strict(answer)
    assert rows(text(answer))[1:] == [["March 2025", "1"], ["April 2025", "0"], ["May 2025", "1"], ["Total", "2"]]
    read = RecordRead.objects.get(operation="desk/figures")
    assert (read.rows, read.user and read.user.username) == (2, "rolf")


def test_two_fields_cross_with_totals_and_zeros_where_wanted(browser: Browser) -> None:
    page = text(browser.get(f"{FIGURES}?rows=gender&columns=referred_in.quarter"))
    assert rows(page)[0][1] == "Q1 2025" or "2025" in rows(page)[0][1]
    assert [line[0] for line in rows(page)[1:]] == ["Female", "Male", "Total"]
    assert [line[-1] for line in rows(page)[1:]] == ["1", "1", "2"]
    page = text(browser.get(f"{FIGURES}?rows=gender&zeros=1"))
    assert len(rows(page)) == 6


def test_what_cannot_be_counted_is_said_and_what_is_no_choice_is_passed_over(browser: Browser) -> None:
    assert "Choose different fields" in text(browser.get(f"{FIGURES}?rows=gender&columns=gender"))
    assert browser.get(f"{FIGURES}file/csv/?rows=gender&columns=gender").status_code == 404
    assert browser.get(f"{FIGURES}?rows=x&columns=y&from=z").status_code == 200
    large = "rows=citizenship&columns=exploitation_detail&zeros=1"
    assert browser.get(f"{FIGURES}?{large}").status_code == 200


def test_a_table_is_as_large_as_what_it_shows_and_one_too_large_is_told_in_words_of_the_page(browser: Browser) -> None:
    large = f"{FIGURES}?rows=referred_in&columns=citizenship&from=2000-01"
    lines = rows(text(browser.get(large)))
    assert len(lines) > 300 and (lines[-1][0], lines[-1][-1]) == ("Total", "2")
    browser.post("/account/language/", {"language": "da", "next": "/send/"})
    page = text(browser.get(f"{large}&zeros=1"))
    assert "Tabellen bliver for stor. Vælg færre måneder" in page and "zeros=" not in page
    assert browser.get(f"{large.replace('?', 'file/csv/?')}&zeros=1").status_code == 409


def test_files_have_the_same_numbers(browser: Browser) -> None:
    lines = browser.get(f"{FIGURES}file/csv/?rows=gender").content.decode().splitlines()
    assert lines[-4:] == ["Gender,Referrals", "Female,1", "Male,1", "Total,2"]
    sheet = load_workbook(BytesIO(browser.get(f"{FIGURES}file/xlsx/?rows=gender").content)).active
    assert sheet is not None
    assert [tuple(row) for row in sheet.iter_rows(min_row=4, values_only=True)][-3:] == [
        ("Female", 1),
        ("Male", 1),
        ("Total", 2),
    ]
    browser.post("/account/language/", {"language": "da", "next": "/send/"})
    assert "Køn;Henvisninger" in browser.get(f"{FIGURES}file/csv/?rows=gender").content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("", "all months"),
        ("&from=2025-01", "from January 2025"),
        ("&to=2025-06", "to June 2025"),
        ("&from=2025-01&to=2025-06", "January 2025 – June 2025"),
    ],
)
def test_a_table_and_its_files_say_which_months_and_which_day(browser: Browser, query: str, months: str) -> None:
    with override("en"):
        caption = f"Referrals by “Gender”, {months}, counted {date_format(today())}"
    assert caption in text(browser.get(f"{FIGURES}?rows=gender{query}"))
    lines = list(csv.reader(browser.get(f"{FIGURES}file/csv/?rows=gender{query}").content.decode().splitlines()))
    assert lines[1] == [caption] and ["Your own figures: not to be published"] in lines
    sheet = load_workbook(BytesIO(browser.get(f"{FIGURES}file/xlsx/?rows=gender{query}").content)).active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet["A"]][1:3] == [caption, "Your own figures: not to be published"]


def test_a_file_of_test_mode_says_so(caseworker: Browser) -> None:
    lines = caseworker.get("/send/test/figures/file/csv/").content.decode().splitlines()
    assert any(line.startswith(("Test mode: ", '"Test mode: ')) for line in lines)


def test_another_partner_s_are_not_counted(browser: Browser, other_ngo: Caller) -> None:
    theirs = at(other_ngo.partner, MemberRole.READER)
    assert "no referrals to count" in text(theirs.get(FIGURES))


def test_the_page_begins_with_the_years(browser: Browser) -> None:
    lines = rows(text(browser.get(FIGURES)))
    assert lines[1] == ["2025", "2"]
    assert lines[-1] == ["Total", "2"]
