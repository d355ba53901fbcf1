"""The screen of decisions on figures of others: one decides, seeing ours and theirs, and another confirms or refuses it.

Its forms refuse in words what the database would refuse.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.choices import flatten_choices
from django.utils.text import capfirst

from core.text import Text, lazily, say
from partners.staff.links import column, page_at
from partners.staff.lists import WordedFilter
from partners.staff.screens import SignedScreen, actor, length_in_words
from stats.choices import FACT_DECISIONS, words_of_fact
from stats.counting.notes import is_reason
from stats.errors import ReleaseRefused
from stats.models import CONFIRMED, INTERVAL, LONGEST_REASON, REFUSED, TAKEN_BACK, FactDecision
from stats.publishing.facts import known_facts
from stats.refusals import REFUSALS
from stats.staff import fact_decisions
from stats.staff.fact_decisions import Facts, may_decide
from stats.staff.grounds import check_visible
from stats.words import CONSTRAINTS, FACT_HELPS, FACT_WARNING, FIELDS, NO_DECISIONS, REFUSAL_HELP

LEAST_NEEDED = Text("Et interval skal have et mindste tal.", "An interval needs a least number.")
CROSSED = Text("Højst er mindre end mindst.", "At most is less than at least.")
NO_BOUNDS = Text("Kun et interval har grænser.", "Only an interval has bounds.")
NO_FACT = Text(
    "Intet tal, som andre har offentliggjort, har det navn.", "No figure that others published has that name."
)
CHOOSE_FACT = Text("Vælg et tal", "Choose a figure")
TOO_SHORT = CONSTRAINTS["factdecision_reason_told"]
NEAR = Text("Mener du:", "Do you mean:")


class FactField(forms.ChoiceField):
    """A choice among the figures that others have published, by their years. An unknown one is refused with those near it."""

    def validate(self, value: str) -> None:
        """Raises `ValidationError` for a name that no figure has."""
        forms.Field.validate(self, value)
        choices: Any = self.choices
        names: dict[str, str] = dict(flatten_choices(choices))
        if value not in names:
            near = "; ".join(str(names[name]) for name in get_close_matches(value, names))
            raise forms.ValidationError(f"{NO_FACT} {NEAR} {near}" if near else str(NO_FACT))


def fact_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """The figures that others have published by their years, the newest first; each in words, with its numbers."""
    numbers: dict[str, list[str]] = {}
    for fact in known_facts():
        number = str(fact.low) if fact.low == fact.high else f"{fact.low}–{fact.high}"
        numbers.setdefault(fact.id, []).append(number)
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, those in numbers.items():
        years = name.partition(";")[0]
        groups.setdefault(years, []).append((name, f"{words_of_fact(name)} ({', '.join(dict.fromkeys(those))})"))
    return [("", str(CHOOSE_FACT)), *((years, groups[years]) for years in sorted(groups, reverse=True))]


class FactForm(forms.ModelForm):
    """A decision on a fact. It refuses in words what the constraints of the table would refuse by their names."""

    fact = FactField(label=capfirst(lazily(FIELDS["fact"])), choices=fact_choices, help_text=lazily(FACT_HELPS["fact"]))

    def clean_reason(self) -> str:
        """The reason. Raises `ValidationError` where the second person could not see or understand it."""
        return check_reason(check_visible(self.cleaned_data["reason"]))

    def clean(self) -> dict[str, Any]:
        """The decision. An interval needs bounds in their order; no other decision has any."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        low, high = data["low"], data["high"]
        if data["decision"] != INTERVAL:
            for name in ("low", "high"):
                if data[name] is not None:
                    self.add_error(name, str(NO_BOUNDS))
        elif low is None:
            self.add_error("low", str(LEAST_NEEDED))
        elif high is not None and high < low:
            self.add_error("high", str(CROSSED))
        return data


class FactRefusalForm(forms.Form):
    """Why a second person refuses a decision."""

    reason = forms.CharField(
        label=capfirst(lazily(FIELDS["reason"])),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=length_in_words(lazily(REFUSAL_HELP), LONGEST_REASON),
    )

    def clean_reason(self) -> str:
        """The reason. Raises `ValidationError` where the first person could not see or understand it."""
        return check_reason(check_visible(self.cleaned_data["reason"]))


def check_reason(reason: str) -> str:
    """A reason as long as the table demands, and in words. Raises `ValidationError`."""
    if not is_reason(reason):
        raise forms.ValidationError(str(TOO_SHORT))
    return reason


class FactStateFilter(WordedFilter):
    """Filters decisions by whether they wait or hold."""

    choices_offered: ClassVar = {
        "waiting": (Text("venter på bekræftelse", "waiting for confirmation"), lambda: Q(end=None)),
        "confirmed": (Text("bekræftet", "confirmed"), lambda: Q(end__outcome=CONFIRMED)),
        "ended": (Text("afvist eller taget tilbage", "refused or taken back"), lambda: ~Q(end=None) & ~Q(end__outcome=CONFIRMED)),
    }  # fmt: skip


class FactAct(NamedTuple):
    """What somebody does about a decision that waits: its words, the effect, and what is said once it is done."""

    outcome: str
    words: Text
    warning: Text
    success: Text
    form: type[forms.Form] = forms.Form


