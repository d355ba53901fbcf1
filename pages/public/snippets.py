"""How a table is read by the programs of analysts: its address, and what keeps them from taking a code for something else.

`F` is no logical value, `NA` is Namibia and no gap, and a period is a name. What has no number is an empty field.
"""

from __future__ import annotations

from cases.statistics.reading.measures import BOUNDS, Measure
from cases.statistics.reading.query import Query

POWER_QUERY = """let
    Source = Csv.Document(Web.Contents("{address}"), [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
    Rows = Table.PromoteHeaders(Source),
    Figures = Table.TransformColumnTypes(Rows, {{{types}}}, "en-US")
in
    Figures"""


def snippets(csv: str, query: Query) -> list[tuple[str, str]]:
    """The name of each program, and what is typed in it. `csv`: the address of the table as CSV."""
    texts = ["period", *(axis.id for axis in query.axes)]
    classes = ", ".join(f'"{name}" = "character"' for name in texts)
    dtypes = ", ".join(f'"{name}": str' for name in texts)
    numbers = dict.fromkeys([*query.measures, *(sorted(BOUNDS) if Measure.COUNT in query.measures else ())])
    types = ", ".join(f'{{"{name}", type number}}' for name in numbers)
    return [
        (
            "R",
            f'figures <- read.csv("{csv}", fileEncoding = "UTF-8", na.strings = "",\n  colClasses = c({classes}))',
        ),
        (
            "Python",
            f'import pandas\n\nfigures = pandas.read_csv("{csv}", keep_default_na=False, na_values="",\n    dtype={{{dtypes}}})',
        ),
        ("Power Query", POWER_QUERY.format(address=csv, types=types)),
        ("curl", f"curl '{csv}' -o figures.csv"),
    ]
