"""The front page: how many persons, since when, and where to read more; and *Hvem er ofrene*: who they are.

That is of the newest year of ours, in plain words and a chart for each breakdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from cases.dimensions import PRINCIPAL, Axis, table_id
from cases.months import COPENHAGEN
from core.rows import ask
from core.text import Text
from notices.crises import lasting_crises
from pages.base.addresses import address_of
from pages.base.frame import SECONDS, PageAddress, answer_page, base_of
from pages.public.calendar import next_words
from pages.public.charts import PageCharts
from pages.public.findings import OF_PARTS, comparable, has_wrong_total, is_right, with_marks
from pages.public.notices import banners
from pages.public.table_links import dataset_description, downloads, json_ld
from pages.public.words import CRISIS, FRONT, victims_title
from publications.annual.content.findings import AxisFindings
from publications.annual.sentences import fill
from publications.figures import pictures
from publications.figures.models import ChartPicture
from stats.errors import QueryRefused
from stats.models import PUBLIC
from stats.reading import dates, published_figures, wording
from stats.reading.entries import OWN, CatalogueEntry, PeriodReleases
from stats.reading.grid import Arrangement
from stats.reading.marks import CellText, cell, key_of, number
from stats.reading.measures import ORDINARY, CellStatus, Measure
from stats.reading.published_figures import PublishedAnswer
from stats.reading.query import parse
from stats.reading.table import Figures

AXES = ("gender", "exploitation.form", "citizenship.continent")


@dataclass(frozen=True)
class VictimGroup:
    """A breakdown: what it is, what it says, where its table is, and its chart, where one is drawn."""

    label: str
    lead: str
    text: str
    address: str
    picture: ChartPicture | None


@dataclass(frozen=True)
class Victims:
    """The breakdowns that the release of our newest year offers, each as an answer. None where something is wrong with it."""

    answers: Mapping[str, PublishedAnswer]
    language: str

    @classmethod
    def of(cls, answer: PublishedAnswer, language: str) -> Victims:
        """Those of the year that is the newest in an answer of all years."""
        newest = next((each for each in reversed(answer.periods) if each.release.kind == OWN), None)
        if newest is None or not is_right(newest.release):
            return cls({}, language)
        axes = (PRINCIPAL.axes[name] for name in AXES)
        axes_there = [axis for axis in axes if newest.release.offers(PRINCIPAL, (axis,))]
        return cls({axis.id: answer_of(axis, comparable(newest)) for axis in axes_there}, language)

    @property
    def ids(self) -> dict[str, str]:
        """What stands for the charts of each breakdown."""
        return {name: pictures.answer_id(answer, self.language) for name, answer in self.answers.items()}

    @property
    def year(self) -> str:
        """The year in words; empty where there is none."""
        return next((each.periods[0].release.period.label(self.language) for each in self.answers.values()), "")

    def groups(self) -> list[VictimGroup]:
        """The breakdowns. Two statements; none where there are none."""
        if not self.answers:
            return []
        pictures_there = {row.answer: row for row in pictures.first_of(self.ids.values())}
        return [*self.with_pictures(pictures_there)]

    def with_pictures(self, pictures_there: Mapping[str, ChartPicture]) -> Iterator[VictimGroup]:
        """Each breakdown that says something."""
        for name, figures in tables_of(self.answers):
            axis = PRINCIPAL.axes[name]
            year = figures.periods[0].release.period.first.year
            of = AxisFindings.of(figures, year)
            if of.text is not None:
                says = of.heading != axis.label
                yield VictimGroup(
                    axis.label(self.language),
                    fill(Text("{heading}.", "{heading}."), heading=of.heading)(self.language) if says else "",
                    of.text(self.language),
                    f"{address_of('table', self.language, dataset=PRINCIPAL.id)}?by={name}&period={year}",
                    pictures_there.get(self.ids[name]),
                )


def answer_of(axis: Axis, newest: PeriodReleases) -> PublishedAnswer:
    """The table of an axis in a release that offers it, compared with the release of the year before where that offers it too."""
    before = (
        newest.before if newest.compares_ours and newest.before and newest.before.offers(PRINCIPAL, (axis,)) else None
    )
    query = parse(PRINCIPAL, {"by": axis.id, "period": newest.release.period.id, "measure": ",".join(OF_PARTS)})
    period = PeriodReleases(newest.release, before, (newest.release,), (before,) if before else ())
    return PublishedAnswer(query, PUBLIC, (period,))


def tables_of(answers: Mapping[str, PublishedAnswer]) -> Iterator[tuple[str, Figures]]:
    periods = [each.periods[0] for each in answers.values()]
    cells = published_figures.read_stored(PRINCIPAL.id, ["", *answers], releases_of(periods))
    for name, answer in answers.items():
        (period,) = answer.periods
        tables = {one.id: answer.tables((one,), cells) for one in (period.release, period.before) if one}
        yield name, published_figures.figures_of(answer.query, answer.periods, partial(dict, tables), PUBLIC)


def releases_of(periods: Sequence[PeriodReleases]) -> dict[str, CatalogueEntry]:
    """The releases of some periods, by id."""
    return {one.id: one for each in periods for one in each.releases}


NAME = "front"
FIRM = ORDINARY | {CellStatus.HIDDEN}
OF_YEARS = parse(PRINCIPAL, {"measure": f"{Measure.COUNT},{Measure.CHANGE}"})


@dataclass(frozen=True)
class YearRow:
    """A year: its number, its change, the release that it is from, and whether that is one of others."""

    label: str
    count: CellText
    change: CellText
    release: str
    elsewhere: bool


def front(request: HttpRequest, language: str) -> HttpResponseBase:
    place = PageAddress(NAME, language)
    base = base_of(request)
    announced_dates, now = dates.read(), timezone.now()
    following, seconds = next_words(announced_dates, now), announced_dates.seconds(now, SECONDS)
    next_release = following(language) if following else ""
    try:
        answer = published_figures.open_query(PUBLIC, OF_YEARS)
    except QueryRefused:
        crises, charts = ask(lasting_crises()), PageCharts("", (), language)
        key: tuple[str, ...] = ("nothing",)
        figures_shown: Callable[[], dict[str, Any]] = partial(words_of, language)
    else:
        victims = Victims.of(answer, language)
        charts, pictures_there, crises = PageCharts.with_others(
            answer, language, victims.ids.values(), lasting_crises()
        )
        key = (*answer.key, *charts.key, *pictures_there)
        figures_shown = partial(whole, answer, victims, base)
    now_shown = {"next": next_release, "crises": banners(crises, language)}
    return answer_page(
        request,
        place,
        (*key, repr(now_shown)),
        lambda: ("public/front.html", figures_shown() | charts.context(base, place) | now_shown),
        seconds,
    )


def words_of(language: str) -> dict[str, Any]:
    words, of_crisis = ({name: text(language) for name, text in each.items()} for each in (FRONT, CRISIS))
    return {"words": words, "of_crisis": of_crisis}


def whole(answer: PublishedAnswer, victims: Victims, base: str) -> dict[str, Any]:
    """What the page shows of the years, and of who the victims of the newest are."""
    who = {"victims": victims.groups(), "victims_title": victims_title(victims.year)(victims.language)}
    return context(answer.figures(), base, victims.language) | who


def context(figures: Figures, base: str, language: str) -> dict[str, Any]:
    rows = [*rows_of(figures, language)]
    latest = next((each.release for each in reversed(figures.periods) if each.release.kind == OWN), None)
    cells = [each for row in rows for each in (row.count, row.change)]
    return {
        **words_of(language),
        "headline": headline(figures, language),
        "rows": rows,
        "key": [*key_of(figures, cells, language)],
        "notes": [text(language) for text in wording.notes(figures)],
        "latest": latest,
        "published_on": latest.published_at.astimezone(COPENHAGEN).date() if latest and latest.published_at else None,
        "themes": [*themes(latest, language)] if latest else [],
        "data": json_ld(dataset_description(base, PRINCIPAL, language, [each.release for each in figures.periods])),
        "downloads": [*downloads(OF_YEARS, language).items()],
    }


def rows_of(figures: Figures, language: str) -> Iterator[YearRow]:
    """The years, the newest first."""
    figures = with_marks(figures)
    counts, changes = figures.columns
    labels = Arrangement(figures, language).marked_periods
    for n, each in reversed([*enumerate(figures.periods)]):
        count, change = (cell(figures, column, n, language) for column in (counts, changes))
        yield YearRow(labels[n], count, change, each.release.id, elsewhere=each.release.kind != OWN)


def headline(figures: Figures, language: str) -> str:
    """The latest year in words, and how it differs from the year before where we counted both."""
    counts, changes = figures.columns
    # The newest that is firm: what was computed, is preliminary or has an erratum of its total makes no headline.
    right = [n for n, each in enumerate(figures.periods) if not has_wrong_total(each.release)]
    firm = (n for n in reversed(right) if counts.statuses[n] in FIRM)
    n = next(firm, len(counts.values) - 1)
    period, persons = figures.periods[n], counts.values[n] if n in right else None
    is_comparable = period.compares_ours and period.before is not None and not has_wrong_total(period.before)
    year, more = period.release.period.label(language), changes.values[n] if is_comparable else None
    if persons is None:
        return Text(
            f"Antallet af ofre i {year} vises ikke som ét tal.",
            f"The number of victims in {year} is not shown as one number.",
        )(language)
    count = number(persons, language)
    first = Text(
        f"{count} personer blev vurderet udsat for menneskehandel i {year}.",
        f"{count} persons were identified as victims of human trafficking in {year}.",
    )
    if persons == 1:
        first = Text(
            f"1 person blev vurderet udsat for menneskehandel i {year}.",
            f"1 person was identified as a victim of human trafficking in {year}.",
        )
    return " ".join(filter(None, (first(language), comparison(int(more), year, language) if more is not None else "")))


def comparison(more: int, year: str, language: str) -> str:
    """How a number differs from that of the year before."""
    before, size = int(year) - 1, number(abs(more), language)
    if not more:
        return Text(f"Det er det samme antal som i {before}.", f"That is the same number as in {before}.")(language)
    da, en = wording.more_or_fewer(more)
    return Text(f"Det er {size} {da} end i {before}.", f"That is {size} {en} than in {before}.")(language)


def themes(release: CatalogueEntry, language: str) -> Iterator[tuple[str, str]]:
    """The subjects of the release with a table of their own, each once: what they are called, and where they are."""
    address = address_of("table", language, dataset=PRINCIPAL.id)
    for dimension in PRINCIPAL.dimensions:
        axis = next((axis for axis in dimension.axes if release.offers(PRINCIPAL, (axis,))), None)
        if axis:
            yield dimension.label(language), f"{address}?by={table_id((axis,))}"
