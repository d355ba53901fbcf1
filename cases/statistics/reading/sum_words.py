"""What the reader of sums has to know: their units, what is behind them, and of which of them nothing is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cases.codelists.types import Code
from cases.dimensions import Dataset
from cases.statistics.reading.datasets import READABLE
from cases.statistics.reading.stored_sums import ReportsBehind
from cases.statistics.reading.table import Figures
from partners.text import Text, in_one, in_quotes, with_label

HIDDEN = Text(
    "Skjult: tallet kunne pege på få personer eller vise, hvad én organisation alene har indberettet, eller et sådant tal kunne "
    "beregnes af det",
    "Hidden: it could point at a few persons or show what one organisation alone reported, or such a number could be computed "
    "from it",
)
UNITS_ARE = Text("Enheder: {units}.", "Units: {units}.")
# `where`: the period, of several its release, and the quantities where not all of the answer are meant.
BEHIND = Text(
    "{where}: indberetninger, der skulle komme: {due}. Heraf kom: {came}.",
    "{where}: reports that were due: {due}. Of these came: {came}.",
)
BESIDE = Text("Andre, der kom: {beside}.", "Others that came: {beside}.")
AT_LEAST = Text("Hvert tal er mindst så meget.", "Each figure is at least this much.")
KNOWING = Text(
    "{where}: tallet er mindst så meget, for kun {knowing} af {reports} indberetninger har det i hver linje.",
    "{where}: the figure is at least this much, since only {knowing} of {reports} reports have it in each line.",
)
SILENT = Text(
    "{where}: intet vises. Allerede totalen kunne pege på få personer eller på én organisation.",
    "{where}: nothing is shown. Even the total could point to a few persons or to one organisation.",
)
NOISE = Text(
    "Til myndigheder: tal om personer, der ikke er offentliggjort, er ændret tilfældigt med op til {deviation}, totalerne hver for "
    "sig. De går ikke nødvendigvis op, og små forskelle siger intet. Andre tal er nøjagtige.",
    "For authorities: figures of persons that are not published are changed at random by up to {deviation}, totals on their own. "
    "They may not add up, and small differences say nothing. Other figures are exact.",
)


def fill_in(text: Text, **parts: object) -> Text:
    """A text with its parts; a part in two languages is in that of the text."""
    return Text(
        *(
            text(each).format(**{name: part(each) if isinstance(part, Text) else part for name, part in parts.items()})
            for each in Text._fields
        )
    )


def as_list(texts: Iterable[Text], between: str = ", ") -> Text:
    """Several texts as a list."""
    every = [*texts]
    return Text(*(between.join(text(each) for text in every) for each in Text._fields))


def quantities_of(figures: Figures) -> tuple[Code, ...]:
    """The quantities of an answer, in their order. None of a dataset of records."""
    return next((side.codes for side in figures.sides if not side.axis.has_total), ())


def notes_of_sums(figures: Figures) -> Iterator[Text]:
    """What the reader of an answer has to know of sums; nothing of records."""
    if quantities := quantities_of(figures):
        yield fill_in(UNITS_ARE, units=as_list((unit_line(figures.query.dataset, code) for code in quantities), "; "))
        yield from notes_of_coverage(figures)


def notes_of_coverage(figures: Figures) -> Iterator[Text]:
    """How many reports are behind the sums of each period, and of which nothing is shown."""
    quantities = quantities_of(figures)
    for each, tables in zip(figures.periods, figures.tables, strict=True):
        own = each.release
        yield from notes_behind(name_of(figures, own.id), figures.behind.get(own.id, {}), quantities)
        totals = tables[""]
        if silent := [code for code in quantities if totals.exact and code.code in totals.hidden]:
            yield fill_in(SILENT, where=where(name_of(figures, totals.release), silent))


def name_of(figures: Figures, release: str) -> Text:
    """How notes call a release: by its id; in an answer of one period that is plain, so by the period."""
    return figures.periods[0].release.period.label if len(figures.periods) == 1 else Text(release, release)


def with_unit(code: Code, dataset: Dataset) -> Text:
    """A quantity with its unit, in the languages in which its name does not say it."""
    pairs = zip(code.label, dataset.units[code.code], strict=True)
    return Text(*(name if says(name, unit) else f"{name} ({unit})" for name, unit in pairs))


def says(name: str, unit: str) -> bool:
    """Whether a name and a unit begin with the same words, to the end of one of them."""
    one, other = f"{name.casefold()} ", f"{unit.casefold()} "
    return one.startswith(other) or other.startswith(one)


def unit_line(dataset: Dataset, code: Code) -> Text:
    """A quantity with its unit; of a dataset without cells of its own with the dataset that has it."""
    line = with_label(code.label, dataset.units[code.code])
    source = dataset.drawn_from.get(code.code)
    return (
        line
        if source is None
        else Text(*(f"{line(each)} ({READABLE[source[0]].label(each)})" for each in Text._fields))
    )


def notes_behind(release: Text, behind: Mapping[str, ReportsBehind], quantities: Sequence[Code]) -> Iterator[Text]:
    """How many reports are behind the sums of a release, and which figures are at least this much."""
    by_source: dict[str, list[Code]] = defaultdict(list)
    for code in quantities:
        if code.code in behind:
            by_source[behind[code.code].dataset].append(code)
    for codes in by_source.values():
        reports, of = behind[codes[0].code], where(release, codes if len(codes) < len(quantities) else ())
        sentences = [fill_in(BEHIND, where=of, due=reports.due, came=reports.came)]
        if reports.beside:
            sentences.append(fill_in(BESIDE, beside=reports.beside))
        if not reports.is_complete:
            sentences.append(AT_LEAST)
        yield in_one(*sentences)
        for code in codes:
            knowing = behind[code.code].knowing
            if knowing < reports.reports:
                yield fill_in(KNOWING, where=where(release, [code]), knowing=knowing, reports=reports.reports)


def where(release: Text, codes: Iterable[Code]) -> Text:
    """How a release is called, and of which quantities something is said of it; none: of all."""
    names = [Text(*(in_quotes(code.label(each), each) for each in Text._fields)) for code in codes]
    return as_list([release, *names])
