"""Drawing what is missing. The worker does it after each publication and looks every minute; no web process imports this."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta

import structlog
from django.db.models.functions import Now

from cases.dimensions import Dataset, protected_datasets
from core.failures import is_outage, where_it_broke
from core.text import Text
from publications.figures.drawing import draw, size_of
from publications.figures.models import ChartPicture
from publications.figures.pictures import answer_id
from publications.figures.rules import charts_of
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import catalogue, published_figures
from stats.reading.catalogue import PublicState, public_state
from stats.reading.entries import CatalogueEntry
from stats.reading.measures import Measure
from stats.reading.published_figures import PublishedAnswer
from stats.reading.query import parse
from stats.reading.release_choice import current

Tell = Callable[[str], None]
log = structlog.get_logger("henvis.painter")
NOT_DRAWN = "charts not drawn"
# A page that a cache keeps, or that was shared, leads to the pictures that were there when it was made.
LINGER = timedelta(days=1)


class Painter:
    """Draws what is missing, once for each state of publishing. What cannot be drawn is tried again in the next one."""

    def __init__(self) -> None:
        self.state: PublicState | None = None

    def __call__(self, tell: Tell) -> None:
        """Draw, where something was published or withdrawn since, or an erratum added. Two statements where nothing was."""
        now = public_state()
        if now != self.state:
            draw_missing(tell)
            self.state = now
        remove_unused()


paint = Painter()


def draw_what_is_published() -> None:
    """The task `charts.paint`."""
    paint(log.info)


def draw_missing(tell: Tell = lambda _: None, *, newest: bool = False) -> int:
    """Draw every picture of what is published that is not there, and mark those that nothing leads to. Returns how many it drew.

    `newest`: only what the first pages show, the years together and the latest year; then nothing is marked.
    """
    there, ids, number = set(ChartPicture.objects.values_list("answer", flat=True)), set(), 0
    for answer in answers(newest=newest):
        for language in Text._fields:
            ids.add(name := answer_id(answer, language))
            if name not in there:
                number += attempt(answer, language)
    if number:
        tell(f"drew {number} pictures")
    if not newest:
        mark_unused(ids)
    return number


def attempt(answer: PublishedAnswer, language: str) -> int:
    """Draw the charts of an answer, or say in the log that they cannot be drawn: others are. Returns how many it drew."""
    try:
        return draw_answer(answer, language)
    except Exception as error:
        if is_outage(error):
            raise
        log.error(NOT_DRAWN, answer=answer_id(answer, language), **where_it_broke(error))
        return 0


def mark_unused(ids: Collection[str]) -> None:
    """Say of every picture since when nothing leads to it: answers have these ids. What is in use again says nothing."""
    ChartPicture.objects.filter(answer__in=ids).exclude(unused_since=None).update(unused_since=None)
    ChartPicture.objects.filter(unused_since=None).exclude(answer__in=ids).update(unused_since=Now())


def remove_unused() -> None:
    """Remove the pictures to which nothing has led for a day."""
    ChartPicture.objects.filter(unused_since__lt=Now() - LINGER).delete()


def draw_answer(answer: PublishedAnswer, language: str) -> int:
    """Draw the charts of an answer and keep them. Returns how many they are."""
    rows = []
    for place, chart in enumerate(charts_of(answer.figures(), language)):
        drawing = draw(chart)
        width, height = size_of(drawing.png)
        rows.append(
            ChartPicture(
                answer=answer_id(answer, language),
                name=drawing.name,
                kind=chart.kind,
                place=place,
                title=drawing.title,
                alt=drawing.alt,
                svg=drawing.svg,
                portrait=drawing.portrait,
                png=drawing.png,
                width=width,
                height=height,
            )
        )
    ChartPicture.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def answers(*, newest: bool) -> Iterator[PublishedAnswer]:
    """The answers whose charts pages show: the years together and each period, of a whole and of each breakdown that is offered."""
    releases = current(catalogue.every(PUBLIC))
    for dataset in protected_datasets():
        for texts in queries(dataset, releases, newest=newest):
            try:
                yield published_figures.open_query(PUBLIC, parse(dataset, {**texts, "measure": Measure.COUNT}))
            except (QueryRefused, ReleaseGone):
                continue


def queries(dataset: Dataset, releases: Iterable[CatalogueEntry], *, newest: bool) -> Iterator[dict[str, str]]:
    """The queries of these answers, the years together first, then by period, the newest first."""
    periods: dict[str, list[CatalogueEntry]] = {}
    yield {}
    for axis in dataset.axes.values():
        if offering := [each for each in releases if each.offers(dataset, (axis,))]:
            yield {"by": axis.id}
            periods[axis.id] = sorted(offering, key=lambda each: (each.period.last, each.period.first), reverse=True)
    for name, each in periods.items():
        for period in dict.fromkeys(release.period.id for release in (each[:1] if newest else each)):
            yield {"by": name, "period": period}
