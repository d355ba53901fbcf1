"""What the page of a table shows beside its counts: shares, changes, and above them what they say in sentences.

The sentences are made by the same rules as those of the annual report. All of it is computed from counts that are published. Totals
of which an erratum says that they are wrong have their rows marked, and no change is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.text import NO_TEXT, Text
from publications.annual.content.findings import AxisFindings
from publications.annual.content.topics import TOPICS
from publications.annual.content.year import SumNumbers, YearInFigures, years_of
from publications.annual.sentences import fill
from stats.reading.entries import OWN, CatalogueEntry, PeriodReleases
from stats.reading.grid import Arrangement, Grid
from stats.reading.measures import CHANGES, ORDINARY, CellStatus, Measure
from stats.reading.query import Query
from stats.reading.table import Column, Figures

OF_COUNTS = (Measure.COUNT,)
OF_TOTAL = (Measure.COUNT, Measure.CHANGE, Measure.CHANGE_PERCENT)
OF_PARTS = (Measure.COUNT, Measure.SHARE, Measure.CHANGE)
SAYS = {each.dataset: each.says for topic in TOPICS for each in topic.sums}


def measures_shown(query: Query) -> tuple[Measure, ...]:
    """What a page shows of a query.

    A table of two breakdowns has counts alone. So has one of several units, where each quantity would be a share of another
    whole, and where the reports of two years may be of other partners.
    """
    if query.dataset.quantities or query.filters or len(query.by) > 1:
        return OF_COUNTS
    return OF_PARTS if query.by else OF_TOTAL


def with_changes_of_ours(figures: Figures) -> Figures:
    """Figures with changes where a period is compared with one that we counted too; else without those columns."""
    if any(each.compares_ours for each in figures.periods):
        return figures
    return replace(figures, columns=tuple(each for each in figures.columns if each.measure not in CHANGES))


def split(arrangement: Arrangement, *, short: bool) -> tuple[list[Grid], list[Grid]]:
    """The tables of a page, and those that are folded below them: shares and changes of several years.

    `short`: long tables without their empty rows.
    """
    grids = arrangement.grids()
    shown = [each.short() for each in grids] if short else grids
    if len(arrangement.sides) != 1 or len(arrangement.figures.columns) == 1:
        return shown, []
    headings = {row.heading for row in shown[0].rows}
    return shown[:1], [replace(each, rows=tuple(r for r in each.rows if r.heading in headings)) for each in grids[1:]]


def findings(figures: Figures, language: str) -> list[str]:
    """What the newest period of ours says: one sentence, which may be empty, then particulars. Nothing where nothing is sure."""
    newest, of = newest_of_ours(figures), figures.query
    if newest is None or of.filters or len(of.by) > 1:
        return []
    texts_of = texts_of_sums if of.dataset.quantities else texts_of_parts if of.by else texts_of_total
    return [text(language) for text in texts_of(newest)]


def newest_of_ours(figures: Figures) -> Figures | None:
    """An answer with the newest of its periods alone that we counted; None where none is, or something is wrong with it."""
    ours = [each for each in figures.periods if each.release.kind == OWN]
    if not ours or not is_right(ours[-1].release):
        return None
    year = ours[-1].release.period.first.year
    alone = years_of(figures, range(year, year + 1)) if len(figures.periods) > 1 else figures
    return replace(alone, periods=(comparable(alone.periods[0]),)) if alone else None


def is_right(release: CatalogueEntry) -> bool:
    """Whether a release stands as it was published."""
    return not (release.withdrawal or release.announcements.errata or release.announcements.sign)


def comparable(period: PeriodReleases) -> PeriodReleases:
    """A period without the year before, where something is wrong with that."""
    return period if period.before is None or is_right(period.before) else replace(period, before=None)


def texts_of_total(figures: Figures) -> Iterator[Text]:
    """What the number of all persons of a year says."""
    period = figures.periods[0].release.period
    if period.annual:
        year = YearInFigures(figures, period.first.year)
        yield fill(Text("{heading}.", "{heading}."), heading=Text(*(each.rstrip(".") for each in year.heading)))
        yield from filter(None, (year.text,))


def texts_of_sums(figures: Figures) -> Iterator[Text]:
    """What the first number of a year says, of a dataset of which the annual report says something."""
    heading = SumNumbers(figures).heading(SAYS.get(figures.query.dataset.id, NO_TEXT))
    if heading and figures.periods[0].release.period.annual:
        yield fill(Text("{heading}.", "{heading}."), heading=heading)


def texts_of_parts(figures: Figures) -> Iterator[Text]:
    """What the groups of a breakdown say, with the period that they are of."""
    period = figures.periods[0].release.period
    of = AxisFindings.of(figures, period.first.year)
    when = period.label
    if of.heading != of.axis.label:
        yield fill(Text("{when}: {heading}.", "{when}: {heading}."), when=when, heading=of.heading)
        yield from filter(None, (of.numbers,))
    elif of.numbers:
        yield NO_TEXT
        yield fill(Text("{when}: {numbers}", "{when}: {numbers}"), when=when, numbers=of.numbers)


def has_wrong_total(release: CatalogueEntry) -> bool:
    """Whether an erratum says that the total of a release is wrong."""
    return any(each.of_total for each in release.announcements.errata)


def with_marks(figures: Figures) -> Figures:
    """The figures of an answer without axes, with marks where a total is wrong; any other answer as it is."""
    wrong = [has_wrong_total(each.release) for each in figures.periods]
    uncertain = [has_wrong_total(each.release) or rests_on_wrong(each) for each in figures.periods]
    if figures.query.axes or not any(uncertain):
        return figures
    columns = (with_marked(each, uncertain if each.measure in CHANGES else wrong) for each in figures.columns)
    return replace(figures, columns=tuple(columns))


def rests_on_wrong(period: PeriodReleases) -> bool:
    """Whether a period is compared with a year whose total is wrong."""
    return period.before is not None and has_wrong_total(period.before)


def with_marked(column: Column, wrong: list[bool]) -> Column:
    """A column with the ordinary numbers of some periods marked; a change from one of these is none."""
    values, statuses = [*column.values], [*column.statuses]
    for n in (n for n, each in enumerate(wrong) if each and values[n] is not None and statuses[n] in ORDINARY):
        if column.measure in CHANGES:
            values[n], statuses[n] = None, CellStatus.NOT_PUBLISHED
        else:
            statuses[n] = CellStatus.UNVERIFIED
    return replace(column, values=values, statuses=statuses)
