"""The stored form of many records is that of each alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field, StoredForm, to_stored

FIELDS = (*d.REFERRAL, *d.ASSESSMENT)


def values_of(field: Field) -> st.SearchStrategy[object]:
    """What a field may say, sets with repeats and in any order."""
    match field:
        case CodedField():
            return st.sampled_from(field.allowed)
        case CodeSetField():
            return st.lists(st.sampled_from(field.codelist.names), max_size=4)
    return st.sampled_from(["2025-01", "2025-02"])


@given(st.fixed_dictionaries({}, optional={field.name: values_of(field) for field in FIELDS}))
def test_many_records_are_stored_as_one_alone(values: dict[str, object]) -> None:
    for fields in (d.REFERRAL, d.ASSESSMENT):
        assert StoredForm(fields).of(values) == to_stored(fields, values)
