"""What arrives of a file: in parts, in chunks, cut off, too large, under a wrong name; and nothing of it stays in the spool."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.test import RequestFactory

from api.batches.uploads import MULTIPART as FORM
from api.batches.uploads import ODS, XLSX, upload_of
from api.http.chunks import CHUNKED
from api.http.problems import ProblemError
from cases.intake.models import Batch
from cases.intake.readers import spool
from tests.api.asserts import findings, problem
from tests.api.batches.sending import (
    BATCHES,
    BOUNDARY,
    CSV,
    JSON,
    MULTIPART,
    NDJSON,
    PUBLIC,
    as_csv,
    file_part,
    part,
    parts,
    post,
    row,
)
from tests.callers import Caller

MARKER = "Zz0101901234zZ"
MOST = 10_000_000


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The spool of a test, which is empty when it ends."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    yield settings.HENVIS_SPOOL
    assert [*settings.HENVIS_SPOOL.glob("*")] == []


def taken(raw: bytes, media_type: str, *, most: int = MOST, **meta: Any) -> tuple[bytes, Any]:
    """The file of a request and what is said of it, as whoever reads it finds them."""
    wire = {"CONTENT_TYPE": media_type, "CONTENT_LENGTH": str(len(raw)), "wsgi.input": io.BytesIO(raw), **meta}
    request = RequestFactory().post(BATCHES, **wire)
    if CHUNKED in wire:
        request._stream = wire["wsgi.input"]
    with upload_of(request, most) as upload:
        assert upload.path.stat().st_mode & 0o777 == 0o600
        assert upload.path.parent.stat().st_mode & 0o777 == 0o700
        assert MARKER not in str(upload.path)
        return upload.path.read_bytes(), upload


def refused(raw: bytes, media_type: str, **options: Any) -> tuple[str, list[str]]:
    """The code of the problem with a body, and those of what is wrong."""
    with pytest.raises(ProblemError) as error:
        taken(raw, media_type, **options)
    return error.value.code, [each.code for each in error.value.findings]


@pytest.mark.parametrize("media_type", [JSON, NDJSON, CSV, XLSX, ODS])
def test_the_body_itself_is_the_file(media_type: str) -> None:
    content = bytes(range(256)) * 1000
    assert taken(content, f"{media_type}; charset=utf-8")[0] == content


@pytest.mark.parametrize("size", [0, 1, spool.CHUNK - 1, spool.CHUNK, 3 * spool.CHUNK + 7])
def test_a_part_is_the_file_whatever_its_size(size: int) -> None:
    content = b"\r\n--boundary" * (size // 12) + b"x" * (size % 12)
    found, upload = taken(parts(file_part(content)), MULTIPART)
    assert found == content
    assert (upload.media_type, upload.name, upload.mapping) == (CSV, "henvisninger.csv", None)


@pytest.mark.parametrize("file_name", ["", "mapping.json"])
def test_a_mapping_comes_as_a_field_or_as_a_file(file_name: str) -> None:
    mapping = part("mapping", b'{"columns": {"Landsdel": "region"}}', file_name=file_name)
    for order in ([mapping, file_part(b"a")], [file_part(b"a"), mapping]):
        assert taken(parts(*order), MULTIPART)[1].mapping == {"columns": {"Landsdel": "region"}}


@pytest.mark.parametrize(
    ("raw", "problem_of_it"),
    [
        (parts(), ("validation_failed", ["file_expected"])),
        (parts(part("file", b"a")), ("validation_failed", ["file_expected"])),
        (parts(file_part(b"a"), part("file", b"a")), ("validation_failed", ["file_expected"])),
        (parts(file_part(b"a"), file_part(b"a")), ("validation_failed", ["part_repeated"])),
        (parts(file_part(b"a"), part(MARKER, b"a")), ("validation_failed", ["part_unknown"])),
        (parts(file_part(b"a"), part(MARKER, b"a", file_name="a")), ("validation_failed", ["part_unknown"])),
        (
            parts(file_part(b"a"), part("mapping", b"{}"), part("mapping", b"{}")),
            ("validation_failed", ["part_repeated"]),
        ),
        (parts(file_part(b"a"), part("mapping", b"[]")), ("validation_failed", ["object_expected"])),
        (parts(file_part(b"a"), part("mapping", b"{")), ("malformed_json", ["not_json"])),
        (parts(file_part(b"a"), part("mapping", b"{" + b" " * 70_000 + b"}")), ("payload_too_large", [])),
        (parts(file_part(b"a"), part("mapping", b" " * 70_000, file_name="m")), ("payload_too_large", [])),
        (parts(file_part(b"a"))[:-6], ("bad_request", [])),
        (parts(file_part(b"a" * 200_000))[:150_000], ("bad_request", [])),
        (b"", ("bad_request", [])),
        (b"--" + BOUNDARY.encode(), ("bad_request", [])),
        (b"\0" * 5000, ("bad_request", [])),
    ],
)
def test_other_parts_are_refused(raw: bytes, problem_of_it: tuple[str, list[str]]) -> None:
    assert refused(raw, MULTIPART) == problem_of_it


@pytest.mark.parametrize(
    "media_type",
    [FORM, f"{FORM}; boundary=", f"{FORM}; boundary={'b' * 300}", f"{FORM}; boundary=\xe6"],
)
def test_a_form_without_a_boundary_cannot_be_read(media_type: str) -> None:
    assert refused(parts(file_part(b"a")), media_type)[0] == "bad_request"


def test_a_body_that_is_too_large_is_refused_before_it_is_read_and_while_it_is() -> None:
    assert refused(b"x" * 101, CSV, most=100) == ("payload_too_large", [])
    assert refused(parts(file_part(b"x" * 200_000)), MULTIPART, most=100_000) == ("payload_too_large", [])
    endless = {"wsgi.input": io.BytesIO(b"[" * 200_000), CHUNKED: True, "CONTENT_LENGTH": ""}
    assert refused(b"", JSON, most=100_000, **endless) == ("payload_too_large", [])


@pytest.mark.parametrize("media_type", [CSV, JSON, MULTIPART])
def test_a_body_that_ends_before_its_length_is_refused(media_type: str) -> None:
    raw = parts(file_part(b"x" * 200_000))
    assert refused(raw, media_type, CONTENT_LENGTH=str(len(raw) + 1)) == ("bad_request", [])


class Broken(io.BytesIO):
    """A connection that ends."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError


