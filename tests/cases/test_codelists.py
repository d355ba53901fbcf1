"""The code lists: well-formed, labelled in both languages, and rolled up without loss."""

import hashlib
import json
import re
from datetime import date

import pytest

from cases import codelists
from cases.codelists import CODELISTS
from cases.codelists.types import NOT_ASKED, OTHER, UNKNOWN, Code, CodeList, Level
from cases.dimensions import OF_DECISIONS
from cases.services.forms import FORMS
from core.text import Text

MONTHS = [
    date(2000, 1, 1),
    date(2004, 4, 1),
    date(2013, 7, 1),
    date(2020, 1, 1),
    date(2020, 2, 1),
    date(2026, 6, 1),
    date(2027, 1, 1),
]
REQUIRED = {
    "region",
    "setting",
    "detected_by",
    "gender",
    "age_band",
    "minor_when_exploited",
    "citizenship",
    "residence_basis",
    "exploitation",
    "exploited_in",
    "consent",
    "outcome",
    "decided_by",
    "withdrawal_reason",
    "partner_kind",
    "confirmation_reason",
    "return_reason",
    "return_answer",
}
OPTIONAL = {
    "exploitation_detail",
    "recruiter",
    "duration",
    "yes_no_minor",
    "previously_referred",
    "reflection",
    "reflection_days",
    "prepared_return",
    "residence_outcome",
}
SETS = {"means_of_control", "service"}
# What a release finds of a person; no field has them.
OF_RELEASES = {dimension.codelist.id for dimension in OF_DECISIONS}
OPTIONAL_OF_COUNTS = {"call_channel", "call_exploitation", "call_region"}
OF_COUNTS = {each.codelist.id for form in FORMS.values() for table in form.tables for each in table.dimensions}

# What each version of a list says. A published version never changes: whoever changes a list, or upgrades a library that does,
# gives the list a new version and adds a row.
NOTICES = {"notice_audience", "notice_channel", "notice_subject", "service_place", "service_state"}
PINS = {
    ("region", "1.0"): "9e4f7d03354eebe6",
    ("region", "1.1"): "36701841145834a5",
    ("setting", "1.0"): "b068dc359f210b3e",
    ("detected_by", "1.0"): "918641f90483b010",
    ("gender", "1.0"): "78576c60079abb30",
    ("age_band", "1.0"): "1e92d6a0d1b66595",
    ("minor_when_exploited", "1.0"): "de9b034bd22563ef",
    ("citizenship", "1.0"): "e197e56b3f4723ff",
    ("citizenship", "1.1"): "355dacb7cf39c430",
    ("citizenship", "1.2"): "a95aabb35575f017",
    ("residence_basis", "1.0"): "bed2043592ac2e52",
    ("exploitation", "1.0"): "c9acf00fe235a8ea",
    ("exploitation_detail", "1.0"): "d6849917c6112f5d",
    ("exploitation_detail", "1.1"): "894c5f55ea001284",
    ("exploitation_detail", "1.2"): "0b6c210a61b58481",
    ("exploited_in", "1.0"): "e1e9c9d911681a93",
    ("means_of_control", "1.0"): "6ba90fe8e45acc51",
    ("means_of_control", "1.1"): "5577d94bc62890ea",
    ("recruiter", "1.0"): "23b8b98314586ca5",
    ("recruiter", "1.1"): "10a021283fd2ae2b",
    ("duration", "1.0"): "a04de9fdb71623a2",
    ("duration", "1.1"): "2b8d83c5f4d764cb",
    ("yes_no_minor", "1.0"): "3b21e8fb52669a07",
    ("yes_no_minor", "1.1"): "865cbd59ca13261c",
    ("service", "1.0"): "09253c74ba76171a",
    ("previously_referred", "1.0"): "ae3f3277fc37686b",
    ("previously_referred", "1.1"): "6d42fc85364688e1",
    ("consent", "1.0"): "3648d171df4a9b7b",
    ("withdrawal_reason", "1.0"): "f0aac452b1948d59",
    ("outcome", "1.0"): "ad6ceecb83acd7ac",
    ("outcome", "1.1"): "f821b4772cb6a0d9",
    ("decided_by", "1.0"): "961c4278819b1975",
    ("reflection", "1.0"): "4f583a29bddbacc9",
    ("reflection", "1.1"): "b61b01aa935d3d3f",
    ("reflection_days", "1.0"): "144b173e1e7eb593",
    ("reflection_days", "1.1"): "7678e335b7c3a5ec",
    ("prepared_return", "1.0"): "2a581d6c2c540405",
    ("prepared_return", "1.1"): "e66946984a1065d5",
    ("prepared_return", "1.2"): "62b79fbe555bf594",
    ("identified_by", "1.0"): "bb1bb4baca1aba8b",
    ("referral_outcome", "1.0"): "609f77c55126be49",
    ("wait", "1.0"): "b31d1c650f66f2bb",
    ("residence_outcome", "1.0"): "08f2bc432992a16e",
    ("residence_outcome", "1.1"): "d745cdb225c277d2",
    ("partner_kind", "1.0"): "441771b14c58d49a",
    ("confirmation_reason", "1.0"): "7e53466e97950714",
    ("return_answer", "1.0"): "159dc2dad65ccdc4",
    ("return_reason", "1.0"): "b0fe99e7869492ae",
    ("notice_audience", "1.0"): "db63d2785a4bf31e",
    ("notice_channel", "1.0"): "757798d85525db16",
    ("notice_subject", "1.0"): "ed9011038ea8022b",
    ("service_place", "1.0"): "12d277bcadb66dd3",
    ("service_place", "1.1"): "cba6c1a2e248a15e",
    ("service_state", "1.0"): "839b3dbd355eef69",
    ("age18", "1.0"): "d868af598c88851d",
    ("assistance_service", "1.0"): "26b35ef9026f159c",
    ("call_channel", "1.0"): "68de93a3405d20fe",
    ("call_exploitation", "1.0"): "365691a0794d1ba6",
    ("call_region", "1.0"): "898f6c3d65935a40",
    ("call_language", "1.0"): "43cc8d076a3c07c1",
    ("call_subject", "1.0"): "15077336cb0fb1ca",
    ("caller_type", "1.0"): "241f9aa97f260b24",
    ("citizenship_group", "1.0"): "5f8f2d3beb26e54f",
    ("clinic_service", "1.0"): "088bc868ff066b38",
    ("court_instance", "1.0"): "f0ff733fa06a7ea0",
    ("decision_nature", "1.0"): "ee655cdc63fc575b",
    ("estimate_method", "1.0"): "8cea2183538a6111",
    ("judgment_outcome", "1.0"): "0518a1d2f424d534",
    ("outreach_activity", "1.0"): "486bffe9aa80643f",
    ("place_type", "1.0"): "0efc7c0fbd23821b",
    ("return_stage", "1.0"): "ff0dcdff45822a2a",
    ("shelter_kind", "1.0"): "dd2961bc849baabf",
    ("time_band", "1.0"): "8894d141342c4625",
}

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
    assert set(CODELISTS) == REQUIRED | OPTIONAL | SETS | OF_COUNTS | OF_RELEASES | NOTICES
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
