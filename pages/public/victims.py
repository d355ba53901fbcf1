"""*Hvem er ofrene*: who the victims of the newest year of ours are, in plain words and a chart for each breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from cases.dimensions import PRINCIPAL, Axis
from core.text import Text
from pages.base.addresses import address_of
from pages.public.findings import OF_PARTS, comparable, is_right
from publications.annual.content.findings import AxisFindings
from publications.annual.sentences import fill
from publications.figures import pictures
from publications.figures.models import ChartPicture
from stats.models import PUBLIC
from stats.reading import published
from stats.reading.entries import OWN, CatalogueEntry, PeriodReleases
from stats.reading.published import PublishedAnswer
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
    cells = published.read_stored(PRINCIPAL.id, ["", *answers], releases_of(periods))
    for name, answer in answers.items():
        (period,) = answer.periods
        tables = {one.id: answer.tables((one,), cells) for one in (period.release, period.before) if one}
        yield name, published.figures_of(answer.query, answer.periods, partial(dict, tables), PUBLIC)


def releases_of(periods: Sequence[PeriodReleases]) -> dict[str, CatalogueEntry]:
    """The releases of some periods, by id."""
    return {one.id: one for each in periods for one in each.releases}
