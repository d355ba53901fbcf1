"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from cases import dictionary as d
from cases.fields import Field, TokenField
from partners.risks import OPERATIONAL, PSEUDONYM, QUASI, Risk

# The columns of a version that are not in the dictionary. When and by whom a version was recorded narrows down its person.
VERSION = {
    "id": PSEUDONYM,
    "partner_id": QUASI,
    "client_id": QUASI,
    "version": OPERATIONAL,
    "case_id": PSEUDONYM,
    "schema_version": OPERATIONAL,
    "recorded_at": QUASI,
    "superseded_at": QUASI,
}


def risks(fields: tuple[Field, ...]) -> dict[str, Risk]:
    """The risk class of each column of these fields. A token has no column of its own: it is the link to the case."""
    return {field.name: field.risk for field in fields if not isinstance(field, TokenField)}


COLUMNS: dict[str, dict[str, Risk]] = {
    "cases.Case": {
        "id": PSEUDONYM,
        "token": d.CASE_TOKEN.risk,
        "test": OPERATIONAL,
        "token_unknown": OPERATIONAL,
        "opened_at": QUASI,
        "opened_by_id": QUASI,
    },
    "cases.Referral": {
        **VERSION,
        "reference": PSEUDONYM,
        "status": OPERATIONAL,
        **risks(d.REFERRAL),
        **risks(d.WITHDRAWAL),
    },
    "cases.Assessment": {**VERSION, **risks(d.ASSESSMENT)},
    "cases.InventedData": dict.fromkeys(("id", "since"), OPERATIONAL),
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "cases.Case": ("erase",),
    "cases.Referral": ("superseded_at", "erase", "erase:case_id", "purge"),
    "cases.Assessment": ("superseded_at", "erase", "erase:case_id"),
    "cases.InventedData": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
