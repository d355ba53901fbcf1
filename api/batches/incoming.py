"""The body of an upload as it comes: never in memory whole, counted, and known to be whole.

The server that serves us gives the end of a body in chunks and the end of a connection alike. Where the form itself has an end (the
last boundary, the bracket of an array, the directory of a workbook), that is proof. Lines have none, so that lines need a length.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, UnreadablePostError

from api.http.chunks import CHUNKED
from api.http.problems import ProblemError
from cases.intake.arriving import CHUNK

TAIL = 4096


class IncomingStream:
    """A body that is read once. Raises `ProblemError`: 413 where it is longer than `most`, 400 where it ends before its length."""

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
