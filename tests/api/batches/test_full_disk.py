"""The disk of the spool is full: nobody's mistake, and nothing of a file stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pytest

from cases.intake.models import Batch
from cases.intake.readers import spool
from partners.roles import MemberRole
from tests.api.asserts import problem
from tests.api.batches.sending import CSV, MULTIPART, as_csv, file_part, parts, post, row
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.pages.desk.sending import upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def full(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A spool in which files can be made, and take no byte: what is written goes to a device that is always full."""
    settings.HENVIS_SPOOL = tmp_path / "spool"

    def begin_full() -> tuple[Path, BinaryIO]:
        path, file = really_begin()
        file.close()
        return path, Path("/dev/full").open("wb")

    really_begin = spool.begin
    monkeypatch.setattr(spool, "begin", begin_full)


def test_an_upload_is_told_to_come_back_and_leaves_nothing(ngo: Caller) -> None:
    content = as_csv([row()])
    whole = parts(file_part(content))
    for answer in (post(ngo, content, CSV), post(ngo, whole, MULTIPART)):
        problem(answer, "unavailable")
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True)
    assert not Batch.objects.exists()
    assert list(spool.directory().iterdir()) == []


def test_a_page_says_so_too(ngo: Caller) -> None:
    browser = at(ngo.partner, MemberRole.CASEWORKER)
    browser.raise_request_exception = False
    answer = upload(browser, as_csv([row()]))
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (503, True)
    assert list(spool.directory().iterdir()) == []


def test_the_service_is_not_ready() -> None:
    ready = Browser().get("/readyz")
    assert (ready.status_code, ready.json()["checks"]) == (
        503,
        {"database": "ok", "migrations": "ok", "spool": "refuses_writes"},
    )
