"""A template: every column and code of the dictionary, in both languages, in a workbook that a spreadsheet reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from cases import dictionary as d
from cases.codelists.common import label_of
from cases.fields import CodedField, CodeSetField
from cases.intake.additions import IGNORED_HEADERS, is_ignored
from cases.intake.findings import FileRefused
from cases.intake.templates import columns, files, texts, workbook
from cases.intake.templates.columns import BY_NAME, COLUMNS, NONE, REFERENCE, VERSION, choices
from cases.intake.templates.columns import listed_codes as offered
from cases.intake.templates.sheets import MESSAGE, TITLE, shorten

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
DAY = date(2026, 11, 26)
REFERENCES = [UUID(int=n, version=4) for n in range(1, 501)]
NAMES = ["reference", *(field.name for field in d.REFERRAL), "version"]


def made(language: str) -> bytes:
    return files.empty_workbook(language, DAY, REFERENCES)


def opened(language: str) -> Any:
    """The workbook, as a spreadsheet reads it."""
    return load_workbook(BytesIO(made(language)))


def listed(book: Any, name: str) -> list[str]:
    """The texts of a list by its name."""
    ((sheet, place),) = book.defined_names[name].destinations
    return [cell.value for (cell,) in book[sheet][place]]


@LANGUAGES
def test_its_columns_are_the_fields_headed_by_their_labels_and_the_reference_is_the_first(language: str) -> None:
    sheet = opened(language).worksheets[0]
    assert [column.name for column in COLUMNS] == NAMES
    assert [cell.value for cell in sheet[1]] == [column.label(language) for column in COLUMNS]
    assert sheet.freeze_panes == "B2"


def test_a_head_means_one_column_in_whichever_language() -> None:
    by_head: dict[str, set[str]] = {}
    for column in COLUMNS:
        for word in (*column.label, column.name):
            by_head.setdefault(word.casefold(), set()).add(column.name)
    assert {head: names for head, names in by_head.items() if len(names) > 1} == {}
    assert not IGNORED_HEADERS & set(by_head)
    assert all(is_ignored(f" {head.upper()} ") for head in IGNORED_HEADERS)


@LANGUAGES
def test_required_columns_are_starred_without_another_head(language: str) -> None:
    for cell, column in zip(opened(language).worksheets[0][1], COLUMNS, strict=True):
        assert ("*" in cell.number_format) is column.required, column.name


@LANGUAGES
def test_every_cell_is_text_so_that_a_month_stays_a_month(language: str) -> None:
    sheet = opened(language).worksheets[0]
    month = sheet.cell(2, NAMES.index("referred_in") + 1)
    assert (month.value, month.data_type) == (d.REFERRED_IN.example, "s")
    assert all(sheet.cell(2, n).number_format == "@" for n in range(1, len(NAMES) + 1))


@LANGUAGES
def test_each_coded_column_offers_the_labels_of_its_codes(language: str) -> None:
    book = opened(language)
    by_place = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    for place, column in enumerate(COLUMNS, 1):
        letter = book.worksheets[0].cell(1, place).column_letter
        rule = by_place[f"{letter}2:{letter}{columns.LAST_ROW}"]
        assert rule.promptTitle == shorten(column.label(language), TITLE)
        assert rule.prompt == texts.message(column, language)
        assert len(rule.prompt) <= MESSAGE
        if isinstance(column.field, CodedField | CodeSetField):
            labels = [choice.label(language) for choice in offered(column, DAY, language)]
            first = [NONE(language)] if column.is_set else []
            assert listed(book, f"list_{column.name}") == first + labels
            assert f"list_{column.name}" in rule.formula1
            assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        (
            "da",
            ["Afghanistan", "Albanien", "Algeriet"],
            ["Zimbabwe", "Ækvatorialguinea", "Østrig", "Åland"],
        ),
        ("en", ["Afghanistan", "Åland Islands", "Albania"], ["Zambia", "Zimbabwe"]),
    ],
)
def test_countries_are_offered_by_their_names_and_no_country_comes_last(
    language: str, first: list[str], last: list[str]
) -> None:
    names = [label_of(d.CITIZENSHIP.codelist, code)(language) for code in ("_STATELESS", "_U")]
    labels = listed(opened(language), "list_citizenship")
    assert (labels[:3], labels[-len(last) - 2 :]) == (first, [*last, *names])
    guide = [choice for name, choice in lines_of_guide(language) if name == d.CITIZENSHIP.label(language)]
    assert guide == labels
    help_text = d.CITIZENSHIP.help(language)
    assert all(name in help_text for name in names)


def lines_of_guide(language: str) -> list[tuple[str, str]]:
    """The column and the text of each code in the guide."""
    return [(line[0], line[3]) for line in texts.code_lines(language, DAY)]


def test_the_lists_have_the_codes_that_are_in_force_today() -> None:
    for field in d.REFERRAL:
        if isinstance(field, CodedField | CodeSetField):
            codes = [choice.code for choice in choices(BY_NAME[field.name], DAY)]
            assert codes == [code for code in field.allowed if code in {*field.codelist.in_force(DAY), "_N"}]


@LANGUAGES
def test_the_details_on_offer_are_those_of_the_form_that_is_chosen(language: str) -> None:
    book = opened(language)
    parents, details = listed(book, "parents_exploitation_detail"), listed(book, "branch_exploitation_detail")
    own = BY_NAME["exploitation_detail"]
    for code in d.EXPLOITATION.codelist.codes:
        rows_of = [n for n, text in enumerate(parents) if text == code.label(language)]
        assert rows_of == [*range(rows_of[0], rows_of[-1] + 1)]  # OFFSET takes neighbours
        expected = [each.label(language) for each in choices(own, DAY) if each.parent in {None, code.code}]
        assert [details[n] for n in rows_of] == expected


@LANGUAGES
def test_the_guide_says_what_is_counted_what_is_never_written_and_every_code(language: str) -> None:
    guide = opened(language).worksheets[1]
    lines = [[value for value in line if value is not None] for line in guide.iter_rows(values_only=True)]
    assert guide.title == {"da": "Vejledning", "en": "Guide"}[language]
    said = [line[0] for line in lines if line]
    assert said[1] == texts.EMPTY.lines[0](language)
    assert {"da": "også uden samtykke", "en": "even without consent"}[language] in said[1]
    assert "CPR" in said[2]
    for column in COLUMNS:
        required = {"da": ("Nej", "Ja"), "en": ("No", "Yes")}[language][column.required]
        assert [column.label(language), column.name, required, column.help(language)] in [line[:4] for line in lines]
        for choice in offered(column, DAY, language):
            assert [column.label(language), choice.code, choice.label(language)] in lines
    assert not {"AQ", "BV"} & {line[1] for line in lines if len(line) > 1}


@LANGUAGES
def test_only_the_empty_template_tells_to_delete_a_row(language: str) -> None:
    delete = {"da": "Slet eksemplet i række 2", "en": "Delete the example in row 2"}[language]
    assert any(delete in line(language) for line in texts.EMPTY.lines)
    filled = files.filled_workbook(language, DAY, [columns.example()])
    said = [cell.value for cell in load_workbook(BytesIO(filled)).worksheets[1]["A"]]
    assert said[0] == texts.FILLED.title(language)
    for guide in (texts.FILLED, texts.DRAFT, texts.NUMBERED, texts.ERRORS):
        lines = [line(language) for line in guide.lines]
        assert not any(delete in line or "*" in line for line in lines)
        assert any({"da": "intet eksempel", "en": "no example"}[language] in line for line in lines)


def is_example(members: Mapping[str, object]) -> bool:
    """Whether a row is the example of a template."""
    return columns.no_person(str(members[REFERENCE]), is_test=True) == "example_row"


@LANGUAGES
def test_the_example_and_the_empty_rows_are_recognised(language: str) -> None:
    sheet = opened(language).worksheets[0]
    values = [dict(zip(NAMES, line, strict=True)) for line in sheet.iter_rows(min_row=2, values_only=True)]
    first, *others = values
    assert sheet["A2"].comment.text == texts.DELETE(language)
    assert is_example(first)
    assert not columns.is_blank(first)
    assert all(first[column.name] for column in COLUMNS if column.required)
    assert [line[REFERENCE] for line in others] == [str(reference) for reference in REFERENCES]
    assert all(columns.is_blank(line) and not is_example(line) for line in others)


@pytest.mark.parametrize(
    ("members", "blank"),
    [
        ({}, True),
        ({REFERENCE: str(REFERENCES[0])}, True),
        ({REFERENCE: str(REFERENCES[0]), VERSION: "2", "region": " "}, True),
        ({REFERENCE: None, "region": "DK01"}, False),
        ({"means_of_control": []}, False),
        ({"region": 0}, False),
    ],
)
def test_a_row_is_blank_where_nothing_but_the_reference_is_filled_in(members: dict[str, object], blank: bool) -> None:
    assert columns.is_blank(members) is blank


def test_no_two_templates_have_the_same_references() -> None:
    first, second = set(columns.fresh_references()), set(columns.fresh_references())
    assert len(first) == len(second) == 500
    assert not first & second
    assert all(each.version == 4 for each in first)


@LANGUAGES
def test_the_same_references_on_the_same_day_are_the_same_bytes(language: str) -> None:
    assert made(language) == made(language)
    with ZipFile(BytesIO(made(language))) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


@LANGUAGES
def test_no_cell_is_a_formula_or_a_link(language: str) -> None:
    for sheet in opened(language).worksheets:
        assert all(cell.data_type in {"s", "n"} and not cell.hyperlink for line in sheet for cell in line)


@LANGUAGES
def test_the_csv_is_what_a_spreadsheet_in_that_language_reads(language: str) -> None:
    content = files.empty_csv(language)
    assert content.startswith(b"\xef\xbb\xbf") is (language == "da")
    text = content.decode("utf-8-sig")
    assert text.count("\r\n") == 2
    head, example = csv.reader(io.StringIO(text), delimiter={"da": ";", "en": ","}[language])
    assert head == [column.label(language) for column in COLUMNS]
    assert is_example(dict(zip(NAMES, example, strict=True)))


@LANGUAGES
def test_a_workbook_says_which_template_it_is_and_which_dictionary(language: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(made(language))
    assert workbook.template_of(path) == workbook.Stamp(workbook.CURRENT, language, d.SCHEMA_VERSION)


def test_the_stamp_survives_a_program_that_drops_the_properties(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(BytesIO(made("da"))) as source, ZipFile(path, "w") as copy:
        for name in source.namelist():
            if name != "docProps/custom.xml":
                copy.writestr(name, source.read(name))
    assert workbook.template_of(path) == workbook.current_stamp("da")


@pytest.mark.parametrize("content", [b"", b"reference,region\r\n", b"PK\x03\x04 but no archive"])
def test_another_file_has_no_stamp(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert workbook.template_of(path) is None


def test_an_old_template_is_taken_with_a_notice_until_its_last_day_and_then_refused() -> None:
    old, last = workbook.Stamp("1", "da", "1.0"), date(2027, 6, 30)
    ends = {"1": last, "2": None}
    (finding,) = workbook.check_template(old, last, ends)
    assert (finding.rule, finding.period) == ("template_superseded", "2027-06-30")
    with pytest.raises(FileRefused) as refusal:
        workbook.check_template(old, last + timedelta(days=1), ends)
    assert refusal.value.code == "template_too_old"
    assert [finding.rule for finding, _ in refusal.value.findings] == ["template_too_old"]
    assert workbook.check_template(workbook.Stamp("2", "da", "1.0"), last + timedelta(days=1), ends) == ()
    assert workbook.check_template(None, last + timedelta(days=1), ends) == ()


def test_a_version_that_was_never_published_is_refused() -> None:
    with pytest.raises(FileRefused):
        workbook.check_template(workbook.Stamp("99", "en", "1.0"), DAY)


def test_the_present_template_is_taken_without_a_word() -> None:
    assert workbook.check_template(workbook.current_stamp("en"), DAY) == ()
