"""A column in front of a sheet. openpyxl moves the cells alone: this moves what points at them, too."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder

LAST = 16_384
CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?[1-9]\d{0,6})", re.IGNORECASE)
COLUMN = re.compile(r"(\$?)([A-Z]{1,3})()", re.IGNORECASE)


def insert_first_column(book: Any, sheet: Any, width: float) -> None:
    """Move everything of the sheet one column to the right. The new first column is empty and has this width."""
    move_cells(sheet)
    move_widths(sheet, width)
    for each in sheet.merged_cells.ranges:
        each.shift(col_shift=1)
    move_formatting(sheet)
    move_filters(sheet)
    for other in book.worksheets:
        move_lists(other, sheet)
    for names in (book.defined_names, *(other.defined_names for other in book.worksheets)):
        for name in names.values():
            name.attr_text = moved_formula(name.attr_text or "", sheet.title, here=False)


def move_cells(sheet: Any) -> None:
    """The cells that there are. openpyxl's own way would make every cell up to the last row and column."""
    cells = {}
    for (line, place), cell in sheet._cells.items():
        cell.column = place + 1
        if getattr(cell, "hyperlink", None):
            cell.hyperlink.ref = cell.coordinate
        cells[line, place + 1] = cell
    sheet._cells = cells


def move_widths(sheet: Any, width: float) -> None:
    """The widths and forms of the columns."""
    holder = DimensionHolder(worksheet=sheet)
    for each in sheet.column_dimensions.values():
        each.reindex()
        each.min, each.max = min(each.min + 1, LAST), min(each.max + 1, LAST)
        each.index = get_column_letter(each.min)
        holder[each.index] = each
    holder["A"] = ColumnDimension(sheet, index="A", min=1, max=1, width=width)
    sheet.column_dimensions = holder


def move_formatting(sheet: Any) -> None:
    """Conditional formats."""
    formats = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            rule.formula = [moved_formula(text, sheet.title, here=True) for text in rule.formula]
            formats.add(str(moved_ranges(each.sqref)), rule)
    sheet.conditional_formatting = formats


def move_filters(sheet: Any) -> None:
    """The filter, tables, and what stays in sight. What is printed is chosen anew."""
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved_range(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = moved_range(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = moved_range(table.autoFilter.ref)
    sheet.print_area = None
    sheet.print_title_cols = None
    line, place = coordinate_to_tuple(sheet.freeze_panes or "A1")
    sheet.freeze_panes = f"{get_column_letter(place + 1)}{line}"


def move_lists(other: Any, sheet: Any) -> None:
    """The lists that cells of a sheet offer."""
    here = other is sheet
    for each in other.data_validations.dataValidation:
        each.formula1 = moved_formula(each.formula1, sheet.title, here=here)
        each.formula2 = moved_formula(each.formula2, sheet.title, here=here)
        if here:
            each.sqref = moved_ranges(each.sqref)


def moved_ranges(ranges: Any) -> MultiCellRange:
    """Some ranges, a column further right."""
    return MultiCellRange([CellRange(moved_range(str(each))) for each in ranges.ranges])


def moved_range(text: str) -> str:
    """A range, a column further right."""
    return ":".join(moved_part(part, alone=":" not in text) for part in text.split(":"))


def moved_part(part: str, *, alone: bool) -> str:
    """A cell, or a whole column of a range; anything else, such as a name, stays as it is."""
    match = CELL.fullmatch(part) or (None if alone else COLUMN.fullmatch(part))
    if match is None or column_index_from_string(match[2].upper()) >= LAST:
        return part
    return f"{match[1]}{get_column_letter(column_index_from_string(match[2].upper()) + 1)}{match[3]}"


def moved_formula(text: str | None, title: str, *, here: bool) -> str | None:
    """A formula whose references to the sheet are a column further right. `here`: those that name no sheet are to it, too."""
    if not text:
        return text
    with suppress(TokenizerError):
        tokens = Tokenizer(f"={text}").items
        return "".join(moved_token(token, title, here=here) for token in tokens)
    return text


def moved_token(token: Any, title: str, *, here: bool) -> str:
    """A part of a formula."""
    text: str = token.value
    if (token.type, token.subtype) != (Token.OPERAND, Token.RANGE):
        return text
    name, mark, place = text.rpartition("!")
    own = name.strip("'").replace("''", "'").casefold() == title.casefold() if mark else here
    return f"{name}{mark}{moved_range(place)}" if own else text