ACTS = {
    "confirm": FactAct(
        CONFIRMED,
        Text("Bekræft afgørelsen", "Confirm the decision"),
        Text(
            "Afgørelsen gælder fra nu af og kan ikke fortrydes; kun en ny kan afløse den. Udkast, der allerede er dannet, "
            "skal bestilles igen.",
            "The decision holds from now on and cannot be undone; only another decision can replace it. Drafts that have been "
            "built already must be ordered again.",
        ),
        Text("Afgørelsen gælder nu.", "The decision holds now."),
    ),
    "refuse": FactAct(
        REFUSED,
        Text("Afvis afgørelsen", "Refuse the decision"),
        Text(
            "Afgørelsen kommer ikke til at gælde. Den, der afgjorde, ser begrundelsen og kan afgøre det på ny.",
            "The decision will not hold. Whoever decided sees the reason, and may decide anew.",
        ),
        Text("Afgørelsen er afvist.", "The decision is refused."),
        FactRefusalForm,
    ),
    "take-back": FactAct(
        TAKEN_BACK,
        Text("Tag afgørelsen tilbage", "Take the decision back"),
        Text("Afgørelsen kommer ikke til at gælde.", "The decision will not hold."),
        Text("Afgørelsen er taget tilbage.", "The decision is taken back."),
    ),
}


class FactDecisionScreen(SignedScreen):
    """What staff decided of figures that others have published and the records contradict."""

    form = FactForm
    change_form_template = "admin/statistics/fact.html"
    list_display = ("decided_at", "figure", "decision", "low", "high", "reason", "user", "state")
    ordering = ("-decided_at", "-pk")
    list_filter = (FactStateFilter, "decision")
    list_select_related = ("user", "end__user")
    helps = FACT_HELPS
    empty_words = NO_DECISIONS
    refusal_class = ReleaseRefused
    act = Text("Registrér en afgørelse", "Record a decision")
    warning = FACT_WARNING

    def get_fields(self, request: HttpRequest, obj: FactDecision | None = None) -> tuple[str, ...]:
        """The form; of a decision its content, with the figure in words."""
        content = ("decision", "low", "high", "reason")
        return ("fact", *content) if obj is None else ("figure", *content, "decided_at", "user", "state")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form, above it what is known of the figure that the address or the form names."""
        fact = request.POST.get("fact") or request.GET.get("fact", "")
        is_shown = request.method == "GET" and self.has_add_permission(request)
        page = {"comparison": self.compare(request, fact) if is_shown else [*fact_decisions.effects()]}
        return super().add_view(request, form_url, {**(extra_context or {}), **page})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A decision, with what it compares and what its reader may do about it."""
        row = self.get_object(request, object_id)
        page: dict[str, Any] = {}
        if isinstance(row, FactDecision) and self.has_view_permission(request, row):
            page = {"comparison": self.compare(request, row.fact, row.decision), "acts": acts_for(request, row)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **page})

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"request": request}) if obj is None else form

    def facts_to_add(self, form: Any) -> list[tuple[Any, str]]:
        """What was typed, and beside it the figure as published and as our records count it, and what the choice does."""
        data = form.cleaned_data
        return [*super().facts_to_add(form), *self.compare(form.request, data["fact"], data["decision"])]

    def compare(self, request: HttpRequest, fact: str, decision: str | None = None) -> Any:
        """What stands before a decision. Whoever opens the form without a figure is told what each choice does."""
        return fact_decisions.comparison(request.user, fact, decision) or [*fact_decisions.effects(decision)]

    @page_at("<int:pk>/end/<slug:act>/")
    def end(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Ask with everything that is compared; then do it. The decision's page says what is in the way."""
        if not may_decide(request.user):
            raise PermissionDenied
        if act not in ACTS:
            raise Http404
        decision, what = get_object_or_404(FactDecision.objects.select_related("user", "end__user"), pk=pk), ACTS[act]
        back = reverse("admin:statistics_factdecision_change", args=[pk])
        if what.outcome not in fact_decisions.outcomes_for(request.user, decision):
            code = "FACT_DECIDED_BY_SAME" if fact_decisions.end_of(decision) is None else "FACT_DECISION_ENDED"
            messages.error(request, str(REFUSALS[code]))
            return HttpResponseRedirect(back)
        form = what.form(request.POST or None)
        if not form.is_valid():
            return self.pose(request, self.question(request, decision, what, form, back))
        reason = form.cleaned_data.get("reason", "")
        end = partial(fact_decisions.end, by=actor(request), decision=decision, outcome=what.outcome, reason=reason)
        return self.carry_out(request, end, what.success, back)

    def question(
        self, request: HttpRequest, decision: FactDecision, what: FactAct, form: forms.Form, back: str
    ) -> dict[str, object]:
        """The page that asks before an act."""
        return {
            "title": Text(*(f"{each}?" for each in what.words)),
            "warning": what.warning,
            "facts": [*content_of(decision), *self.compare(request, decision.fact, decision.decision)],
            "form": form,
            "submit": what.words,
            "back": back,
        }

    figure = column(FIELDS["fact"], lambda decision: str(words_of_fact(decision.fact)), ordering="fact")
    state = column(FIELDS["state"], fact_decisions.state_in_words)


def acts_for(request: HttpRequest, decision: FactDecision) -> list[tuple[Text, str]]:
    """What the reader may do about a decision, each with its address."""
    outcomes = fact_decisions.outcomes_for(request.user, decision)
    return [
        (what.words, reverse("admin:statistics_factdecision_end", args=[decision.pk, act]))
        for act, what in ACTS.items()
        if what.outcome in outcomes
    ]


def content_of(decision: FactDecision) -> Facts:
    """A decision as who confirms it reads it."""
    return [
        (lazily(FIELDS["fact"]), words_of_fact(decision.fact)),
        (say("Afgørelse", "Decision"), f"{FACT_DECISIONS[decision.decision]}{fact_decisions.bounds(decision)}"),
        (lazily(FIELDS["reason"]), decision.reason),
        (say("Afgjort af", "Decided by"), decision.user),
    ]
