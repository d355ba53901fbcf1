"""The list of own referrals: filters, pages, the search for one, and files that can be sent back."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cases.intake.batches.arrival import receive
from cases.intake.models import Batch
from cases.models import Referral
from cases.tokens import in_groups
from pages.desk.records import lists
from partners.audit import COMMAND
from partners.models import RecordRead
from partners.people.partner_clients import desk_client
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.cases.intake.batches.sending import delivery, outcomes
from tests.pages.desk.conftest import at
from tests.people.visitors import member, strict, text

pytestmark = pytest.mark.django_db
LIST = "/send/records/"


@pytest.fixture
def browser(ngo: Caller) -> Browser:
    """A caseworker of the NGO, which has sent two referrals by its machine, and withdrawn one of them."""
    ngo.referral(referred_in="2025-03", citizenship="VN", services_needed=[], services_given=["LEGAL", "HEALTH"])
    path, _ = ngo.referral(referred_in="2025-04", citizenship="RO")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def rows(page: str) -> int:
    """How many referrals a page lists."""
    return page.count('aria-describedby="person-')


def test_the_filters_are_folded_before_the_list_and_say_that_it_is_narrowed(browser: Browser) -> None:
    page = text(browser.get(LIST))
    inside, _, behind = page[page.index('<details class="details fold">') :].partition("</details>")
    assert 'name="status"' in inside and 'id="person-1"' in behind
    assert re.search(r'id="person-1">Female, \d+–\d+', behind), behind
    assert "(it is narrowed)" not in page
    assert "(it is narrowed)" in text(browser.get(f"{LIST}?status=withdrawn"))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("from=2025-04", 1),
        ("to=2025-03", 1),
        ("from=2025-03&to=2025-04", 2),
        ("from=2025-05", 0),
        ("from=0001-01&to=9999-12", 2),
        ("status=withdrawn", 1),
        ("status=reported&to=2025-04", 1),
        ("status=nonsense&from=2025-13&sender=x&page=99", 2),
        ("sender=999999", 0),
    ],
)
def test_the_list_is_narrowed(browser: Browser, query: str, number: int) -> None:
    answer = browser.get(f"{LIST}?{query}")
    strict(answer)
    assert rows(text(answer)) == number
    read = RecordRead.objects.filter(operation="desk/records").get()
    assert (read.rows, read.user and read.user.username) == (number, "mette")


def test_what_the_desk_and_what_machines_sent_is_told_apart(browser: Browser, ngo: Caller) -> None:
    assert rows(text(browser.get(f"{LIST}?sender={ngo.client.pk}"))) == 2


def test_the_list_has_pages_that_keep_the_filters(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    page = text(browser.get(f"{LIST}?from=2025-01"))
    assert rows(page) == 1
    assert "Page 1 of 2" in page
    assert 'href="?from=2025-01&amp;page=2"' in page
    assert rows(text(browser.get(f"{LIST}?from=2025-01&page=2"))) == 1


def test_no_address_and_no_title_names_a_referral(browser: Browser) -> None:
    page = text(browser.get(LIST))
    for row in Referral.objects.select_related("case"):
        for name in (str(row.reference), row.reference.hex, str(row.pk), row.case.token):
            assert name not in page


def test_one_is_found_by_its_reference_and_by_its_token(browser: Browser) -> None:
    row = Referral.objects.current().select_related("case").first()
    assert row is not None
    in_blanks = in_groups(row.case.token).replace("-", " ").lower()
    for key in (str(row.reference), str(row.reference).upper(), f" {row.case.token.lower()} ", in_blanks):
        answer = browser.post(f"{LIST}find/", {"key": key})
        assert answer["Location"].startswith("/send/record/")
    assert "is neither" in text(browser.post(f"{LIST}find/", {"key": "0101901234"}))
    assert "0101901234" not in text(browser.post(f"{LIST}find/", {"key": "0101901234"}))
    assert browser.get(f"{LIST}find/").status_code == 405


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_that_comes_back_changes_nothing_and_brings_back_nothing_that_was_withdrawn(
    browser: Browser, ngo: Caller, language: str, form: str
) -> None:
    browser.post("/account/language/", {"language": language, "next": "/send/"})
    answer = browser.get(f"{LIST}file/{form}/")
    assert "no-store" in answer["Cache-Control"]
    before = Referral.objects.count()
    file = delivery(answer.content, media_type=answer["Content-Type"], name=f"own.{form}")
    assert outcomes(receive(by=ngo.principal, key=str(uuid4()), delivery=file).batch) == ["unchanged", "unchanged"]
    assert Referral.objects.count() == before
    read = RecordRead.objects.get(operation=f"desk/records.{form}")
    assert read.rows == 2


def test_only_who_may_send_is_told_to_send_a_file_back(browser: Browser, ngo: Caller) -> None:
    for asks, is_told in ((browser, True), (at(ngo.partner, MemberRole.READER, "rolf"), False)):
        page = text(asks.get(LIST))
        assert "The file has all of these referrals" in page
        assert ("send it back" in page) == is_told


def test_a_file_has_what_the_list_shows(browser: Browser) -> None:
    content = browser.get(f"{LIST}file/xlsx/?status=withdrawn").content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2) if row[0].value] == [
        str(each.reference) for each in Referral.objects.current().filter(status="withdrawn")
    ]


def test_too_many_for_a_workbook_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_IN_WORKBOOK", 1)
    answer = browser.get(f"{LIST}file/xlsx/")
    assert answer.status_code == 409
    assert "Download them as CSV" in answer.content.decode()
    assert browser.get(f"{LIST}file/csv/").status_code == 200
    assert browser.get(f"{LIST}file/pdf/").status_code == 404


def test_a_partner_sees_its_own_alone_and_each_mode_its_own(browser: Browser, other_ngo: Caller) -> None:
    theirs = at(other_ngo.partner, MemberRole.READER)
    assert rows(text(theirs.get(LIST))) == 0
    assert theirs.get(f"{LIST}file/csv/").content.count(b"\n") == 1
    assert "sent nothing" in text(theirs.get("/send/"))


def test_the_home_says_what_was_sent_and_by_whom(browser: Browser, ngo: Caller) -> None:
    page = text(browser.get("/send/"))
    assert "1 received, 1 withdrawn" in page or "2 received, 1 withdrawn" in page
    assert 'href="/send/one/"' in page


def sent_by(ngo: Caller, name: str) -> None:
    """A file that a caseworker of the NGO has sent on the desk."""
    Batch.objects.create(
        partner=ngo.partner,
        client=desk_client(by=COMMAND, partner=ngo.partner),
        user=member(ngo.partner, MemberRole.CASEWORKER, name).user,
        state="done",
        dry_run=False,
        stored=True,
        finished_at=timezone.now(),
        fingerprint="f" * 64,
        handling="lenient",
    )


def test_the_home_asks_no_more_for_more_that_was_sent(browser: Browser, ngo: Caller) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = text(browser.get("/send/"))
        assert 'href="/send/deliveries/"' in page
        return len(queries)

    sent_by(ngo, "hans")
    before = statements()
    for name in ("ida", "jens"):
        sent_by(ngo, name)
        ngo.referral()
    assert statements() == before


@pytest.mark.parametrize("end", ["", "…", "..."])
def test_what_the_list_shows_of_a_reference_finds_it_again(browser: Browser, ngo: Caller, end: str) -> None:
    path, _ = ngo.referral()
    beginning = path.rpartition("/")[2][:8]
    assert f"<code>{beginning}…</code>" in text(browser.get(LIST))
    found = browser.post(f"{LIST}find/", {"key": f" {beginning.upper()}{end}"})
    assert found.status_code == 302
    assert beginning in text(browser.get(found["Location"]))
    assert "None of your referrals" in text(browser.post(f"{LIST}find/", {"key": "0" * 8}))


def test_the_beginning_of_a_reference_finds_no_referral_of_others(browser: Browser, other_ngo: Caller) -> None:
    path, _ = other_ngo.referral()
    answers = [browser.post(f"{LIST}find/", {"key": key}) for key in (path.rpartition("/")[2][:8], "0" * 8)]
    assert [rows(text(each)) for each in answers] == [0, 0]
    assert len({each.status_code for each in answers}) == 1
