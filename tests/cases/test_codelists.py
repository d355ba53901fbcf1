"""The code lists: well-formed, labelled in both languages, and rolled up without loss."""

import hashlib
import json
import re
from datetime import date

import pytest

from cases import codelists
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.types import NOT_ASKED, OTHER, UNKNOWN, Code, CodeList, Level
from cases.dimensions import OF_DECISIONS
from cases.fields import CodeSetField
from cases.services.forms import FORMS
from core.text import Text
from tests.cases.pins import PINS

MONTHS = [
    date(2000, 1, 1),
    date(2004, 4, 1),
    date(2013, 7, 1),
    date(2020, 1, 1),
    date(2020, 2, 1),
    date(2026, 6, 1),
    date(2027, 1, 1),
]
FIELDS = [*d.REFERRAL, *d.ASSESSMENT, *d.WITHDRAWAL]
REQUIRED = {field.codelist.id for field in d.coded_fields(tuple(FIELDS)) if field.required}
OPTIONAL = {field.codelist.id for field in d.coded_fields(tuple(FIELDS))} - REQUIRED
SETS = {field.codelist.id for field in FIELDS if isinstance(field, CodeSetField)}
OF_STAFF = {"partner_kind", "confirmation_reason", "return_reason", "return_answer"}
# What a release finds of a person; no field has them.
OF_RELEASES = {dimension.codelist.id for dimension in OF_DECISIONS}
OPTIONAL_OF_COUNTS = {"call_channel", "call_exploitation", "call_region"}
OF_COUNTS = {each.codelist.id for form in FORMS.values() for table in form.tables for each in table.dimensions}

NOTICES = {"notice_audience", "notice_channel", "notice_subject", "service_place", "service_state"}

LISTS = pytest.mark.parametrize("code_list", CODELISTS.values(), ids=CODELISTS.keys())
LEVELS = pytest.mark.parametrize(
    ("code_list", "level"),
    [(code_list, level) for code_list in CODELISTS.values() for level in code_list.levels],
    ids=[f"{code_list.id}-{level.id}" for code_list in CODELISTS.values() for level in code_list.levels],
)


def level_of(code_list: CodeList, level_id: str) -> Level:
    return next(level for level in code_list.levels if level.id == level_id)


def all_codes(code_list: CodeList) -> list[Code]:
    return [*code_list.codes, *(code for level in code_list.levels for code in level.codes)]


def test_every_list_is_published_under_its_id() -> None:
    assert set(CODELISTS) == REQUIRED | OPTIONAL | SETS | OF_STAFF | OF_COUNTS | OF_RELEASES | NOTICES
    for id_, code_list in CODELISTS.items():
        assert code_list.id == id_
        assert getattr(codelists, id_.upper()) is code_list


def words(codes: tuple[Code, ...]) -> list[list[str | None]]:
    return [[c.code, *c.label, c.parent, text(c.valid_from), text(c.valid_to)] for c in codes]


