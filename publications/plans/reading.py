"""Plans as everybody reads them: what a second person has approved, and nothing else. Two statements for a plan.

Of a release that was withdrawn afterwards the value is not shown any more, and does not count. Targets, baselines and queries of
indicators are put in words here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases.dimensions import Axis
from core.text import Text
from publications.plans.choices import COMPUTED, DIRECTIONS, value_words
from publications.plans.lights import PlanLight, light
from publications.plans.models import PlanIndicator, PlanObservation
from publications.plans.shapes import ActionPlan, PlanArea
from stats.reading.datasets import READABLE
from stats.reading.measures import UNITS, Measure


@dataclass(frozen=True, slots=True)
class ReadObservation:
    """A published observation. `value`: None where the release does not show the cell, or was withdrawn."""

    id: int
    year: int
    value: Decimal | None
    release: str
    vintage: int | None
    is_withdrawn: bool
    source: Text
    # A later observation of the same year stands in its place.
    is_superseded: bool
    # Of a sum that not every report knows: it is the least.
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """A published indicator with what was observed of it, the newest year first, and how far it is."""

    row: PlanIndicator
    observations: tuple[ReadObservation, ...]
    light: PlanLight

    @property
    def latest(self) -> ReadObservation | None:
        """The observation that the light is of."""
        return next((each for each in self.observations if not each.is_superseded), None)


@dataclass(frozen=True, slots=True)
class ReadArea:
    """An area with its indicators."""

    area: PlanArea
    indicators: tuple[ReadIndicator, ...]


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan with all that is published of it."""

    plan: ActionPlan
    areas: tuple[ReadArea, ...]

    @property
    def indicators(self) -> list[ReadIndicator]:
        """Every indicator, area by area."""
        return [each for area in self.areas for each in area.indicators]

    @property
    def key(self) -> str:
        """What the page of the plan is a function of."""
        rows = [(each.row.pk, each.observations) for each in self.indicators]
        return f"{self.plan.id} {rows!r}"


def read(plan: ActionPlan, last_year: int | None = None) -> ReadPlan:
    """A plan as everybody reads it; with a year nothing that was observed of later ones."""
    rows: defaultdict[int, list[PlanObservation]] = defaultdict(list)
    years = {} if last_year is None else {"year__lte": last_year}
    observations = PlanObservation.objects.filter(
        indicator__plan=plan.id, indicator__decision__approved=True, decision__approved=True, **years
    )
    shown = (
        "id",
        "indicator_id",
        "year",
        "value",
        "is_least",
        "source_da",
        "source_en",
        "release__vintage",
        "release__withdrawal",
    )
    for each in observations.select_related("release", "release__withdrawal").only(*shown).order_by("-year", "-id"):
        rows[each.indicator_id].append(each)
    indicators: defaultdict[str, list[ReadIndicator]] = defaultdict(list)
    for row in PlanIndicator.objects.filter(plan=plan.id, decision__approved=True).order_by("code"):
        indicators[row.area].append(indicator_of(row, rows[row.pk]))
    return ReadPlan(plan, tuple(ReadArea(area, tuple(indicators[area.id])) for area in plan.areas))


def indicator_of(row: PlanIndicator, rows: Iterable[PlanObservation]) -> ReadIndicator:
    """An indicator with its observations, the newest year first and of a year the newest one first."""
    observations: list[ReadObservation] = []
    years: set[int] = set()
    for each in rows:
        observations.append(observation_of(each, is_superseded=each.year in years))
        if not observations[-1].is_withdrawn:
            years.add(each.year)
    counting = [each for each in observations if not each.is_superseded and not each.is_withdrawn]
    # Of a year of which all was withdrawn nothing is known, and no older one stands in for it.
    years_lost = {each.year for each in observations} - years
    values = [*((each.year, each.value) for each in counting), *((year, None) for year in years_lost)]
    return ReadIndicator(
        row, tuple(observations), light(row.path, values, {each.year for each in counting if each.is_least})
    )


def observation_of(row: PlanObservation, *, is_superseded: bool) -> ReadObservation:
    """An observation as everybody reads it. Where its release was withdrawn, its value is not shown."""
    is_withdrawn = row.release is not None and hasattr(row.release, "withdrawal")
    return ReadObservation(
        row.pk,
        row.year,
        None if is_withdrawn else row.value,
        row.release_id or "",
        row.release.vintage if row.release else None,
        is_withdrawn,
        row.source,
        is_superseded,
        row.is_least,
    )


IN_YEAR = Text("{} i {}", "{} in {}")
EVERYBODY = Text("alle", "all")


def baseline_words(indicator: PlanIndicator, language: str) -> str:
    """The baseline in words: `80 personer i 2021`."""
    value = value_words(indicator.baseline_value, indicator.unit, language)
    return IN_YEAR(language).format(value, indicator.baseline_year)


def target_words(indicator: PlanIndicator, language: str) -> str:
    """The target in words: `mindst 100 personer i 2025`."""
    value = value_words(indicator.target_value, indicator.unit, language)
    return IN_YEAR(language).format(f"{DIRECTIONS[indicator.path.direction](language)} {value}", indicator.due_year)


def query_words(indicator: PlanIndicator, language: str) -> str:
    """What a computed indicator asks of a release; nothing of one that is typed in."""
    if indicator.source != COMPUTED:
        return ""
    dataset = READABLE[indicator.dataset]
    cells = [cell_words(dataset.axes[axis], code, language) for axis, code in indicator.filters.items()]
    measure = UNITS[Measure(indicator.measure)].label(language)
    return f"{measure}: {dataset.label(language)} ({', '.join(cells) or EVERYBODY(language)})"


def cell_words(axis: Axis, code: str, language: str) -> str:
    """A code with what it is a code of: `Køn: Kvinde`."""
    label = next(each.label(language) for each in axis.codes if each.code == code)
    return f"{axis.label(language)}: {label}"
