"""The numbers of a report beside those of the tables that anybody can ask for: none is the report's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from cases.dimensions import PERSONS, Axis
from publications.annual.content import parts
from publications.annual.content.compose import compose
from publications.annual.document import Bullets, Document, KeyFigures, Paragraph, Picture, Section, Table
from publications.annual.drafting import shown_in
from publications.annual.numbers import foreign_numbers
from publications.annual.places import proposals_of, slug

# The rows of a table of an axis in a release, by codes: what its file has in each column.
Rows = Callable[[str, str], Mapping[tuple[str, ...], Mapping[str, str]]]
AXES = {slug(axis.id): axis for axis in PERSONS.axes.values()}
# What stands between thousands.
APART = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
NUMBER = re.compile(r"\d+(?:[.,]\d)?")
COLUMNS = ("count", "share", "change")


def check_years(years: Iterable[str], rows: Rows) -> None:
    """Check the reports of these years, without their pictures: those have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "plain", lambda *_: "")
        for year in years:
            check_year(int(year), rows)


def check_year(year: int, rows: Rows) -> None:
    """Check the report of a year in both languages. Whatever is proposed can be approved as it is."""
    composition = compose(year)
    shown = shown_in(composition)
    for language, document in composition.documents.items():
        assert check_tables(document, rows) >= 4
        assert check_sentences(document, rows) > 20
        for section in document.sections:
            for text in proposals_of(section).values():
                assert foreign_numbers(text, language, shown[section.id]) == []


def check_tables(document: Document, rows: Rows) -> int:
    """Hold each table of an axis against the one that everybody gets; how many there were."""
    release, checked = f"{document.year}.p1", 0
    for section in document.sections:
        for table in (each for each in tables_of(section) if each.id in AXES):
            published = rows(AXES[table.id].id, release)
            cells = [
                [str(cell.value if cell.value is not None else "") for cell in row.cells] for row in table.grid.rows
            ]
            assert cells == [[row[column] for column in COLUMNS] for row in published.values()], table.caption
            hidden = [cell.value for row in table.grid.rows for cell in row.cells if cell.status == "Q"]
            assert set(hidden) <= {None}
            checked += 1
    return checked


def check_sentences(document: Document, rows: Rows) -> int:
    """Every number in a heading or sentence stands in a table of the same section, or is a year or an age; how many there were."""
    checked, total = 0, f"{document.year}.p1"
    for section in document.sections[:-1]:
        axes = [AXES[each.id] for each in tables_of(section) if each.id in AXES]
        shown = {str(document.year), str(document.year - 1), *numbers(rows("", total).values())}
        for axis in axes or AXES.values() if section.id == "key-figures" else axes:
            shown |= {*numbers(own_rows(rows, axis, total)), *ages(axis)}
        for table in tables_of(section):
            shown |= {str(cell.value) for row in table.grid.rows for cell in row.cells}
        texts = (APART.sub("", text) for text in texts_of(section))
        found = [n.replace(",", ".") for text in texts for n in NUMBER.findall(text)]
        assert set(found) <= shown, (section.heading, set(found) - shown)
        checked += len(found)
    return checked


def own_rows(rows: Rows, axis: Axis, release: str) -> Iterator[Mapping[str, str]]:
    """The rows of an axis, where the release offers it."""
    try:
        yield from rows(axis.id, release).values()
    except AssertionError:
        return


def numbers(rows: object) -> Iterator[str]:
    """The counts, shares and changes of rows, without signs."""
    for row in rows:  # type: ignore[attr-defined]
        yield from (row[column].lstrip("-") for column in (*COLUMNS, "change_percent") if row[column])


def ages(axis: Axis) -> Iterator[str]:
    """The numbers in the labels of an axis."""
    for code in axis.codes:
        yield from NUMBER.findall(code.label.da)


def tables_of(section: Section) -> Iterator[Table]:
    """The tables of a section, those of charts among them."""
    for each in section.blocks:
        if isinstance(each, Table | Picture):
            yield each.table if isinstance(each, Picture) else each


def texts_of(section: Section) -> Iterator[str]:
    """The heading, sentences, lists and alternative texts of a section."""
    yield section.heading
    for each in section.blocks:
        match each:
            case Paragraph():
                yield each.text
            case Bullets():
                yield from each.items
            case KeyFigures():
                yield from (figure.number for figure in each.figures)
