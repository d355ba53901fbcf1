"""Sending a file: always a dry run first, what is wrong with it, sending all of it or the good rows, and the receipt."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.intake.batches import work
from cases.intake.batches.wording import LATEST_CHOICE
from cases.intake.models import Batch, Handling
from cases.intake.readers import spool
from cases.models import Referral
from partners.models import AuditEvent, Partner, RecordRead
from tests.api.batches.sending import as_csv, row
from tests.callers import Browser
from tests.pages.desk.sending import FILE, TEST, batch_at, checked, key_of, rows
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("Intet er sendt, før", "1 række kan sendes", "Send rækkerne")),
        ("en", ("before you", "1 row can be sent", "Send the rows")),
    ],
)
def test_a_file_is_checked_first_and_sent_after_a_question(
    caseworker: Browser, language: str, words: tuple[str, ...]
) -> None:
    caseworker.post("/account/language/", {"language": language, "next": FILE})
    page = caseworker.get(FILE)
    strict(page)
    address = checked(caseworker, rows({}))
    preview = caseworker.get(address)
    strict(preview)
    for each in words[:1]:
        assert each in text(page)
    for each in words[1:]:
        assert each in text(preview)
    assert not Referral.objects.exists()
    asked = caseworker.post(f"{address}send/", {"act": "strict"})
    assert 'name="sure"' in text(asked) and not Referral.objects.exists()
    assert caseworker.sure(f"{address}send/", {"act": "strict"})["Location"] == address
    assert Referral.objects.count() == 1
    receipt = caseworker.get(address)
    strict(receipt)
    assert "no-store" in receipt["Cache-Control"]
    reference = str(Referral.objects.get().reference)
    assert reference not in text(receipt)
    event = AuditEvent.objects.get(action="delivery.send")
    assert (event.user.username if event.user else None, event.subject) == ("mette", str(batch_at(address).pk))
    assert event.detail == {"handling": "strict", "partner": str(Partner.objects.get(mode="LIVE").pk)}


def test_wrong_rows_are_named_by_the_spreadsheet_s_own_numbers_and_the_good_ones_can_be_sent(
    caseworker: Browser,
) -> None:
    address = checked(caseworker, rows({}, {"gender": "Q"}, {}))
    page = text(caseworker.get(address))
    assert "2 rows can be sent" in page and "1 row has to be corrected" in page
    assert 'href="#row-3"' in page and 'id="row-3"' in page
    assert re.search(r"Cell [A-Z]3 of your file", page) and "Female" in page
    assert 'value="strict"' not in page
    for form in ("xlsx", "csv"):
        answer = caseworker.get(f"{address}errors.{form}")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert "attachment" in answer["Content-Disposition"]
    assert caseworker.get(f"{address}errors.pdf").status_code == 404
    reads = RecordRead.objects.filter(operation__startswith="desk/")
    assert {(each.operation, each.rows) for each in reads} == {
        ("desk/deliveries/{batch_id}", 1),
        ("desk/deliveries/{batch_id}/errors", 3),
    }
    assert all(each.user_id for each in reads)
    caseworker.sure(f"{address}send/", {"act": "lenient"})
    assert Referral.objects.count() == 2
    assert "2 new rows are stored" in text(caseworker.get(address))


@pytest.mark.parametrize(
    ("language", "column", "gender"),
    [
        ("da", "Eller skriv 1 i kolonnen Version i denne række.", "Mente du Mand?"),
        ("en", "Or write 1 in the column Version of this row.", "Did you mean Male?"),
    ],
)
def test_what_is_wrong_is_told_with_the_ways_of_the_page_and_without_codes(
    caseworker: Browser, language: str, column: str, gender: str
) -> None:
    """Options of requests are for programs. The box has the words that stand beside it."""
    caseworker.post("/account/language/", {"language": language, "next": FILE})
    sent = row()
    caseworker.sure(f"{checked(caseworker, as_csv([sent]))}send/", {"act": "strict"})
    address = checked(caseworker, as_csv([{**sent, "gender": "X"}, row(gender="Mnd")]))
    box = LATEST_CHOICE(language)
    assert box in text(caseworker.get(FILE))
    for said in (text(caseworker.get(address)), text(caseworker.get(f"{address}errors.csv"))):
        assert box in said and column in said and gender in said
        assert "prefer=latest" not in said and "(M)" not in said


def test_too_many_rows_are_refused_without_words_of_programs(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_STRICT", 1)
    page = text(caseworker.get(checked(caseworker, rows({}, {}))))
    assert "divide the file" in page and "handling=" not in page


def test_all_or_none_stores_nothing_while_a_row_is_wrong(caseworker: Browser) -> None:
    address = checked(caseworker, rows({}, {"gender": "Q"}))
    caseworker.sure(f"{address}send/", {"act": "strict"})
    assert not Referral.objects.exists()
    assert "Nothing was stored" in text(caseworker.get(address))


def test_the_same_file_again_changes_nothing(caseworker: Browser) -> None:
    content = rows({}, {})
    address = checked(caseworker, content)
    caseworker.sure(f"{address}send/", {"act": "strict"})
    again = checked(caseworker, content)
    assert again != address
    page = text(caseworker.get(again))
    assert "There is nothing new to send" in page and 'name="act"' not in page
    assert "A file is checked and not sent" not in text(caseworker.get("/send/"))
    assert "Nothing new" in text(caseworker.get("/send/deliveries/"))
    assert Referral.objects.count() == 2


def test_a_form_that_is_sent_twice_is_one_delivery_and_another_file_under_it_a_new_one(caseworker: Browser) -> None:
    key, content = key_of(caseworker), rows({})
    first, second = (checked(caseworker, content, key=key) for _ in range(2))
    assert first == second
    assert checked(caseworker, rows({}), key=key) != first
    assert Batch.objects.count() == 2
    for _ in range(2):
        assert caseworker.sure(f"{first}send/", {"act": "strict"})["Location"] == first
    assert Referral.objects.count() == 1
    assert AuditEvent.objects.filter(action="delivery.send").count() == 1


def test_an_identifier_stops_the_whole_file_and_is_not_repeated(caseworker: Browser) -> None:
    number = "0101901234"
    address = checked(caseworker, rows({}, {"region": number}))
    page = text(caseworker.get(address))
    assert "may identify a person" in page and number not in page
    assert "Cell" in page
    batch = batch_at(address)
    assert (batch.state, batch.problem, list(spool.directory().iterdir())) == ("failed", "identifier_in_file", [])


@pytest.mark.parametrize("name", ["rows.xlsx", "rows.ods"])
def test_what_is_no_spreadsheet_is_told_so(caseworker: Browser, name: str) -> None:
    page = text(caseworker.get(checked(caseworker, b"no spreadsheet at all", name=name)))
    assert "The file cannot be read" in page
    assert not list(spool.directory().iterdir())


def test_a_form_without_a_whole_file_leaves_nothing(caseworker: Browser) -> None:
    for form in ({"key": key_of(caseworker), "end": "1"}, {"file": "no file", "end": "1"}):
        answer = caseworker.post(FILE, form)
        assert answer.status_code == 400 and "No whole file" in answer.content.decode()
    cut = caseworker.post(FILE, {"key": "x", "file": SimpleUploadedFile("rows.csv", rows({}))})
    assert cut.status_code == 400
    assert not Batch.objects.exists() and not list(spool.directory().iterdir())


def test_a_file_of_another_site_is_refused_and_leaves_nothing(caseworker: Browser) -> None:
    caseworker.forging = True
    answer = caseworker.post(FILE, {"key": "x", "end": "1", "file": SimpleUploadedFile("rows.csv", rows({}))})
    assert answer.status_code == 403
    assert not Batch.objects.exists() and not (spool.directory().exists() and list(spool.directory().iterdir()))


def test_every_address_of_a_file_takes_what_the_api_takes() -> None:
    addresses = (FILE, TEST, f"{FILE}references/", f"{TEST}references/")
    uploads = dict(program.HENVIS_UPLOADS)
    assert uploads == dict.fromkeys(("/api/v1/batches", *addresses), 512 * 1024 * 1024)
    proxy = (Path(program.BASE_DIR) / "deploy/nginx.conf").read_text()
    [pattern] = re.findall(r"location ~ (\S+) \{\s+client_max_body_size 512m;", proxy)
    assert all(re.search(pattern, each) for each in addresses)
    assert not any(re.search(pattern, f"{FILE}{each}") for each in ("columns/", "references"))


def test_what_waits_stands_on_the_home_until_it_is_cancelled(caseworker: Browser, reader: Browser) -> None:
    address = checked(caseworker, rows({}))
    assert "A file is checked and not sent" in text(caseworker.get("/send/"))
    assert address not in text(reader.get("/send/"))
    assert "Do you want to cancel?" in text(caseworker.post(f"{address}cancel/"))
    for _ in range(2):
        caseworker.sure(f"{address}cancel/")
    assert AuditEvent.objects.filter(action="delivery.cancel").count() == 1
    assert "A file is checked and not sent" not in text(caseworker.get("/send/"))
    assert "Nothing was sent" in text(caseworker.get(address))
    listed = text(caseworker.get("/send/deliveries/"))
    assert "row, not sent" in listed and "can be sent" not in listed
    assert caseworker.sure(f"{address}send/", {"act": "strict"}).status_code == 409
    assert not Referral.objects.exists()


def test_a_mended_file_takes_the_place_of_the_one_that_it_mends(caseworker: Browser) -> None:
    first = checked(caseworker, rows({}, {"gender": "Q"}))
    assert f'name="instead" value="{batch_at(first).pk}"' in text(caseworker.get(first))
    second = checked(caseworker, rows({}, {}), instead=str(batch_at(first).pk))
    assert text(caseworker.get("/send/")).count("A file is checked and not sent") == 1
    assert batch_at(first).state == "cancelled"
    caseworker.sure(f"{second}send/", {"act": "strict"})
    third = checked(caseworker, rows({}), instead=str(batch_at(second).pk))
    assert (batch_at(second).stored, batch_at(second).state, batch_at(third).waits) == (True, "done", True)


def test_what_waits_ends_after_a_day(caseworker: Browser) -> None:
    address = checked(caseworker, rows({}))
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "waited for a day" in text(caseworker.get(address))
    assert "A file is checked and not sent" not in text(caseworker.get("/send/"))
    assert caseworker.sure(f"{address}send/", {"act": "strict"}).status_code == 409


def test_the_list_says_who_sent_what(caseworker: Browser, manager: Browser) -> None:
    address = checked(caseworker, rows({}))
    page = text(manager.get("/send/deliveries/"))
    assert address in page and "mette" in page and "Checked, not sent" in page
    manager.sure(f"{address}send/", {"act": "strict"})
    event = AuditEvent.objects.get(action="delivery.send")
    assert event.user is not None and event.user.username == "maja"
    assert "Sent" in text(caseworker.get("/send/deliveries/"))


def test_an_unknown_act_is_none(caseworker: Browser) -> None:
    address = checked(caseworker, rows({}))
    assert caseworker.sure(f"{address}send/", {"act": "all"}).status_code == 404
    assert str(Handling.STRICT) == batch_at(address).handling
