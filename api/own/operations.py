"""Rows of the table of operations on a partner's own records, figures and calendar."""

from __future__ import annotations

from api.openapi.parameters import FILTERS
from api.openapi.rows import MINE, READ, WRITE, Answer, Operation

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
CALENDAR = (
    "Every period from the beginning of your calendar to the present one, the oldest first. A period is answered while a "
    "referral of one of its months stands, or a nil report of each of its months. It is late where the first word on it "
    "came when it was due already, and stays late; a correction or a withdrawal afterwards makes nobody late. Nothing is "
    "expected under `NONE`."
)
NIL = (
    "That is an answer. Safe to repeat. A referral of the month that comes later goes before it, so there is nothing to "
    "delete. A quarter takes one for each of its months."
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
    ("GET", "/api/v1/reports"): Operation(
        "readCalendar",
        "Reports",
        "What is expected of you, and what has come",
        CALENDAR,
        (Answer(200, "The calendar.", "Calendar", ("Calendar",)),),
        ("Accept-Language",),
        (*MINE, *READ),
    ),
    ("PUT", "/api/v1/reports/{month}/nil"): Operation(
        "putNilReport",
        "Reports",
        "Say that there were no referrals in a month",
        NIL,
        (
            Answer(200, "Said already.", "NilReport", ("NilReport",)),
            Answer(201, "Said.", "NilReport", ("NilReport",)),
        ),
        ("month", "Accept-Language"),
        (*WRITE, "invalid_parameter", "referrals_reported"),
    ),
}
