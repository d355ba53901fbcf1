"""How large a file, a table and a cell may be. Each limit is checked before anything of that size is in memory."""

from __future__ import annotations

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
