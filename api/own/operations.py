"""Rows of the table of operations on a partner's own records, figures and calendar."""

from __future__ import annotations

from api.openapi.legacy_parameters import FILTERS
from api.openapi.rows import MINE, READ, Answer, Operation

LISTED = (
    "The current version of each, withdrawn ones too, the one recorded first in front, a page at a time. Follow `next` "
    "until it is null. Unknown parameters are refused, never ignored."
)
AS_A_FILE = (
    "**Everything as a file**: `text/csv` or `application/x-ndjson`, by Accept or `format`, without pages. In CSV the codes "
    "of a set stand in one cell with `|` between; an empty cell is the empty set, known none. The end of a body proves "
    "nothing: a file is whole where it has as many rows as `Henvis-Rows` says, and NDJSON ends with a line "
    '`{"end": …}` then. Where reading failed midway, the last line says `INCOMPLETE` (`{"incomplete":true}`): fetch it '
    "again."
)
CATCHING_UP = (
    "**Catching up**: each answer gives a moment, `changed_since` in JSON and the header `Henvis-Changed-Since`. Send it as "
    "it is, and you get what was recorded then or later, withdrawals too. What lies at the moment itself comes again: tell "
    "rows apart by `reference` and `version`. Follow the pages to the end before you keep the moment of the last one. With "
    "filters, a row that no longer fits is not told: to keep a copy, catch up without. A referral that the centre has "
    "deleted is not told either."
)
SUMMARY = (
    "Your current referrals that are not withdrawn, counted exactly at this moment: your own figures, not for publication. "
    "`by` names up to three axes: any field, a roll-up of one, or the month, quarter or year of referral. Filters and "
    "periods narrow what is counted. The rows add up to `total`. Zero is zero: every combination of codes is there, and an "
    "axis of time runs from the first month asked for (or found) to the last one asked for (or the present one). A set "
    "(`means_of_control`) is no axis, since its numbers would not add up: filter by its codes."
)
OWN: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/referrals"): Operation(
        "listReferrals",
        "Referrals",
        "List your own referrals",
        "\n\n".join((LISTED, AS_A_FILE, CATCHING_UP)),
        (
            Answer(
                200,
                "A page, or everything as a file.",
                "ReferralPage",
                ("ReferralPage",),
                ("Link", "Henvis-Changed-Since", "Henvis-Rows", "Content-Disposition"),
                texts=(("text/csv", "ReferralsCsv"), ("application/x-ndjson", "ReferralsNdjson")),
            ),
        ),
        ("limit", "cursor", *FILTERS, "changed_since", "list.format", "Accept-Language"),
        (*MINE, *READ),
    ),
    ("GET", "/api/v1/referrals/summary"): Operation(
        "summariseReferrals",
        "Referrals",
        "Count your own referrals",
        SUMMARY,
        (
            Answer(
                200,
                "The table, as JSON or CSV.",
                "OwnFigures",
                ("OwnFigures",),
                ("Content-Language", "Content-Disposition"),
                texts=(("text/csv", "OwnFiguresCsv"),),
            ),
        ),
        (
            *("own.by", "own.period", "own.year", "own.zeros", "own.format", "own.status"),
            *(name for name in FILTERS if name != "status"),
            "Accept-Language",
        ),
        (*MINE, *READ),
    ),
}
