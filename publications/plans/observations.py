"""Observing indicators, and deciding on what others wrote: the database checks who, this what a release says.

An observation is a cell of a published release, read as everybody reads it. A cell that is hidden has no number, and none is made
of its neighbours. To be observed is a year whose release is published, and of which a computed indicator has no observation yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from django.db import connection, transaction

from cases.codelists.types import TOTAL
from core.refusals import raised_as
from core.text import NO_TEXT, Text
from partners import audit
from partners.audit import Actor
from publications.plans.choices import COMPUTED
from publications.plans.models import IndicatorDecision, ObservationDecision, PlanIndicator, PlanObservation
from publications.plans.refusals import FIGURE_DIFFERS, REFUSALS, PlanRefused
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import published_figures
from stats.reading.datasets import READABLE
from stats.reading.entries import OWN
from stats.reading.query import parse
from stats.reading.table import Figures


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A cell: the release that shows it or hides it, and its value. None: it is hidden, not known, or cannot be computed.

    `is_least`: of a sum that not every report knows, the value is the least that it is.
    """

    release: str
    value: Decimal | None
    is_least: bool = False


def newest_figure(indicator: PlanIndicator, year: int) -> PlanFigure:
    """The cell in the newest public release of ours of a year. Raises `PlanRefused` where there is none."""
    return read_figure(indicator, {"period": str(year)})


def figure_of_release(indicator: PlanIndicator, release: str) -> PlanFigure:
    """The cell in a release. Raises `PlanRefused` where it is not public any more, or has no such table."""
    figure = read_figure(indicator, {"release": release})
    if figure.release != release:
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"])
    return figure


def read_figure(indicator: PlanIndicator, when: dict[str, str]) -> PlanFigure:
    """The cell that a query of everybody's answers."""
    by = {"by": ",".join(indicator.filters)} if indicator.filters else {}
    try:
        query = parse(READABLE[indicator.dataset], {**by, **when, "measure": indicator.measure})
        figures = published_figures.open_query(PUBLIC, query).figures()
    except (QueryRefused, ReleaseGone):
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"]) from None
    release = figures.periods[0].release
    if release.kind != OWN:
        raise PlanRefused(REFUSALS["PLAN_RELEASE_NOT_PUBLIC"])
    value = figures.columns[0].values[place_of(figures, indicator.filters)]
    quantities = figures.query.dataset.quantities
    behind = figures.behind[release.id][indicator.filters[quantities.id]] if quantities else None
    if value is None:
        return PlanFigure(release.id, None)
    return PlanFigure(release.id, Decimal(value), behind is not None and not behind.is_whole)


def place_of(figures: Figures, filters: dict[str, str]) -> int:
    """Where the cell of some codes stands, the last side fastest. A side that no filter names is at its total."""
    sides = [([code.code for code in side.codes], filters.get(side.axis.id, TOTAL)) for side in figures.sides]
    return reduce(lambda place, side: place * len(side[0]) + side[0].index(side[1]), sides, 0)


def add_indicator(*, by: Actor, indicator: PlanIndicator) -> PlanIndicator:
    """Store a new indicator, which waits for its publication. Raises `PlanRefused`."""
    indicator.user_id = by.user_id or 0
    with raised_as(PlanRefused), transaction.atomic():
        indicator.save(force_insert=True)
        audit.record(by=by, action="planindicator.add", subject=indicator.subject)
    return indicator


def observation_of(
    indicator: PlanIndicator, year: int, value: Decimal | None = None, source: Text = NO_TEXT
) -> PlanObservation:
    """An observation that is not stored. Of a computed indicator it says what the newest release of the year says.

    Raises `PlanRefused` where no release answers.
    """
    if indicator.source != COMPUTED:
        return PlanObservation(indicator=indicator, year=year, value=value, source_da=source.da, source_en=source.en)
    figure = newest_figure(indicator, year)
    return PlanObservation(
        indicator=indicator, year=year, value=figure.value, is_least=figure.is_least, release_id=figure.release
    )


