"""Invented reports: no figure in them is of anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.text import Text
from publications.annual.document import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Section,
    Table,
)
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText
from stats.reading.measures import CellStatus

# What typst, HTML or a template would read as something else.
MARKUP = r"#let x = y; [a] $b$ @c \d *e* _f_ `g` <h> //i /* j */ ~ -- & {{ k }} {% l %} \u{af} = m"
BAND = "[c] 10–30"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 60" width="460" height="60" role="img"
 font-family="IBM Plex Sans"><title>{title}</title>{bars}</svg>"""
BAR = """<rect x="130" y="{y}" width="{width}" height="18" fill="#004d99"/>
<text x="124" y="{base}" text-anchor="end" font-size="12">{name}</text>
<text x="{end}" y="{base}" font-size="12" font-weight="600">{value}</text>"""
WORDS = {
    "title": Text("Menneskehandel i Danmark 2023", "Human trafficking in Denmark 2023"),
    "key-figures": Text("Nøgletal", "Key figures"),
    "victims": Text("112 personer blev vurderet som ofre i 2023", "112 persons were identified as victims in 2023"),
    "more": Text("Det er 39 flere end i 2022.", "That is 39 more than in 2022."),
    "calls": Text("opkald til hotlinen", "calls to the hotline"),
    "gender": Text("Køn", "Gender"),
    "by_gender": Text("Personer efter køn, 2023", "Persons by gender, 2023"),
    "men": Text("Mænd udgør næsten halvdelen", "Men are nearly half"),
    "alt": Text("Søjler: 58 kvinder og 54 mænd.", "Bars: 58 women and 54 men."),
    "female": Text("Kvinde", "Female"),
    "male": Text("Mand", "Male"),
    "all": Text("I alt", "Total"),
    "persons": Text("Personer", "Persons"),
    "comment": Text("Centrets kommentar", "The centre's comment"),
    "citizenship": Text("Statsborgerskab", "Citizenship"),
    "by_citizenship": Text("Personer efter statsborgerskab, 2007–2023", "Persons by country of citizenship, 2007–2023"),
    "country": Text("Land", "Country"),
    "hidden": Text("Skjult for at beskytte personer", "Hidden to protect persons"),
    "source": Text("Kilde: Centret, udgave 2023.p1.", "Source: the centre, release 2023.p1."),
    "publisher": Text("Udgiver", "Publisher"),
    "licence": Text("Licens", "Licence"),
    "data": Text("Data, SHA-256", "Data, SHA-256"),
}


@dataclass(frozen=True)
class Invention:
    """What an invented report is made of, in a language."""

    language: str
    commentary: str

    def word(self, name: str) -> str:
        """A text of the report."""
        return WORDS[name](self.language)

    def key_figures(self) -> Section:
        """The first section."""
        figures = (("112", "victims"), ("+39", "more"), ("1.204", "calls"))
        numbers = KeyFigures(tuple(KeyFigure(number, self.word(label)) for number, label in figures))
        blocks = (numbers, Paragraph(self.word("more")))
        return Section("key-figures", self.word("victims"), blocks, self.word("key-figures"))

    def gender(self) -> Section:
        """A section with a chart and commentary."""
        values = {self.word("female"): 58, self.word("male"): 54}
        rows = row(self.word("all"), 112, total=True), *(row(name, value) for name, value in values.items())
        shown = self.table("gender-figures", "by_gender", rows, (self.word("persons"),), "gender")
        caption = self.word("by_gender")
        blocks: tuple[Block, ...] = (
            Picture("gender", caption, self.word("alt"), bars(caption, values), shown),
            Heading(self.word("comment")),
            Paragraph(self.commentary),
            Bullets((self.word("more"), self.commentary)),
        )
        return Section("gender", self.word("men"), blocks, self.word("gender"))

    def citizenship(self) -> Section:
        """A table that is wider and longer than a page: 17 years, and 70 countries."""
        country, years = self.word("country"), range(2007, 2024)
        rows = tuple(row(f"{country} {n}", *(n * 3 + year - 2007 for year in years[1:]), BAND) for n in range(70))
        shown = self.table("citizenship", "by_citizenship", rows, tuple(map(str, years)), "citizenship")
        return Section("citizenship", self.word("citizenship"), (shown,), self.word("citizenship"))

    def table(self, name: str, caption: str, rows: tuple[Row, ...], headings: tuple[str, ...], corner: str) -> Table:
        """A table with a key and a source."""
        grid = Grid("", self.word(corner), headings, rows, left_out=5 if len(rows) > 15 else 0)
        return Table(name, self.word(caption), grid, (("[c]", self.word("hidden")),), self.word("source"))

    def colophon(self) -> tuple[tuple[str, str], ...]:
        """Names and values."""
        licence = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
        values = {"publisher": "Center mod Menneskehandel", "licence": licence, "data": "0f" * 32}
        return tuple((self.word(name), value) for name, value in values.items())


def row(heading: str, *cells: int | str, total: bool = False) -> Row:
    """A row of a table. What is no number is hidden."""
    statuses = [CellStatus.HIDDEN if isinstance(each, str) else CellStatus.NORMAL for each in cells]
    return Row(heading, total, tuple(CellText(str(each), status) for each, status in zip(cells, statuses, strict=True)))


def bars(title: str, values: dict[str, int]) -> str:
    """A chart of bars as SVG."""
    drawn = [
        BAR.format(y=26 * n, base=26 * n + 14, width=value * 2, end=value * 2 + 136, name=name, value=value)
        for n, (name, value) in enumerate(values.items())
    ]
    return SVG.format(title=title, bars="".join(drawn))


def document(language: str = "da", *, commentary: str = MARKUP, correction: str = "", version: int = 1) -> Document:
    """A report with each kind of block."""
    made = Invention(language, commentary)
    return Document(
        2023,
        version,
        language,
        made.word("title"),
        "Center mod Menneskehandel",
        date(2024, 3, 14),
        correction,
        (made.key_figures(), made.gender(), made.citizenship()),
        made.colophon(),
    )


def extremes() -> Document:
    """A report of what no table was made for: more columns than a page, words longer than a line, no row, no column."""
    made, key, long_word = Invention("da", ""), "[c]", "speciallægepraksisplanlægningsstabiliseringsperiode"
    forty = tuple(row(f"Række {n}", *[BAND] * 40) for n in range(3))
    grids = {
        "wide": Grid("", "Gruppe", tuple(str(2000 + n) for n in range(40)), forty),
        "wordy": Grid("", "Gruppe", (f"{long_word}n", "B"), (row(f"{long_word}r og mange flere ord " * 3, 1, "2"),)),
        "narrow": Grid("", "Gruppe", (), (row("Alene"),)),
        "empty": Grid("", "Gruppe", tuple("ABCDEFGH"), ()),
    }
    tables = tuple(Table(name, f"Tabel {name}", grid, ((key, "Skjult"),), "") for name, grid in grids.items())
    text = Paragraph("En sætning, som der er mange af. " * 200)
    sections = (Section("extremes", "En overskrift, som er lang. " * 8, (text, *tables), "Prøve"),)
    return replace(document(correction="En lang rettelse. " * 300), sections=sections, colophon=made.colophon())
