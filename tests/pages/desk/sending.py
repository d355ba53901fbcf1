"""People who send files on the desk: a form as a browser sends it, and the forty rows of a rehearsal."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.intake.models import Batch
from cases.intake.readers.formats import MEDIA_TYPES
from tests.api.batches.sending import as_csv, row
from tests.callers import Browser, Caller
from tests.people.visitors import text

FILE, TEST = "/send/file/", "/send/test/file/"


def upload(browser: Browser, content: bytes, *, at: str = FILE, name: str = "rows.csv", **fields: Any) -> Any:
    """Send a file by the form of the page, with the key that the page made."""
    key = fields.pop("key", None) or key_of(browser, at)
    part = SimpleUploadedFile(name, content, content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    return browser.post(at, {"key": key, "file": part, "end": "1", **fields})


def key_of(browser: Browser, at: str = FILE) -> str:
    """The key of the form of a page."""
    match = re.search(r'name="key" value="([^"]+)"', text(browser.get(at)))
    assert match
    return match[1]


def checked(browser: Browser, content: bytes, **fields: Any) -> str:
    """Send a file; the address of its delivery."""
    answer = upload(browser, content, **fields)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def own_header(*words: str, name: str = "Landsdel") -> bytes:
    """A CSV in which the region has a header, and words, of the sender's own."""
    made = [{(name if each == "region" else each): value for each, value in row().items()} for _ in words]
    return as_csv([{**each, name: word} for each, word in zip(made, words, strict=True)])


def answer(browser: Browser, address: str, content: bytes, **answers: str) -> Any:
    """Answer the questions of a delivery with a file."""
    form = {"key": key_of(browser), "of": str(batch_at(address).pk), "end": "1"}
    named = {re.sub("^n(?=[0-9])", "answer-", name): value for name, value in answers.items()}
    return browser.post(
        FILE, {**form, **named, "file": SimpleUploadedFile("rows.csv", content, content_type="text/csv")}
    )


def rows(*changes: dict[str, object]) -> bytes:
    """A CSV with a right row for each of the changes."""
    return as_csv([row(**each) for each in changes])


def batch_at(address: str) -> Batch:
    """The delivery of an address."""
    return Batch.objects.get(pk=address.rstrip("/").rpartition("/")[2])


def sent_by_machine(caller: Caller, content: bytes, dry_run: str = "false", **headers: str) -> Batch:
    """What a machine of a partner sent."""
    caller.browser.generic(
        "POST", f"/api/v1/batches?dry_run={dry_run}", content, content_type="text/csv",
        headers={"Authorization": f"Bearer {caller.token}", "Idempotency-Key": str(uuid4()), **headers},
    )  # fmt: skip
    return Batch.objects.latest("created_at")


def rule_of(page: str) -> str:
    """The check of which a page asks."""
    [rule] = re.findall(r'name="reason-([a-z_]+)"', page)
    return str(rule)
