"""What a programme is: what an organisation does in a table of a form, how often in each year, and how it is divided.

The places of shelters are a stock, which is not drawn but said, and the nights that are used of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod
from random import Random

from cases.services.content import Line
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


TURNED_AWAY, WAITING = (0, 0, 0, 1, 1, 2, 3), (0, 0, 1, 1, 2)


@dataclass(frozen=True, eq=False)
class ShelterPlaces:
    """The places of a shelter by year. `more`: so many further ones in a month, by its period."""

    role: SandboxRole
    region: str
    kind: str
    places: Mapping[int, int]
    more: Mapping[str, int]

    def line(self, period: CountPeriod, rng: Random) -> Line:
        """What is reported of a month."""
        places = self.places[period.year] + self.more.get(period.id, 0)
        return {
            "region": self.region,
            "places_for": self.kind,
            "places": places,
            "nights": round(places * period.days * rng.uniform(0.7, 0.98)),
            "turned_away": rng.choice(TURNED_AWAY),
            "waiting": rng.choice(WAITING),
        }


# 2019 is published: 7 places in Copenhagen, two more at the peak, and 2 in Aalborg.
SHELTERS = (
    ShelterPlaces(SandboxRole.SHELTER, "DK01", "WOMEN", years(7, 7, 7, 7, 7, 7, 8, 8, 9), {"2019-05": 2}),
    ShelterPlaces(SandboxRole.OUTREACH, "DK04", "WOMEN", years(4, 4, 4, 4, 5, 5, 5, 5, 6), {}),
    ShelterPlaces(SandboxRole.ADVICE, "DK04", "MIXED", years(3, 3, 4, 4, 5, 5, 6, 6, 7), {}),
    ShelterPlaces(SandboxRole.SHELTER, "DK04", "MIXED", years(3, 3, 3, 3, 3, 3, 4, 4, 4), {}),
    ShelterPlaces(SandboxRole.MUNICIPALITY, "DK05", "WOMEN", years(2, 2, 2, 2, 2, 2, 2, 3, 3), {}),
    ShelterPlaces(SandboxRole.CENTRE, "DK04", "MIXED", years(3, 3, 4, 4, 4, 4, 5, 5, 6), {}),
)
