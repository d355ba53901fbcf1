"""Staff pages on cases: unknown tokens, a person's records side by side, conflicts, and the decisions on them.

An address names a case by its id, never by its token. Every page runs with the rights of the web server's database role.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases.codelists.staff import ATTRIBUTE_REASON, LINK_REASON
from cases.linking import decisions
from cases.linking.conflicts import conflicts, contradictions, listing, next_unresolved
from cases.linking.decisions import LISTS, LinkRefused, cases_named, person_of
from cases.linking.forms import AttributeForm, FindForm, SplitForm, UndoForm
from cases.linking.models import LINKS, LinkDecision, LinkDecisionKind
from cases.linking.pages import (
    MAY_DECIDE,
    MAY_VIEW,
    MergePages,
    get_case,
    has_right,
    may_see_cases,
    record_view,
    redirect_to_case,
    redirect_with_message,
    require_right,
    unless_restricted,
    uuid_of,
)
from cases.linking.person_view import label, person
from cases.linking.restriction import demand_open
from cases.linking.words import (
    COMMAND_WORDS,
    FIND,
    LABELS,
    MOVED,
    NEXT,
    PRECEDENCE,
    UNDO,
    VERIFIED,
    Question,
    case_of,
    cases_in_words,
    conflict_row,
    facts_of_decision,
    list_parts,
    reason_of,
    split_question,
)
from cases.models import Case
from core.text import Text, in_one, number_in, say, short
from partners.staff.links import page_at
from partners.staff.screens import actor

A_PAGE = 25
# The parameter of the address with which the list of conflicts shows the resolved ones too.
RESOLVED = "resolved"


@admin.register(Case)
class CaseAdmin(MergePages):
    """The list of cases, and the pages on which staff look and decide."""

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Whether the user may see conflicts or decide on them."""
        return may_see_cases(request.user)

    @unless_restricted
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The person of a case: the cases with their tokens, the records of each, and the decisions on them."""
        require_right(request, MAY_VIEW, MAY_DECIDE)
        who = person(get_case(uuid_of(object_id)).pk)
        record_view(request, who.id)
        rows = {each.field: conflict_row(each) for each in conflicts([(who.id, field) for field in LABELS])}
        context = {
            "title": say(f"Person {short(who.id)}", f"Person {short(who.id)}"),
            "person": who,
            "command": COMMAND_WORDS,
            "conflicts": [rows[field] for _, field in contradictions(who.id) if field in rows],
            "verified": [field for field, row in rows.items() if row["verified"]],
            "verified_words": VERIFIED,
            "decisions": [
                (LINKS[each.kind], cases_in_words(each), reason_of(LINK_REASON, each.reason_code), each)
                for each in who.decisions
            ],
            "attributes": [
                (LABELS[each.field], label(each.field, each.code), reason_of(ATTRIBUTE_REASON, each.reason_code), each)
                for each in who.attributes
            ],
            "may_decide": has_right(request, MAY_DECIDE),
        }
        return self.frame(request, "admin/cases/case/person.html", context)

    @page_at("find/")
    def find(self, request: HttpRequest) -> HttpResponse:
        """Asks for a token and leads to its case."""
        require_right(request, MAY_VIEW, MAY_DECIDE)
        form = FindForm(request.POST or None)
        if form.is_valid():
            return redirect_to_case(form.cleaned_data["cases"][0].pk)
        return self.ask(request, form, FIND)

    @page_at("<uuid:case>/split/")
    @unless_restricted
    def split(self, request: HttpRequest, case: UUID) -> HttpResponse:
        """Asks which records of a case belong to another person, and for the reason."""
        require_right(request, MAY_DECIDE)
        get_case(case)
        demand_open(case)
        section = next(each for each in person(case).cases if each.case.pk == case)
        record_view(request, case)
        form = SplitForm(request.POST or None, records=section.records)
        if form.is_valid():
            referrals, assessments = form.selection()
            try:
                answers = {
                    "referrals": referrals,
                    "assessments": assessments,
                    "reason_code": form.cleaned_data["reason"],
                }
                _, new = decisions.split(by=actor(request), case=case, **answers)
                return redirect_with_message(request, new.pk, MOVED)
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, split_question(case), case, sections=[section])

    @page_at("decision/<uuid:decision>/undo/")
    @unless_restricted
    def undo(self, request: HttpRequest, decision: UUID) -> HttpResponse:
        """Says what a decision was, and asks why it no longer stands."""
        require_right(request, MAY_DECIDE)
        original = LinkDecision.objects.filter(pk=decision).exclude(kind=str(LinkDecisionKind.UNDO)).first()
        if original is None:
            raise Http404
        demand_open(*cases_named(original))
        case, form = case_of(original), UndoForm(request.POST or None, kind=LinkDecisionKind(original.kind))
        if form.is_valid():
            try:
                decisions.undo(by=actor(request), decision=decision, reason_code=form.cleaned_data["reason"])
                return redirect_with_message(
                    request, case, say("Afgørelsen gælder ikke længere.", "The decision no longer stands.")
                )
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, UNDO[original.kind], case, facts_of_decision(original))

    @page_at("<uuid:case>/attribute/<slug:field>/")
    @unless_restricted
    def attribute(self, request: HttpRequest, case: UUID, field: str) -> HttpResponse:
        """Asks for the true value of an attribute of a person, and for the reason."""
        require_right(request, MAY_DECIDE)
        get_case(case)
        if field not in LISTS:
            raise Http404
        demand_open(case)
        attribute, who = LISTS[field].label, person_of(case)
        conflicts_found = conflicts([(who, field)])
        is_verified = any(each.is_verified for each in conflicts_found)
        note = VERIFIED if is_verified else PRECEDENCE
        title = Text(
            f"Afgør for person {short(who)}: {attribute.da}", f"Decide for person {short(who)}: {attribute.en}"
        )
        form = None if is_verified else AttributeForm(request.POST or None, field=field)
        if form is None and request.method == "POST":
            messages.error(request, str(VERIFIED))
        if form is not None and form.is_valid():
            answers = {"field": field, "code": form.cleaned_data["code"], "reason_code": form.cleaned_data["reason"]}
            try:
                decisions.decide_attribute(by=actor(request), case=case, **answers)
                return redirect_to_next(
                    request, (who, field), Text(f"{attribute.da}: afgjort.", f"{attribute.en}: decided.")
                )
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        record_view(request, who)
        values_said = [value for each in conflicts_found for value in conflict_row(each)["values"]]
        facts = [(", ".join(filter(None, source)), code) for code, *source in values_said]
        return self.ask(request, form, Question(title, note), case, facts)

    @page_at("conflicts/")
    def conflicts(self, request: HttpRequest) -> HttpResponse:
        """A page of conflicts, of one attribute or of every attribute of a person, with the values side by side.

        It shows those that wait for a decision; the resolved ones too where the address says so.
        """
        require_right(request, MAY_VIEW, MAY_DECIDE)
        name = request.GET.get("field")
        field = name if name in LABELS else None
        with_resolved = RESOLVED in request.GET
        conflict_list = listing(field, page=number_of(request.GET.get("p", "1")), size=A_PAGE, resolved=with_resolved)
        rows = conflicts(conflict_list.pairs)
        for who in {each.person for each in rows}:
            record_view(request, who)
        context = {
            "title": say("Modsigelser", "Conflicts"),
            "conflicts": [conflict_row(each) for each in rows],
            **list_parts(conflict_list, with_resolved),
            "field": field,
            "may_decide": has_right(request, MAY_DECIDE),
        }
        return self.frame(request, "admin/cases/case/conflicts.html", context)


def redirect_to_next(request: HttpRequest, pair: tuple[UUID, str], message: Text) -> HttpResponse:
    """Lead on to a conflict that waits, or to the person where none does."""
    onward = next_unresolved(*pair)
    if onward is None:
        return redirect_with_message(request, pair[0], message)
    messages.success(request, str(in_one(message, NEXT)))
    return HttpResponseRedirect(reverse("admin:cases_case_attribute", args=onward))


def number_of(text: str) -> int:
    """The number of a page, from 1. Any other text means the first page."""
    return number_in(text) or 1
