"""Charts of invented figures, one of each kind, which are the same every day."""

from __future__ import annotations

from dataclasses import replace

from publications.figures.chart import Chart, ChartKind, Point, Standing, funnel
from publications.figures.regions import SHAPES
from stats.reading.grid import Grid
from stats.reading.marks import CellText
from stats.reading.measures import CellStatus

NOTHING = CellText(":", CellStatus.NOT_PUBLISHED)
GRID = Grid("", "", (), ())


def shown(number: int) -> CellText:
    """A number."""
    return CellText(str(number), CellStatus.NORMAL, number)


def ours(place: str, number: int, series: str = "", code: str = "") -> Point:
    """A figure of ours."""
    return Point(place, series, code, shown(number), Standing.OURS)


def theirs(place: str, number: int, series: str = "") -> Point:
    """A figure of others."""
    return Point(place, series, "", shown(number), Standing.EXTERNAL)


def secret(place: str, series: str = "", code: str = "") -> Point:
    """A hidden figure of which its table's symbol is told."""
    return Point(place, series, code, CellText("0–9", CellStatus.HIDDEN), Standing.SECRET, (0, 9))


def absent(place: str, series: str = "", code: str = "") -> Point:
    """A figure that was not published."""
    return Point(place, series, code, NOTHING, Standing.ABSENT)


def chart(kind: ChartKind, points: list[Point], places: list[str], series: tuple[str, ...] = ("",)) -> Chart:
    """A chart of these points."""
    name, title = f"invented-{kind}-da", f"Opdigtede tal, {kind}"
    key, source = ((":", "Ikke offentliggjort"),), "Ingen"
    return Chart(kind, "da", name, title, "Personer", tuple(places), series, tuple(points), GRID, key, (), source)


def years() -> Chart:
    """Columns: two years of others, a gap, a hidden year and two of ours."""
    points = [theirs("2010", 17), theirs("2011", 28), secret("2013"), ours("2014", 112), ours("2015", 64)]
    return chart(ChartKind.YEARS, points, [str(year) for year in range(2010, 2016)])


def bars() -> Chart:
    """Bars, among them one with a long name, a hidden figure and one that is not published."""
    long_name = "Slaveri, slaverilignende forhold og andre former for udnyttelse, som ingen har talt"
    points = [
        ours("Seksuel udnyttelse", 124),
        ours(long_name, 31),
        secret("Tiggeri"),
        absent("Ægteskab"),
        ours("Ø", 0),
    ]
    return chart(ChartKind.BARS, points, [each.place for each in points])


def lines() -> Chart:
    """Three lines: whole, with a gap, and with a hidden year."""
    every = [str(year) for year in range(2015, 2022)]
    numbers = [40, 55, 52, 70, 66, 81, 90]
    whole = [ours(place, number, "Kvinde") for place, number in zip(every, numbers, strict=True)]
    broken = [
        theirs("2015", 10, "Mand"),
        theirs("2016", 30, "Mand"),
        ours("2019", 12, "Mand"),
        ours("2020", 25, "Mand"),
    ]
    other = [ours("2018", 15, "Andet"), secret("2019", "Andet"), ours("2020", 22, "Andet"), ours("2021", 20, "Andet")]
    return chart(ChartKind.LINES, [*whole, *broken, *other], every, ("Kvinde", "Mand", "Andet"))


def close_lines(names: tuple[str, ...] = ("Kvinde", "Mand", "Transkønnet", "Andet", "Ukendt", "Ikke oplyst")) -> Chart:
    """Six lines that end close to each other, at the upper end of the plot."""
    every = [str(year) for year in range(2015, 2022)]
    points = [
        ours(place, 90 + n if place == every[-1] else 10 * n + 7 * k, name)
        for n, name in enumerate(names)
        for k, place in enumerate(every)
    ]
    return chart(ChartKind.LINES, points, every, names)


def many_years(kind: ChartKind, number: int = 29) -> Chart:
    """As many years with numbers that are nearly the same, as columns or as a line."""
    places = [str(year) for year in range(2000, 2000 + number)]
    return chart(kind, [ours(place, 100 + n % 5, "") for n, place in enumerate(places)], places)


def shares() -> Chart:
    """Parts of two years, with a year between them of which some is hidden."""
    numbers = {"2020": (60, 30, 10), "2022": (45, 45, 10)}
    names = ("Kvinde", "Mand", "Ukendt")
    points = [
        replace(ours(place, number, name), share=CellText(f"{number} pct.", CellStatus.NORMAL, number))
        for place, row in numbers.items()
        for name, number in zip(names, row, strict=True)
    ]
    return chart(ChartKind.SHARES, points, ["2020", "2021", "2022"], names)


def regions() -> Chart:
    """The map: a hidden region, one that is not published, and what is on no map."""
    first, second, third, fourth, fifth = SHAPES
    points = [
        ours("Region A", 42, code=first),
        secret("Region B", code=second),
        absent("Region C", code=third),
        ours("Region D", 23, code=fourth),
        ours("Region E", 8, code=fifth),
        ours("Ukendt", 3, code="_U"),
    ]
    return chart(ChartKind.MAP, points, [each.place for each in points])


def stages() -> Chart:
    """A funnel."""
    named = [
        ("Henvist", shown(410), False),
        ("Udredt", shown(233), True),
        ("Vurderet som offer", shown(112), False),
        ("Rejst hjem", NOTHING, False),
    ]
    return funnel("Opdigtede tal, funnel", "Personer", named, "da", "Ingen")


EVERY: dict[ChartKind, Chart] = {each.kind: each for each in (years(), bars(), lines(), shares(), regions(), stages())}
