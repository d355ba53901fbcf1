"""From a request to a file in the spool: in parts, or as the body itself. Whatever happens, the file does not stay there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.http import parse_header_parameters
from rest_framework.exceptions import UnsupportedMediaType

from api.batches.incoming import IncomingStream
from api.batches.parts import MAPPING, SpoolHandler, part_problem
from api.http.details import DETAILS
from api.http.parsers import MOST_BYTES, parse_json
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.intake import spool
from cases.intake.arriving import FILE
from cases.intake.readers import formats
from cases.intake.readers.formats import MEDIA_TYPES

MULTIPART = "multipart/form-data"
XLSX, ODS = MEDIA_TYPES[formats.XLSX], MEDIA_TYPES[formats.ODS]
LINES = frozenset({MEDIA_TYPES[formats.NDJSON], MEDIA_TYPES[formats.CSV]})
RAW = frozenset(MEDIA_TYPES.values())
# The media types of a body with a file.
TAKEN = (MULTIPART, *MEDIA_TYPES.values())


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the spool, with what its sender says of it."""

    path: Path
    media_type: str | None
    name: str | None = None
    mapping: Mapping[str, object] | None = None


@contextmanager
def upload_of(request: HttpRequest, most: int) -> Iterator[Upload]:
    """The file of a request, of at most `most` bytes. Raises `ProblemError`, and 415 for another form.

    Whoever needs the file for longer takes it away: what is still there at the end is deleted.
    """
    stream = IncomingStream(request, most)
    upload = in_parts(request, stream) if request.content_type == MULTIPART else as_body(request, stream)
    try:
        yield upload
    finally:
        upload.path.unlink(missing_ok=True)


def as_body(request: HttpRequest, stream: IncomingStream) -> Upload:
    """The body itself is the file."""
    media_type = request.content_type or ""
    if media_type not in RAW:
        raise UnsupportedMediaType("")
    if stream.is_chunked and media_type in LINES:
        raise ProblemError("length_required")
    return Upload(spool.spool(stream, stream.most), media_type)


def in_parts(request: HttpRequest, stream: IncomingStream) -> Upload:
    """A part is the file, and another one may be the mapping."""
    handler = SpoolHandler()
    try:
        fields = fields_of(request, stream, handler)
        if FILE in fields or handler.path is None:
            raise part_problem("file_expected", FILE)
        return Upload(handler.path, handler.media_type, handler.name, mapping_of(handler, fields))
    except BaseException:
        handler.discard()
        raise


def fields_of(request: HttpRequest, stream: IncomingStream, handler: SpoolHandler) -> QueryDict:
    """Read all parts; those that are no files. Raises `ProblemError` 400 where the last boundary is missing."""
    content_type = request.META["CONTENT_TYPE"]
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(stream.length or stream.most)}
    try:
        _, words = parse_header_parameters(content_type)
        fields, _ = MultiPartParser(meta, cast(Any, stream), [handler]).parse()
    except (MultiPartParserError, ValueError, LookupError):
        raise ProblemError("bad_request") from None
    stream.drain()
    if f"--{words['boundary']}--".encode() not in stream.tail:
        raise ProblemError("bad_request")
    return fields


def mapping_of(handler: SpoolHandler, fields: QueryDict) -> Mapping[str, object] | None:
    """The mapping, if it came: with a file's name or without. Raises `ProblemError` where it is no JSON object."""
    if fields.keys() - {FILE, MAPPING}:
        raise part_problem("part_unknown")
    texts = [each.encode() for each in fields.getlist(MAPPING)]
    texts += [] if handler.mapping is None else [handler.mapping]
    if len(texts) > 1:
        raise part_problem("part_repeated", MAPPING)
    return parse_mapping(texts[0]) if texts else None


def parse_mapping(raw: bytes) -> Mapping[str, object]:
    """A mapping as it is sent. Raises `ProblemError` 400, and 413 where it is larger than any mapping is."""
    if len(raw) > MOST_BYTES:
        raise ProblemError("payload_too_large")
    mapping = parse_json(raw)
    if not isinstance(mapping, dict):
        place = ("pointer", pointer(MAPPING))
        raise ProblemError("validation_failed", [ProblemFinding(place, "object_expected", DETAILS["object_expected"])])
    return mapping
