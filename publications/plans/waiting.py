"""What waits on the first page of the staff: what somebody else wrote, and what is to be observed; and the way there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from core.text import Text
from partners.staff import waiting
from partners.staff.lists import FOR_READER
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup
from publications.plans import observations
from publications.plans.models import PlanIndicator, PlanObservation


def indicators_for(user: User) -> WaitingRows:
    """The indicators that wait, and that the user did not write."""
    rows: QuerySet[Any] = PlanIndicator.objects.filter(decision=None).exclude(user=user).select_related("user")
    return waiting.newest(rows.order_by("recorded_at"), entry_of)


def observations_for(user: User) -> WaitingRows:
    """The observations that wait, and that the user did not write."""
    rows: QuerySet[Any] = PlanObservation.objects.filter(decision=None).exclude(user=user)
    rows = rows.select_related("user", "indicator").order_by("recorded_at")
    return waiting.newest(rows, entry_of)


def unobserved_entry(row: observations.UnobservedYear) -> WaitingEntry:
    """A year of an indicator, with its release, and the way to the form."""
    query = urlencode({"indicator": row.indicator, "year": row.year})
    return WaitingEntry(
        Text(*(f"{each}, {row.year}" for each in row.label)),
        Text(f"udgivelse {row.release}", f"release {row.release}"),
        f"{reverse('admin:plans_planobservation_add')}?{query}",
    )


def entry_of(row: Any) -> WaitingEntry:
    """A row with who wrote it and when."""
    day = day_of(row.recorded_at)
    note = Text(f"skrevet {day} af {row.user}", f"written {day} by {row.user}")
    return WaitingEntry(row, note)


waiting.add(
    "plan_indicators",
    Text("En indikator i en handlingsplan venter på udgivelse", "An indicator of an action plan waits to be published"),
    Text(
        "{number} indikatorer i handlingsplaner venter på udgivelse",
        "{number} indicators of action plans wait to be published",
    ),
    rights=["plans.publish_plan"],
    find=indicators_for,
    address=f"plans_planindicator_changelist?state={FOR_READER}",
)
waiting.add(
    "plan_observations",
    Text("En måling i en handlingsplan venter på udgivelse", "An observation of an action plan waits to be published"),
    Text(
        "{number} målinger i handlingsplaner venter på udgivelse",
        "{number} observations of action plans wait to be published",
    ),
    rights=["plans.publish_plan"],
    find=observations_for,
    address=f"plans_planobservation_changelist?state={FOR_READER}",
)
waiting.add(
    "plan_unobserved",
    Text("En indikator i en handlingsplan mangler en måling", "An indicator of an action plan lacks an observation"),
    Text(
        "{number} målinger af indikatorer i handlingsplaner mangler",
        "{number} observations of indicators of action plans are missing",
    ),
    rights=["plans.add_planobservation"],
    find=lambda _: waiting.first_of(observations.unobserved_years(), unobserved_entry),
    address="plans_planobservation_changelist",
)
waiting.lead(
    WayGroup.STATISTICS,
    Way(
        Text("Handlingsplanernes målinger", "Observations of action plans"),
        "plans.add_planobservation",
        "plans_planobservation_changelist",
    ),
)
