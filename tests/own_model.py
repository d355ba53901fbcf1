"""Own figures told with plain dictionaries: what the API and the page must answer of records that have sets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import strategies as st

from cases import dictionary as d
from cases.fields import CodeSetField
from tests.callers import Caller, make_caller

Record = Mapping[str, Any]
SETS = [field.name for field in d.REFERRAL if isinstance(field, CodeSetField)]
AXES = [*SETS, "gender", "citizenship.eu", "referred_in.year"]
CODES = {field.name: field.codelist.names for field in d.REFERRAL if isinstance(field, CodeSetField)}
NOBODY_ASKED = "_N"


def records() -> st.SearchStrategy[list[Record]]:
    """Records with any sets: absent ones (...), empty ones, and up to three codes. The primary form is none of the further ones."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "gender": st.sampled_from(["F", "M"]),
                "citizenship": st.sampled_from(["NG", "RO"]),
                "referred_in": st.sampled_from(["2024-11", "2025-02"]),
                **{
                    name: st.just(...) | st.lists(st.sampled_from(codes[1:5]), max_size=3, unique=True)
                    for name, codes in CODES.items()
                },
            }
        ),
        max_size=6,
    )


def partner_with(referrals: list[Record]) -> Caller:
    """A new partner with these records, and one more that is withdrawn."""
    caller = make_caller("NGO")
    for each in referrals:
        caller.referral(**each)
    path, _ = caller.referral(**{name: [] for name in SETS})
    caller.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    return caller


def codes_of(record: Record, axis: str) -> list[str]:
    """The codes of an axis under which a record counts."""
    match axis:
        case "referred_in.year":
            return [record["referred_in"][:4]]
        case "citizenship.eu":
            return [{"NG": "NON_EU", "RO": "OTHER_EU"}[record["citizenship"]]]
        case "gender":
            return [record["gender"]]
    return [NOBODY_ASKED] if record[axis] is ... else record[axis] or ["[]"]


def numbers(referrals: list[Record], *axes: str) -> dict[tuple[str, ...], int]:
    """The number of records that have each combination of codes."""
    cells: dict[tuple[str, ...], int] = {}
    for record in referrals:
        for cell in product(*(codes_of(record, axis) for axis in axes)):
            cells[cell] = cells.get(cell, 0) + 1
    return cells


def with_totals(referrals: list[Record], rows: str, columns: str, total: str) -> dict[tuple[str, str], int]:
    """The cells of a table of two fields that are not zero, with its totals: each counts every record once."""
    cells: dict[tuple[str, str], int] = {}
    for record in referrals:
        for cell in product([*codes_of(record, rows), total], [*codes_of(record, columns), total]):
            cells[cell] = cells.get(cell, 0) + 1
    return cells
