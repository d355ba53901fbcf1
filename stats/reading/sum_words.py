"""What the reader of sums has to know: their units, what is behind them, and of which of them nothing is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from cases.codelists.types import Code
from cases.dimensions import Dataset
from cases.services.shapes import OF_PERSONS, UNIT_WORDS, CountUnit
from core.text import Text, in_one, in_quotes, with_label
from stats.reading.datasets import READABLE
from stats.reading.stored_sums import ReportsBehind
from stats.reading.table import Figures

HIDDEN = Text(
    "Skjult: tallet kunne pege på få personer, vise, hvad én organisation alene har indberettet, eller røbe et andet skjult tal. "
    "Hvor der står to tal, ligger det imellem dem",
    "Hidden: it could point to a few persons, show what one organisation alone reported, or reveal another hidden figure. "
    "Where two numbers stand there, it is between them",
)
# What stands in place of a zero that nobody knows.
NO_DATA = Text(
    "Ukendt: hverken nul eller skjult. Ingen indberetning har tallet i alle linjer, eller ingen blev spurgt",
    "Not known: neither zero nor hidden. No report has the number in every line, or nobody was asked",
)
NOT_KNOWN = Text("ukendt", "not known")
# Where a person is in a number again whenever it happens again. Of suspects and defendants a year has each once.
COUNTED_AGAIN = frozenset(UNIT_WORDS[each] for each in OF_PERSONS - {CountUnit.SUSPECT, CountUnit.DEFENDANT})
SAME_PERSON = Text("Den samme person kan være talt flere gange.", "The same person may be counted several times.")
SAME_PERSON_IN = Text(
    "{names}: den samme person kan være talt flere gange.", "{names}: the same person may be counted several times."
)
UNITS_ARE = Text("Enheder: {units}.", "Units: {units}.")
# `where`: the period in words, and the quantities where not all of the answer are meant.
BEHIND = Text(
    "{where}: forventede indberetninger: {due}. Heraf modtaget: {came}.",
    "{where}: reports that were due: {due}. Of these came: {came}.",
)
BESIDE = Text("Modtaget derudover: {beside}.", "Others that came: {beside}.")
AT_LEAST = Text("Tallene er derfor minimumstal.", "So each figure is at least this much.")
KNOWING = Text(
    "{where}: minimumstal, for kun {knowing} af {reports} indberetninger har det i alle linjer.",
    "{where}: at least this much, since only {knowing} of {reports} reports have it in every line.",
)
KNOWING_NONE = Text(
    "{where}: ingen af {reports} indberetninger har det i alle linjer. Et tal er et minimumstal, og hvor der intet tal står, er "
    "det ukendt.",
    "{where}: none of {reports} reports has it in every line. A figure is at least this much, and where none stands it is not "
    "known.",
)
SILENT = Text(
    "{where}: intet vises, for selv totalen kunne pege på få personer eller på én organisation.",
    "{where}: nothing is shown, since even the total could point to a few persons or to one organisation.",
)
NOISE = Text(
    "Til myndigheder: tal om personer, der ikke er offentliggjort, er ændret tilfældigt med op til {deviation}, totalerne hver for "
    "sig. De går ikke nødvendigvis op, og små forskelle betyder intet. Andre tal er nøjagtige.",
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
    every = [*texts]
    return Text(*(between.join(text(each) for text in every) for each in Text._fields))


def quantities_of(figures: Figures) -> tuple[Code, ...]:
    """The quantities of an answer, in their order. None of a dataset of records."""
    return next((side.codes for side in figures.sides if not side.axis.has_total), ())


def notes_of_sums(figures: Figures) -> Iterator[Text]:
    """What the reader of an answer has to know of sums; nothing of records."""
    if quantities := quantities_of(figures):
        yield from counting_rule(figures.query.dataset, quantities)
        yield units_note(figures.query.dataset, quantities)
        yield from notes_of_coverage(figures)


def counting_rule(dataset: Dataset, quantities: Sequence[Code]) -> Iterator[Text]:
    """In which of some quantities the same person may be several times. Nothing where none is of persons."""
    again = [code for code in quantities if dataset.units[code.code] in COUNTED_AGAIN]
    if again:
        whole = len(again) == len(quantities)
        yield SAME_PERSON if whole else fill_in(SAME_PERSON_IN, names=as_list(code.label for code in again))


def units_note(dataset: Dataset, quantities: Sequence[Code]) -> Text:
    """The unit of each quantity, for who reads no headings."""
    return fill_in(UNITS_ARE, units=as_list((unit_line(dataset, code) for code in quantities), "; "))


def notes_above(figures: Figures) -> Iterator[Text]:
    """What stands above a table of sums: who is counted again, and the reports behind one period; of several what is missing."""
    dataset = figures.query.dataset
    # Figures of several datasets beside each other look like parts of one.
    yield from [dataset.about] if dataset.drawn_from else []
    yield from counting_rule(dataset, quantities_of(figures))
    yield from notes_of_coverage(figures, only_missing=len(figures.periods) > 1)


def notes_of_coverage(figures: Figures, *, only_missing: bool = False) -> Iterator[Text]:
    """How many reports are behind the sums of each period, and of which nothing is shown.

    `only_missing`: of a period whose reports all came nothing is said of them.
    """
    quantities = quantities_of(figures)
    for each, tables in zip(figures.periods, figures.tables, strict=True):
        release, totals = each.release, tables[""]
        behind = figures.behind.get(release.id, {})
        yield from notes_behind(release.period.label, behind, quantities, only_missing=only_missing)
        if silent := [code for code in quantities if totals.exact and code.code in totals.hidden]:
            yield fill_in(SILENT, where=where(release.period.label, silent))


def with_unit(code: Code, dataset: Dataset) -> Text:
    """A quantity with its unit, in the languages in which its name does not say it."""
    return in_unit(code.label, dataset.units[code.code])


def in_unit(label: Text, unit: Text) -> Text:
    """A name with a unit, in the languages in which it does not say it."""
    pairs = zip(label, unit, strict=True)
    return Text(*(name if says(name, each) else f"{name} ({each})" for name, each in pairs))


def says(name: str, unit: str) -> bool:
    """Whether the words of a unit are among those of a name."""
    return f" {unit.casefold()} " in f" {name.casefold()} "


def unit_line(dataset: Dataset, code: Code) -> Text:
    """A quantity with its unit; of a dataset without cells of its own with the dataset that has it."""
    line = with_label(code.label, dataset.units[code.code])
    source = dataset.drawn_from.get(code.code)
    return (
        line
        if source is None
        else Text(*(f"{line(each)} ({READABLE[source[0]].label(each)})" for each in Text._fields))
    )


def notes_behind(
    release: Text, behind: Mapping[str, ReportsBehind], quantities: Sequence[Code], *, only_missing: bool = False
) -> Iterator[Text]:
    """How many reports are behind the sums of a release, and which figures are at least this much."""
    by_source: dict[str, list[Code]] = defaultdict(list)
    for code in quantities:
        if code.code in behind:
            by_source[behind[code.code].dataset].append(code)
    for codes in by_source.values():
        reports = behind[codes[0].code]
        if not (only_missing and reports.is_complete):
            yield reports_note(where(release, codes if len(codes) < len(quantities) else ()), reports)
        for knowing, unsure in groupby(codes, key=lambda code: behind[code.code].knowing):
            if knowing < reports.reports:
                words = KNOWING if knowing else KNOWING_NONE
                yield fill_in(words, where=where(release, unsure), knowing=knowing, reports=reports.reports)


def reports_note(of: Text, reports: ReportsBehind) -> Text:
    """How many reports were due and came, and what that says of the figures."""
    others = [fill_in(BESIDE, beside=reports.unsolicited_reports)] if reports.unsolicited_reports else []
    least = [] if reports.is_complete else [AT_LEAST]
    return in_one(fill_in(BEHIND, where=of, due=reports.due, came=reports.came), *others, *least)


def where(release: Text, codes: Iterable[Code]) -> Text:
    """How a release is called, and of which quantities something is said of it; none: of all."""
    names = [Text(*(in_quotes(code.label(each), each) for each in Text._fields)) for code in codes]
    return as_list([release, *names])
