"""What charts tell, and what tables tell, as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree

from core.text import Text
from publications.figures import look, painter, regions
from publications.figures.chart import ChartKind
from publications.figures.drawing import SIGNATURE
from publications.figures.pictures import answer_id, of_answer
from publications.figures.rules import charts_of
from stats.reading import external_words, wording
from stats.reading.grid import Arrangement
from stats.reading.measures import Measure
from stats.reading.published_figures import PublishedAnswer

EMPTY_PNG = SIGNATURE + bytes(16)  # as much of one as says how large it is
NUMBER = re.compile(r"\d(?:(?:\d|[.,](?=\d{3}))*\d)?")


def numbers(*texts: str) -> set[str]:
    """The numbers in texts."""
    return {number for text in texts for number in NUMBER.findall(text)}


def texts_of(svg: str) -> tuple[set[str], list[int]]:
    """What an SVG says, and the numbers of its scale, which stand before lines that are drawn across."""
    elements = [*ElementTree.fromstring(svg).iter()]
    said = [(each.text or "", each.attrib) for each in elements if each.tag.endswith(("}text", "}title", "}desc"))]
    is_tick = [attributes.get("fill") == look.SOFT and attributes.get("text-anchor") == "end" for _, attributes in said]
    ticks = [int(text) for (text, _), tick in zip(said, is_tick, strict=True) if tick]
    return {text for (text, _), tick in zip(said, is_tick, strict=True) if not tick}, ticks


def numbers_of_answer(answer: PublishedAnswer, language: str) -> set[str]:
    """Every number that stands in the tables of an answer, in their words and in the shares that the API answers."""
    counts = answer.figures()
    with_shares = replace(answer, query=replace(answer.query, measures=(Measure.COUNT, Measure.SHARE))).figures()
    grids = [grid for figures in (counts, with_shares) for grid in Arrangement(figures, language).grids()]
    cells = [cell.text for grid in grids for row in grid.rows for cell in row.cells]
    heads = [text for grid in grids for text in (grid.caption, *grid.headings, *(row.heading for row in grid.rows))]
    words = [
        wording.heading(answer.query.dataset, answer.query.by, language),
        *(text(language) for text in wording.meanings(counts).values()),
    ]
    years = {str(year) for each in answer.periods for year in range(each.release.period.first.year, 2100)}
    charts = charts_of(counts, language)
    notes = [note for chart in charts for note in chart.notes]
    # The key of a map cuts the numbers that it shows into steps.
    notes += [text for chart in charts if chart.kind == ChartKind.MAP for _, text in regions.fills(chart)]
    return years | numbers(*cells, *heads, *words, *notes, external_words.source_line(counts, language))


def untold_numbers() -> Iterator[tuple[str, set[str]]]:
    """The pictures of what the first pages show: the kind of each, and the numbers in it that no table of its answer tells.

    They are looked for in its words, for desks and for telephones, in its description and its name. A scale begins at zero and has
    equal steps, and only lines have one.
    """
    for answer, language in product(painter.answers(newest=True), Text._fields):
        allowed = numbers_of_answer(answer, language)
        for picture in of_answer(answer_id(answer, language)):
            found = numbers(picture.title, picture.alt, picture.name)
            for svg in (picture.svg, picture.portrait):
                words, scale = texts_of(svg)
                found |= numbers(*words)
                steps = [*range(0, scale[-1] + 1, scale[1])] if picture.kind == ChartKind.LINES else []
                found |= set() if scale == steps else {f"scale {scale}"}
            yield picture.kind, found - allowed
