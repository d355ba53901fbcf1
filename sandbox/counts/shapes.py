"""What a programme is: what an organisation does in a table of a form, how often in each year, and how it is divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind, CountTable
from sandbox.chance import Weights
from sandbox.organisations import SandboxRole
from stats import published

# The weeks of the pandemic's first spring, by their year: in other years no situation was reported.
WEEKS: Mapping[int, range] = {2020: range(12, 25)}


def years(*counts: int) -> Mapping[int, int]:
    """A number for each published year, from the first one on."""
    return dict(zip(published.YEARS, counts, strict=True))


@dataclass(frozen=True, eq=False)
class SandboxProgramme:
    """What an organisation does in a table of a form.

    `totals`: by year how much of `lead`, the measure that is divided; without a name the first of the table. `weights`: by
    dimension how it is divided; what was not asked yet has none. `parts`: further measures, each as a share of the lead.
    """

    role: SandboxRole
    form: CountForm
    name: str
    totals: Mapping[int, int]
    weights: Mapping[str, Weights]
    parts: Mapping[str, float] = field(default_factory=dict)
    lead: str = ""

    @property
    def table(self) -> CountTable:
        return self.form.by_name[self.name]

    @property
    def divided_measure(self) -> str:
        return self.lead or self.table.measure_names[0]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The dimensions by which it is divided."""
        return tuple(name for name in self.table.dimension_names if name in self.weights)

    @cached_property
    def cells(self) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
        """Every line that can be, by its codes, and the weight of each."""
        of_dimensions = [self.weights[name] for name in self.names]
        codes = tuple(product(*of_dimensions))
        return codes, tuple(prod(w[code] for w, code in zip(of_dimensions, each, strict=True)) for each in codes)


def periods_of(form: CountForm, year: int) -> Iterator[CountPeriod]:
    """The periods of a form that are reported of a year."""
    match form.period:
        case CountPeriodKind.YEAR:
            names = [str(year)]
        case CountPeriodKind.MONTH:
            names = [f"{year}-{month:02}" for month in range(1, 13)]
        case CountPeriodKind.WEEK:
            names = [f"{year}-W{week:02}" for week in WEEKS.get(year, ())]
    return (period for name in names if (period := CountPeriod.parse(form.period, name)))
