"""Files of counts: what is written of a form is read as the same, in both languages and kinds, and what is wrong finds its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.counts.examples import PERIODS
from cases.codelists import SETTING
from cases.intake.countfiles import books
from cases.intake.countfiles.columns import PERIOD, labels_of, members_of
from cases.intake.countfiles.reading import CellFault
from cases.intake.findings import FileRefused
from cases.intake.readers.refusals import ROW_WORDS
from cases.services import content
from cases.services.forms import FORMS, OUTREACH, SITUATION
from cases.services.periods import CountPeriod
from cases.services.shapes import CountDimension, CountForm, CountMeasure
from core.text import Text
from tests.cases.services.files import NO_CONTACTS, VISIT, contents, csv_of, read_bytes

DAY = date(2026, 11, 27)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_reported_comes_back_from_its_file_as_the_same(form: CountForm, tmp_path: Path) -> None:
    period = CountPeriod.parse(form.period, PERIODS[form.period])
    assert period
    for numbers in contents(form):
        stored = content.read(form, period, numbers, DAY)
        for language in Text._fields:
            for kind in books.KINDS:
                book = books.reported_book(form, period, stored, 3, language, DAY)
                file = read_bytes(form, book.write(kind), kind, tmp_path)
                assert (file.faults, [*file.periods]) == ([], [period])
                assert file.periods[period].version == 3
                assert content.read(form, period, dict(file.periods[period].content), DAY) == stored


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_columns_of_a_form_are_told_apart_and_a_name_means_one_thing(form: CountForm, tmp_path: Path) -> None:
    for place in range(len(Text._fields)):
        heads = [label[place].casefold() for label in labels_of(form.id).values()]
        assert len({*heads}) == len(heads)
    for table in form.tables:
        members: tuple[CountDimension | CountMeasure, ...] = (*table.dimensions, *table.measures)
        for member in members:
            _, first = members_of(form.id)[member.name]
            assert type(first) is type(member) and getattr(first, "codelist", None) is getattr(member, "codelist", None)
    period = CountPeriod.holding(form.period, DAY)
    empty = read_bytes(form, books.template(form, period, "da", DAY).write("xlsx"), "xlsx", tmp_path)
    assert [each.code for each in empty.faults] == ["no_rows"]


@pytest.mark.parametrize("place", range(2), ids=Text._fields)
def test_a_sheet_from_before_a_number_was_called_otherwise_is_still_read(place: int, tmp_path: Path) -> None:
    for form in FORMS.values():
        earlier = {each.name: each.earlier[place] for _, each in form.measures() if each.earlier[place]}
        heads = [earlier.get(name, name) for name in labels_of(form.id)]
        file = read_bytes(
            form, "\n".join(";".join(row) for row in (heads, ["x"] * len(heads))).encode(), "csv", tmp_path
        )
        assert not {"column_unknown", "column_repeated"} & {each.code for each in file.faults}


def test_a_week_is_understood_in_words_and_a_month_as_people_write_it(tmp_path: Path) -> None:
    rows = [{PERIOD: "uge 12 2025", "region": "DK01", "contacts": 3}]
    [week] = read_bytes(SITUATION, csv_of(SITUATION, *rows), "csv", tmp_path).periods
    assert week.id == "2025-W12"
    [month] = read_bytes(OUTREACH, csv_of(OUTREACH, {PERIOD: "marts 2025", **NO_CONTACTS}), "csv", tmp_path).periods
    assert month.id == "2025-03"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"table": "besøgene"}, "table_expected", 1),
        ({**NO_CONTACTS, PERIOD: "2025"}, "period_expected", 0),
        ({**NO_CONTACTS, "version": "one"}, "version_expected", 14),
        ({**VISIT, "contacts": 3}, "unknown_member", 9),
    ],
)
def test_a_row_that_is_no_line_of_the_form_is_named(
    row: dict[str, str], code: str, column: int, tmp_path: Path
) -> None:
    file = read_bytes(OUTREACH, csv_of(OUTREACH, {**VISIT, "visits": 1}, row), "csv", tmp_path)
    assert [(each.code, each.line, each.column) for each in file.faults] == [(code, 3, column)]


def test_a_row_that_cannot_be_read_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = read_bytes(OUTREACH, csv_of(OUTREACH, NO_CONTACTS) + b"\n2025-03,visits", "csv", tmp_path)
    assert [(each.line, each.code, each.detail) for each in file.faults] == [(3, "row_ragged", ROW_WORDS["row_ragged"])]


def test_heads_that_are_not_the_form_s_are_named_before_any_row_is_read(tmp_path: Path) -> None:
    file = read_bytes(OUTREACH, b"period,region,region,mood\n2025-03,DK01,DK01,good\n", "csv", tmp_path)
    said = [(each.code, each.column) for each in file.faults]
    assert said == [("column_repeated", 2), ("column_unknown", 3), ("column_missing", None)]
    assert not file.periods


@pytest.mark.parametrize("where", ["region", "visits", "period", "version"])
def test_an_identifier_in_any_cell_refuses_the_file(where: str, tmp_path: Path) -> None:
    row = {**VISIT, "visits": 1, where: "070190-1234"}
    with pytest.raises(FileRefused) as refusal:
        read_bytes(OUTREACH, csv_of(OUTREACH, row), "csv", tmp_path)
    assert refusal.value.code == "identifier_in_file"


def test_a_marked_file_says_what_is_wrong_in_front_and_is_taken_again(tmp_path: Path) -> None:
    sent = read_bytes(OUTREACH, csv_of(OUTREACH, {**VISIT, "visits": 1}, {"table": "x"}), "csv", tmp_path)
    every_text = [CellFault(2, 5, code, words) for code, words in books_words().items()]
    for kind in books.KINDS:
        marked = books.marked_book(OUTREACH, sent, [*sent.faults, *every_text[:5]], "da", DAY).write(kind)
        again = read_bytes(OUTREACH, marked, kind, tmp_path)
        assert again.header[0] == "Fejl" and [each.code for each in again.faults] == ["table_expected"]
    strange = (
        csv_of(OUTREACH, {**VISIT, "visits": 1})
        .replace(b"period,", b"Fejl,period,")
        .replace(b"\n2", b"\nMette Hansen,2")
    )
    with pytest.raises(FileRefused):
        read_bytes(OUTREACH, strange, "csv", tmp_path)


def test_a_marked_file_offers_the_codes_of_each_of_its_periods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = replace(SETTING.by_code["STREET"], valid_to=date(2024, 6, 30))
    monkeypatch.setitem(SETTING.by_code, "STREET", ended)
    for period, offered in (("2024-06", True), ("2024-07", False)):
        rows = [{**VISIT, "period": each, "visits": 1} for each in (period, "2024-08")]
        sent = read_bytes(OUTREACH, csv_of(OUTREACH, *rows), "csv", tmp_path)
        book = books.marked_book(OUTREACH, sent, (), "da", DAY)
        assert (ended.label.da in books.options_of(OUTREACH, "setting", book.spans, "da")) == offered


def books_words() -> dict[str, Text]:
    """Sentences that are written into a file, of each module that has some."""
    return {
        "line_twice": Text("En anden række har de samme svar. Læg deres tal sammen i én.", ""),
        **{check.code: check.detail for check in OUTREACH.checks},
    }
