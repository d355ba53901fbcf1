"""The grammar of a query, and nothing beyond it: axes, single published codes, periods of one kind, named measures.

Of codes there are no unions, ranges, negations, wildcards or repeats: with them, sums and differences of figures could be asked for
that no audit of a release has seen. Several periods are several tables, each as it was published; nothing is added up over them.
Every refusal depends on the query, the code lists and the list of releases alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from cases.dimensions import Axis, Dataset, table_id
from cases.errors import Violation
from core.text import Text
from stats.errors import QueryRefused
from stats.periods import Period
from stats.reading import selection
from stats.reading.datasets import READABLE
from stats.reading.measures import Measure
from stats.reading.selection import PeriodSelection, parse_as_of

LATEST = "latest"
INCLUDE, EXCLUDE = "include", "exclude"
AS_OF = "asOf"
FIXED = ("by", "period", "year", "release", "measure", "totals", AS_OF)

TEXTS = {
    "axis_unknown": Text("Akserne, adskilt af komma.", "Axes, separated by commas."),
    "axis_repeated": Text("Højst én akse af hver dimension.", "At most one axis of each dimension."),
    "code_unknown": Text("Én kode fra dimensionens kodeliste.", "One code of the dimension's code list."),
    "code_elsewhere": Text(
        "Koden skal høre til den akse, som tabellen deles op efter.", "The code must belong to the axis of the table."
    ),
    selection.NO_PERIOD: Text(
        "Et år, et kvartal eller en periode af år, som 2023, 2023-Q4 og 2019-2023.",
        "A year, a quarter or a pool of years, as 2023, 2023-Q4 and 2019-2023.",
    ),
    selection.NO_RANGE: Text(
        "En række af år eller kvartaler, den første ikke senere end den sidste, som 2019..2023, 2019.. og 2023-Q1..2023-Q4.",
        "A range of years or quarters, the first not later than the last, as 2019..2023, 2019.. and 2023-Q1..2023-Q4.",
    ),
    selection.KINDS: Text(
        "Perioder af én slags: enten år, kvartaler eller flere år under ét.",
        "Periods of one kind: years, quarters or pools of years.",
    ),
    selection.OVERLAP: Text("Perioder, der ikke overlapper hinanden.", "Periods that do not overlap."),
    "year_expected": Text("Et år som 2023.", "A year as 2023."),
    "period_or_year": Text("Brug enten period eller year.", "Use either period or year."),
    "measure_unknown": Text("Mål, adskilt af komma, hvert én gang.", "Measures, separated by commas, each once."),
    "totals_unknown": Text("Om totaler er med.", "Whether totals are included."),
    "release_unknown": Text("En udgivelse, eller latest.", "A release, or latest."),
    "dataset_unknown": Text("Et datasæt.", "A dataset."),
    "vintage_expected": Text(
        "En tidligere udgave af samme periode for samme modtagere.",
        "An earlier vintage of the same period and audience.",
    ),
    "moment_expected": Text(
        "En dato, eller et tidspunkt med sin forskel fra UTC, som 2026-03-01T12:00:00Z; et + skrives %2B.",
        "A date, or a moment with its offset from UTC, as 2026-03-01T12:00:00Z; a + is written %2B.",
    ),
    "moment_or_release": Text("Brug enten asOf eller en udgivelses id.", "Use either asOf or the id of a release."),
    "release_of_another_period": Text(
        "Udgivelsen gælder en anden periode: udelad perioden.",
        "The release is of another period: leave the period out.",
    ),
    "period_without_release": Text("Perioden er ikke udgivet.", "There is no release of the period."),
    "dimension_not_in_release": Text(
        "Udgivelsen har ikke denne dimension.", "The release does not have this dimension."
    ),
    "too_many_dimensions": Text(
        "Opdeling og filtre har tilsammen flere dimensioner end udgivelsens tabeller.",
        "Axes and filters together have more dimensions than the release's tables.",
    ),
    "table_not_offered": Text(
        "Udgivelsen har ikke denne tabel. allowed er alt, der kan stå her sammen med resten; uden allowed udelades parameteren.",
        "The release does not offer this table. allowed is all that can stand here beside the rest; without it, leave this out.",
    ),
    "answer_too_large": Text(
        "Svaret bliver for stort: vælg færre perioder, færre akser eller færre mål.",
        "The answer would be too large: choose fewer periods, fewer axes or fewer measures.",
    ),
}


@dataclass(frozen=True)
class Query:
    """A query as it is meant: axes in the dataset's order, each filter with the axis that its code is on.

    The axis of quantities is among `by` wherever no filter keeps one of them, whether it was asked for or not.
    """

    dataset: Dataset
    by: tuple[Axis, ...]
    filters: tuple[tuple[Axis, str], ...]
    periods: PeriodSelection | None
    release: str
    measures: tuple[Measure, ...]
    totals: bool
    by_year: bool = False
    moment: datetime | None = None

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """Every axis that the query needs, in the dataset's order."""
        names_wanted = {axis.id for axis in (*self.by, *(axis for axis, _ in self.filters))}
        return tuple(axis for axis in self.dataset.axes.values() if axis.id in names_wanted)

    @cached_property
    def canonical(self) -> str:
        """One text for all ways to write the same query."""
        filters = ",".join(f"{axis.id}={code}" for axis, code in self.filters)
        totals = INCLUDE if self.totals else EXCLUDE
        moment = f"&{self.moment.isoformat()}" if self.moment else ""
        when, how = f"{self.periods or ''}&{self.release}{moment}", f"{','.join(self.measures)}&{totals}"
        return f"{self.dataset.id}?by={table_id(self.by)}&{filters}&{when}&{how}"

    @property
    def texts(self) -> dict[str, str]:
        """The parameters that ask it, the same for all ways to write it; what need not be said is not among them."""
        texts = {
            "by": table_id(self.by),
            **{axis.dimension: code for axis, code in self.filters},
            "period": str(self.periods or ""),
            "release": "" if self.release == LATEST else self.release,
            AS_OF: self.moment.isoformat() if self.moment else "",
            "measure": "" if self.measures == (Measure.COUNT,) else ",".join(self.measures),
            "totals": "" if self.totals else EXCLUDE,
        }
        return {name: text for name, text in texts.items() if text}

    def asks_for(self, period: Period) -> bool:
        """Whether a period is one of its own; all years are, where it names none."""
        return self.periods.holds(period) if self.periods else period.annual