def test_a_connection_that_breaks_leaves_nothing() -> None:
    assert refused(b"", CSV, CONTENT_LENGTH="5", **{"wsgi.input": Broken()}) == ("bad_request", [])


def test_lines_in_chunks_have_no_end_that_can_be_seen(ngo: Caller) -> None:
    assert refused(b"a", NDJSON, **{CHUNKED: True}) == ("length_required", [])
    assert refused(b"a", CSV, **{CHUNKED: True}) == ("length_required", [])


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/zip", "*/*", "", "x" * 200])
def test_another_media_type_is_415(ngo: Caller, media_type: str) -> None:
    for path in (f"{BATCHES}?dry_run=true", PUBLIC):
        problem(post(ngo, b"a", media_type, path), "unsupported_media_type")


def test_a_length_beyond_the_limit_is_413_unread(ngo: Caller) -> None:
    raw = as_csv([row()])
    for path, most in ((BATCHES, program.HENVIS_UPLOADS[BATCHES]), (PUBLIC, program.DATA_UPLOAD_MAX_MEMORY_SIZE)):
        answer = ngo.browser.generic(
            "POST",
            f"{path}?dry_run=true",
            raw,
            CSV,
            CONTENT_LENGTH=str(most + 1),
            headers={"Authorization": f"Bearer {ngo.token}"},
        )
        problem(answer, "payload_too_large")  # type: ignore[arg-type]
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("query", "place_of_it", "code"),
    [
        ("", "dry_run", "required"),
        ("?dry_run=", "dry_run", "value_not_allowed"),
        ("?dry_run=True", "dry_run", "value_not_allowed"),
        ("?dry_run=1", "dry_run", "value_not_allowed"),
        ("?dry-run=true", "?", "unknown_parameter"),
        ("?dryrun=true&dry_run=false", "?", "unknown_parameter"),
        ("?dry_run=true&dry_run=false", "dry_run", "repeated_parameter"),
        ("?dry_run=true&prefer=newest", "prefer", "value_not_allowed"),
    ],
)
def test_a_dry_run_is_said_or_nothing_is_done(ngo: Caller, query: str, place_of_it: str, code: str) -> None:
    answer = post(ngo, as_csv([row()]), CSV, f"{BATCHES}{query}")
    assert findings(answer, "invalid_parameter") == [(place_of_it, code)]
    assert not Batch.objects.exists()


def test_a_key_is_needed_also_for_a_dry_run(ngo: Caller) -> None:
    for dry_run in ("true", "false"):
        path = f"{BATCHES}?dry_run={dry_run}"
        problem(post(ngo, as_csv([row()]), CSV, path, Idempotency_Key=""), "idempotency_key_missing")
        assert findings(post(ngo, as_csv([row()]), CSV, path, Idempotency_Key="1"), "invalid_header")
    assert not Batch.objects.exists()


def test_what_breaks_behind_leaves_nothing_in_the_spool(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    ngo.browser.raise_request_exception = False
    monkeypatch.setattr("cases.intake.batches.arrival.receive", broken)
    problem(post(ngo, as_csv([row()]), CSV), "internal_error")
    problem(post(ngo, parts(file_part(as_csv([row()]))), MULTIPART), "internal_error")


def test_no_part_of_a_form_is_repeated(ngo: Caller) -> None:
    raw = parts(file_part(b"a"), part(MARKER, MARKER.encode(), file_name=MARKER))
    answer = post(ngo, raw, MULTIPART)
    assert findings(answer) == [("#", "part_unknown")]
    assert MARKER not in answer.content.decode()
    assert json.loads(answer.content)["errors"][0]["allowed"] == ["file", "mapping"]


def test_the_spool_is_written_by_one_function() -> None:
    path, file = spool.begin()
    with file:
        file.write(b"a")
    spool.forget(path)
