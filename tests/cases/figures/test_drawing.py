"""What is drawn: each kind of chart beside its golden picture, gaps that are gaps, and SVG that may stand in any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from cases.figures import drawing, plots
from cases.figures.chart import Chart
from cases.figures.drawing import Drawing, draw
from cases.figures.kinds import ChartKind, Standing
from cases.figures.look import NARROW, SVG, WIDE
from tests.cases.figures import invented
from tests.cases.figures.golden import TOLERANCE, distance, golden, small

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


@EACH
def test_a_hidden_figure_that_is_drawn_as_a_number_is_seen(kind: ChartKind) -> None:
    chart = invented.EVERY[kind]
    points = [
        replace(each, cell=invented.shown(9), standing=Standing.OURS, band=None) if each.band else each
        for each in chart.points
    ]
    if tuple(points) != chart.points:
        assert distance(small(draw(replace(chart, points=tuple(points))).png), golden(f"{kind}-wide")) > TOLERANCE


@EACH
def test_the_words_of_a_plot_are_those_of_its_schema(kind: ChartKind) -> None:
    """Drawing leaves the comparison out, which takes as long as all the rest."""
    if kind != ChartKind.MAP:
        for form in (WIDE, NARROW):
            plots.with_look(plots.layers_of(invented.EVERY[kind], form), form).to_dict(validate=True)


@EACH
def test_the_same_chart_gives_the_same_bytes(kind: ChartKind) -> None:
    assert draw(invented.EVERY[kind]) == drawn(kind)


def runs(svg: str) -> list[int]:
    """How many points each line has that is drawn."""
    return sorted(
        len(re.findall("[ML]", each)) for each in re.findall(r'd="(M[^"]*)" stroke="#\w+" stroke-width="2.4"', svg)
    )


def test_a_year_without_a_number_breaks_a_line() -> None:
    # Kvinde has all seven; Mand two, then two; of Andet the year 2019 is hidden: one, and two after it.
    assert runs(drawn(ChartKind.LINES).svg) == runs(drawn(ChartKind.LINES).portrait) == [1, 2, 2, 2, 7]


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


def test_years_without_a_figure_are_named() -> None:
    assert "Ingen udgivne tal: 2012." in drawn(ChartKind.YEARS).alt
    assert ">Ingen udgivne tal: 2012.</text>" in drawn(ChartKind.YEARS).portrait
    assert "Fordelingen er delvis skjult eller ikke offentliggjort: 2021." in drawn(ChartKind.SHARES).alt
    assert "2010 17 (fra en anden kilde)" in drawn(ChartKind.YEARS).alt
