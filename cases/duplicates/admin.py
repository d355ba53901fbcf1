"""Staff pages: pairs that wait for a decision, with the two persons side by side, and the decisions made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cases.choices import NOT_CHOSEN
from cases.duplicates import comparison
from cases.duplicates.decisions import REASONS, decide
from cases.duplicates.evidence import likelihood, odds
from cases.duplicates.models import EVIDENCE, PAIR, PAIRS, Decision, Duplicate, DuplicateDecision
from cases.duplicates.words import FIELDS
from cases.linking.decisions import LinkRefused
from cases.linking.pages import may_see_cases, record_view, unless_restricted
from cases.linking.restriction import demand_open, open_cases
from core.text import Text, in_one, say, short
from partners.choices import choices_of
from partners.staff.links import column
from partners.staff.screens import ReadOnly, actor

MAY_DECIDE = "duplicates.decide_duplicates"
COMPARE = Text("Sammenlign", "Compare")
FIRST, SECOND = Text("Første person", "First person"), Text("Anden person", "Second person")
NEXT = Text("Her er det næste par.", "Here is the next pair.")
TWO_CASES = say("to sager", "two cases")
OPENED_BY = "opened_by"
NO_PAIRS = Text(
    "Ingen par venter på en afgørelse. Driften søger efter nye med kommandoen duplicates find.",
    "No pair waits for a decision. Operations look for new ones by the command duplicates find.",
)


def evidence_of(row: Duplicate | DuplicateDecision) -> str:
    """The reasons for which the two are candidates, in words."""
    return ", ".join(str(EVIDENCE[reason]) for reason in row.reasons)


class DecideForm(forms.Form):
    """A decision and its reason. Each decision has reasons of its own."""

    decision = forms.ChoiceField(
        label=say("Afgørelse", "Decision"), choices=choices_of(PAIRS), widget=forms.RadioSelect
    )
    reason_code = forms.ChoiceField(
        label=say("Begrundelse", "Reason"),
        choices=lambda: [
            NOT_CHOSEN,
            *((str(PAIRS[each]), choices_of({code.code: code.label for code in REASONS[each]})) for each in Decision),
        ],
    )


@admin.register(Duplicate)
class DuplicateAdmin(ReadOnly):
    """The list of undecided pairs, the likeliest first. `manage.py duplicates find` replaces it."""

    list_display = ("pair", "likelihood", OPENED_BY, "evidence", "found_at")
    list_display_links = ("pair",)
    list_select_related = ("case_a__opened_by", "case_b__opened_by")
    empty_words = NO_PAIRS

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may decide on pairs."""
        return bool(request.user.has_perm(MAY_DECIDE))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duplicate]:
        """The pairs, without those of persons whose processing is restricted."""
        rows: QuerySet[Duplicate] = super().get_queryset(request).filter(open_cases(*PAIR))
        return rows

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns: who opened the cases only for those who see cases."""
        sees = may_see_cases(request.user)
        return [each for each in super().get_list_display(request) if sees or each != OPENED_BY]

    opened_by = column(
        FIELDS[OPENED_BY], lambda duplicate: f"{duplicate.case_a.opened_by}, {duplicate.case_b.opened_by}"
    )
    # The text of the link to the pair: cases have no names, and their first digits tell pairs apart.
    pair = column(TWO_CASES, lambda duplicate: f"{COMPARE} {short(duplicate.case_a_id)}, {short(duplicate.case_b_id)}")
    likelihood = column(FIELDS["score"], lambda duplicate: str(likelihood(duplicate.score)), ordering="score")
    evidence = column(FIELDS["reasons"], evidence_of)

    @unless_restricted
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The two persons side by side, and the form of the decision."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pair = get_pair(object_id)
        demand_open(pair.case_a_id, pair.case_b_id)
        form = DecideForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                return self.store_decision(request, pair, **form.cleaned_data)
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        for case in (pair.case_a_id, pair.case_b_id):
            record_view(request, case)
        lines = comparison.side_by_side(pair.case_a_id, pair.case_b_id, (get_language() or "en")[:2])
        page = {
            "title": say("Én person eller to?", "One person or two?"),
            "likelihood": likelihood(pair.score),
            "odds": odds(pair.score),
            "persons": persons_of(request, pair),
            "evidence": evidence_of(pair),
            "lines": lines,
            "form": form,
            "back": list_url(),
        }
        return self.frame(request, "admin/duplicates/duplicate/compare.html", page)

    def store_decision(self, request: HttpRequest, pair: Duplicate, *, decision: str, reason_code: str) -> HttpResponse:
        """Store the decision and go on to the next pair, or from the last one to the list. Raises `LinkRefused`."""
        decide(by=actor(request), duplicate=pair.pk, decision=Decision(decision), reason_code=reason_code)
        words, onward = PAIRS[decision], next_pair(pair)
        outcome = Text(f"Afgjort: {words.da.lower()}.", f"Decided: {words.en.lower()}.")
        messages.success(request, str(in_one(outcome, NEXT) if onward else outcome))
        address = reverse("admin:duplicates_duplicate_change", args=[onward.pk]) if onward else list_url()
        return HttpResponseRedirect(address)


def get_pair(object_id: str) -> Duplicate:
    """The pair that an address names. Raises `Http404`."""
    try:
        pair = Duplicate.objects.filter(pk=UUID(object_id)).first()
    except ValueError:
        pair = None
    if pair is None:
        raise Http404
    return pair


def next_pair(pair: Duplicate) -> Duplicate | None:
    """The pair below this one in the list, which need not be there any more. None below the last one."""
    rows = Duplicate.objects.filter(open_cases(*PAIR))
    return rows.filter(Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk)).first()


def persons_of(request: HttpRequest, pair: Duplicate) -> list[tuple[str, str]]:
    """The two persons as the page and the list name them, each with the page of the case for those who may see it."""
    sees = may_see_cases(request.user)
    cases = ((FIRST, pair.case_a_id), (SECOND, pair.case_b_id))
    return [
        (f"{name} ({short(case)})", reverse("admin:cases_case_change", args=[case]) if sees else "")
        for name, case in cases
    ]


def list_url() -> str:
    return reverse("admin:duplicates_duplicate_changelist")


@admin.register(DuplicateDecision)
class DuplicateDecisionAdmin(ReadOnly):
    """The list of decisions on pairs, the latest first. A merge that followed from one is undone on the page of the person."""

    list_display = ("pair", "decided_at", "decision", "reason_code", "evidence", "likelihood", "user")
    list_filter = ("decision", "reason_code")
    empty_words = Text("Intet par er afgjort endnu.", "No pair has been decided yet.")
    list_select_related = ("user",)
    ordering = ("-decided_at",)
    fields = ("decided_at", "decision", "reason_code", "evidence", "likelihood", "user", "merge")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuplicateDecision]:
        """The decisions, without those on persons whose processing is restricted."""
        rows: QuerySet[DuplicateDecision] = super().get_queryset(request).filter(open_cases(*PAIR))
        return rows

    def get_fields(self, request: HttpRequest, obj: DuplicateDecision | None = None) -> tuple[str, ...]:
        """The decision, with the ways to the two cases for those who may see them."""
        sees = may_see_cases(request.user)
        return ("pair_linked" if sees else "pair", *self.fields)

    pair = column(TWO_CASES, lambda decision: f"{short(decision.case_a_id)}, {short(decision.case_b_id)}")

    @admin.display(description=TWO_CASES)
    def pair_linked(self, decision: DuplicateDecision) -> SafeString:
        cases = (decision.case_a_id, decision.case_b_id)
        links = ((reverse("admin:cases_case_change", args=(case,)), short(case)) for case in cases)
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    likelihood = column(FIELDS["score"], lambda decision: str(likelihood(decision.score)), ordering="score")
    evidence = column(FIELDS["reasons"], evidence_of)
