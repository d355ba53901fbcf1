"""*The year* on the desk: what is open, signing, receipts, reopening; and who may."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.intake.models import Batch
from cases.months import today
from cases.windows.models import Reopening, YearReceipt
from oversight.reporting.receipts.files import make_what_waits
from partners.audit import COMMAND
from partners.kinds import Reporting
from partners.models import Partner, RecordRead
from partners.people.partner_clients import desk_client
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR, TOMORROW, YESTERDAY, set_window, spare_counts
from tests.oversight.returns.world import send_back
from tests.pages.desk.conftest import at
from tests.pages.tables import rows
from tests.people.visitors import signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
YEAR = f"/send/year/{LAST_YEAR}/"
# The home leads there from its calendar, too, around New Year.
WAITS = "everything is reported"
SIGN, REOPEN, JSON = f"{YEAR}sign/", f"{YEAR}reopen/", f"{YEAR}receipt-1.json"
NOW_YEAR = f"/send/year/{LAST_YEAR + 1}/"


@pytest.fixture
def shelter(shelter: Partner) -> Partner:
    """The partner, of which nothing was expected last year."""
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=date(LAST_YEAR + 1, 1, 1))
    shelter.refresh_from_db()
    return shelter


def test_a_person_signs_reads_the_receipt_reopens_and_signs_again(caseworker: Browser, shelter: Partner) -> None:
    assert "Nothing is left." in text(caseworker.get(YEAR))
    asked = text(caseworker.post(SIGN))
    assert "Sign the year" in asked
    total = "0 referrals, 0 withdrawn"
    for said in ("Organisation: Night Shelter", f"Year: {LAST_YEAR}", "To be signed by: mette", f"Total: {total}"):
        assert f"<li><strong>{said}</strong></li>" in asked
    assert not YearReceipt.objects.exists()
    for _ in range(2):
        assert caseworker.sure(SIGN)["Location"] == YEAR
    receipt = YearReceipt.objects.get()
    User.objects.filter(username="mette").update(first_name="Mette", last_name="Holm")
    page = caseworker.get(YEAR)
    strict(page)
    assert "Mette Holm" in text(page)
    assert "The year is signed. The receipt comes below as soon as it is ready." in text(page)
    assert "being made" in text(page) and JSON not in text(page)
    assert caseworker.get(JSON).status_code == 404
    make_what_waits()
    assert JSON in text(caseworker.get(YEAR))
    file = caseworker.get(JSON)
    assert json.loads(file.content)["digest"] == receipt.digest
    assert file["Cache-Control"] == "no-store"
    assert "Reopen the year?" in text(caseworker.post(REOPEN, {"reason": "RECORD_MISSING"}))
    assert caseworker.sure(REOPEN, {"reason": "RECORD_MISSING"})["Location"] == YEAR
    assert Reopening.objects.get().reason_code == "RECORD_MISSING"
    reopened = text(caseworker.get(YEAR))
    assert "A referral is missing" in reopened
    # Their own reopening opens no window: its day would say what is not so.
    assert "A referral is missing. Until" not in reopened
    caseworker.sure(SIGN)
    assert YearReceipt.objects.filter(partner=shelter).count() == 2


def test_the_numbers_that_are_signed_are_there_before_and_after(ngo: Caller) -> None:
    Partner.objects.filter(pk=ngo.partner.pk).update(
        reporting=Reporting.MONTHLY, reporting_since=date(LAST_YEAR, 12, 1)
    )
    ngo.partner.refresh_from_db()
    spare_counts(ngo.partner)
    set_window(ngo.partner, new_until=TOMORROW, corrections_until=TOMORROW)
    kept, _ = ngo.referral(referred_in=f"{LAST_YEAR}-03")
    path, _ = ngo.referral(referred_in=f"{LAST_YEAR}-03")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    caseworker, reader = at(ngo.partner, MemberRole.CASEWORKER, "mette"), at(ngo.partner, MemberRole.READER)
    User.objects.filter(username="mette").update(first_name="Mette", last_name="Holm")
    caseworker.sure(f"/send/complete/{LAST_YEAR}-12/", {"referrals": "0"})
    question = caseworker.post(SIGN)
    strict(question)
    for page in (caseworker.get(YEAR), reader.get(YEAR), question):
        lines = rows(text(page))
        assert lines[0] == ["Month", "Referrals", "Withdrawn", "Declared complete"]
        assert lines[3] == [f"March {LAST_YEAR}", "1", "1", ""]
        assert lines[12:14] == [[f"December {LAST_YEAR}", "0", "0", "yes, nothing to report"], ["Total", "1", "1", ""]]
    assert "1 referral, 1 withdrawn" in text(question) and "Mette Holm" in text(question)
    assert "Your name, as it stands above, will be on the receipt." in text(question)
    assert {each.rows for each in RecordRead.objects.filter(operation="desk/year")} == {2}
    caseworker.sure(SIGN)
    # What the centre asks for changes what stands, and nothing of what was signed.
    send_back(kept)
    assert ngo.post(f"{kept}/withdrawal", {"reason_code": "DUPLICATE"}).status_code == 200
    before = RecordRead.objects.filter(operation="desk/year").count()
    for browser in (caseworker, reader):
        page = text(browser.get(YEAR))
        assert rows(page)[:14] == lines[:14]
        assert "What you signed" in page and "signed; changed since" in page
        assert "corrections are refused until it is reopened" in page and "When nothing is left" not in page
    reads = RecordRead.objects.filter(operation="desk/year")
    assert reads.count() == before + 2 and {each.rows for each in reads} == {2}


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "Der forventes ingen henvisninger fra jer"), ("en", "No referrals are expected of you")],
)
def test_a_year_in_which_nothing_is_expected_says_so_and_may_be_signed(
    caseworker: Browser, shelter: Partner, language: str, words: str
) -> None:
    caseworker.post("/account/language/", {"language": language, "next": "/send/"})
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=date(LAST_YEAR, 12, 1))
    assert words not in text(caseworker.get(YEAR))
    Partner.objects.filter(pk=shelter.pk).update(reporting=Reporting.NONE)
    for page in (caseworker.get(YEAR), caseworker.post(SIGN)):
        strict(page)
        assert words in text(page)
    caseworker.sure(SIGN)
    assert json.loads(YearReceipt.objects.get().document)["expected"] == 0
    assert words not in text(caseworker.get(YEAR))


def test_the_pdf_is_there_once_a_worker_has_made_it(caseworker: Browser) -> None:
    caseworker.sure(SIGN)
    address = f"{YEAR}receipt-1.da.pdf"
    assert caseworker.get(address).status_code == 404
    make_what_waits()
    answer = caseworker.get(address)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    page = text(caseworker.get(YEAR))
    assert address in page and "PDF (Danish)" in page
    assert caseworker.get(f"{YEAR}receipt-1.xx.pdf").status_code == 404


def test_the_page_asks_once_for_all_receipts_and_reads_no_file(caseworker: Browser, shelter: Partner) -> None:
    counts = []
    for _ in range(3):
        caseworker.sure(SIGN)
        make_what_waits()
        with CaptureQueriesContext(connection) as queries:
            page = text(caseworker.get(YEAR))
        counts.append(len(queries))
        assert not [each for each in queries if '"content"' in each["sql"]]
        caseworker.sure(REOPEN, {"reason": "RECORD_MISSING"})
    assert page.count("receipt-") == 9
    assert len(set(counts)) == 1


def test_a_file_that_was_checked_and_not_sent_keeps_the_year_unsigned(caseworker: Browser, shelter: Partner) -> None:
    client = desk_client(by=COMMAND, partner=shelter)
    draft = Batch.objects.create(
        partner=shelter,
        client=client,
        user=User.objects.get(username="mette"),
        state="done",
        dry_run=True,
        waits=True,
        total=2,
        finished_at=timezone.now(),
        fingerprint="f" * 64,
        handling="lenient",
    )
    page = text(caseworker.get(YEAR))
    assert "Deliveries that wait for you" in page
    assert '"/send/deliveries/"' in page
    assert caseworker.post(SIGN).status_code == 409
    Batch.objects.filter(pk=draft.pk).update(unchanged=2)
    assert "Nothing is left." in text(caseworker.get(YEAR))


def test_periods_without_an_answer_are_named_in_words(caseworker: Browser, shelter: Partner) -> None:
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=date(LAST_YEAR, 11, 1))
    caseworker.post("/account/language/", {"language": "da", "next": YEAR})
    assert f"<strong>november {LAST_YEAR}; december {LAST_YEAR}</strong>" in text(caseworker.get(YEAR))


def test_what_is_open_is_said_and_keeps_the_year_unsigned(caseworker: Browser) -> None:
    assert "The year is not over yet." in text(caseworker.get(NOW_YEAR))
    answer = caseworker.sure(f"{NOW_YEAR}sign/")
    assert answer.status_code == 409
    assert not YearReceipt.objects.exists()


def test_a_reader_sees_the_year_and_neither_signs_nor_reopens(reader: Browser, caseworker: Browser) -> None:
    caseworker.sure(SIGN)
    make_what_waits()
    page = text(reader.get(YEAR))
    assert SIGN not in page and REOPEN not in page
    assert JSON in page
    assert reader.get(JSON).status_code == 200
    for address in (SIGN, REOPEN):
        assert reader.sure(address, {"reason": "RECORD_MISSING"}).status_code == 403
    assert not Reopening.objects.exists()


def test_another_partner_and_staff_find_nothing(caseworker: Browser, other_ngo: Caller) -> None:
    caseworker.sure(SIGN)
    stranger = at(other_ngo.partner, MemberRole.MANAGER)
    assert stranger.get(JSON).status_code == 404
    stranger.sure(SIGN)
    assert YearReceipt.objects.filter(partner=other_ngo.partner).count() == 1
    boss = signed_in(staff("boss", is_superuser=True))
    for answer in (boss.get(YEAR), boss.get(JSON), boss.sure(SIGN)):
        assert answer.status_code == 403


def test_a_year_that_is_closed_is_reopened_by_the_centre_alone(caseworker: Browser, shelter: Partner) -> None:
    caseworker.sure(SIGN)
    set_window(shelter, corrections_until=YESTERDAY, new_until=YESTERDAY)
    assert "Ask the centre to reopen it." in text(caseworker.get(YEAR))
    assert caseworker.sure(REOPEN, {"reason": "RECORD_MISSING"}).status_code == 409
    assert not Reopening.objects.exists()


@pytest.mark.parametrize("reason", ["", "CENTRE_ASKED", "other"])
def test_a_reason_is_one_of_the_partner_s(caseworker: Browser, reason: str) -> None:
    caseworker.sure(SIGN)
    assert re.search(
        r'<select[^>]* name="reason"(?! required)[^>]*><option value="">Choose …</option>', text(caseworker.get(YEAR))
    )
    caseworker.sure(REOPEN, {"reason": reason})
    assert "Nothing is reopened. Choose a reason." in text(caseworker.get(YEAR))
    assert not Reopening.objects.exists()


def test_a_rehearsal_is_signed_in_test_mode_and_leaves_the_live_year_open(
    caseworker: Browser, shelter: Partner
) -> None:
    address = f"/send/test/year/{LAST_YEAR}/"
    assert caseworker.sure(f"{address}sign/")["Location"] == address
    assert YearReceipt.objects.get().partner.twin_of == shelter
    assert "not signed" in text(caseworker.get(YEAR))
    assert text(caseworker.get(address)).count('"/send/test/year/"') == text(caseworker.get(YEAR)).count(
        '"/send/year/"'
    )


def test_the_home_says_that_a_year_waits_for_its_signature(
    caseworker: Browser, reader: Browser, shelter: Partner
) -> None:
    assert WAITS not in text(caseworker.get("/send/"))
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=date(LAST_YEAR, 12, 1))
    shelter.refresh_from_db()
    spare_counts(shelter)
    set_window(shelter, new_until=TOMORROW, corrections_until=TOMORROW)
    assert WAITS not in text(caseworker.get("/send/"))
    caseworker.sure(f"/send/complete/{LAST_YEAR}-12/", {"referrals": "0"})
    assert WAITS in text(caseworker.get("/send/"))
    assert WAITS not in text(reader.get("/send/"))
    Partner.objects.filter(pk=shelter.pk).update(reporting=Reporting.NONE)
    assert WAITS not in text(caseworker.get("/send/"))
    Partner.objects.filter(pk=shelter.pk).update(reporting=shelter.reporting)
    caseworker.sure(SIGN)
    assert WAITS not in text(caseworker.get("/send/"))


def test_nothing_to_report_of_a_closed_year_is_refused_in_words(caseworker: Browser, shelter: Partner) -> None:
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=date(LAST_YEAR, 12, 1))
    set_window(shelter, new_until=YESTERDAY, corrections_until=TOMORROW)
    answer = caseworker.sure(f"/send/complete/{LAST_YEAR}-12/", {"referrals": "0"})
    assert answer.status_code == 409
    assert "closed for new referrals" in answer.content.decode()


def test_the_year_after_this_one_has_a_page_from_its_first_minute_on(caseworker: Browser) -> None:
    """On New Year's night, too: the year is that of Copenhagen."""
    assert caseworker.get(f"/send/year/{today().year + 1}/").status_code == 200


@pytest.mark.parametrize("year", [1999, 9999])
def test_what_is_no_year_is_not_found(caseworker: Browser, year: int) -> None:
    for answer in (caseworker.get(f"/send/year/{year}/"), caseworker.sure(f"/send/year/{year}/sign/")):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Årets indberetning"), ("en", "The year's reporting".replace("'", "&#x27;"))]
)
def test_the_years_are_listed_in_the_reader_s_language(caseworker: Browser, language: str, words: str) -> None:
    caseworker.post("/account/language/", {"language": language, "next": "/send/year/"})
    answer: Any = caseworker.get("/send/year/")
    strict(answer)
    page = text(answer)
    assert words in page
    assert YEAR in page
