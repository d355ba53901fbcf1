"""What each stored column of records says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from cases import dictionary as d
from cases.fields import Field, TokenField
from partners.risks import OPERATIONAL, PSEUDONYM, QUASI, Risk

# The columns of a version that the dictionary does not name. When and by whom it was recorded narrows down whom it is about.
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
    """The columns of a record's fields; a token's column is the link to the case."""
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
    "cases.Case": (),
    "cases.Referral": ("superseded_at",),
    "cases.Assessment": ("superseded_at",),
    "cases.InventedData": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
