"""What a report says: every fault at once, one canonical form, and rules between numbers, against a plain model."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.codelists.types import UNKNOWN
from cases.services import content
from cases.services.content import MOST, ContentRefused, Line
from cases.services.forms import FORMS, HOTLINE, OUTREACH, SHELTER
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind, CountTable, CountUnit, MeasureKind

DAY = date(2025, 4, 10)
PERIODS = {CountPeriodKind.WEEK: "2025-W12", CountPeriodKind.MONTH: "2025-03", CountPeriodKind.YEAR: "2024"}
CONTACT = {"region": "DK01", "setting": "STREET", "activity": "VISIT", "gender": "F", "citizenship_group": "NON_EU"}


def period_of(form: CountForm) -> CountPeriod:
    """A period of a form."""
    period = CountPeriod.parse(form.period, PERIODS[form.period])
    assert period is not None
    return period


def read(form: CountForm, sent: object) -> content.Content:
    """What is kept of what was sent."""
    return content.read(form, period_of(form), sent, DAY)


def faults(form: CountForm, sent: object) -> set[tuple[tuple[str | int, ...], str]]:
    """What is wrong, and where."""
    with pytest.raises(ContentRefused) as refusal:
        read(form, sent)
    return {(each.place, each.code) for each in refusal.value.faults}


def lines_of(table: CountTable) -> st.SearchStrategy[list[Line]]:
    """Lines of a table, each about something else, whose numbers keep every rule: all of a line are one number."""
    keys = [*product(*(each.codelist.names[:3] for each in table.dimensions))]
    numbers = st.none() | st.integers(0, 9)
    return st.dictionaries(st.sampled_from(keys), numbers, max_size=5).map(
        lambda found: [
            dict(zip(table.dimension_names, key, strict=True)) | dict.fromkeys(table.measure_names, number)
            for key, number in found.items()
        ]
    )


@st.composite
def reports(draw: st.DrawFn) -> tuple[CountForm, dict[str, Any]]:
    """A form, and what a partner says in it."""
    form = FORMS[draw(st.sampled_from([*FORMS]))]
    said = {table.name: draw(st.none() | lines_of(table)) for table in form.tables}
    if all(lines is None for lines in said.values()):
        said[form.tables[0].name] = []
    return form, said


@given(reports(), st.randoms())
def test_a_report_is_kept_whole_and_in_one_order(report: tuple[CountForm, dict[str, Any]], random: Any) -> None:
    form, said = report
    kept = read(form, said)
    shuffled = {name: lines and random.sample(lines, len(lines)) for name, lines in said.items()}
    assert read(form, shuffled) == kept == read(form, kept)
    assert set(kept) == {name for name, lines in said.items() if lines is not None}
    for name, lines in kept.items():
        assert sorted(map(str, lines)) == sorted(map(str, said[name]))


@given(reports(), st.data())
def test_any_part_that_is_more_than_its_whole_is_told(
    report: tuple[CountForm, dict[str, Any]], data: st.DataObject
) -> None:
    form, said = report
    for check in form.checks:
        lines = said[check.part[0]]
        if not lines:
            continue
        at = data.draw(st.integers(0, len(lines) - 1))
        whole = data.draw(st.integers(0, 3))
        most = whole * (period_of(form).days if check.times_days else 1)
        number = data.draw(st.integers(0, most + 3))
        changed = {**lines[at], check.whole[1]: whole, check.part[1]: number}
        # Other rules of the form are another matter: their parts are not known here.
        changed |= {each.part[1]: None for each in form.checks if each != check and each.part[0] == check.part[0]}
        sent = {**said, check.part[0]: [*lines[:at], changed, *lines[at + 1 :]]}
        if number <= most:
            read(form, sent)
        else:
            assert {code for _, code in faults(form, sent)} == {check.code}


def test_what_is_left_out_is_not_known_and_what_is_empty_is_none() -> None:
    assert read(OUTREACH, {"contacts": []}) == {"contacts": []}
    [line] = read(OUTREACH, {"contacts": [{**CONTACT, "contacts": 0}]})["contacts"]
    assert (line["contacts"], line["first_contacts"]) == (0, None)
    assert faults(OUTREACH, {}) == faults(OUTREACH, {"contacts": None}) == {((), "required")}


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ({"region": "XX"}, "region", "code_unknown"),
        ({"region": None}, "region", "required"),
        ({"region": ["DK01"]}, "region", "code_unknown"),
        *(({"contacts": wrong}, "contacts", "number_expected") for wrong in (-1, 1.0, True, "1", MOST + 1, [1])),
    ],
)
def test_each_member_is_held_to_its_form(line: dict[str, Any], place: str, code: str) -> None:
    assert faults(OUTREACH, {"contacts": [{**CONTACT, **line}]}) == {(("contacts", 0, place), code)}


def test_every_fault_is_told_at_once_and_none_repeats_what_was_sent() -> None:
    above = {**CONTACT, "region": "Mette", "contacts": 1, "informed": 2}
    sent = {"contacts": [above, 7, {**CONTACT, "name": "Mette"}], "visits": 3, "persons": []}
    with pytest.raises(ContentRefused) as refusal:
        read(OUTREACH, sent)
    assert {(each.place, each.code) for each in refusal.value.faults} == {
        (("contacts", 0, "region"), "code_unknown"),
        (("contacts", 0, "informed"), "informed_above_contacts"),
        (("contacts", 1), "object_expected"),
        (("contacts", 2), "unknown_member"),
        (("visits",), "list_expected"),
        ((), "unknown_member"),
    }
    assert "Mette" not in str(refusal.value) + "".join(str(each) for each in refusal.value.faults)


def test_a_number_of_the_end_says_so_and_who_is_turned_away_has_not_stayed() -> None:
    stocks = [each for form in FORMS.values() for _, each in form.measures() if each.kind == MeasureKind.STOCK]
    assert stocks and all(each.label.en.endswith("at the end of the period") for each in stocks)
    requests = {each.name: each for _, each in SHELTER.measures() if each.unit == CountUnit.REQUEST}
    assert set(requests) == {"turned_away", "waiting"} and all(each.is_of_persons for each in requests.values())


def test_a_call_is_of_the_person_concerned_also_where_it_is_not_known_who_called() -> None:
    calls = HOTLINE.by_name["calls"].measures[0]
    of_persons = {
        code for code in HOTLINE.by_name["calls"].dimensions[0].allowed if calls.is_of_persons_with({"caller": code})
    }
    assert (calls.name, of_persons) == ("calls", {"SELF", UNKNOWN})
    assert calls.is_of_persons_with({"subject": "ADVICE"})


def test_a_line_stands_there_once() -> None:
    assert faults(OUTREACH, {"contacts": [CONTACT, CONTACT]}) == {(("contacts", 1), "line_twice")}


def test_a_broken_rule_is_told_of_the_line_as_it_was_sent() -> None:
    """The lines are put into the order of the code lists only afterwards."""
    wrong = {**CONTACT, "region": "DK05", "contacts": 1, "informed": 2}
    right = {**CONTACT, "region": "DK01", "contacts": 2, "informed": 2}
    for sent, index in (([wrong, right], 0), ([right, wrong], 1)):
        assert faults(OUTREACH, {"contacts": sent}) == {(("contacts", index, "informed"), "informed_above_contacts")}


def test_nights_are_at_most_places_times_days() -> None:
    line = {"region": "DK01", "places_for": "WOMEN", "places": 2}
    read(SHELTER, {"places": [{**line, "nights": 62}]})
    assert faults(SHELTER, {"places": [{**line, "nights": 63}]}) == {(("places", 0, "nights"), "nights_above_places")}


@pytest.mark.parametrize(
    ("kind", "text", "first", "last"),
    [
        (CountPeriodKind.WEEK, "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        (CountPeriodKind.MONTH, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (CountPeriodKind.YEAR, "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_has_its_days(kind: CountPeriodKind, text: str, first: date, last: date) -> None:
    period = CountPeriod.parse(kind, text)
    assert period is not None
    assert (period.first, period.last, period.id) == (first, last, text)
    assert period.days == (last - first).days + 1


@pytest.mark.parametrize("kind", CountPeriodKind)
@pytest.mark.parametrize(
    "text", ["2021-W53", "2021-W00", "2025-13", "1999", "1999-12", "25", "2025-3", "2025-W1", "٢٠٢٥", ""]
)
def test_what_is_no_period_is_none(kind: CountPeriodKind, text: str) -> None:
    assert CountPeriod.parse(kind, text) is None


def test_a_week_belongs_to_the_year_that_counts_it() -> None:
    period = CountPeriod.parse(CountPeriodKind.WEEK, "2020-W53")
    assert period is not None and period.year == 2020
