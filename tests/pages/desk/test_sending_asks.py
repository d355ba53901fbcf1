"""What a file asks: columns, words and checks; large files; cards and lists; rehearsals; and who may do none of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases import tokens
from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import arrival, retention, storing
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, ColumnMapping, Confirmation
from cases.intake.readers import spool
from cases.models import Referral
from partners.models import AuditEvent, Partner, RecordRead
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.pages.desk.sending import FILE, TEST, answer, batch_at, checked, own_header, rows
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
REASON = CONFIRMATION_REASON.names[0]
# The exploitation of a child by a partner: improbable, and possible.
HELD: dict[str, object] = {"age_band": "Y0T11", "minor_when_exploited": "YES", "recruiter": "PARTNER"}


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def test_columns_and_words_are_asked_about_once(caseworker: Browser) -> None:
    content = own_header("Vestby", "Vestby")
    address = checked(caseworker, content)
    page = text(caseworker.get(address))
    strict(caseworker.get(address))
    assert "The columns of the file do not fit" in page and "What is in this column?" in page and "Landsdel" not in page
    answered = answer(caseworker, address, content, n0="region")
    second = answered["Location"]
    asked = text(caseworker.get(second))
    assert "What does the word mean" in asked and 'name="act"' not in asked and "Vestby" not in asked
    third = answer(caseworker, second, content, n0="DK02", names_nobody="on")["Location"]
    assert "2 rows can be sent" in text(caseworker.get(third))
    assert ColumnMapping.objects.get().content == {
        "columns": {"Landsdel": "region"},
        "values": {"region": {"Vestby": "DK02"}},
        "dates": {},
        "editions": {},
    }
    assert "2 rows can be sent" in text(caseworker.get(checked(caseworker, own_header("Vestby", "Vestby"))))


def test_answers_belong_to_the_file_that_was_asked_about(caseworker: Browser, ngo: Caller) -> None:
    content = own_header("DK01")
    address = checked(caseworker, content)
    refused = answer(caseworker, address, own_header("DK02"), n0="region")
    assert refused.status_code == 409 and "another file" in refused.content.decode()
    assert answer(caseworker, address, content, n0="no field").status_code == 409
    assert not ColumnMapping.objects.exists()
    stranger = at(ngo.partner, MemberRole.CASEWORKER)
    assert answer(stranger, address, content, n0="region").status_code == 404
    form = {"key": "x", "end": "1", "of": "no id", "file": SimpleUploadedFile("rows.csv", content)}
    assert caseworker.post(FILE, form).status_code == 404
    assert not list(spool.directory().iterdir())


def test_a_header_that_names_a_person_is_never_remembered(caseworker: Browser) -> None:
    content = own_header("DK01", name="Klientens navn")
    address = checked(caseworker, content)
    assert "may identify a person" in text(caseworker.get(address))
    answer(caseworker, address, content, n0="region")
    assert not ColumnMapping.objects.exists()


def test_own_columns_and_words_are_seen_changed_and_forgotten(caseworker: Browser) -> None:
    page = f"{FILE}columns/"
    strict(caseworker.get(page))
    empty = text(caseworker.get(page))
    assert empty.count('<div class="form-group"><label') == 4
    countries = re.findall('value="citizenship:([A-Z]{2})"', empty)
    assert countries[:3] == ["AF", "AX", "AL"] and not {"AQ", "BV"} & {*countries}
    first = {
        "version": "0",
        "new-header": "Landsdel",
        "new-member": "region",
        "new-word": "Vestby",
        "new-code": "region:DK02",
    }
    unsure = caseworker.post(page, first)
    assert unsure.status_code == 409 and "tick the box that says so, and save." in unsure.content.decode()
    assert "(names_nobody)" not in unsure.content.decode()
    assert caseworker.post(page, {**first, "names_nobody": "on"})["Location"] == page
    assert "Landsdel" in text(caseworker.get(page)) and "Vestby" in text(caseworker.get(page))
    stale = caseworker.post(page, {"version": "0", "column-0": ""}, follow=True)
    assert "Somebody else has changed" in text(stale)
    assert (
        caseworker.post(page, {"version": "1", "new-header": "010190-1234", "new-member": "region"}).status_code == 409
    )
    caseworker.post(page, {"version": "1", "column-0": "", "value-0-0": "DK03"})
    assert ColumnMapping.objects.get().content == {
        "columns": {},
        "values": {"region": {"Vestby": "DK03"}},
        "dates": {},
        "editions": {},
    }
    assert AuditEvent.objects.filter(action="mapping.change").count() == 2


def test_what_is_improbable_is_confirmed_with_a_reason_and_not_asked_again(caseworker: Browser) -> None:
    content = rows({}, HELD)
    address = checked(caseworker, content)
    page = text(caseworker.get(address))
    strict(caseworker.get(address))
    [rule] = re.findall(r'name="reason-([a-z_]+)"', page)
    assert "1 row has to be confirmed" in page and "Is this right?" in page
    without = caseworker.sure(f"{address}send/", {"act": "strict"}, follow=True)
    assert "choose a reason" in text(without) and not Referral.objects.exists()
    unticked = {f"reason-{rule}": REASON, f"rows-{rule}": "1"}
    assert "choose a reason" in text(caseworker.post(f"{address}confirm/", unticked, follow=True))
    ticked = {**unticked, f"row-{rule}": "1"}
    kept = caseworker.post(f"{address}confirm/", ticked, follow=True)
    assert "2 rows can be sent" in text(kept) and not Referral.objects.exists()
    assert Confirmation.objects.get().reason_code == REASON
    again = checked(caseworker, content)
    assert "Is this right?" not in text(caseworker.get(again))
    caseworker.sure(f"{address}send/", {"act": "strict"})
    assert Referral.objects.count() == 2
    assert caseworker.post(f"{address}confirm/", ticked).status_code == 409


def test_a_check_is_confirmed_and_sent_in_one_step(caseworker: Browser) -> None:
    address = checked(caseworker, rows(HELD, {"gender": "Q"}))
    page = text(caseworker.get(address))
    [rule] = re.findall(r'name="reason-([a-z_]+)"', page)
    assert 'value="lenient"' in page and 'value="strict"' not in page
    form = {"act": "lenient", f"reason-{rule}": REASON, f"rows-{rule}": "1", f"row-{rule}": "0"}
    asked = text(caseworker.post(f"{address}send/", form))
    for name in form:
        assert f'name="{name}"' in asked
    caseworker.sure(f"{address}send/", form)
    assert Referral.objects.count() == 1
    assert caseworker.sure(f"{address}send/", {**form, f"reason-{rule}": "NONE"})["Location"] == address


def test_a_large_file_is_worked_on_while_its_page_shows_how_far_it_is(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "MOST_AT_ONCE", -arrival.MARGIN)
    address = checked(caseworker, rows({}, {}))
    page = caseworker.get(address)
    strict(page)
    assert (
        "being worked on" in text(page)
        and '<noscript><meta http-equiv="refresh"' in text(page)
        and "progress.js" in text(page)
    )
    assert "Being worked on" in text(caseworker.get("/send/deliveries/"))
    Batch.objects.update(total=2, done=1)
    for left, words in ((340, "About 6 minutes left."), (90, "About 90 seconds left."), (1, "About 1 second left.")):
        monkeypatch.setattr(retention, "eta_of", lambda *_, left=left: left)
        assert words in text(caseworker.get(address))
    work_batch(str(batch_at(address).pk))
    assert "2 rows can be sent" in text(caseworker.get(address))
    second = checked(caseworker, rows({}))
    caseworker.sure(f"{second}cancel/")
    assert batch_at(second).state == "cancelled" and not list(spool.directory().iterdir())


def test_a_large_file_is_sent_by_a_job_too(caseworker: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    address = checked(caseworker, rows({}, {}))
    monkeypatch.setattr("cases.intake.batches.committing.MOST_AT_ONCE", 1)
    for _ in range(2):
        assert caseworker.sure(f"{address}send/", {"act": "strict"})["Location"] == address
    assert "being worked on" in text(caseworker.get(address))
    work_batch(str(batch_at(address).pk))
    assert "2 new rows are stored" in text(caseworker.get(address))
    assert storing.MOST_AT_ONCE > 2


@pytest.mark.parametrize("language", ["da", "en"])
def test_references_and_cards_are_kept_and_each_look_is_written_down(caseworker: Browser, language: str) -> None:
    caseworker.post("/account/language/", {"language": language, "next": FILE})
    address = checked(caseworker, rows({}, {"gender": "Q"}, {}))
    for page in ("references.csv", "cards/"):
        assert caseworker.get(f"{address}{page}").status_code == 404
    caseworker.sure(f"{address}send/", {"act": "lenient"})
    stored = {str(each.reference): each.case.token for each in Referral.objects.select_related("case")}
    answer = caseworker.get(f"{address}references.csv")
    assert answer["Cache-Control"] == "no-store"
    name = {"da": "referencer", "en": "references"}[language]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    content = answer.getvalue().decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(content), delimiter=";" if language == "da" else ",")
    assert head[0] == ("Række" if language == "da" else "Row")
    assert {line[1]: tokens.canonical(line[2]) for line in lines} == stored
    assert [line[0] for line in lines] == ["2", "4"]
    cards = caseworker.get(f"{address}cards/")
    strict(cards)
    page = text(cards)
    for reference, token in stored.items():
        assert tokens.in_groups(token) in page and reference not in page
    assert (f'<html lang="{language}">' in page, "<title>Kort</title>" in page) == (True, language == "da")
    printed = page.split("no-print")[1].split("</div>", 1)[1]
    assert not re.search(r"henvis|traffic|menneskehand|shelter", printed, re.IGNORECASE)
    reads = {each.operation: each.rows for each in RecordRead.objects.exclude(user=None)}
    assert reads["desk/deliveries/{batch_id}/references"] == reads["desk/deliveries/{batch_id}/cards"] == 2


def test_results_are_gone_after_thirty_days_and_the_counts_stay(caseworker: Browser) -> None:
    address = checked(caseworker, rows({}))
    caseworker.sure(f"{address}send/", {"act": "strict"})
    Batch.objects.update(finished_at=timezone.now() - timedelta(days=31))
    page = text(caseworker.get(address))
    assert "1 new row is stored" in page and "deleted by now" in page and "references.csv" not in page
    assert (
        caseworker.get(f"{address}references.csv").status_code == caseworker.get(f"{address}cards/").status_code == 404
    )


def test_templates_are_in_the_language_of_the_page(caseworker: Browser) -> None:
    first, second = (caseworker.get(f"{FILE}template.xlsx") for _ in range(2))
    assert first["Cache-Control"] == "no-store" and first.content != second.content
    caseworker.post("/account/language/", {"language": "da", "next": FILE})
    assert "Reference" in caseworker.get(f"{FILE}template.csv").content.decode("utf-8-sig")
    assert "referrals_da" in caseworker.get(f"{FILE}template.csv")["Content-Disposition"]
    assert caseworker.get(f"{FILE}template.ndjson").status_code == 404


def test_a_rehearsal_is_sent_and_emptied_in_test_mode_alone(caseworker: Browser, shelter: Partner) -> None:
    assert "not sent real referrals yet" in text(caseworker.get(FILE)) and f'href="{TEST}"' in text(
        caseworker.get(FILE)
    )
    for which in ("two-errors", "no-errors"):
        assert caseworker.get(f"{FILE}rehearsal-{which}.xlsx").status_code == 404
    assert caseworker.get(f"{TEST}rehearsal-x.xlsx").status_code == 404
    wrong = caseworker.get(f"{TEST}rehearsal-two-errors.xlsx").content
    address = checked(caseworker, wrong, at=TEST, name="rehearsal.xlsx")
    assert address.startswith("/send/test/deliveries/")
    assert "38 rows can be sent" in text(caseworker.get(address))
    right = checked(
        caseworker, caseworker.get(f"{TEST}rehearsal-no-errors.xlsx").content, at=TEST, name="rehearsal.xlsx"
    )
    page = text(caseworker.get(right))
    form = {f"reason-{rule}": REASON for rule in re.findall(r'name="reason-([a-z_]+)"', page)}
    caseworker.sure(f"{right}send/", {"act": "strict", **form})
    assert Referral.objects.filter(partner__twin_of=shelter).count() == 40
    assert caseworker.sure(f"{FILE}empty/").status_code == 404
    assert "deleted for good" in text(caseworker.post(f"{TEST}empty/"))
    caseworker.sure(f"{TEST}empty/")
    assert not Referral.objects.exists()
    assert AuditEvent.objects.filter(action="rehearsal.empty").exclude(user=None).count() == 1
