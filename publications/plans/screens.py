"""What the staff screens of action plans have in common: statisticians write a row, and a second person publishes or refuses it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from cases.choices import NOT_CHOSEN
from core.text import Text, say
from partners.audit import Actor
from partners.choices import choices_of
from partners.staff.lists import WordedFilter
from partners.staff.naming import NOTHING
from partners.staff.questions import is_answered
from partners.staff.screens import SignedScreen, actor
from publications.plans.choices import REFUSAL_REASONS
from publications.plans.models import PlanIndicator
from publications.plans.refusals import PlanRefused
from publications.plans.words import ACTS, LEAD, OF_TYPED_IN, OUTCOMES, STATES, WAITS, WARNINGS

MAY_PUBLISH = "plans.publish_plan"


class PlanStateFilter(WordedFilter):
    """Filters indicators and observations by their decision."""

    choices_offered: ClassVar = {
        "waiting": (STATES[None], lambda: Q(decision=None)),
        "published": (STATES[True], lambda: Q(decision__approved=True)),
        "refused": (STATES[False], lambda: Q(decision__approved=False)),
    }

    def waits_for(self, user: Any) -> Q:
        """What others wrote: nobody publishes the own words."""
        return Q(decision=None) & ~Q(user=user)


class RefusalForm(forms.Form):
    """Why something is refused."""

    reason = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=[NOT_CHOSEN, *choices_of(REFUSAL_REASONS)])


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

    def warning_of(self, action: str, rows: QuerySet[Any]) -> Text:
        """The effect; where a chosen row has values that were typed in, what these must not show."""
        is_of_typed_in = action == "publish" and any(row.is_typed_in for row in rows)
        return OF_TYPED_IN if is_of_typed_in else super().warning_of(action, rows)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the user may publish."""
        return bool(request.user.has_perm(MAY_PUBLISH))

    @admin.display(description=say("tilstand", "state"))
    def state(self, row: Any) -> str:
        """Whether it waits, or what was decided, and by whom."""
        words = str(STATES[state_of(row)])
        if state_of(row) is None:
            return words
        reason = f". {REFUSAL_REASONS[row.decision.reason]}" if row.decision.reason else ""
        return f"{words} ({row.decision.user}){reason}"

    def form_of_action(self, action: str, request: HttpRequest) -> forms.Form | None:
        """The reason, where something is refused."""
        return RefusalForm(request.POST if is_answered(request) else None) if action == "refuse" else None

    @admin.action(description=ACTS["publish"], permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Publish each chosen row that waits."""
        self.decide_on(request, queryset, approve=True)

    @admin.action(description=ACTS["refuse"], permissions=["publish"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Refuse each chosen row that waits."""
        self.decide_on(request, queryset, approve=False, reason=request.POST["reason"])

    def decide_on(self, request: HttpRequest, rows: QuerySet[Any], *, approve: bool, reason: str = "") -> None:
        """Decide on the rows that wait, and say what came of it."""
        number = 0
        for row in rows.filter(decision=None):
            try:
                type(self).decide(actor(request), row, approve=approve, reason=reason)
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


def both_of(text: Text) -> str:
    """A text that was written in both languages, each marked as what it is."""
    pairs = zip(Text._fields, text, strict=True)
    return format_html_join("", '<div lang="{}">{}</div>', pairs) if any(text) else NOTHING


def in_words(words: Any, row: PlanIndicator) -> Text:
    """Something of an indicator in both languages."""
    return Text(*(words(row, language) for language in Text._fields))
