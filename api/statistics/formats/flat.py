"""Figures as rows: CSV, CSV as Excel in Danish opens it, and a plain JSON list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Annotated

from api.http.bodies import FURTHER, Body, about
from api.statistics.formats.form import TableFormat, encode
from api.statistics.vocabulary import PeriodId, ReleaseId
from cases.codelists.types import Code
from cases.invented import WORDS
from core.formats import harmless
from core.text import Text
from stats.models import PUBLIC
from stats.reading import external_words, wording
from stats.reading.entries import CatalogueEntry
from stats.reading.layout import AnswerAxis
from stats.reading.measures import BOUNDS, CellStatus, Measure
from stats.reading.stored_sums import REPORTS, ReportsBehind
from stats.reading.sum_words import quantities_of, with_unit
from stats.reading.table import Column, Figures

REPORT_COLUMNS = ("unit", "dataset", *REPORTS, "coverage")
# The last column, where some figures are of a database of invented records: empty for those that others published.
INVENTED = "invented"
# The column before it, where something is wrong, or may be, with a release of the answer.
WARNING = "warning"
# What `coverage` says: whether a sum is all of it, or at least this much.
WHOLE, AT_LEAST = "whole", "at_least"
# SDMX CL_CONF_STATUS. Of what is hidden nobody is told whether it is for its own sake (`A`) or for another's (`D`).
CONFIDENTIAL, FREE, INTERNAL = "C", "F", "N"


class FlatRowBody(Body):
    """A cell with its codes, labels and measures: one object of a list, or one line of CSV."""

    release: ReleaseId
    period: PeriodId


FURTHER["FlatRow"] = {
    "additionalProperties": {
        "type": ["string", "number", "null"],
        "description": "Code and label of each axis; `count`, `status`, `status_label`, `conf_status`, `least`, `most`; other "
        "measures likewise. "
        "Of sums also `unit`, `dataset`, `reports_due`, `reports_came`, `reports_beside`, `reports_knowing`, "
        "and `coverage`: `whole`, or `at_least` where a report is missing, nobody was asked for one, or one does not know "
        "the quantity; empty where there is no data. `warning`, where a release of the answer is withdrawn, under review or has "
        "errata, says so in words. "
        "`invented` marks our cells where records are.",
    }
}


def heads(figures: Figures) -> list[str]:
    """The columns of a row: release, period, code and label of each axis, then each measure and its status, also in words.

    After the count's stand `least` and `most`, whether they were asked for or not: what a hidden count may be. At the end of a
    row of sums stand its unit, how many reports are behind it, and whether it is all of it: `least` and `most` are of what came.
    The last columns warn of releases and mark invented figures, where there are some.
    """
    axes = [name for side in figures.sides for name in (side.axis.id, f"{side.axis.id}_label")]
    measures = [name for column in columns(figures) for name in measure_heads(column)]
    last = [*([WARNING] if is_warned_of(figures) else ()), *([INVENTED] if external_words.is_invented(figures) else ())]
    return ["release", "period", *axes, *measures, *(REPORT_COLUMNS if figures.query.dataset.quantities else ()), *last]


def is_warned_of(figures: Figures) -> bool:
    """Whether something is wrong, or may be, with a release of the answer."""
    return any(wording.warnings(each.releases) for each in figures.periods)


def columns(figures: Figures) -> list[Column]:
    """The measures that have columns: bounds have none of their own beside the count."""
    has_count = any(column.measure == Measure.COUNT for column in figures.columns)
    return [column for column in figures.columns if not (has_count and column.measure in BOUNDS)]


def measure_heads(column: Column) -> tuple[str, ...]:
    """The columns of a measure. The count's status is plainly `status`, and its confidentiality `conf_status`."""
    if column.measure == Measure.COUNT:
        return (column.measure, "status", "status_label", "conf_status", Measure.LEAST, Measure.MOST)
    return (column.measure, f"{column.measure}_status", f"{column.measure}_status_label")


def rows(figures: Figures, language: str) -> Iterator[list[object]]:
    """One row for each cell of each period, in the order of the values."""
    labels = [[(code.code, label_of(figures, side, code)(language)) for code in side.codes] for side in figures.sides]
    cells = [[part for pair in cell for part in pair] for cell in product(*labels)]
    measures, n, has_invented, has_warning = (
        columns(figures),
        0,
        external_words.is_invented(figures),
        is_warned_of(figures),
    )
    for each in figures.periods:
        warning = " ".join(text(language) for text in wording.warnings(each.releases))
        last = [
            *([warning or None] if has_warning else ()),
            *([WORDS(language) if each.release.invented else None] if has_invented else ()),
        ]
        for cell in cells:
            values = (part for c in measures for part in values_of(figures, c, n, each.release, language))
            yield [
                each.release.id,
                each.release.period.id,
                *cell,
                *values,
                *report_columns(figures, each.release.id, n, language),
                *last,
            ]
            n += 1


