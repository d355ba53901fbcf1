"""Staff pages on cases: unknown tokens, a person's records side by side, conflicts, and the decisions on them.

An address names a case by its id, never by its token. Every page runs with the rights of the web server's database role.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from cases.codelists.linking import ATTRIBUTE_REASON, LINK_REASON
from cases.linking import attributes, decide
from cases.linking.attributes import LISTS, cases_of_person, person_of
from cases.linking.case_list import CaseList
from cases.linking.choices import LINKS
from cases.linking.conflicts import conflicts, contradictions, listing
from cases.linking.errors import LinkRefused
from cases.linking.forms import AttributeForm, FindForm, MergeForm, ReasonForm, SplitForm
from cases.linking.models import LinkDecision, LinkDecisionKind, RecordLink
from cases.linking.person_view import ShownCase, label, person
from cases.linking.seeing import MAY_DECIDE, MAY_VIEW, may_see_cases
from cases.linking.words import (
    FIND,
    LABELS,
    MERGE,
    MOVED,
    PRECEDENCE,
    SPLIT,
    UNDO,
    VERIFIED,
    Question,
    conflict_row,
    list_parts,
    reason_of,
)
from cases.models import Case
from partners import audit
from partners.staff.screens import actor
from partners.text import Text, number_in, say, short

A_PAGE = 25
# The parameter of the address with which the list of conflicts shows the resolved ones too.
RESOLVED = "resolved"


@admin.register(Case)
class CaseAdmin(CaseList):
    """The list of cases, and the pages on which staff look and decide."""

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Whether the user may see conflicts or decide on them."""
        return may_see_cases(request.user)

    def get_urls(self) -> list[URLPattern]:
        """The admin's own addresses, and one for each page of this class."""
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "find": ("find/", self.find),
            "merge": ("merge/", self.merge),
            "conflicts": ("conflicts/", self.conflicts),
            "undo": ("decision/<uuid:decision>/undo/", self.undo),
            "split": ("<uuid:case>/split/", self.split),
            "attribute": ("<uuid:case>/attribute/<slug:field>/", self.attribute),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"cases_case_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

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
            "conflicts": [rows[field] for _, field in contradictions(who.id) if field in rows],
            "verified": [field for field, row in rows.items() if row["verified"]],
            "verified_words": VERIFIED,
            "decisions": [(LINKS[each.kind], reason_of(LINK_REASON, each.reason_code), each) for each in who.decisions],
            "attributes": [
                (LABELS[each.field], label(each.field, each.code), reason_of(ATTRIBUTE_REASON, each.reason_code), each)
                for each in who.attributes
            ],
            "may_decide": has_right(request, MAY_DECIDE),
        }
        return self.show(request, "admin/cases/case/person.html", context)

    def find(self, request: HttpRequest) -> HttpResponse:
        """Asks for a token and leads to its case."""
        require_right(request, MAY_VIEW, MAY_DECIDE)
        form = FindForm(request.POST or None)
        if form.is_valid():
            return redirect_to_case(form.cleaned_data["cases"][0].pk)
        return self.ask(request, form, FIND)

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Asks for the tokens of cases that are one person, and for the reason."""
        require_right(request, MAY_DECIDE)
        form = MergeForm(request.POST or None)
        if form.is_valid():
            cases, reason = [case.pk for case in form.cleaned_data["cases"]], form.cleaned_data["reason"]
            try:
                decide.merge(by=actor(request), cases=cases, reason_code=reason)
                return redirect_with_message(
                    request, cases[0], say("Sagerne er nu lagt sammen til én person.", "The cases are one person now.")
                )
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, MERGE)

    def split(self, request: HttpRequest, case: UUID) -> HttpResponse:
        """Asks which records of a case belong to another person, and for the reason."""
        require_right(request, MAY_DECIDE)
        get_case(case)
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
                _, new = decide.split(by=actor(request), case=case, **answers)
                return redirect_with_message(request, new.pk, MOVED)
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, SPLIT, case, section=section)

    def undo(self, request: HttpRequest, decision: UUID) -> HttpResponse:
        """Asks why a decision no longer stands."""
        require_right(request, MAY_DECIDE)
        original = LinkDecision.objects.filter(pk=decision).exclude(kind=str(LinkDecisionKind.UNDO)).first()
        if original is None:
            raise Http404
        case, form = case_of(original), ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                decide.undo(by=actor(request), decision=decision, reason_code=form.cleaned_data["reason"])
                return redirect_with_message(
                    request, case, say("Afgørelsen gælder ikke længere.", "The decision no longer stands.")
                )
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, UNDO[original.kind], case)

    def attribute(self, request: HttpRequest, case: UUID, field: str) -> HttpResponse:
        """Asks for the true value of an attribute of a person, and for the reason."""
        require_right(request, MAY_DECIDE)
        get_case(case)
        if field not in LISTS:
            raise Http404
        attribute, who = LISTS[field].label, person_of(case)
        conflicts_found = conflicts([(who, field)])
        is_verified = any(each.is_verified for each in conflicts_found)
        note = VERIFIED if is_verified else PRECEDENCE
        question = Question(Text(f"Afgør: {attribute.da}", f"Decide: {attribute.en}"), note)
        form = None if is_verified else AttributeForm(request.POST or None, field=field)
        if form is None and request.method == "POST":
            messages.error(request, str(VERIFIED))
        if form is not None and form.is_valid():
            answers = {"field": field, "code": form.cleaned_data["code"], "reason_code": form.cleaned_data["reason"]}
            try:
                attributes.decide_attribute(by=actor(request), case=case, **answers)
                return redirect_with_message(
                    request, case, say(f"{attribute.da}: afgjort.", f"{attribute.en}: decided.")
                )
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        record_view(request, who)
        values_said = [value for each in conflicts_found for value in conflict_row(each)["values"]]
        facts = [(", ".join(filter(None, source)), code) for code, *source in values_said]
        return self.ask(request, form, question, case, facts)

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
        return self.show(request, "admin/cases/case/conflicts.html", context)

    def ask(
        self,
        request: HttpRequest,
        form: forms.Form | None,
        question: Question,
        case: UUID | None = None,
        facts: list[tuple[str, str]] | None = None,
        section: ShownCase | None = None,
    ) -> TemplateResponse:
        """A page with a question and its form, below a case (`section`). Its Back leads to `case`, or to the list.

        Without a form it says why nothing is asked.
        """
        back = reverse("admin:cases_case_changelist") if case is None else case_url(case)
        context = {"title": question.title, "warning": question.note, "facts": facts or [], "form": form, "back": back}
        submit = question.title if form else None
        return self.show(request, "admin/cases/case/ask.html", {**context, "submit": submit, "section": section})

    def show(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        """A page with the admin's frame."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)


