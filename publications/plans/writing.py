"""Observing indicators, and deciding on what others wrote: the database checks who, this what a release says."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from core.refusals import raised_as
from core.text import NO_TEXT, Text
from partners import audit
from partners.audit import Actor
from publications.plans import figures
from publications.plans.choices import COMPUTED
from publications.plans.models import IndicatorDecision, ObservationDecision, PlanIndicator, PlanObservation
from publications.plans.refusals import FIGURE_DIFFERS, PlanRefused


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
    figure = figures.newest(indicator, year)
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
            figure = figures.of_release(observation.indicator, observation.release_id)
            if (figure.value, figure.is_least) != (observation.value, observation.is_least):
                raise PlanRefused(FIGURE_DIFFERS)
        audit.record(by=by, action="planobservation.decide", subject=observation.subject, approved=approve)
