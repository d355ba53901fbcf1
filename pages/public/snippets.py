"""How a table is read by the programs of analysts: an address, and two or three lines."""

from __future__ import annotations


def snippets(csv: str) -> list[tuple[str, str]]:
    """The name of each program, and what is typed in it. `csv`: the address of the table as CSV."""
    return [
        ("R", f'figures <- read.csv("{csv}", fileEncoding = "UTF-8")'),
        ("Python", f'import pandas\nfigures = pandas.read_csv("{csv}")'),
        ("Power Query", f'= Csv.Document(Web.Contents("{csv}"), [Delimiter=",", Encoding=65001])'),
        ("curl", f"curl '{csv}' -o figures.csv"),
    ]
