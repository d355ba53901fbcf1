"""Which charts an answer has, and what of its figures is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from cases.codelists.referral import REGION
from cases.dimensions import PERSONS
from publications.figures import look
from publications.figures.chart import Chart, ChartKind, Standing, band_of
from publications.figures.drawing import draw
from publications.figures.regions import SHAPES
from publications.figures.rules import MOST_BARS, MOST_LINES, charts_of, note_of_thin
from stats.models import PUBLIC
from stats.reading import published_figures
from stats.reading.cells import PublishedBounds
from stats.reading.query import parse
from tests.stats.published import Cells, Told, publish

pytestmark = pytest.mark.django_db
# Years that nobody else has published anything of.
FIRST, SECOND, FOURTH = "2101", "2102", "2104"
GENDER: Cells = {"F": 60, "M": None, "X": None, "_U": None}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30), "_U": (10, None)}}
COUNTRIES = [code.code for code in PERSONS.axes["citizenship"].codes[:30]]


def charts(**texts: str) -> list[Chart]:
    """The charts of a query, in Danish, of the years above."""
    figures = published_figures.open_query(PUBLIC, parse(PERSONS, texts)).figures()
    return [*charts_of(figures, "da")]


def kinds(**texts: str) -> list[ChartKind]:
    """Their kinds."""
    return [each.kind for each in charts(**texts)]


def years(tables: Mapping[str, Mapping[str, Cells]]) -> None:
    """Releases of some years."""
    for year, given in tables.items():
        publish(PUBLIC, year, given, symbols={"gender": 9}, told=TOLD)


def test_the_sides_and_the_periods_of_an_answer_say_which_charts_it_has() -> None:
    region: Cells = {code.code: 10 for code in REGION.codes}
    one_hidden: Cells = {"F": 40, "M": 20, "X": 10, "_U": None}
    both: Cells = {f"{gender}|{form}": 5 for gender in GENDER for form in ("SEX", "LAB", "OTH", "_U")}
    given = {"": {"": 70}, "gender": one_hidden, "region": region, "gender,exploitation.form": both}
    for year in (FIRST, SECOND):
        publish(PUBLIC, year, given)
    assert kinds() == [ChartKind.YEARS]
    assert kinds(period=FIRST) == []
    assert kinds(by="gender", period=FIRST) == [ChartKind.BARS]
    assert kinds(by="gender") == [ChartKind.LINES]
    assert kinds(by="gender", gender="F") == [ChartKind.YEARS]
    assert kinds(by="region", period=FIRST) == [ChartKind.MAP, ChartKind.BARS]
    assert kinds(by="gender,exploitation.form", period=FIRST) == []
    assert {*kinds(by="region")} == {ChartKind.LINES}  # a release has more regions than an eye tells apart


def test_the_map_has_the_regions_of_the_code_list_and_no_other() -> None:
    assert SHAPES.keys() == {code.code for code in REGION.codes if code.code.startswith("DK")}


def test_a_year_without_a_release_has_a_place_and_no_point() -> None:
    years({FIRST: {"": {"": 10}}, FOURTH: {"": {"": 30}}})
    (chart,) = charts()
    assert chart.places[-4:] == (FIRST, SECOND, "2103", FOURTH)
    assert [each.place for each in chart.points if each.place > "2100"] == [FIRST, FOURTH]
    assert {each.standing for each in chart.points if each.place > "2100"} == {Standing.OURS}
    assert {each.standing for each in chart.points if each.place < "2020"} == {Standing.EXTERNAL}


def test_of_a_hidden_figure_there_is_what_everybody_is_told_and_nothing_else() -> None:
    years({FIRST: {"": {"": 100}, "gender": GENDER}})
    (chart,) = charts(by="gender", period=FIRST)
    shown = {each.code: (each.cell.text, each.value, each.band, each.standing) for each in chart.points}
    assert shown == {
        "F": ("60", 60, None, Standing.OURS),
        "M": ("0–9", None, (0, 9), Standing.SECRET),
        "X": ("[c] 10–30", None, (10, 30), Standing.SECRET),
        "_U": ("[c] ≥10", None, None, Standing.SECRET),
    }
    assert "Ukendt skjult." in draw(chart).alt


@pytest.mark.parametrize(
    ("interval", "band"),
    [
        (PublishedBounds(2, 7, symbol=9), (0, 9)),
        (PublishedBounds(10, 30), (10, 30)),
        (PublishedBounds(3, None), None),
        (None, None),
    ],
)
def test_a_band_has_the_ends_that_are_told(interval: PublishedBounds | None, band: tuple[int, int] | None) -> None:
    """What is known more closely than the symbol of its table says is not drawn more closely."""
    assert band_of(interval) == band


def test_of_many_codes_the_largest_are_drawn_and_the_picture_says_so() -> None:
    counts: Cells = {code: 10 + n for n, code in enumerate(COUNTRIES)}
    years({FIRST: {"": {"": 1000}, "citizenship": counts}, SECOND: {"": {"": 1000}, "citizenship": counts}})
    (bars,) = charts(by="citizenship", period=FIRST)
    assert [each.code for each in bars.points] == COUNTRIES[-MOST_BARS:]
    assert bars.notes == (
        f"Figuren viser {MOST_BARS} af {len(PERSONS.axes['citizenship'].codes)} rækker. Tabellen har alle.",
    )
    lines = charts(by="citizenship")[0]
    assert {each.code for each in lines.points} == {*COUNTRIES[-MOST_LINES:]}
    assert lines.notes and lines.notes[0].startswith(f"Figuren viser {MOST_LINES} af ")


WHOLE: Cells = {"F": 60, "M": 30, "X": 6, "_U": 4}


def test_parts_are_drawn_of_the_years_that_show_all_of_them() -> None:
    for year in (FIRST, "2103", FOURTH):
        publish(PUBLIC, year, {"": {"": 100}, "gender": WHOLE})
    years({SECOND: {"": {"": 100}, "gender": GENDER}})
    lines, shares = charts(by="gender", period="2101..2107")
    assert (lines.kind, shares.kind) == (ChartKind.LINES, ChartKind.SHARES)
    assert {each.place for each in shares.points} == {FIRST, "2103", FOURTH}
    assert [each.share.text for each in shares.points[:4] if each.share] == ["60 pct.", "30 pct.", "6 pct.", "4 pct."]
    assert SECOND in shares.places


@pytest.mark.parametrize("gaps", [(SECOND,), (FIRST, SECOND, "2106", "2107")])
def test_parts_are_drawn_where_at_least_three_years_and_half_of_all_show_them(gaps: tuple[str, ...]) -> None:
    wholes = ("2103", FOURTH) if len(gaps) == 1 else ("2103", FOURTH, "2105")
    for year in wholes:
        publish(PUBLIC, year, {"": {"": 100}, "gender": WHOLE})
    years({year: {"": {"": 100}, "gender": GENDER} for year in gaps})
    assert ChartKind.SHARES not in kinds(by="gender", period="2101..2107")


def test_lines_of_which_over_half_is_hidden_are_not_drawn() -> None:
    for year in (FIRST, SECOND):
        publish(PUBLIC, year, {"": {"": 100}, "gender": {"F": 40, "M": 40, "X": 20, "_U": None}})
    years({"2103": {"": {"": 100}, "gender": GENDER}, FOURTH: {"": {"": 100}, "gender": GENDER}})
    assert kinds(by="gender", period=f"{FIRST}..2103") == [ChartKind.LINES]
    assert kinds(by="gender", period=f"2103..{FOURTH}") == []


def test_of_a_long_picture_the_rows_without_persons_are_left_out_and_counted() -> None:
    continents = [code.code for code in PERSONS.axes["citizenship.continent"].codes]
    counts: Cells = {code: 10 * (n < 4) for n, code in enumerate(continents)}
    gender: Cells = {"F": 40, "M": 0, "X": 0, "_U": 0}
    publish(PUBLIC, FIRST, {"": {"": 40}, "citizenship.continent": counts, "gender": gender})
    (bars,) = charts(by="citizenship.continent", period=FIRST)
    assert [each.code for each in bars.points] == continents[:4]
    assert bars.notes == (f"{len(continents) - 4} rækker med 0 er ikke med.",)
    (short,) = charts(by="gender", period=FIRST)
    assert len(short.points) == 4 and not short.notes


def test_every_face_is_the_one_that_was_brought() -> None:
    listed = dict(line.split("  ")[::-1] for line in (look.FONTS / "SHA256SUMS").read_text().splitlines())
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(look.FONTS).iterdir()}
    assert {name: digest for name, digest in there.items() if name not in {"SHA256SUMS", "README.md"}} == listed


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 computes it."""

    def light(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_stands_out_and_every_text_can_be_read() -> None:
    assert min(contrast(colour, look.PAPER) for colour in (*look.LINES, look.BLUE, look.SOFT, look.INK)) >= 4.5
    # Light parts and regions have an edge of ink.
    assert min(contrast(fill, ink) for fill, ink in (*look.PARTS, *look.STEPS)) >= 3
    parts = [fill for fill, _ in look.PARTS]
    assert min(contrast(one, other) for one, other in pairwise(parts)) >= 3
    assert len(set(look.SHAPES)) == len(look.LINES)


def test_nothing_is_drawn_where_the_published_parts_have_too_few_of_the_persons() -> None:
    """Of 2016–2018 others published only some countries: the largest of them need not be the largest there is."""
    assert charts(by="citizenship", period="2017") == [] and charts(by="citizenship", period="2016..2018") == []
    query = parse(PERSONS, {"by": "citizenship", "period": "2017"})
    note = note_of_thin(published_figures.open_query(PUBLIC, query).figures(), "en")
    assert re.search(r"under 90% of the persons: \d+ of \d+ in 2017\. A larger part may be among the rest", note)
    years({FIRST: {"": {"": 100}, "gender": GENDER}})  # what is hidden was published, as an interval
    assert kinds(by="gender", period=FIRST) == [ChartKind.BARS]


def test_an_interval_that_is_wider_than_every_number_is_a_mark_and_no_bar() -> None:
    told: dict[str, Told] = {"gender": {"M": (0, 1113), "X": (10, 30), "_U": (5, 66)}}
    publish(PUBLIC, FIRST, {"": {"": 1300}, "gender": GENDER}, symbols={"gender": 1}, told=told)
    (chart,) = charts(by="gender", period=FIRST)
    bands = {each.code: (each.cell.text, each.band) for each in chart.points}
    assert bands["M"] == ("[c] 0–1113", None) and bands["_U"] == ("[c] 5–66", None)
    assert bands["X"] == ("[c] 10–30", (10, 30))
