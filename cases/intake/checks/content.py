"""The content of a row as a line of text, and digests by which the same content is known again and nothing else is."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from cases import dictionary as d
from cases.fields import CodeSetField, TokenField
from cases.intake.findings import Finding
from cases.rules import Values
from core import keys

NAMES = tuple(field.name for field in d.REFERRAL if not isinstance(field, TokenField))
SETS = frozenset(field.name for field in d.REFERRAL if isinstance(field, CodeSetField))
MONTH = d.REFERRED_IN.name
MONTH_PLACE = NAMES.index(MONTH)
PLACES = [(NAMES.index(name), name in SETS) for name in NAMES if name in SETS or name == MONTH]
VALUES_OF = itemgetter(*NAMES)
# Codes have neither of these characters.
BETWEEN_FIELDS, BETWEEN_CODES = "\x1f", "|"


# The values of a row in the order of `NAMES`, each as text.
Parts = tuple[str, ...]


def parts_of(row: Values) -> Parts:
    """A row's stored values as parts: a month as its first day, a set as its codes in the order in which they are stored."""
    parts = list(VALUES_OF(row))
    for place, is_set in PLACES:
        parts[place] = BETWEEN_CODES.join(parts[place]) if is_set else str(parts[place])
    return tuple(parts)


def values_of(parts: Parts) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(NAMES, parts, strict=True))
    values[MONTH] = date.fromisoformat(values[MONTH])
    for name in SETS:
        values[name] = values[name].split(BETWEEN_CODES) if values[name] else []
    return values


def content_digest(reference: UUID, row: Values) -> str:
    """HMAC-SHA-256 of a reference and the stored values under the pepper, in hexadecimal. Any other content has another one."""
    return digest_of_parts(str(reference), parts_of(row))


def digest_of_parts(reference: str, parts: Parts) -> str:
    """The same of a row whose parts are known."""
    return seal("row", reference, *parts)


def delivery_digest(finding: Finding, rows: int) -> str:
    """The digest of a check of a whole delivery: of its rule, field and period, and of the rows that it is about.

    `rows`: the sum of their digests, so that their order does not matter.
    """
    return seal("delivery", finding.rule, finding.field or "", finding.period or "", f"{rows:x}")


def seal(kind: str, *parts: str) -> str:
    """HMAC-SHA-256 of parts with a label."""
    return keys.seal(BETWEEN_FIELDS.join((f"intake:{kind}", *parts)))
