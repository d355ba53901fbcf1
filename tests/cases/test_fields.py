"""The stored form of submitted values."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, TokenField, as_codes, to_stored


def test_absent_values_are_filled_in_and_every_column_named() -> None:
    row = to_stored(d.REFERRAL, {})
    assert set(row) == {field.name for field in d.REFERRAL if not isinstance(field, TokenField)}
    assert (row["gender"], row["services_needed"], row["referred_in"]) == ("_N", ["_N"], None)


def test_sets_are_sorted_without_repeats_and_none_is_none() -> None:
    row = to_stored(d.REFERRAL, {"services_needed": ["LEGAL", "HEALTH", "LEGAL"], "services_given": []})
    assert (row["services_needed"], row["services_given"]) == (["HEALTH", "LEGAL"], [])


def test_a_token_is_no_column() -> None:
    assert "case_token" not in to_stored(d.REFERRAL, {"case_token": "7KQ2M8XW4A4"})


def test_a_month_is_kept_as_it_is() -> None:
    assert to_stored(d.ASSESSMENT, {"decided_in": date(2025, 3, 1)})["decided_in"] == date(2025, 3, 1)


@pytest.mark.parametrize("value", ["LEGAL", None, 1, {"LEGAL": 1}])
def test_a_text_is_not_taken_for_a_set_of_letters(value: object) -> None:
    with pytest.raises(TypeError):
        as_codes(value)


@pytest.mark.parametrize("field", [d.CITIZENSHIP, d.MEANS_OF_CONTROL])
def test_a_copy_of_a_field_is_the_field(field: CodedField | CodeSetField) -> None:
    """Forms copy what they are declared with; a code list in the copy would be another one."""
    assert copy.deepcopy({"spec": field})["spec"] is field


def test_a_dimension_that_may_be_left_out_needs_a_code_for_it() -> None:
    said = (d.GENDER.label, d.GENDER.help, d.GENDER.risk, "F")
    with pytest.raises(ValueError, match="its code list needs not_asked"):
        CodedField("gender", d.GENDER.codelist, *said, required=False, dimension=True)