def text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def rolled_up(code_list: CodeList, level: Level) -> list[list[str]]:
    """Where each code belongs; on a dated level in each month from 1999-01 to 2025-01."""
    months = [date(1999 + n // 12, n % 12 + 1, 1) for n in range(26 * 12 + 1)] if level.dated else MONTHS[:1]
    return [[level.parent_of(leaf, month) for leaf in code_list.names] for month in months]


def digest(code_list: CodeList) -> str:
    levels = [[lv.id, *lv.label, lv.dated, words(lv.codes), rolled_up(code_list, lv)] for lv in code_list.levels]
    said = json.dumps([*code_list.label, words(code_list.codes), levels])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@LISTS
def test_a_version_of_a_list_never_changes(code_list: CodeList) -> None:
    pin = PINS.get((code_list.id, code_list.version))
    assert digest(code_list) == pin, "The list has changed: give it a new version, and PINS a row of it"


@LISTS
def test_codes_are_valid_ids_and_labelled(code_list: CodeList) -> None:
    for code in all_codes(code_list):
        assert re.fullmatch(r"[A-Z0-9_]{1,32}", code.code)
        assert code.label.da.strip() == code.label.da != ""
        assert code.label.en.strip() == code.label.en != ""
        assert all(code.maps.values())
    assert code_list.label.da
    assert code_list.label.en


@LISTS
def test_codes_and_labels_are_distinct(code_list: CodeList) -> None:
    for codes in (code_list.codes, *(level.codes for level in code_list.levels)):
        assert len({code.code for code in codes}) == len(codes)
        assert len({code.label.da for code in codes}) == len(codes)
        assert len({code.label.en for code in codes}) == len(codes)
    assert code_list.names == tuple(code.code for code in code_list.codes)


@LISTS
def test_a_code_that_recurs_in_a_level_means_the_same_set(code_list: CodeList) -> None:
    for level in code_list.levels:
        for code in level.codes:
            if code.code in code_list.by_code:
                same = {leaf for leaf in code_list.names if level.parent_of(leaf, MONTHS[0]) == code.code}
                assert code.code in same
                # Only `_U` takes in more than itself: an adult of unknown age is unknown at 25.
                assert same == {code.code} or (level.id, same) == ("age25", {UNKNOWN, "_U_ADULT"})


@LEVELS
@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_a_level_takes_in_every_leaf(code_list: CodeList, level: Level, month: date) -> None:
    targets = {code.code for code in level.codes if code.is_valid_on(month)}
    used = {level.parent_of(leaf, month) for leaf in code_list.names}
    assert used == targets


@LEVELS
def test_only_a_dated_level_depends_on_the_month(code_list: CodeList, level: Level) -> None:
    differs = any(len({level.parent_of(leaf, month) for month in MONTHS}) > 1 for leaf in code_list.names)
    assert differs == level.dated


def test_not_asked_is_in_optional_lists_only() -> None:
    assert {
        id_ for id_, code_list in CODELISTS.items() if NOT_ASKED in code_list.by_code
    } == OPTIONAL | OPTIONAL_OF_COUNTS


def test_dictionary_sizes() -> None:
    """Counts of the first data dictionary, so that no code goes missing. Codes that joined later are not among them."""
    lists = (CODELISTS[id_] for id_ in ("setting", "detected_by", "exploitation", "means_of_control"))
    sizes = {each.id: sum(code.added is None for code in each.codes) for each in lists}
    assert sizes == {"setting": 14, "detected_by": 18, "exploitation": 13, "means_of_control": 17}
    assert len(CODELISTS["exploitation_detail"].codes) == 6 + 20 + 2 + 5 + 3
    # 249 of ISO 3166-1, Kosovo, stateless, unknown. Another count is a new version of the list.
    assert len(CODELISTS["citizenship"].codes) == 249 + 3


@pytest.mark.parametrize(
    ("band", "age18", "age25"),
    [
        ("Y15T17", "Y_LT18", "Y_LT25"),
        ("Y18T24", "Y_GE18", "Y_LT25"),
        ("Y25T34", "Y_GE18", "Y_GE25"),
        ("_U_MINOR", "Y_LT18", "Y_LT25"),
        ("_U_ADULT", "Y_GE18", "_U"),
        ("_U", "_U", "_U"),
    ],
)
def test_ages_roll_up(band: str, age18: str, age25: str) -> None:
    assert level_of(codelists.AGE_BAND, "age18").parent_of(band, MONTHS[0]) == age18
    assert level_of(codelists.AGE_BAND, "age25").parent_of(band, MONTHS[0]) == age25


def test_exploitation_rolls_up_to_three_groups() -> None:
    form = level_of(codelists.EXPLOITATION, "form").parent_of
    groups = {leaf: form(leaf, MONTHS[0]) for leaf in codelists.EXPLOITATION.names}
    assert {leaf for leaf, group in groups.items() if group == "SEX"} == {"SEXUAL"}
    assert {leaf for leaf, group in groups.items() if group == "LAB"} == {"LABOUR", "SLAVERY", "DOMESTIC"}
    assert groups["BEGGING"] == groups[OTHER] == "OTH"
    assert groups[UNKNOWN] == UNKNOWN


def test_a_detail_has_a_form_of_exploitation_as_parent() -> None:
    for code in codelists.EXPLOITATION_DETAIL.codes:
        if code.code.startswith("_"):
            assert code.parent is None
        else:
            assert code.parent in codelists.EXPLOITATION.by_code
            assert code.code.startswith(f"{code.parent}_")
    with_details = {code.parent for code in codelists.EXPLOITATION_DETAIL.codes} - {None}
    assert with_details == {"SEXUAL", "LABOUR", "CRIMINAL"}


def test_means_of_control_are_those_of_ctdc() -> None:
    for code in codelists.MEANS_OF_CONTROL.codes:
        suffix = "Other" if code.code == OTHER else code.code.title().replace("_", "")
        assert code.maps["CTDC"] == f"meansOfControl{suffix}"


@LISTS
def test_codes_that_nothing_is_told_of_are_valid(code_list: CodeList) -> None:
    untold = [code for code in code_list.codes if code.added is None and code.retired is None]
    assert all(code.is_valid_on(day) for code in untold for day in (date(2000, 1, 1), date(2026, 1, 1)))


def test_a_retired_code_is_readable_and_refused_for_new_rows() -> None:
    retired = Code("OLD", Text("Gammel", "Old"), valid_from=date(2020, 1, 1), valid_to=date(2024, 12, 31))
    code_list = CodeList("example", Text("Eksempel", "Example"), "2.0", (retired,))
    assert code_list.by_code["OLD"].label("da") == "Gammel"
    assert code_list.by_code["OLD"].label("en") == "Old"
    assert [retired.is_valid_on(day) for day in (date(2019, 12, 31), date(2020, 1, 1))] == [False, True]
    assert [retired.is_valid_on(day) for day in (date(2024, 12, 31), date(2025, 1, 1))] == [True, False]