def names(dataset: Dataset) -> tuple[str, ...]:
    """The parameters of a dataset's queries."""
    return (*FIXED, *dataset.by_name)


def parse(dataset: Dataset, texts: Mapping[str, str]) -> Query:
    """The query of parameters that are known and not repeated. Raises `QueryRefused`."""
    return parse_once(dataset.id, tuple(texts.items()))


@lru_cache(maxsize=1024)
def parse_once(dataset_id: str, parameters: tuple[tuple[str, str], ...]) -> Query:
    """The same, remembered: it is a function of what is asked alone. A refusal is not kept."""
    dataset, texts = READABLE[dataset_id], dict(parameters)
    by = parse_axes(dataset, texts["by"]) if "by" in texts else ()
    axis_of = {axis.dimension: axis for axis in by}
    filters = tuple(
        parse_filter(dataset, name, texts[name], axis_of.get(name)) for name in dataset.by_name if name in texts
    )
    return Query(
        dataset,
        with_quantities(dataset, by, filters),
        filters,
        parse_periods(texts),
        texts.get("release", LATEST),
        parse_measures(texts.get("measure", Measure.COUNT)),
        parse_totals(texts.get("totals", INCLUDE)),
        by_year="year" in texts,
        moment=parse_moment(texts),
    )


def refusal(field: str, code: str, values: Iterable[str] = ()) -> QueryRefused:
    return QueryRefused(Violation(field, code, TEXTS[code], tuple(values)))


def parse_axes(dataset: Dataset, text: str) -> tuple[Axis, ...]:
    """The axes of `by`, in the dataset's order."""
    names = text.split(",")
    if not set(names) <= dataset.axes.keys():
        raise refusal("by", "axis_unknown", dataset.axes)
    if len({dataset.axes[name].dimension for name in names}) < len(names):
        raise refusal("by", "axis_repeated", dataset.axes)
    return tuple(axis for name, axis in dataset.axes.items() if name in names)


def with_quantities(dataset: Dataset, by: tuple[Axis, ...], filters: tuple[tuple[Axis, str], ...]) -> tuple[Axis, ...]:
    """The axes of a table: the one without a total comes first, where no filter keeps one of its codes."""
    axis = dataset.quantities
    others = tuple(each for each in by if each != axis)
    return others if axis is None or any(each == axis for each, _ in filters) else (axis, *others)


def parse_filter(dataset: Dataset, name: str, code: str, axis_of: Axis | None) -> tuple[Axis, str]:
    """A filter's code and its axis: the one that the table has of this dimension, else the first that publishes the code."""
    dimension = dataset.by_name[name]
    axis = dimension.axis_of(code)
    if axis is None:
        codes_published = dict.fromkeys(code.code for axis in dimension.axes for code in axis.codes)
        raise refusal(name, "code_unknown", codes_published)
    if axis_of is None:
        return axis, code
    if code not in axis_of.names:
        raise refusal(name, "code_elsewhere", [code.code for code in axis_of.codes])
    return axis_of, code


def parse_periods(texts: Mapping[str, str]) -> PeriodSelection | None:
    """The periods, or None where all years are asked for."""
    if "year" in texts or "period" not in texts:
        period = parse_period(texts)
        return PeriodSelection.of(period) if period else None
    try:
        return selection.parse(texts["period"])
    except selection.SelectionRefused as error:
        raise refusal("period", error.code) from None


def parse_period(texts: Mapping[str, str]) -> Period | None:
    """The one period, or None where there is none."""
    if "period" in texts and "year" in texts:
        raise refusal("year", "period_or_year")
    if "year" in texts:
        period = Period.parse(texts["year"])
        if period is None or not period.annual:
            raise refusal("year", "year_expected")
        return period
    if "period" not in texts:
        return None
    period = Period.parse(texts["period"])
    if period is None:
        raise refusal("period", selection.NO_PERIOD)
    return period


def parse_moment(texts: Mapping[str, str]) -> datetime | None:
    """The moment at which the releases have to be current, or None for now."""
    if AS_OF not in texts:
        return None
    if texts.get("release", LATEST) != LATEST:
        raise refusal(AS_OF, "moment_or_release")
    moment = parse_as_of(texts[AS_OF])
    if moment is None:
        raise refusal(AS_OF, "moment_expected")
    return moment


def parse_measures(text: str) -> tuple[Measure, ...]:
    """The measures, in their own order."""
    names = text.split(",")
    if not set(names) <= set(Measure) or len(set(names)) < len(names):
        raise refusal("measure", "measure_unknown", Measure)
    return tuple(measure for measure in Measure if measure in names)


def parse_totals(text: str) -> bool:
    """Whether each axis begins with its total."""
    if text not in {INCLUDE, EXCLUDE}:
        raise refusal("totals", "totals_unknown", (INCLUDE, EXCLUDE))
    return text == INCLUDE
