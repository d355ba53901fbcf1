"""What the service adds to what it gives out and passes over when it comes back: members, the column of errors, a file's end.

They are looked at and passed over, so that an export can be sent back as it is. The end of a referral is no text to be written: a
record that says it is withdrawn must be stored as withdrawn (`withdrawal_of`, `agrees`). None of these values is ever stored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder

from cases import dictionary as d
from cases.codelists.types import NOT_APPLICABLE
from cases.versions import Status
from core.text import Text

STATUS, REASON, SCHEMA, RECORDED_AT = "status", d.WITHDRAWAL_REASON.name, "schema_version", "recorded_at"
SET_BY_SERVICE = (STATUS, REASON, SCHEMA, RECORDED_AT)
STATUSES = tuple(map(str, Status))
REASONS = (*d.WITHDRAWAL_REASON.allowed, NOT_APPLICABLE)
# What the service gives out, and nothing else: a moment in UTC, also as other programs write it again, and the number of a version.
# No number of a person is as short as the fraction of a second. `$` alone would let a line end stand behind it.
END = r"(?!\n)$"
MOMENT = rf"^20[0-4][0-9]-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:\.[0-9]{{1,6}})?(?:Z|\+00:00){END}"
SCHEMA_FORM = rf"^[0-9](?:\.[0-9]{{1,2}})?{END}"
FORMS: Mapping[str, re.Pattern[str]] = {SCHEMA: re.compile(SCHEMA_FORM), RECORDED_AT: re.compile(MOMENT)}
READ_ONLY = "read_only"
PASSED_OVER = "read_only_passed_over"
SENT_AS_WITHDRAWN = "sent_as_withdrawn"
LABELS: Mapping[str, Text] = {
    STATUS: Text("Status", "Status"),
    REASON: d.WITHDRAWAL_REASON.label,
    SCHEMA: Text("Ordbogens version", "Version of the dictionary"),
    RECORDED_AT: Text("Modtaget", "Recorded at"),
}
STILL_WITHDRAWN = Text(
    "Henvisningen er trukket tilbage. Skal den gælde igen, så udelad status og reason_code.",
    "The referral is withdrawn. To report it again, leave out status and reason_code.",
)
SET_HERE = Text("Sættes af tjenesten og gemmes ikke.", "Set by the service, and not stored.")


def is_given_out(name: str | None, text: str) -> bool:
    """Whether a text has the form in which the service gives out this member."""
    form = FORMS.get(name or "")
    return form is not None and form.match(text) is not None


def withdrawal_of(values: Mapping[str, Any]) -> str | None:
    """The reason for which a record says that it is withdrawn, empty where it gives none; None for a record that is not."""
    reason = values.get(REASON, NOT_APPLICABLE)
    if reason != NOT_APPLICABLE:
        return str(reason)
    return "" if values.get(STATUS) == Status.WITHDRAWN else None


def agrees(reason_sent: str | None, reason_stored: str | None) -> bool:
    """Whether a record is withdrawn as the stored version is. Both: the reason; None where it is not withdrawn."""
    return reason_sent == reason_stored or (not reason_sent and None not in {reason_sent, reason_stored})


def wrong_end(reason_sent: str, reason_stored: str | None) -> tuple[str, str]:
    """The member and the rule of a record with new content that says it is withdrawn: stored so for this reason, or otherwise."""
    if agrees(reason_sent, reason_stored):
        return STATUS, SENT_AS_WITHDRAWN
    return REASON if reason_sent else STATUS, READ_ONLY


ERRORS = Text("Fejl", "Errors")
# The heads of columns that say nothing of a referral, in lower case.
IGNORED_HEADERS = frozenset(word.casefold() for word in ERRORS)


def is_ignored(header: object) -> bool:
    """Whether a head is that of the column with what was wrong."""
    return isinstance(header, str) and header.strip().casefold() in IGNORED_HEADERS


class EndOfFile(Struct, forbid_unknown_fields=True):
    """What the last line of an export says of it."""

    rows: int
    changed_since: Annotated[str, Meta(pattern=MOMENT)] | None = None


class EndLine(Struct, forbid_unknown_fields=True):
    """The last line of an export as NDJSON: it is no row."""

    end: EndOfFile


END_BEGINS = re.compile(rb'\{\s*"end"')
decode_end = Decoder(EndLine).decode


def is_end(line: bytes) -> bool:
    """Whether a line is the last one of an export."""
    if not END_BEGINS.match(line):
        return False
    try:
        decode_end(line)
    except DecodeError:
        return False
    return True
