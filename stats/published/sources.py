"""Where the figures stand: each address once, a line in `sources.csv`, with what it is and when it was published.

A date is told as exactly as the address or the page itself tells it: a day (`2016-07-06`), a year (`2021`), or None. The annual
report on trafficking of the U.S. Department of State carries its year; the centre's pages carry the year that they are about,
which is not that of their publication. The address of `centre-2018` says 2017, its heading and its figures 2018. The page `newest`
changes with each report and keeps its address, as the portal `glotip` does: its day is that of the figures that were typed in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A report or an article. `id` names it in figures' snapshots."""

    id: str
    url: str
    title: str
    published: str | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return date.fromisoformat(self.published) if self.published and len(self.published) > len("2021") else None

    @property
    def author(self) -> str:
        """Who published it: what stands before the colon of its title."""
        return self.title.partition(":")[0]

    @property
    def by(self) -> date | None:
        """The day by which it is known to have been published: its own, or the first after its year; None for not known."""
        if self.published is None:
            return None
        return self.day or date(int(self.published) + 1, 1, 1)


def read_lines(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table beside this file, by their columns."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


# By address.
SOURCES: dict[str, SourceDocument] = {
    line["url"]: SourceDocument(line["id"], line["url"], line["title"], line["published"] or None)
    for line in read_lines("sources.csv")
}
# By the id of a source.
ADDRESSES: dict[str, str] = {source.id: source.url for source in SOURCES.values()}
GLOTIP = ADDRESSES["glotip"]

# Of a derived figure, in place of an address.
SUBTRACTION = "computed from the other figures"