def observe(*, by: Actor, observation: PlanObservation) -> PlanObservation:
    """Store an observation, which waits for its publication. Raises `PlanRefused`."""
    observation.user_id = by.user_id or 0
    with raised_as(PlanRefused), transaction.atomic():
        observation.save(force_insert=True)
        audit.record(by=by, action="planobservation.add", subject=observation.subject)
    return observation


def decide_indicator(*, by: Actor, indicator: PlanIndicator, approve: bool, reason: str = "") -> None:
    """Publish an indicator that another wrote, or refuse it for a reason. Raises `PlanRefused`."""
    with raised_as(PlanRefused), transaction.atomic():
        IndicatorDecision.objects.create(indicator=indicator, approved=approve, reason=reason, user_id=by.user_id or 0)
        audit.record(by=by, action="planindicator.decide", subject=indicator.subject, approved=approve)


def decide_observation(*, by: Actor, observation: PlanObservation, approve: bool, reason: str = "") -> None:
    """Publish an observation that another wrote, or refuse it for a reason. Of a release it must say what that says.

    Raises `PlanRefused`.
    """
    with raised_as(PlanRefused), transaction.atomic():
        ObservationDecision.objects.create(
            observation=observation, approved=approve, reason=reason, user_id=by.user_id or 0
        )
        if approve and observation.release_id:
            figure = figure_of_release(observation.indicator, observation.release_id)
            if (figure.value, figure.is_least) != (observation.value, observation.is_least):
                raise PlanRefused(FIGURE_DIFFERS)
        audit.record(by=by, action="planobservation.decide", subject=observation.subject, approved=approve)


# Of each year the newest public release, where it offers the table of the indicator. An observation that was refused is none.
UNOBSERVED = """
WITH newest AS (
  SELECT DISTINCT ON (r.period) r.period::integer AS year, r.id FROM statistics_release r
  JOIN statistics_publication p ON p.release_id = r.id
  WHERE r.audience = 'public' AND r.period ~ '^[0-9]{4}$'
  AND NOT EXISTS (SELECT FROM statistics_withdrawal w WHERE w.release_id = r.id)
  ORDER BY r.period, r.as_of DESC, r.vintage DESC
)
SELECT i.id, i.label_da, i.label_en, n.year, n.id FROM plans_planindicator i
JOIN plans_indicatordecision d ON d.indicator_id = i.id AND d.approved
JOIN newest n ON n.year > i.baseline_year AND n.year <= i.due_year
WHERE i.source = 'COMPUTED' AND EXISTS (
  SELECT FROM (
    SELECT p.release_id, p.dataset, p.axes FROM statistics_publishedtable p WHERE p.offered
    UNION ALL SELECT s.release_id, s.dataset, s.axes FROM statistics_publishedsumtable s
  ) t
  WHERE t.release_id = n.id AND t.dataset = i.dataset
  AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(i.filters) k WHERE k <> 'quantity')
  IS NOT DISTINCT FROM (SELECT array_agg(k ORDER BY k) FROM unnest(string_to_array(t.axes, ',')) k)
) AND NOT EXISTS (
  SELECT FROM plans_planobservation o LEFT JOIN plans_observationdecision e ON e.observation_id = o.id
  WHERE o.indicator_id = i.id AND o.release_id = n.id AND e.approved IS NOT false
) ORDER BY n.year DESC, i.plan, i.code
"""


@dataclass(frozen=True, slots=True)
class UnobservedYear:
    """A year of an indicator, by its number, and the release that is to be observed."""

    indicator: int
    label: Text
    year: int
    release: str


def unobserved_years() -> list[UnobservedYear]:
    """What is to be observed, the newest year first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(UNOBSERVED)
        rows = cursor.fetchall()
    return [UnobservedYear(number, Text(da, en), year, release) for number, da, en, year, release in rows]
