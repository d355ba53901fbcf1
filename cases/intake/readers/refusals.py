"""How large a file, a table and a cell may be, and what is said of a file that cannot be read.

Each limit is checked before anything of that size is in memory. Each rule has its words in both languages; none repeats
anything of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cases.intake.findings import FileRefused, Finding
from core.text import Text, in_digits

MEGABYTE = 1_000_000

# The file as it was sent, by its format.
MOST_BYTES = {
    "xlsx": 20 * MEGABYTE,
    "ods": 20 * MEGABYTE,
    # An array is checked as a whole each time that it is opened; there is NDJSON for more.
    "json": 64 * MEGABYTE,
    "ndjson": 500 * MEGABYTE,
    "csv": 500 * MEGABYTE,
}
# What is read while its sender waits; a workbook as it is unpacked. 5,000 rows with every column that there is are no more.
MOST_BYTES_AT_ONCE = {
    "xlsx": 16 * MEGABYTE,
    "ods": 16 * MEGABYTE,
    "json": 4 * MEGABYTE,
    "ndjson": 4 * MEGABYTE,
    "csv": 4 * MEGABYTE,
}
# A workbook when it is unpacked. Text of tables packs 10 to 50 times smaller; a bomb 1,000 times.
MOST_UNPACKED = 300 * MEGABYTE
MOST_RATIO = 200
RATIO_MATTERS = 10 * MEGABYTE
MOST_PARTS = 2_000
# The XML of a workbook: elements of a part, and texts that cells share. A cell is two elements, or three with its text in it.
# 50,000 rows of 25 cells are 3.8 million of them, and the most rows with every column that there is 6.5 million.
MOST_ELEMENTS = 8_000_000
MOST_SHARED_TEXTS = 3_000_000
# Elements that have begun and not ended. Programs write a dozen; a parser holds each of them.
MOST_OPEN = 10_000

# Of a table, and members of an object: a row that has more than columns can be is no row.
MOST_COLUMNS = 200
MOST_ROWS = 100_000
# From the first cell to the last one: a workbook is held as one rectangle while it is read.
MOST_CELLS = 6_000_000
# Above the header there may be a title and some help.
MOST_LINES_ABOVE = 20
MOST_CHARACTERS = 1_000
MOST_LINE = 64 * 1024
# Of a CSV or NDJSON, empty ones too, and elements of an array: to answer a row costs more than to send two bytes of one.
MOST_LINES = 2_000_000
# A quoted cell of a CSV may go over several lines.
MOST_LINES_OF_ROW = 20
# Cells with an error or without a value. Beyond that the workbook was never computed.
MOST_FAULTS = 10_000
# How many places a finding on a whole file names.
MOST_PLACES = 20
CHUNK = 1 << 20


UNREADABLE, TOO_LARGE = "file_unreadable", "payload_too_large"

# Of a whole file.
FILE_WORDS: Mapping[str, Text] = {
    "file_too_large": Text(
        f"Filen er for stor: højst {MOST_BYTES['xlsx'] // MEGABYTE} MB som Excel eller ODS, "
        f"{MOST_BYTES['json'] // MEGABYTE} MB som JSON-liste og {MOST_BYTES['csv'] // MEGABYTE} MB som CSV eller NDJSON.",
        f"The file is too large: at most {MOST_BYTES['xlsx'] // MEGABYTE} MB as Excel or ODS, "
        f"{MOST_BYTES['json'] // MEGABYTE} MB as a JSON array and {MOST_BYTES['csv'] // MEGABYTE} MB as CSV or NDJSON.",
    ),
    "file_empty": Text("Filen er tom.", "The file is empty."),
    "no_rows": Text("Filen har ingen rækker.", "The file has no rows."),
    "not_a_table": Text(
        "Filen er ikke et regneark, en CSV eller JSON, uanset hvad den hedder.",
        "The file is no spreadsheet, CSV or JSON, whatever its name is.",
    ),
    "format_mismatch": Text(
        "Filens indhold passer ikke til dens navn eller medietype. Gem den igen i det format, den skal have.",
        "The content of the file does not fit its name or media type. Save it again in the format that it should have.",
    ),
    "format_old": Text(
        "Gamle og binære Excel-filer (.xls, .xlsb) læses ikke. Gem filen som .xlsx.",
        "Old and binary files of Excel (.xls, .xlsb) are not read. Save the file as .xlsx.",
    ),
    "file_has_password": Text(
        "Filen er beskyttet med adgangskode. Gem den uden adgangskode; den sendes krypteret alligevel.",
        "The file has a password. Save it without one; it is sent encrypted anyway.",
    ),
    "file_has_macros": Text(
        "Filen indeholder makroer. Gem den som .xlsx uden makroer.",
        "The file contains macros. Save it as .xlsx without macros.",
    ),
    "file_broken": Text(
        "Filen er beskadiget og kan ikke åbnes. Åbn den i et regneark, og gem den igen.",
        "The file is damaged and cannot be opened. Open it in a spreadsheet and save it again.",
    ),
    "file_unpacks_too_large": Text(
        "Filen fylder for meget, når den pakkes ud. Kopiér rækkerne til et nyt skema.",
        "The file is too large when it is unpacked. Copy the rows into a new template.",
    ),
    "sheet_missing": Text("Filen har intet synligt ark med indhold.", "The file has no visible sheet with content."),
    "sheets_several": Text(
        "Flere ark har skemaets overskrift. Send ét ark ad gangen, eller skjul de andre.",
        "Several sheets have the header of the template. Send one sheet at a time, or hide the others.",
    ),
    "too_many_columns": Text(f"Højst {MOST_COLUMNS} kolonner.", f"At most {MOST_COLUMNS} columns."),
    "too_many_members": Text(
        f"Et objekt har mere end {MOST_COLUMNS} medlemmer. Så mange felter er der ikke.",
        f"An object has more than {MOST_COLUMNS} members. There are not that many fields.",
    ),
    "too_many_rows": Text(
        f"Højst {in_digits(MOST_ROWS).da} rækker i et regneark. Send flere som CSV eller NDJSON.",
        f"At most {in_digits(MOST_ROWS).en} rows in a spreadsheet. Send more as CSV or NDJSON.",
    ),
    "too_many_lines": Text(
        f"Højst {in_digits(MOST_LINES).da} linjer i en fil, også tomme. Del den.",
        f"At most {in_digits(MOST_LINES).en} lines in a file, empty ones too. Divide it.",
    ),
    "too_many_cells": Text(
        f"Arket spænder over mere end {in_digits(MOST_CELLS).da} celler. Slet det, der står langt fra rækkerne.",
        f"The sheet spans more than {in_digits(MOST_CELLS).en} cells. Delete what stands far from the rows.",
    ),
    "hidden_rows": Text(
        "Arket har skjulte rækker med indhold. Vis dem, eller slet dem: det, der ikke kan ses, sendes ikke.",
        "The sheet has hidden rows with content. Show or delete them: what cannot be seen is not sent.",
    ),
    "hidden_column": Text(
        "Arket har en skjult kolonne med indhold. Vis den, eller slet den: det, der ikke kan ses, sendes ikke.",
        "The sheet has a hidden column with content. Show or delete it: what cannot be seen is not sent.",
    ),
    "never_computed": Text(
        "Formlerne i arket har ingen værdier. Åbn filen i et regneark, og gem den igen.",
        "The formulas of the sheet have no values. Open the file in a spreadsheet and save it again.",
    ),
    "wrong_encoding": Text(
        "Filens tegnsæt kendes ikke. Gem den som CSV UTF-8.",
        "The encoding of the file is not known. Save it as CSV UTF-8.",
    ),
    "line_too_long": Text(
        f"En række er længere end {MOST_LINE // 1024} KiB. Så lang er ingen: en linje slutter nok ikke, hvor den skal.",
        f"A row is longer than {MOST_LINE // 1024} KiB. None is that long: a line probably does not end where it should.",
    ),
    "array_expected": Text(
        "JSON skal være en liste af objekter, eller ét objekt pr. linje (NDJSON).",
        "JSON must be an array of objects, or one object a line (NDJSON).",
    ),
}
# Of one row, which cannot be read while the others can. What strict JSON refuses has its words there.
ROW_WORDS: Mapping[str, Text] = {
    "quote_unclosed": Text(
        "Et anførselstegn bliver ikke lukket, så linjens celler ikke kan skelnes.",
        "A quotation mark is not closed, so that the cells of the line cannot be told apart.",
    ),
    "row_ragged": Text(
        "Rækken har flere eller færre celler end overskriften.", "The row has more or fewer cells than the header."
    ),
    "cell_too_long": Text(
        f"Cellen har mere end {in_digits(MOST_CHARACTERS).da} tegn.",
        f"The cell has more than {in_digits(MOST_CHARACTERS).en} characters.",
    ),
    "cell_unusable": Text("Cellen har et tegn, som ikke kan læses.", "The cell has a character that cannot be read."),
    "cell_error": Text(
        "Cellen viser en fejl (#I/T, #REFERENCE! eller lignende).", "The cell shows an error (#N/A, #REF! or the like)."
    ),
    "formula_without_value": Text(
        "Cellens formel har ingen værdi. Åbn filen i et regneark, og gem den igen.",
        "The formula of the cell has no value. Open the file in a spreadsheet and save it again.",
    ),
    "cells_merged": Text(
        "Rækken er flettet med en anden. Ophæv fletningen, og udfyld hver celle.",
        "The row is merged with another one. Unmerge the cells and fill in each.",
    ),
    "cell_without_column": Text(
        "Cellen står under en tom overskrift, så ingen ved, hvad den betyder.",
        "The cell stands below an empty header, so that nobody knows what it means.",
    ),
}


def refusal(rule: str, *, line: int | None = None, column: int | None = None, lines: Iterable[int] = ()) -> FileRefused:
    """The refusal of a whole file by a rule of `FILE_WORDS`, or of strict JSON. `lines`: the first rows that it is about."""
    finding = Finding(rule, column=column, lines=tuple(lines)[:MOST_PLACES])
    return FileRefused(TOO_LARGE if rule == "file_too_large" else UNREADABLE, [(finding, line)])