def has_right(request: HttpRequest, *rights: str) -> bool:
    """Whether the user has at least one of these rights."""
    return any(request.user.has_perm(right) for right in rights)


def require_right(request: HttpRequest, *rights: str) -> None:
    """Raise `PermissionDenied` where the user has none of these rights."""
    if not has_right(request, *rights):
        raise PermissionDenied


def record_view(request: HttpRequest, case: UUID) -> None:
    """Write an audit row for each case of a person: the user has seen it. An erasure puts the tombstone's id in its place."""
    for each in cases_of_person(case):
        audit.record(by=actor(request), action="case.view", subject=str(each))


def uuid_of(text: str) -> UUID:
    """The id in an address. Raises `Http404`."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def get_case(case: UUID) -> Case:
    """The case. Raises `Http404`."""
    case_found = Case.objects.filter(pk=case).first()
    if case_found is None:
        raise Http404
    return case_found


def case_of(decision: LinkDecision) -> UUID:
    """A case that a decision concerns: one that it merged, or the one that it split."""
    first_merge = decision.merged.order_by("case").first()
    if first_merge is not None:
        return first_merge.case_id
    first_move = RecordLink.objects.filter(decision=decision).order_by("recorded_at", "pk").first()
    if first_move is None:
        raise Http404  # every case that it concerned was erased
    case: UUID = first_move.from_case_id
    return case


def number_of(text: str) -> int:
    """The number of a page, from 1. Any other text means the first page."""
    return number_in(text) or 1


def case_url(case: UUID) -> str:
    """The page of a case."""
    return reverse("admin:cases_case_change", args=[case])


def redirect_to_case(case: UUID) -> HttpResponse:
    """Redirect to a case's page."""
    return HttpResponseRedirect(case_url(case))


def redirect_with_message(request: HttpRequest, case: UUID, message: object) -> HttpResponse:
    """Redirect to a case's page with a message. The message names nobody."""
    messages.success(request, str(message))
    return redirect_to_case(case)
