"""The page of own figures, and its table as a file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from xlsxwriter import Workbook

from cases.intake.templates.files import csv_bytes
from pages.desk import reads
from pages.desk.figures.table import COLUMNS, FIGURES, FROM, ROWS, TO, ZEROS, FigureChoice, OwnTable, count
from pages.desk.frame import Visit, desk_page, refuse, show
from pages.desk.records.fields import FormOption
from pages.desk.records.lists import CSV, TYPES, XLSX, RecordFilter, file_of_today
from partners.kinds import Mode
from partners.roles import Right
from stats.errors import QueryRefused
from stats.own.axes import SIDES

WIDE, NARROW = 42, 16


@require_safe
@desk_page(Right.READ)
def figures(visit: Visit) -> HttpResponse:
    """The partner's own referrals, counted by what is chosen."""
    texts = visit.request.GET.dict()
    choice = FigureChoice.of(texts)
    context: dict[str, object] = {
        "say": FIGURES,
        "table": None,
        "pickers": pickers(visit, choice),
        "zeros": choice.zeros,
        "is_test": visit.mode == Mode.TEST,
        "files": [(visit.address("figures_file", form=form), FIGURES[form]) for form in (XLSX, CSV)],
        "query": urlencode({name: texts[name] for name in (ROWS, COLUMNS, FROM, TO, ZEROS) if texts.get(name)}),
        "why": FIGURES["two_of_one"] if choice.is_repeated else "",
    }
    try:
        context["table"] = None if choice.is_repeated else read(visit, choice, "figures")
    except QueryRefused as error:
        context["why"] = error.violations[0].detail
    return show(visit, "desk/figures.html", context)


def read(visit: Visit, choice: FigureChoice, page: str) -> OwnTable:
    """The table, once it is written down of how many referrals it tells."""
    with transaction.atomic():
        table = count(visit, choice)
        reads.write_down(visit, page, table.total)
    return table


def pickers(visit: Visit, choice: FigureChoice) -> list[tuple[str, object, list[FormOption]]]:
    """The selects: the name, the label, and the choices of each."""
    months, language = RecordFilter(), visit.language
    across = choice.columns.id if choice.columns else ""
    none = FormOption("", FIGURES["no_columns"](language), not across)
    return [
        (ROWS, FIGURES["rows"], [*sides(choice.rows.id, language)]),
        (COLUMNS, FIGURES["columns"], [none, *sides(across, language)]),
        (FROM, FIGURES["from"], [*months.months(visit, choice.first)]),
        (TO, FIGURES["to"], [*months.months(visit, choice.last)]),
    ]


def sides(choice: str, language: str) -> Iterator[FormOption]:
    """Every field that can be counted by, at each of its levels."""
    return (FormOption(each.id, each.label(language), each.id == choice) for each in SIDES.values())


@require_safe
@desk_page(Right.READ)
def figures_file(visit: Visit, form: str) -> HttpResponse:
    """The table as a file in the reader's language."""
    choice, language = FigureChoice.of(visit.request.GET.dict()), visit.language
    if form not in TYPES or choice.is_repeated:
        raise Http404
    try:
        table = read(visit, choice, f"figures.{form}")
    except QueryRefused as error:
        return refuse(visit, error.violations[0].detail)
    content = csv_bytes(language, lines_of(visit, table)) if form == CSV else workbook_of(visit, table)
    return file_of_today(content, form, FIGURES["file"], language)


def lines_of(visit: Visit, table: OwnTable) -> list[list[str]]:
    """The table as lines of text, with what it is above it."""
    total = FIGURES["total"](visit.language)
    lines = [*table.lines, (total, table.totals)]
    about = [[text] for text in about_of(visit, table)]
    return [*about, [], [table.side, *table.heads], *([label, *map(str, numbers)] for label, numbers in lines)]


def about_of(visit: Visit, table: OwnTable) -> list[str]:
    """What stands above a table in a file: whose figures, what is counted, and what they are not for."""
    names = ("not_published", *(("test",) if visit.mode == Mode.TEST else ()))
    notes = [table.note] if table.note else []
    return [visit.partner.name, table.caption, *notes, *(FIGURES[name](visit.language) for name in names)]


def workbook_of(visit: Visit, table: OwnTable) -> bytes:
    """The table as a workbook, whose numbers are numbers."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(FIGURES["sheet"](visit.language)), book.add_format({"bold": True})
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, len(table.heads), NARROW)
    about = about_of(visit, table)
    for number, text in enumerate(about):
        sheet.write_string(number, 0, text, bold)
    top = len(about) + 1
    for place, text in enumerate((table.side, *table.heads)):
        sheet.write_string(top, place, text, bold)
    lines = [*table.lines, (FIGURES["total"](visit.language), table.totals)]
    for row, (label, numbers) in enumerate(lines, top + 1):
        sheet.write_string(row, 0, label)
        for place, number in enumerate(numbers, 1):
            sheet.write_number(row, place, number)
    book.close()
    return out.getvalue()
