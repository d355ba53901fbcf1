"""Staff screens of action plans: indicators and observations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join

from core.text import Text, say
from partners.audit import Actor
from partners.staff.links import column
from partners.staff.naming import NOTHING
from partners.staff.screens import actor
from publications.plans import observations, reading
from publications.plans.choices import COMPUTED, value_words
from publications.plans.forms import IndicatorForm, ObservationForm
from publications.plans.models import PlanIndicator, PlanObservation
from publications.plans.screens import PlanScreen, PlanStateFilter, both_of, in_words
from publications.plans.words import INDICATOR_HELPS, INDICATOR_WARNING, OBSERVATION_HELPS, OBSERVATION_WARNING

# The parts of the form of an indicator.
PARTS: tuple[tuple[Any, dict[str, tuple[str, ...]]], ...] = (
    (
        say("Hvad der måles", "What is measured"),
        {"fields": ("of_area", "code", "label_da", "label_en", "definition_da", "definition_en", "unit")},
    ),
    (
        say("Hvor målingerne er fra", "Where observations are from"),
        {"fields": ("source", "measure", "quantity", "cell", "second_cell")},
    ),
    (
        say("Udgangspunkt og mål", "Baseline and target"),
        {"fields": ("baseline_year", "baseline_value", "direction", "target_value", "due_year")},
    ),
)


@admin.register(PlanIndicator)
class PlanIndicatorAdmin(PlanScreen):
    """Indicators of plans."""

    form = IndicatorForm
    list_display = ("name", "code", "plan", "target", "source", "user", "state")
    list_filter = (PlanStateFilter, "plan", "source")
    list_select_related = ("user", "decision__user")
    helps = INDICATOR_HELPS
    act = Text("Skriv en indikator", "Write an indicator")
    warning = INDICATOR_WARNING
    decide: ClassVar[Any] = staticmethod(
        lambda by, row, **how: observations.decide_indicator(by=by, indicator=row, **how)
    )

    def get_fields(self, request: HttpRequest, obj: PlanIndicator | None = None) -> tuple[str, ...]:
        """The form; of an indicator all that is said of it."""
        if obj is None:
            return tuple(name for _, part in PARTS for name in part["fields"])
        return (
            "plan",
            "in_area",
            "code",
            "names",
            "definitions",
            "source",
            *(() if obj.is_typed_in else ("query",)),
            "baseline",
            "target",
            "state",
            "user",
            "recorded_at",
        )

    def get_fieldsets(self, request: HttpRequest, obj: PlanIndicator | None = None) -> Any:
        """The form in its parts."""
        return PARTS if obj is None else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: PlanIndicator | None = None) -> tuple[str, ...]:
        return ("in_area", "names", "definitions", "query", "baseline", "target", "state") if obj else ()

    name = column(say("navn", "name"), lambda row: str(row.label))
    in_area = column(say("indsatsområde", "area"), lambda row: f"{row.area}. {row.of_area.label}")
    names = column(say("navne", "names"), lambda row: both_of(row.label))
    definitions = column(say("definitioner", "definitions"), lambda row: both_of(row.definition))
    query = column(say("hvad der beregnes", "what is computed"), lambda row: str(in_words(reading.query_words, row)))
    baseline = column(say("udgangspunkt", "baseline"), lambda row: str(in_words(reading.baseline_words, row)))
    target = column(say("mål", "target"), lambda row: str(in_words(reading.target_words, row)))

    def store(self, by: Actor, row: PlanIndicator) -> None:
        observations.add_indicator(by=by, indicator=row)


@admin.register(PlanObservation)
class PlanObservationAdmin(PlanScreen):
    """Observations of indicators."""

    form = ObservationForm
    list_display = ("of_indicator", "year", "shown_value", "of_release", "user", "state")
    list_filter = (PlanStateFilter, "indicator__plan", "year")
    list_select_related = ("user", "decision__user", "indicator")
    ordering = ("-recorded_at", "-pk")
    helps = OBSERVATION_HELPS
    act = Text("Skriv en måling", "Write an observation")
    warning = OBSERVATION_WARNING
    decide: ClassVar[Any] = staticmethod(
        lambda by, row, **how: observations.decide_observation(by=by, observation=row, **how)
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": actor(request)}) if obj is None else form

    def get_fields(self, request: HttpRequest, obj: PlanObservation | None = None) -> tuple[str, ...]:
        """The form; of an observation all that is said of it."""
        if obj is None:
            return ("indicator", "year", "value", "source_da", "source_en")
        return (
            "of_indicator",
            "year",
            "shown_value",
            "sources" if obj.is_typed_in else "of_release",
            "definitions",
            *(() if obj.is_typed_in else ("query",)),
            "target",
            "others",
            "state",
            "user",
            "recorded_at",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: PlanObservation | None = None) -> tuple[str, ...]:
        """What is computed, and what its reader compares it with."""
        of_indicator = ("definitions", "query", "target", "others")
        return ("of_indicator", "shown_value", "of_release", "sources", *of_indicator, "state") if obj else ()

    def facts_to_add(self, form: ModelForm[Any]) -> list[tuple[Any, str]]:
        """The form, and of a computed indicator what its release says."""
        facts, row = super().facts_to_add(form), form.instance
        if row.indicator.source != COMPUTED:
            return facts
        return [
            *facts,
            (say("Udgivelse", "Release"), str(row.release_id)),
            (say("Værdi", "Value"), self.shown_value(row)),
        ]

    of_indicator = column(say("indikator", "indicator"), lambda row: str(row.indicator), ordering="indicator")

    @admin.display(description=say("værdi", "value"))
    def shown_value(self, row: PlanObservation) -> str:
        """The value with its unit, or that the release does not show it."""
        return str(
            Text(*(value_words(row.value, row.indicator.unit, language, row.is_least) for language in Text._fields))
        )

    # The id of the release; a dash where the value was typed in.
    of_release = column(say("udgivelse", "release"), lambda row: row.release_id or NOTHING)
    sources = column(say("kilder", "sources"), lambda row: both_of(row.source))
    definitions = column(say("definitioner", "definitions"), lambda row: both_of(row.indicator.definition))
    query = column(
        say("hvad der beregnes", "what is computed"), lambda row: str(in_words(reading.query_words, row.indicator))
    )
    target = column(say("mål", "target"), lambda row: str(in_words(reading.target_words, row.indicator)))

    @admin.display(description=say("andre målinger, som er udgivet", "other observations that are published"))
    def others(self, row: PlanObservation) -> str:
        """What else of its indicator is published, the newest first."""
        rows = (
            row.indicator.planobservation_set.filter(decision__approved=True)
            .exclude(pk=row.pk)
            .order_by("-year", "-pk")
        )
        lines = [(each.year, self.shown_value(each)) for each in rows.select_related("indicator")]
        return format_html_join("", "<div>{}: {}</div>", lines) if lines else NOTHING

    def store(self, by: Actor, row: PlanObservation) -> None:
        observations.observe(by=by, observation=row)
