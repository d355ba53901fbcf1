"""Bodies of JSON as we read them: strict, shallow and small.

Plain DRF answers 500 to deep arrays and lone surrogates and takes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from api.http.problems import ProblemError, ProblemFinding
from cases.intake.strict_json import REASONS, JSONRefused, loads

MOST_BYTES, MOST_BYTES_OF_COUNTS = 64 * 1024, 1024 * 1024


class JSONBody(BaseParser):
    """`application/json`, at most 64 KiB, as bytes: the reader of a body knows what it may hold (`api.records.reading`)."""

    media_type = "application/json"
    most_bytes = MOST_BYTES

    def parse(  # type: ignore[override]
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The body. Raises `ProblemError` 400 or 413."""
        raw = stream.read(self.most_bytes + 1)
        if len(raw) > self.most_bytes:
            raise ProblemError("payload_too_large")
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if len(raw) < int(length):
            raise ProblemError("bad_request")
        return raw


class CountsBody(JSONBody):
    """The same, at most 1 MiB: a report of counts has thousands of lines, and no text of anybody's."""

    most_bytes = MOST_BYTES_OF_COUNTS


def parse_json(raw: bytes, *, fractions: bool = False) -> Any:
    """The value of a body. Raises `ProblemError` 400. `fractions`: the reader refuses them, each at its place."""
    try:
        return loads(raw, fractions=fractions)
    except JSONRefused as refusal:
        finding = ProblemFinding(("pointer", "#"), refusal.code, REASONS[refusal.code])
        raise ProblemError("malformed_json", [finding]) from None
