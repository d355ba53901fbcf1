"""Staff screens of action plans: statisticians write indicators and observations, and a second person publishes them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join

from cases.plans import shown, writing
from cases.plans.choices import COMPUTED, SOURCES
from cases.plans.forms import IndicatorForm, ObservationForm
from cases.plans.models import PlanIndicator, PlanObservation
from cases.plans.refusals import PlanRefused
from cases.plans.staff_words import (
    ACTS,
    INDICATOR_HELPS,
    INDICATOR_WARNING,
    LEAD,
    OBSERVATION_HELPS,
    OBSERVATION_WARNING,
    OUTCOMES,
    STATES,
    WAITS,
    WARNINGS,
)
from cases.plans.values import value_words
from partners.audit import Actor
from partners.staff.filters import WordedFilter
from partners.staff.naming import NOTHING
from partners.staff.screens import SignedScreen, actor
from partners.text import Text, say

MAY_PUBLISH = "plans.publish_plan"


class PlanStateFilter(WordedFilter):
    """Filters indicators and observations by their decision."""

    choices_offered: ClassVar = {
        "waiting": (STATES[None], lambda: Q(decision=None)),
        "published": (STATES[True], lambda: Q(decision__approved=True)),
        "refused": (STATES[False], lambda: Q(decision__approved=False)),
    }


class PlanScreen(SignedScreen):
    """What is written of plans: it waits until a second person publishes or refuses it. `decide` does that."""

    actions = ("publish", "refuse")
    warnings = WARNINGS
    decide: ClassVar[Any]

    def lead(self, request: HttpRequest) -> str:
        """That a second person is needed."""
        return str(LEAD)

    def acts_on(self, request: HttpRequest, row: Any) -> Collection[str]:
        """What waits is published or refused by whoever did not write it."""
        return ("publish", "refuse") if state_of(row) is None and row.user_id != request.user.pk else ()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the user may publish."""
        return bool(request.user.has_perm(MAY_PUBLISH))

    @admin.display(description=say("tilstand", "state"))
    def state(self, row: Any) -> str:
        """Whether it waits, or what was decided, and by whom."""
        words = str(STATES[state_of(row)])
        return words if state_of(row) is None else f"{words} ({row.decision.user})"

    @admin.action(description=ACTS["publish"], permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Publish each chosen row that waits."""
        self.decide_on(request, queryset, approve=True)

    @admin.action(description=ACTS["refuse"], permissions=["publish"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Refuse each chosen row that waits."""
        self.decide_on(request, queryset, approve=False)

    def decide_on(self, request: HttpRequest, rows: QuerySet[Any], *, approve: bool) -> None:
        """Decide on the rows that wait, and say what came of it."""
        number = 0
        for row in rows.filter(decision=None):
            try:
                type(self).decide(actor(request), row, approve)
                number += 1
            except PlanRefused as refusal:
                messages.error(request, ": ".join((str(row), str(refusal))))
        if number:
            messages.success(request, str(Text(*(each.format(number=number) for each in OUTCOMES[approve]))))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the row, which waits for its publication."""
        self.store(actor(request), obj)
        messages.info(request, str(WAITS))

    def store(self, by: Actor, row: Any) -> None:
        """Store a new row with its audit row."""
        raise NotImplementedError


def state_of(row: Any) -> bool | None:
    """What was decided of a row: None while it waits."""
    decision = getattr(row, "decision", None)
    return None if decision is None else bool(decision.approved)


@admin.register(PlanIndicator)
class PlanIndicatorAdmin(PlanScreen):
    """Indicators of plans."""

    form = IndicatorForm
    list_display = ("code", "plan", "name", "target", "source", "user", "state")
    list_filter = (PlanStateFilter, "plan", "source")
    list_select_related = ("user", "decision__user")
    helps = INDICATOR_HELPS
    act = Text("Skriv en indikator", "Write an indicator")
    warning = INDICATOR_WARNING
    decide: ClassVar[Any] = staticmethod(
        lambda by, row, approve: writing.decide_indicator(by=by, indicator=row, approve=approve)
    )

    def get_fields(self, request: HttpRequest, obj: PlanIndicator | None = None) -> tuple[str, ...]:
        """The form; of an indicator all that is said of it."""
        if obj is None:
            query = ("measure", "cell", "second_cell")
            path = ("unit", "baseline_year", "baseline_value", "direction", "target_value", "due_year")
            texts = ("label_da", "label_en", "definition_da", "definition_en")
            return ("of_area", "code", *texts, "source", *query, *path)
        return (
            "plan",
            "in_area",
            "code",
            "names",
            "definitions",
            "source",
            "query",
            "baseline",
            "target",
            "state",
            "user",
            "recorded_at",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: PlanIndicator | None = None) -> tuple[str, ...]:
        """What is computed."""
        return ("in_area", "names", "definitions", "query", "baseline", "target", "state") if obj else ()

    @admin.display(description=say("navn", "name"))
    def name(self, row: PlanIndicator) -> str:
        """What it is called."""
        return str(row.label)

    @admin.display(description=say("indsatsområde", "area"))
    def in_area(self, row: PlanIndicator) -> str:
        """Its area in words."""
        return f"{row.area}. {row.of_area.label}"

    @admin.display(description=say("navne", "names"))
    def names(self, row: PlanIndicator) -> str:
        """What it is called in both languages."""
        return both_of(row.label)

    @admin.display(description=say("definitioner", "definitions"))
    def definitions(self, row: PlanIndicator) -> str:
        """What it measures in both languages."""
        return both_of(row.definition)

    @admin.display(description=say("hvad der beregnes", "what is computed"))
    def query(self, row: PlanIndicator) -> str:
        """The cell that it is, or that it is typed in."""
        return str(in_words(shown.query_words, row)) or str(SOURCES[row.source])

    @admin.display(description=say("udgangspunkt", "baseline"))
    def baseline(self, row: PlanIndicator) -> str:
        """The baseline in words."""
        return str(in_words(shown.baseline_words, row))

    @admin.display(description=say("mål", "target"))
    def target(self, row: PlanIndicator) -> str:
        """The target in words."""
        return str(in_words(shown.target_words, row))

    def store(self, by: Actor, row: PlanIndicator) -> None:
        """Store a new indicator."""
        writing.add_indicator(by=by, indicator=row)


def both_of(text: Text) -> str:
    """A text that was written in both languages, each marked as what it is."""
    pairs = zip(Text._fields, text, strict=True)
    return format_html_join("", '<div lang="{}">{}</div>', pairs) if any(text) else NOTHING


def in_words(words: Any, row: PlanIndicator) -> Text:
    """Something of an indicator in both languages."""
    return Text(*(words(row, language) for language in Text._fields))


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
        lambda by, row, approve: writing.decide_observation(by=by, observation=row, approve=approve)
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
            "of_release",
            "sources",
            "state",
            "user",
            "recorded_at",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: PlanObservation | None = None) -> tuple[str, ...]:
        """What is computed."""
        return ("of_indicator", "shown_value", "of_release", "sources", "state") if obj else ()

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

    @admin.display(description=say("indikator", "indicator"), ordering="indicator")
    def of_indicator(self, row: PlanObservation) -> str:
        """Its indicator in words."""
        return str(row.indicator)

    @admin.display(description=say("værdi", "value"))
    def shown_value(self, row: PlanObservation) -> str:
        """The value with its unit, or that the release does not show it."""
        return str(Text(*(value_words(row.value, row.indicator.unit, language) for language in Text._fields)))

    @admin.display(description=say("udgivelse", "release"))
    def of_release(self, row: PlanObservation) -> str:
        """The id of the release; a dash where the value was typed in."""
        return row.release_id or NOTHING

    @admin.display(description=say("kilder", "sources"))
    def sources(self, row: PlanObservation) -> str:
        """Where a value that was typed in is from, in both languages."""
        return both_of(row.source)

    def store(self, by: Actor, row: PlanObservation) -> None:
        """Store a new observation."""
        writing.observe(by=by, observation=row)
