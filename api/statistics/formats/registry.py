"""The forms of a table, by the name that the parameter `format` has. The first is for who asks for none.

One entry is all that a new form needs: negotiation, the parameter, the index and the description are made from this table.
"""

from __future__ import annotations

from api.statistics.formats.flat import CSV, DANISH_CSV, LIST
from api.statistics.formats.form import TableFormat
from api.statistics.formats.json_stat import JSON_STAT
from api.statistics.formats.workbook import WORKBOOK

FORMATS: dict[str, TableFormat] = {each.id: each for each in (JSON_STAT, CSV, DANISH_CSV, LIST, WORKBOOK)}
