"""Files of the desk at their limits: numbers of any length, many rows that ask, cards of several pages, and files of machines."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from cases import tokens
from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import results
from cases.intake.checks.delivery import DELIVERY_CHECKS
from cases.intake.checks.improbable import IMPROBABLE
from cases.intake.models import Batch
from cases.models import Referral
from pages.desk.sending import cards, checks
from pages.desk.sending.checks import MOST_ROWS
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.pages.desk.sending import FILE, checked, key_of, rows
from tests.pages.desk.test_sending_asks import HELD, own_header
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
REASON = CONFIRMATION_REASON.names[0]
LONG = "9" * 5_000


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def sent_by_machine(caller: Caller, content: bytes, dry_run: str = "false", **headers: str) -> Batch:
    """What a machine of a partner sent."""
    caller.browser.generic(
        "POST", f"/api/v1/batches?dry_run={dry_run}", content, content_type="text/csv",
        headers={"Authorization": f"Bearer {caller.token}", "Idempotency-Key": str(uuid4()), **headers},
    )  # fmt: skip
    return Batch.objects.get(partner=caller.partner)


def rule_of(page: str) -> str:
    """The check of which a page asks."""
    [rule] = re.findall(r'name="reason-([a-z_]+)"', page)
    return str(rule)


def test_a_number_of_any_length_names_no_row(caseworker: Browser) -> None:
    address = checked(caseworker, rows({}, HELD))
    rule = rule_of(text(caseworker.get(address)))
    form = {f"reason-{rule}": REASON, f"rows-{rule}": "1", f"row-{rule}": LONG}
    assert "choose a reason" in text(caseworker.post(f"{address}confirm/", form, follow=True))
    assert caseworker.get(f"{address}?after={LONG}").status_code == 200
    caseworker.sure(f"{address}send/", {"act": "lenient"})
    assert caseworker.get(f"{address}cards/?after={LONG}").status_code == 200


def test_every_row_that_asks_is_on_the_page_however_many_are_read_at_once(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = checked(caseworker, rows(HELD, HELD, HELD))
    monkeypatch.setattr(results, "page", partial(results.page, limit=1))
    page = text(caseworker.get(address))
    assert page.count(f'name="row-{rule_of(page)}"') == 3


@pytest.mark.parametrize(("number", "others"), [(3, "1 more row"), (4, "2 more rows")])
def test_of_many_rows_that_ask_the_first_are_named_and_the_others_counted(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch, number: int, others: str
) -> None:
    address = checked(caseworker, rows(*[HELD] * number))
    monkeypatch.setattr(checks, "MOST_ROWS", 2)
    page = text(caseworker.get(address))
    assert f"({number} rows)" in page and f"Row 2, 3 and {others}. All of them are confirmed, or none." in page
    assert 'name="row-' not in page
    rule = rule_of(page)
    caseworker.post(f"{address}confirm/", {f"reason-{rule}": REASON})
    assert f"{number} rows can be sent" in text(caseworker.get(address))


def test_a_form_that_confirms_everything_has_no_more_fields_than_are_read() -> None:
    most = django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert most is not None
    assert len(IMPROBABLE) * (MOST_ROWS + 2) + len(DELIVERY_CHECKS) + 10 <= most


def test_a_case_has_one_card_however_many_pages_there_are(caseworker: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    caseworker.sure(f"{checked(caseworker, rows({}))}send/", {"act": "strict"})
    token = Referral.objects.get().case.token
    address = checked(caseworker, rows({"case_token": token}, {"case_token": token, "referred_in": "2025-01"}, {}))
    caseworker.sure(f"{address}send/", {"act": "strict"})
    monkeypatch.setattr(cards, "ON_A_PAGE", 1)
    pages = [text(caseworker.get(f"{address}cards/?after={after}")) for after in ("", "0", "1")]
    assert [tokens.in_groups(token) in page for page in pages] == [True, False, False]
    assert [page.count('class="case-card"') for page in pages] == [1, 0, 1]


@pytest.mark.parametrize(("dry_run", "handling"), [("true", "strict"), ("false", "strict"), ("false", "lenient")])
def test_a_person_answers_what_a_file_of_a_machine_asks(ngo: Caller, dry_run: str, handling: str) -> None:
    content = own_header("DK01")
    batch = sent_by_machine(ngo, content, dry_run, Prefer=f"handling={handling}")
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    form = {"key": key_of(browser), "of": str(batch.pk), "end": "1", "answer-0": "region"}
    file = SimpleUploadedFile("rows.csv", content, content_type="text/csv")
    answer = browser.post(FILE, {**form, "latest": "on", "file": file})
    assert answer.status_code == 302, answer.content
    assert "1 row can be sent" in text(browser.get(answer["Location"]))


def test_a_file_of_a_machine_that_a_person_has_confirmed_waits_for_people(ngo: Caller) -> None:
    batch = sent_by_machine(ngo, rows({}, HELD))
    browser = at(ngo.partner, MemberRole.CASEWORKER, "mette")
    address = f"/send/deliveries/{batch.pk}/"
    assert address in text(browser.get("/send/"))
    rule = rule_of(text(browser.get(address)))
    browser.post(f"{address}confirm/", {f"reason-{rule}": REASON, f"rows-{rule}": "1", f"row-{rule}": "1"})
    assert "2 rows can be sent" in text(browser.get(address))
    assert address in text(browser.get("/send/"))