def label_of(figures: Figures, side: AnswerAxis, code: Code) -> Text:
    """The label of a code; of a quantity with its unit, as tables have it."""
    return code.label if side.axis.has_total else with_unit(code, figures.query.dataset)


def values_of(figures: Figures, column: Column, place: int, release: CatalogueEntry, language: str) -> Iterator[object]:
    """What the columns of a measure have in a row. A count that is shown is the least and the most."""
    value, status = column.values[place], column.statuses[place]
    interval = figures.intervals.get(place) if column.measure == Measure.COUNT else None
    symbol = interval.symbol if interval else None
    yield from (value, str(status), wording.short(figures.query.dataset, status, symbol, language))
    if column.measure == Measure.COUNT:
        yield confidentiality(status, release)
        yield from (value, value) if interval is None else (interval.least, interval.most)


def confidentiality(status: CellStatus, release: CatalogueEntry) -> str | None:
    """What SDMX calls the confidentiality of a count; None where nothing was published that could have one."""
    if status == CellStatus.NOT_PUBLISHED:
        return None
    return CONFIDENTIAL if status == CellStatus.HIDDEN else FREE if release.audience == PUBLIC else INTERNAL


def report_columns(figures: Figures, release: str, place: int, language: str) -> Iterator[object]:
    """The unit of a sum and its dataset; how many reports were due, came, and came beside; how many know it in each line; and
    whether it is all of it.
    """
    if quantities := quantities_of(figures):
        dataset, quantity = figures.query.dataset, quantities[figures.quantity_at(place, len(quantities))].code
        yield dataset.units[quantity](language)
        yield dataset.drawn_from.get(quantity, (dataset.id,))[0]
        reports = figures.behind.get(release, {}).get(quantity)
        is_there = all(
            each.statuses[place] != CellStatus.NOT_PUBLISHED
            for each in figures.columns
            if each.measure == Measure.COUNT
        )
        yield from report_cells(reports, is_there=is_there) if reports else [None] * 5


def report_cells(reports: ReportsBehind, *, is_there: bool) -> tuple[object, ...]:
    """How many reports are behind a sum, and whether it is all of it; of what is no data it is nothing."""
    coverage = (WHOLE if reports.is_whole else AT_LEAST) if is_there else None
    return reports.due, reports.came, reports.unsolicited_reports, reports.knowing, coverage


def csv_text(figures: Figures, language: str, _base: str) -> bytes:
    """CSV as RFC 4180 has it: UTF-8 without a byte order mark, commas, CR LF. No value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads(figures))
    writer.writerows(rows(figures, language))
    return out.getvalue().encode()


def danish_csv(figures: Figures, language: str, _base: str) -> bytes:
    """The same as Excel opens it where a comma is the decimal sign: a byte order mark, semicolons, CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads(figures))
    writer.writerows([danish_cell(each) for each in row] for row in rows(figures, language))
    return out.getvalue().encode("utf-8-sig")


def danish_cell(value: object) -> object:
    """A number with a decimal comma; a text that a spreadsheet would compute has an apostrophe before it."""
    match value:
        case Decimal():
            return str(value).replace(".", ",")
        case str():
            return harmless(value)
        case _:
            return value


def plain_list(figures: Figures, language: str, _base: str) -> bytes:
    """A JSON array of flat objects, one a row."""
    names = heads(figures)
    return encode([dict(zip(names, row, strict=True)) for row in rows(figures, language)])


CSV = TableFormat(
    id="csv",
    media_type="text/csv",
    content_type="text/csv; charset=utf-8; header=present",
    extension="csv",
    body=str,
    example="Csv",
    render=csv_text,
    most=200_000,
)
DANISH_CSV = replace(CSV, id="csv-da", extension="excel.csv", render=danish_csv)
LIST = TableFormat(
    id="list",
    media_type="application/vnd.henvis.list+json",
    content_type="application/vnd.henvis.list+json",
    extension="list.json",
    body=Annotated[list[FlatRowBody], about("A row for each cell.")],
    example="FlatRows",
    render=plain_list,
    most=20_000,
)
