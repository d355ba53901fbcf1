"""What is drawn: each kind of chart beside its golden picture, gaps that are gaps, and SVG that may stand in any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from publications.figures import drawing, look, plots, regions
from publications.figures.chart import Chart, ChartKind, Standing
from publications.figures.drawing import Drawing, draw, embed
from publications.figures.labels import LINES_HEIGHT, end_of
from publications.figures.look import NARROW, SVG, WIDE
from publications.figures.plots import lines
from tests.publications.figures import invented
from tests.publications.figures.boxes import boxes, overlaps, texts_outside
from tests.publications.figures.golden import TOLERANCE, distance, golden, small

EACH = pytest.mark.parametrize("kind", ChartKind)
DRAWINGS: dict[ChartKind, Drawing] = {}


def drawn(kind: ChartKind) -> Drawing:
    """The drawing of a kind, made once."""
    if kind not in DRAWINGS:
        DRAWINGS[kind] = draw(invented.EVERY[kind])
    return DRAWINGS[kind]


def pictures() -> Iterator[tuple[str, bytes]]:
    """What golden pictures are of."""
    for kind in ChartKind:
        yield f"{kind}-wide", drawn(kind).png
        yield f"{kind}-narrow", drawing.png(drawn(kind).portrait)


@EACH
def test_a_chart_looks_as_it_did(kind: ChartKind) -> None:
    assert distance(small(drawn(kind).png), golden(f"{kind}-wide")) <= TOLERANCE
    assert distance(small(drawing.png(drawn(kind).portrait)), golden(f"{kind}-narrow")) <= TOLERANCE


def changed(chart: Chart) -> Chart:
    """The same chart with another figure: the first is the half of itself."""
    first, *others = chart.points
    half = invented.shown(int(first.value or 0) // 2)
    share = half if chart.kind == ChartKind.SHARES else None
    return replace(chart, points=(replace(first, cell=half, share=share), *others))


@EACH
def test_another_figure_is_seen(kind: ChartKind) -> None:
    other = draw(changed(invented.EVERY[kind]))
    assert distance(small(other.png), golden(f"{kind}-wide")) > TOLERANCE


@pytest.mark.parametrize("kind", [kind for kind, chart in invented.EVERY.items() if Standing.SECRET in chart.standings])
def test_a_hidden_figure_that_is_drawn_as_a_number_is_seen(kind: ChartKind) -> None:
    chart = invented.EVERY[kind]
    points = [
        replace(each, cell=invented.shown(9), standing=Standing.OURS, band=None) if each.band else each
        for each in chart.points
    ]
    assert distance(small(draw(replace(chart, points=tuple(points))).png), golden(f"{kind}-wide")) > TOLERANCE


@EACH
def test_the_words_of_a_plot_are_those_of_its_schema(kind: ChartKind) -> None:
    """Drawing leaves the comparison out, which takes as long as all the rest."""
    if kind != ChartKind.MAP:
        for form in (WIDE, NARROW):
            plots.with_look(plots.layers_of(invented.EVERY[kind], form), form).to_dict(validate=True)


@pytest.mark.parametrize("kind", [ChartKind.LINES, ChartKind.MAP])
def test_the_same_chart_gives_the_same_bytes(kind: ChartKind) -> None:
    assert draw(invented.EVERY[kind]) == drawn(kind)


LONG = tuple(f"{n}. form for udnyttelse, som har et navn på ikke mindre end fire linjer i figuren" for n in range(6))
CROWDED = {
    "names that end together": invented.close_lines(),
    "names without room": invented.close_lines(LONG),
    "columns of 29 years": invented.many_years(ChartKind.YEARS),
    "columns of 60 years": invented.many_years(ChartKind.YEARS, 60),
    "a line of 29 years": invented.many_years(ChartKind.LINES),
}


@cache
def crowded(name: str) -> Drawing:
    """The drawing of one of these, made once."""
    return draw(CROWDED[name])


@pytest.mark.parametrize("name", [*CROWDED, *ChartKind])
def test_no_text_stands_on_another_or_outside_of_the_picture(name: str) -> None:
    picture = crowded(name) if name in CROWDED else drawn(ChartKind(name))
    for svg in (picture.svg, picture.portrait):
        assert len(boxes(svg)) > 5
        assert (overlaps(svg), texts_outside(svg)) == ([], [])


def test_names_at_the_ends_of_lines_take_no_height_from_the_plot() -> None:
    """The numbers of the scale are as far apart as the plot is high, and the names do not stand above it."""
    chart = CROWDED["names that end together"]
    ticks = {each.text: each.bottom for each in boxes(crowded("names that end together").svg)}
    assert ticks["0"] - ticks["80"] == pytest.approx(LINES_HEIGHT * 80 / end_of(chart), abs=2)
    heights = [embed(plots.plot(each, WIDE)).height for each in (chart, invented.lines())]
    assert heights[0] == pytest.approx(heights[1], abs=8)  # the half of a number of the scale, at its end


def test_names_without_room_at_the_ends_of_lines_stand_in_a_key() -> None:
    wide = crowded("names without room").svg
    assert wide.index(">0. form") < wide.index(">5. form") < wide.index(">2015<")


def runs(svg: str) -> list[int]:
    """How many points each line has that is drawn."""
    return sorted(
        len(re.findall("[ML]", each)) for each in re.findall(r'd="(M[^"]*)" stroke="#\w+" stroke-width="2.4"', svg)
    )


def test_a_year_without_a_number_breaks_a_line() -> None:
    # Kvinde has all seven; Mand two, then two; of Andet the year 2019 is hidden: one, and two after it.
    assert runs(drawn(ChartKind.LINES).svg) == runs(drawn(ChartKind.LINES).portrait) == [1, 2, 2, 2, 7]


def test_where_there_is_one_line_no_sign_stands_above_the_bar_of_a_hidden_year() -> None:
    """It would be read as a number. Of several lines it says whose bar it is."""
    several = invented.lines()
    alone = replace(several, series=("Andet",), points=tuple(several.of_series("Andet")))
    signs = [sum(layer["mark"].get("yOffset") == -7 for layer in layers_of(each)) for each in (several, alone)]
    assert signs == [3, 0]


def layers_of(chart: Chart) -> list[dict[str, Any]]:
    """The layers of a plot of lines."""
    return [each for each in lines(chart, WIDE).to_dict()["layer"] if "mark" in each]


@pytest.mark.parametrize("kind", [ChartKind.YEARS, ChartKind.LINES, ChartKind.SHARES])
def test_a_break_of_the_series_is_drawn_and_told(kind: ChartKind) -> None:
    chart = invented.EVERY[kind]
    broken = draw(replace(chart, breaks=(chart.places[-1],), key=(*chart.key, ("[b]", "Databrud"))))
    for svg, without in ((broken.svg, drawn(kind).svg), (broken.portrait, drawn(kind).portrait)):
        assert svg.count("[b]") == 2 and svg.count("stroke-dasharray") == without.count("stroke-dasharray") + 1
        assert (overlaps(svg), texts_outside(svg)) == ([], [])
    assert f"Databrud før {chart.places[-1]}." in broken.alt
    if kind == ChartKind.LINES:
        assert runs(broken.svg) != runs(drawn(kind).svg) and sum(runs(broken.svg)) == sum(runs(drawn(kind).svg))


@EACH
def test_an_svg_may_stand_in_a_page(kind: ChartKind) -> None:
    """No script, no style that a policy refuses, nothing from outside, and one image to who hears it."""
    ids: list[str] = []
    for svg in (drawn(kind).svg, drawn(kind).portrait):
        root = ElementTree.fromstring(svg)
        tags = {element.tag.removeprefix(f"{{{SVG}}}") for element in root.iter()}
        assert tags <= {
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "rect",
            "g",
            "path",
            "text",
            "line",
            "circle",
            "tspan",
        }
        names = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith(("on", "aria-l", "{"))} - {"aria-labelledby"}
        assert not names & {"style", "class", "href", "src"}
        assert "http" not in svg.replace(SVG, "") and "data:" not in svg
        assert root.attrib["role"] == "img"
        ids += [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert set(root.attrib["aria-labelledby"].split()) <= set(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)
    assert len(ids) == len(set(ids))
    assert {element.text for element in ElementTree.fromstring(drawn(kind).svg).iter(f"{{{SVG}}}desc")} == {
        drawn(kind).alt
    }


@EACH
def test_a_png_is_a_picture_and_nothing_beside_it(kind: ChartKind) -> None:
    kinds = [name for name, _ in drawing.chunks_of(drawn(kind).png)]
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    width, height = drawing.size_of(drawn(kind).png)
    assert width == 2 * (WIDE.width + 2 * drawing.MARGIN) and height > 400


def test_the_map_says_what_is_hidden_and_what_is_not_on_it() -> None:
    alt = drawn(ChartKind.MAP).alt
    for words in ("Region A 42", "Region B skjult (0–9)", "Region C ikke offentliggjort", "Ukendt 3"):
        assert words in alt
    texts = [element.text for element in ElementTree.fromstring(drawn(ChartKind.MAP).portrait).iter(f"{{{SVG}}}text")]
    assert {"skjult", "0–9", "Ikke på kortet", "Ukendt: 3"} <= set(texts)


def test_the_map_has_a_key_of_its_shades_and_says_which_region_the_box_is_of() -> None:
    svg = drawn(ChartKind.MAP).svg
    texts = [element.text for element in ElementTree.fromstring(svg).iter(f"{{{SVG}}}text")]
    assert {"0–10", "11–20", "21–31", "32–42", "skjult", "ikke offentliggjort"} <= set(texts)
    assert {"Bornholm", "(A)"} <= set(texts)  # DK01 is Region A here
    assert all(
        look.STEPS[n][0] == regions.colours(invented.ours("A", value), 42)[0]
        for n, ends in enumerate(((0, 10), (11, 20), (21, 31), (32, 42)))
        for value in ends
    )


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Region Nordjylland", "Nordjylland"),
        ("Capital Region of Denmark", "Capital"),
        ("Region of Southern Denmark", "Southern Denmark"),
        ("North Denmark Region", "North Denmark"),
    ],
)
def test_a_region_on_the_map_has_its_short_name(place: str, name: str) -> None:
    assert regions.short_name(place) == name


def test_years_without_a_figure_are_named() -> None:
    assert "Ingen udgivne tal: 2012." in drawn(ChartKind.YEARS).alt
    assert ">Ingen udgivne tal: 2012.</text>" in drawn(ChartKind.YEARS).portrait
    assert "Fordelingen er delvis skjult eller ikke offentliggjort: 2021." in drawn(ChartKind.SHARES).alt
    assert "2010 17 (fra en anden kilde)" in drawn(ChartKind.YEARS).alt
