"""What the API's description says of the list of own referrals, paragraph by paragraph."""

from __future__ import annotations

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
    "deleted is not told either, nor one whose processing was restricted or no longer is: the whole list tells."
)
RESTRICTED = (
    "**Restricted**: of a person who had the processing restricted, the list has the reference and the version alone, in "
    '`restricted`; NDJSON has a line `{"restricted": …}`, and CSV a row with `RESTRICTED` as its status. Restrict your own copy '
    "too. With filters these referrals are left out. One that was restricted and is among `items` again is restricted no more."
)
