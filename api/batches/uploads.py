"""From a request to a file in the spool: in parts, or as the body itself. Whatever happens, the file does not stay there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.http import parse_header_parameters
from rest_framework.exceptions import UnsupportedMediaType

from api.http.chunks import CHUNKED
from api.http.problems import ProblemError, ProblemFinding, pointer
from api.http.reading import DETAILS, MOST_BYTES, parse_json
from cases.intake.readers import formats, spool
from cases.intake.readers.formats import MEDIA_TYPES
from cases.intake.readers.spool import CHUNK, FILE, FileToSpool
from core.text import Text

TAIL = 4096


class IncomingStream:
    """A body that is read once. Raises `ProblemError`: 413 where it is longer than `most`, 400 where it ends before its length.

    It is never whole in memory, and known to be whole. The server that serves us gives the end of a body in chunks and the end of
    a connection alike. Where the form itself has an end (the last boundary, the bracket of an array, the directory of a workbook),
    that is proof. Lines have none, so that lines need a length.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        self.request, self.most = request, most
        self.is_chunked = bool(request.META.get(CHUNKED))
        self.length = 0 if self.is_chunked else int(request.META.get("CONTENT_LENGTH") or 0)
        self.count, self.tail = 0, b""
        if self.length > most:
            raise ProblemError("payload_too_large")

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, or none at the end."""
        try:
            chunk: bytes = self.request.read(min(size, CHUNK))
        except UnreadablePostError:
            raise ProblemError("bad_request") from None
        self.count += len(chunk)
        if self.count > self.most:
            raise ProblemError("payload_too_large")
        if not chunk and self.count < self.length:
            raise ProblemError("bad_request")
        self.tail = (self.tail + chunk)[-TAIL:]
        return chunk

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.read, b"")

    def drain(self) -> None:
        """Read what nobody has asked for."""
        for _ in self:
            pass


MAPPING = "mapping"
NAMES = (FILE, MAPPING)
PART_TEXTS = {
    "file_expected": Text(
        "En del, der hedder file og har et filnavn, i multipart/form-data.",
        "A part that is called file and has a filename, in multipart/form-data.",
    ),
    "part_unknown": Text(
        "Delen bruges ikke. Navnet gentages ikke; de mulige står i allowed.",
        "The part is not used. Its name is not repeated; the possible ones are in allowed.",
    ),
    "part_repeated": Text("Delen står flere gange.", "The part stands more than once."),
}


def part_problem(code: str, *path: str) -> ProblemError:
    """A 400 on a part."""
    names = NAMES if code == "part_unknown" else ()
    return ProblemError(
        "validation_failed", [ProblemFinding(("pointer", pointer(*path)), code, PART_TEXTS[code], names)]
    )


class SpoolHandler(FileToSpool):
    """Writes the part `file` into the spool, and holds the part `mapping`. `path` is None until the file has come."""

    def __init__(self) -> None:
        super().__init__()
        self.mapping: bytes | None = None

    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """Begin a part. Raises `ProblemError` for one that is not used, or that came already."""
        if field_name not in NAMES:
            raise part_problem("part_unknown")
        if (self.path if field_name == FILE else self.mapping) is not None:
            raise part_problem("part_repeated", field_name)
        if field_name == FILE:
            super().new_file(field_name, file_name, content_type, *args, **kwargs)
        else:
            self.mapping = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next bytes of the part. Raises `ProblemError` 413 for a mapping that is larger than any is."""
        if self.open_file is not None:
            super().receive_data_chunk(raw_data, start)
            return
        self.mapping = (self.mapping or b"") + raw_data
        if len(self.mapping) > MOST_BYTES:
            raise ProblemError("payload_too_large")


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
    upload = upload_of_parts(request, stream) if request.content_type == MULTIPART else upload_of_body(request, stream)
    try:
        yield upload
    finally:
        upload.path.unlink(missing_ok=True)


def upload_of_body(request: HttpRequest, stream: IncomingStream) -> Upload:
    """The body itself is the file."""
    media_type = request.content_type or ""
    if media_type not in RAW:
        raise UnsupportedMediaType("")
    if stream.is_chunked and media_type in LINES:
        raise ProblemError("length_required")
    return Upload(spool.spool(stream, stream.most), media_type)


def upload_of_parts(request: HttpRequest, stream: IncomingStream) -> Upload:
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
