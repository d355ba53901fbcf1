"""Files of the desk at their limits: numbers of any length, many rows that ask, and cards of several pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from cases import tokens
from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import results
from cases.intake.checks.delivery import DELIVERY_CHECKS
from cases.intake.checks.rows import IMPROBABLE
from cases.models import Referral
from pages.desk.sending import files
from pages.desk.sending import rows as checks
from pages.desk.sending.rows import MOST_ROWS
from tests.callers import Browser
from tests.pages.desk.sending import checked, rows, rule_of
from tests.pages.desk.test_sending_asks import HELD
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
REASON = CONFIRMATION_REASON.names[0]
LONG = "9" * 5_000


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


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
    monkeypatch.setattr(files, "ON_A_PAGE", 1)
    pages = [text(caseworker.get(f"{address}cards/?after={after}")) for after in ("", "0", "1")]
    assert [tokens.in_groups(token) in page for page in pages] == [True, False, False]
    assert [page.count('class="case-card"') for page in pages] == [1, 0, 1]
