"""Who reaches a file that was sent, and who does not; and that every refusal is told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.errors import DomainError
from cases.intake.batches import arrival
from cases.intake.findings import FileRefused
from cases.intake.models import Batch
from cases.intake.readers import spool
from cases.models import Referral
from partners.roles import MemberRole
from tests.api.batches.sending import as_xlsx, row
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at, renew_agreement
from tests.pages.desk.sending import FILE, checked, key_of, rows
from tests.people.visitors import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


PAGES = ("", "columns/", "template.xlsx")
OF_DELIVERY = ("", "errors.xlsx", "references.csv", "cards/")


def test_readers_others_and_the_other_mode_reach_nothing(caseworker: Browser, reader: Browser, ngo: Caller) -> None:
    address = checked(caseworker, rows({}, {"gender": "Q"}))
    stranger = at(ngo.partner, MemberRole.MANAGER)
    in_test = address.replace("/send/", "/send/test/")
    for page in OF_DELIVERY:
        assert reader.get(f"{address}{page}").status_code == 403
        assert stranger.get(f"{address}{page}").status_code == 404
        assert caseworker.get(f"{in_test}{page}").status_code == 404
        assert caseworker.get(f"/send/deliveries/{uuid4()}/{page}").status_code == 404
    for act in ("send/", "confirm/", "cancel/"):
        assert reader.sure(f"{address}{act}", {"act": "lenient"}).status_code == 403
        assert stranger.sure(f"{address}{act}", {"act": "lenient"}).status_code == 404
        assert caseworker.sure(f"{in_test}{act}", {"act": "lenient"}).status_code == 404
        assert caseworker.get(f"{address}{act}").status_code == 405
    for page in PAGES:
        assert reader.get(f"{FILE}{page}").status_code == 403
    form = {"key": "x", "end": "1", "file": SimpleUploadedFile("rows.csv", rows({}))}
    assert reader.post(FILE, form).status_code == 403
    assert address not in text(stranger.get("/send/deliveries/"))
    assert "/send/file/" not in text(reader.get("/send/"))
    assert not Referral.objects.exists() and Batch.objects.count() == 1


def test_without_an_agreement_a_file_is_looked_at_and_not_sent(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew_agreement(monkeypatch)
    address = checked(caseworker, rows({}))
    answer = caseworker.sure(f"{address}send/", {"act": "strict"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The agreement is not confirmed." in page and "A manager of yours must confirm" in page
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [(DomainError(), "could not be done"), (FileRefused("deliveries_waiting"), "Too much waits")],
)
def test_any_refusal_is_told_in_words(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def refuse(**_: object) -> None:
        raise error

    key = key_of(caseworker)
    monkeypatch.setattr(arrival, "receive", refuse)
    answer = caseworker.post(FILE, {"key": key, "end": "1", "file": SimpleUploadedFile("rows.csv", rows({}))})
    assert answer.status_code == 409 and words in answer.content.decode()
    assert not list(spool.directory().iterdir())


def test_a_file_of_a_machine_stands_in_the_list(ngo: Caller) -> None:
    ngo.browser.generic(
        "POST", "/api/v1/batches?dry_run=true", as_xlsx([row(), row(gender="Q")]),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Authorization": f"Bearer {ngo.token}", "Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    page = text(browser.get("/send/deliveries/"))
    assert "API" in page and "1 row can be sent, 1 row has to be corrected" in page


def test_a_delivery_is_found_by_what_the_list_shows_of_it_and_none_of_others(caseworker: Browser, ngo: Caller) -> None:
    first, second = (checked(caseworker, rows({})) for _ in range(2))
    others = checked(at(ngo.partner, MemberRole.CASEWORKER), rows({}))
    name = first.rstrip("/").rpartition("/")[2][:8]
    assert f"<code>{name}…</code>" in text(caseworker.get("/send/deliveries/"))
    found = text(caseworker.get("/send/deliveries/", {"name": f"{name}…"}))
    assert first in found
    assert second not in found
    for none in (others.rstrip("/").rpartition("/")[2][:8], "x", "\u0660" * 8):
        assert "No delivery begins so." in text(caseworker.get("/send/deliveries/", {"name": none}))
