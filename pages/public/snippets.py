"""How a table is read by the programs of analysts: its address, and what keeps them from taking a code for something else.

`F` is no logical value, `NA` is Namibia and no gap, and a period is a name. What has no number is an empty field.
"""

from __future__ import annotations

from stats.reading.measures import BOUNDS, Measure
from stats.reading.query import Query
from stats.reading.stored_sums import REPORTS

POWER_QUERY = """let
    Source = Csv.Document(Web.Contents("{address}"), [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
    Rows = Table.PromoteHeaders(Source),
    Figures = Table.TransformColumnTypes(Rows, {{{types}}}, "en-US")
in
    Figures"""


R = """figures <- read.csv("{address}", fileEncoding = "UTF-8", na.strings = "", colClasses = "character")
numbers <- c({numbers})
figures[numbers] <- lapply(figures[numbers], as.numeric)"""
PYTHON = """import pandas

figures = pandas.read_csv("{address}", dtype=str, keep_default_na=False, na_values="")
numbers = [{numbers}]
figures[numbers] = figures[numbers].apply(pandas.to_numeric)"""


def snippets(csv: str, query: Query) -> list[tuple[str, str]]:
    """The name of each program, and what is typed in it. `csv`: the address of the table as CSV.

    Every column is a text but those that are named, so that no program guesses.
    """
    bounds = sorted(BOUNDS) if Measure.COUNT in query.measures else ()
    columns = dict.fromkeys([*query.measures, *bounds, *(REPORTS if query.dataset.quantities else ())])
    numbers = ", ".join(f'"{name}"' for name in columns)
    types = ", ".join(f'{{"{name}", type number}}' for name in columns)
    return [
        ("R", R.format(address=csv, numbers=numbers)),
        ("Python", PYTHON.format(address=csv, numbers=numbers)),
        ("Power Query", POWER_QUERY.format(address=csv, types=types)),
        ("curl", f"curl '{csv}' -o figures.csv"),
    ]
