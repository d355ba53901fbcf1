"""What people write in a cell is what JSON would have said: in words or codes, in Danish or English, typed or exported."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from cases.codelists.common import label_of
from cases.codelists.types import CodeList, CodeNotice, LabelChange
from cases.fields import CodedField, CodeSetField
from cases.intake.understanding import codes
from cases.intake.understanding.codes import CODED, nearest
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.sources import CellValue
from core.text import Text
from tests.cases.intake.reading_cells import columns, meaning, members, row

SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "blanks around": lambda text: f"  {text}\t",
    "no-break spaces": lambda text: text.replace(" ", "\u00a0") + "\u00a0",
    "more blanks": lambda text: text.replace(" ", "   "),
    "two letters for one": lambda text: text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa"),
    "letters taken apart": lambda text: unicodedata.normalize("NFD", text),
    "a soft hyphen": lambda text: f"{text[:2]}\u00ad{text[2:]}",
    "a hyphen for a dash": lambda text: text.replace("–", "-"),
}


def words_of(field: CodedField | CodeSetField) -> Iterator[tuple[str, str]]:
    """Every code by itself and by its labels."""
    for code in field.allowed:
        yield from ((code, text) for text in (code, *label_of(field.codelist, code)))


@pytest.mark.parametrize("name", CODED)
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_label_and_code_is_read_in_every_spelling(name: str, spelling: Callable[[str], str]) -> None:
    field, table = CODED[name], columns()
    for code, text in words_of(field):
        value = table.members(row({name: spelling(text)}))[0][name]
        assert value == ([code] if isinstance(field, CodeSetField) else code), text
    assert table.questions == ()


def test_earlier_labels_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    field = CODED["setting"]
    notice = CodeNotice("1.1", date(2026, 1, 1), Text("", ""))
    first = replace(field.codelist.codes[0], label_changes=(LabelChange(notice, Text("Vejen", "The road")),))
    changed = replace(
        field, codelist=CodeList("setting", field.codelist.label, "1.1", (first, *field.codelist.codes[1:]))
    )
    monkeypatch.setitem(codes.CODED, "setting", changed)
    codes.spellings.cache_clear()
    try:
        assert [codes.code_of(changed, text) for text in ("vejen", "THE ROAD")] == [first.code] * 2
    finally:
        codes.spellings.cache_clear()


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("region", "Sjælland", "DK02"),
        ("region", "hovedstaden", "DK01"),
        ("region", "Southern Denmark", "DK03"),
        ("region", "Ved ikke", "_U"),
        ("region", "uoplyst", "_U"),
        ("age_band", "25-34", "Y25T34"),
        ("age_band", "25 – 34 years", "Y25T34"),
        ("minor_when_exploited", "ja", "YES"),
        ("minor_when_exploited", "No", "NO"),
        ("minor_when_exploited", True, "YES"),
        ("minor_when_exploited", False, "NO"),
        ("minor_when_exploited", "ikke relevant", "_Z"),
        ("setting", "andet", "_O"),
        ("recruiter", "ikke spurgt", "_N"),
        ("consent", "ikke spurgt", "ikke spurgt"),
        ("gender", "1", "1"),
        ("gender", 1.0, "1"),
        ("gender", 0.5, "0.5"),
        ("gender", date(2025, 3, 14), "2025-03-14"),
        ("gender", "  ", None),
        ("gender", None, None),
        ("citizenship", "Danmark", "DK"),
        ("citizenship", "no", "NO"),
    ],
)
def test_what_people_write_for_codes(name: str, cell: str | float | date | None, code: str | None) -> None:
    assert meaning(name, cell) == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("THREATS|DEBT_BONDAGE", ["THREATS", "DEBT_BONDAGE"]),
        ("Trusler; gældsbinding", ["THREATS", "DEBT_BONDAGE"]),
        ("threats, Debt bondage,", ["THREATS", "DEBT_BONDAGE"]),
        ("['THREATS', 'DEBT_BONDAGE']", ["THREATS", "DEBT_BONDAGE"]),
        ("Trusler\nGaeldsbinding", ["THREATS", "DEBT_BONDAGE"]),
        ("[]", []),
        ("Ingen", []),
        ("none", []),
        ("_N", ["_N"]),
        ("Trusler|noget helt andet", ["THREATS", "noget helt andet"]),
        ("", None),
    ],
)
def test_sets_in_one_cell(cell: str, value: list[str] | None) -> None:
    assert meaning("means_of_control", cell) == value


def test_sets_of_two_rows_are_two_lists() -> None:
    table = columns()
    first, second = (table.members(row({"means_of_control": "Trusler"}))[0]["means_of_control"] for _ in range(2))
    assert first == second
    assert first is not second


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("reference", "C0FFEE00-0000-4000-8000-000000000001", "c0ffee00-0000-4000-8000-000000000001"),
        ("reference", " {c0ffee00-0000-4000-8000-000000000001} ", "c0ffee00-0000-4000-8000-000000000001"),
        ("reference", "c0ffee00000040008000000000000001", "c0ffee00-0000-4000-8000-000000000001"),
        ("reference", "urn:uuid:c0ffee00-0000-4000-8000-000000000001", "c0ffee00-0000-4000-8000-000000000001"),
        ("reference", "4711", "4711"),
        ("reference", 4711.0, "4711"),
        ("version", 3, 3),
        ("version", 3.0, 3),
        ("version", "3", 3),
        ("version", "3,0", 3),
        ("version", "3.00", 3),
        ("version", "3,5", "3,5"),
        ("version", 3.5, "3.5"),
        ("version", True, "true"),
        ("version", "", None),
        ("case_token", "7kq2-m8xw-4a4", "7KQ2M8XW4A4"),
        ("case_token", "7KQ2 M8XW 4A4", "7KQ2M8XW4A4"),
        ("case_token", "7KQ2M8XW4A5", "7KQ2M8XW4A5"),
    ],
)
def test_references_versions_and_tokens(name: str, cell: str | float, value: object) -> None:
    assert meaning(name, cell) == value


def test_numbers_and_booleans_that_python_takes_for_equal_are_told_apart() -> None:
    table = columns(MappingContent(values={"previously_referred": {"1": "NO"}}))
    values = [
        table.members(row({"previously_referred": cell}))[0]["previously_referred"] for cell in (1, True, "1", 1.0)
    ]
    assert values == ["NO", "YES", "NO", "NO"]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("region", "Sjaeland", "DK02"),
        ("region", "Region Sjælnd", "DK02"),
        ("region", "Jylland", None),
        ("exploitation", "Seksuel udnytelse", "SEXUAL"),
        ("exploitation", "udnyttelse", None),
        ("setting", "escort", "ESCORT_ONLINE"),
        ("citizenship", "Nigera", None),
        ("citizenship", "Rumaenin", "RO"),
        ("means_of_control", "Truslr", "THREATS"),
        ("gender", "K", None),
        ("gender", None, None),
        ("referred_in", "2025-3x", None),
        ("reference", "x", None),
        ("citizenship", "x" * 500, None),
    ],
)
def test_the_nearest_code_is_told_where_it_is_clear(field: str, text: object, code: str | None) -> None:
    assert nearest(field, text) == code


def test_a_word_that_comes_again_is_asked_about_and_one_slip_is_not() -> None:
    table = columns()
    words = ("Sjaeland", "Sjælland", "Nordpolen", "SJAELAND", "sjaeland ", "Nordpolen")
    for line, word in enumerate(words, 2):
        assert table.members(row({"region": word}, line))[0]["region"] in {word.strip(), "DK02"}
    assert [(each.kind, each.field, each.line, each.guess) for each in table.questions] == [
        ("value", "region", 2, "DK02"),
        ("value", "region", 4, None),
    ]
    assert "jael" not in repr(table.questions)
    once = columns()
    once.members(row({"region": "Sjaeland"}))
    assert once.questions == ()


def test_words_in_sets_are_asked_about_too() -> None:
    table = columns()
    for line in (2, 3):
        table.members(row({"means_of_control": "Truslr|Gældsbinding"}, line))
    assert [(each.field, each.line, each.guess) for each in table.questions] == [("means_of_control", 2, "THREATS")]


def test_a_partners_own_words_are_read() -> None:
    mapping = MappingContent(values={"gender": {"1": "F", "Kv.": "F"}, "means_of_control": {"Truet": "THREATS"}})
    cells: dict[str, CellValue] = {"gender": 1.0, "means_of_control": "truet;Gældsbinding"}
    assert members(cells, mapping) == {"gender": "F", "means_of_control": ["THREATS", "DEBT_BONDAGE"]}
    assert meaning("gender", "KV.", mapping) == "F"


def test_questions_have_an_end() -> None:
    table = columns()
    for line in range(2000):
        table.members(row({"region": f"ukendt sted {line % 1000}"}, line))
    assert len(table.questions) == 25
