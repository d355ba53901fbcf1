"""The tables of a page, as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser


class Tables(HTMLParser):
    """The cells of the tables of a page, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self.open = self.open and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """The text of a cell."""
        if self.open:
            self.rows[-1][-1] += data


def rows(text: str) -> list[list[str]]:
    """The rows of its tables."""
    tables = Tables()
    tables.feed(text)
    return tables.rows
