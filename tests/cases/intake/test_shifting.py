"""References to a sheet that gets a column in front: they name the same cells as before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from cases.intake.errorfiles.shifting import moved_formula, moved_range

COLUMNS = st.integers(1, 16_000).map(get_column_letter)
LINES = st.integers(1, 1_048_576).map(str)
CELLS = st.tuples(COLUMNS, LINES).map("".join)
RANGES = st.one_of(
    CELLS, st.tuples(CELLS, CELLS).map(":".join), st.tuples(COLUMNS, COLUMNS).map(":".join), st.just("list_region")
)
PARTS = st.one_of(RANGES, st.just('"B2:C3"'), st.just("17"), RANGES.map(lambda text: f"COUNTIF({text},1)"))
FORMULAS = st.lists(PARTS, min_size=1, max_size=4).map("+".join)


@given(FORMULAS)
def test_relative_references_move_as_a_spreadsheet_moves_a_formula(text: str) -> None:
    assert moved_formula(text, "Ark", here=True) == Translator(f"={text}", "A1").translate_formula("B1")[1:]


@given(FORMULAS)
def test_references_on_another_sheet_stay(text: str) -> None:
    assert moved_formula(text, "Ark", here=False) == text


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("$A$1", "$B$1"),
        ("A$1:$C3", "B$1:$D3"),
        ("$A:$C", "$B:$D"),
        ("1:3", "1:3"),
        ("Ark!A1", "Ark!B1"),
        ("ark!$A$1:$A$3", "ark!$B$1:$B$3"),
        ("'Vores tal'!A1", "'Vores tal'!A1"),
        ("Andet!A1", "Andet!A1"),
        ("OFFSET(list_x,MATCH($L2,names,0)-1,0)", "OFFSET(list_x,MATCH($M2,names,0)-1,0)"),
        ("IF(B2=\"A1\",C2,'Ark'!D2)", "IF(C2=\"A1\",D2,'Ark'!E2)"),
        ("Tabel1[Region]", "Tabel1[Region]"),
        ("XFD1", "XFD1"),
        ("a1", "B1"),
    ],
)
def test_a_reference_is_one_column_further_right_where_it_is_to_the_sheet(text: str, moved: str) -> None:
    assert moved_formula(text, "Ark", here=True) == moved


def test_a_name_with_a_quote_is_the_same_sheet() -> None:
    assert moved_formula("'Ida''s ark'!A1", "Ida's ark", here=False) == "'Ida''s ark'!B1"


@pytest.mark.parametrize("text", ["", None, 'A1:B2:"', '"open'])
def test_what_is_no_formula_stays(text: str | None) -> None:
    assert moved_formula(text, "Ark", here=True) == text


def test_a_range() -> None:
    assert [moved_range(text) for text in ("A1", "A1:B2", "B:C", "3:4")] == ["B1", "B1:C2", "C:D", "3:4"]
