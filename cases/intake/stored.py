"""A stored record as it is submitted, and what differs between two versions of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from cases import dictionary as d
from cases.fields import Field, TokenField
from cases.months import month_id


class FieldChange(NamedTuple):
    """A field in which two versions differ, with both values as they are submitted; None where there was none."""

    field: str
    before: Any
    after: Any


def values_of(record: object, fields: Iterable[Field]) -> dict[str, Any]:
    """A stored record's values as they are submitted: sending them again changes nothing."""
    values = {each.name: getattr(record, each.name) for each in fields if not isinstance(each, TokenField)}
    return {
        name: month_id(value) if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def content_of(referral: Any) -> dict[str, Any]:
    """All that a version of a referral says: its case, its values, and why it is withdrawn."""
    return {
        d.CASE_TOKEN.name: referral.case.token,
        **values_of(referral, d.REFERRAL),
        d.WITHDRAWAL_REASON.name: referral.reason_code,
    }


def changes(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields in which two versions of a referral differ. `before`: None in front of the first one, which changes nothing."""
    if before is not None:
        was, now = content_of(before), content_of(after)
        yield from (FieldChange(name, was[name], now[name]) for name in now if was[name] != now[name])
