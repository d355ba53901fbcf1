"""Staff pages on cases: unknown tokens, a person's records side by side, conflicts, and the decisions on them.

An address names a case by its id, never by its token. Everything runs with the web server's rights.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from cases.codelists.linking import ATTRIBUTE_REASON, LINK_REASON
from cases.linking import attributes, decide
from cases.linking.attributes import LISTS, person_of
from cases.linking.choices import LINKS
from cases.linking.conflicts import OF_MEETING, OF_PERSON, conflicts, contradictions, listing
from cases.linking.errors import LinkRefused
from cases.linking.forms import AttributeForm, FindForm, MergeForm, ReasonForm, SplitForm
from cases.linking.models import CaseLink, Kind, LinkDecision, RecordLink
from cases.linking.person import label, person
from cases.linking.words import FIND, FIRST, LABELS, MERGE, MOVED, SPLIT, UNDO, Question, reason_of, row
from cases.models import Case
from partners import audit
from partners.staff.screens import ReadOnly, actor
from partners.text import Text, say, short

MAY_DECIDE = "linking.decide_links"
MAY_VIEW = "linking.view_conflicts"
A_PAGE = 25


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """Cases without their tokens; the filter finds those that were opened by a token that nobody had issued."""

    list_display = ("called", "opened_at", "opened_by", "token_unknown", "test", "person")
    list_filter = ("token_unknown", "test")
    list_select_related = ("opened_by",)
    ordering = ("-opened_at",)
    change_list_template = "admin/cases/case/change_list.html"

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Who may see conflicts, and who decides on them."""
        return may(request, MAY_VIEW, MAY_DECIDE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Every case, with the case that stands for its person, where it is another."""
        link = CaseLink.objects.current().filter(case=OuterRef("pk")).values("person")
        rows: QuerySet[Case] = super().get_queryset(request).annotate(of=Subquery(link))
        return rows

    @admin.display(description=say("sag", "case"), ordering="id")
    def called(self, case: Case) -> str:
        """The case, which has no name."""
        return short(case.pk)

    @admin.display(description=say("person", "person"))
    def person(self, case: Case) -> str:
        """The case that stands for the person, where it is another."""
        of = cast(Any, case).of
        return short(of) if of else ""

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, and one for each page on cases."""
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
        """The person of a case: her cases with their tokens, the records of each, and what was decided of them."""
        allow(request, MAY_VIEW, MAY_DECIDE)
        found = get_case(uuid_of(object_id))
        who = person(found.pk)
        seen(request, who.id)
        torn = conflicts(contradictions(who.id))
        context = {
            "title": say(f"Person {short(who.id)}", f"Person {short(who.id)}"),
            "person": who,
            "conflicts": [row(each) for each in torn],
            "decisions": [(LINKS[each.kind], reason_of(LINK_REASON, each.reason_code), each) for each in who.decisions],
            "decided": [
                (LABELS[each.field], label(each.field, each.code), reason_of(ATTRIBUTE_REASON, each.reason_code), each)
                for each in who.attributes
            ],
            "may_decide": may(request, MAY_DECIDE),
        }
        return self.show(request, "admin/cases/case/person.html", context)

    def find(self, request: HttpRequest) -> HttpResponse:
        """Ask for a token; go to the case."""
        allow(request, MAY_VIEW, MAY_DECIDE)
        form = FindForm(request.POST or None)
        if form.is_valid():
            return to_case(form.cleaned_data["cases"][0].pk)
        return self.ask(request, form, FIND)

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Ask for the tokens of cases that are one person, and why."""
        allow(request, MAY_DECIDE)
        form = MergeForm(request.POST or None)
        if form.is_valid():
            cases, reason = [case.pk for case in form.cleaned_data["cases"]], form.cleaned_data["reason"]
            try:
                decide.merge(by=actor(request), cases=cases, reason_code=reason)
                return told(
                    request, cases[0], say("Sagerne er nu lagt sammen til én person.", "The cases are one person now.")
                )
            except LinkRefused as refused:
                messages.error(request, str(refused))
        return self.ask(request, form, MERGE)

    def split(self, request: HttpRequest, case: UUID) -> HttpResponse:
        """Ask which records of a case are another person's, and why."""
        allow(request, MAY_DECIDE)
        get_case(case)
        shown = next(each for each in person(case).cases if each.case.pk == case)
        seen(request, case)
        form = SplitForm(request.POST or None, records=shown.records)
        if form.is_valid():
            referrals, assessments = form.chosen()
            try:
                said = {"referrals": referrals, "assessments": assessments, "reason_code": form.cleaned_data["reason"]}
                _, new = decide.split(by=actor(request), case=case, **said)
                return told(request, new.pk, MOVED)
            except LinkRefused as refused:
                messages.error(request, str(refused))
        return self.ask(request, form, SPLIT, case)

    def undo(self, request: HttpRequest, decision: UUID) -> HttpResponse:
        """Ask why a decision no longer stands."""
        allow(request, MAY_DECIDE)
        made = LinkDecision.objects.filter(pk=decision).exclude(kind=str(Kind.UNDO)).first()
        if made is None:
            raise Http404
        case, form = case_of(made), ReasonForm(request.POST or None)
        if form.is_valid():
            try:
                decide.undo(by=actor(request), decision=decision, reason_code=form.cleaned_data["reason"])
                return told(request, case, say("Afgørelsen gælder ikke længere.", "The decision no longer stands."))
            except LinkRefused as refused:
                messages.error(request, str(refused))
        return self.ask(request, form, UNDO[made.kind], case)

    def attribute(self, request: HttpRequest, case: UUID, field: str) -> HttpResponse:
        """Ask what is true of a person, and why."""
        allow(request, MAY_DECIDE)
        get_case(case)
        if field not in LISTS:
            raise Http404
        attribute = LISTS[field].label
        form = AttributeForm(request.POST or None, field=field)
        if form.is_valid():
            said = {"field": field, "code": form.cleaned_data["code"], "reason_code": form.cleaned_data["reason"]}
            try:
                attributes.decide_attribute(by=actor(request), case=case, **said)
                return told(request, case, say(f"{attribute.da}: afgjort.", f"{attribute.en}: decided."))
            except LinkRefused as refused:
                messages.error(request, str(refused))
        seen(request, person_of(case))
        facts = [
            (", ".join(filter(None, source)), code)
            for each in conflicts([(person_of(case), field)])
            for code, *source in row(each)["values"]
        ]
        return self.ask(request, form, Question(Text(*attribute), FIRST), case, facts)

    def conflicts(self, request: HttpRequest) -> HttpResponse:
        """The conflicts of every attribute of a person, or of one, with their values side by side, a page at a time."""
        allow(request, MAY_VIEW, MAY_DECIDE)
        asked = request.GET.get("field")
        field = asked if asked in LABELS else None
        found = listing(field, page=number_of(request.GET.get("p", "1")), size=A_PAGE)
        shown = conflicts(found.pairs)
        for who in {each.person for each in shown}:
            seen(request, who)
        context = {
            "title": say("Modsigelser", "Conflicts"),
            "conflicts": [row(each) for each in shown],
            "found": found,
            "field": field,
            "every": sum(found.counts[name] for name in OF_PERSON),
            "of_person": [(name, LABELS[name], found.counts[name]) for name in OF_PERSON],
            "of_meeting": [(name, LABELS[name], found.counts[name]) for name in OF_MEETING],
            "next": found.page + 1 if found.page < found.pages else None,
            "may_decide": may(request, MAY_DECIDE),
        }
        return self.show(request, "admin/cases/case/conflicts.html", context)

    def ask(
        self,
        request: HttpRequest,
        form: forms.Form,
        question: Question,
        case: UUID | None = None,
        facts: list[tuple[str, str]] | None = None,
    ) -> TemplateResponse:
        """A page that asks; `case` is where Back leads."""
        back = reverse("admin:cases_case_changelist") if case is None else address(case)
        context = {"title": question.title, "warning": question.about, "facts": facts or [], "form": form, "back": back}
        return self.show(request, "admin/ask.html", {**context, "submit": question.title})

    def show(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        """A page of the admin."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)


def may(request: HttpRequest, *rights: str) -> bool:
    """Whether the user has one of these rights."""
    return any(request.user.has_perm(right) for right in rights)


def allow(request: HttpRequest, *rights: str) -> None:
    """Raise `PermissionDenied` for who has none of these rights."""
    if not may(request, *rights):
        raise PermissionDenied


def seen(request: HttpRequest, person: UUID) -> None:
    """Write down who has looked at a person's records. Of one who is erased the row names the tombstone."""
    audit.record(by=actor(request), action="case.view", subject=str(person))


def uuid_of(text: str) -> UUID:
    """The id in an address. Raises `Http404`."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def get_case(case: UUID) -> Case:
    """The case. Raises `Http404`."""
    found = Case.objects.filter(pk=case).first()
    if found is None:
        raise Http404
    return found


def case_of(decision: LinkDecision) -> UUID:
    """A case that a decision bears on: one that it merged, or the one that it split."""
    merged = decision.merged.order_by("case").first()
    if merged is not None:
        return merged.case_id
    moved = RecordLink.objects.filter(decision=decision).order_by("recorded_at", "pk").first()
    if moved is None:
        raise Http404  # everything that it bore on was erased
    case: UUID = moved.from_case_id
    return case


def number_of(text: str) -> int:
    """The number of a page, from 1; anything else is the first."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def address(case: UUID) -> str:
    """The page of a case."""
    return reverse("admin:cases_case_change", args=[case])


def to_case(case: UUID) -> HttpResponse:
    """Go to a case's page."""
    return HttpResponseRedirect(address(case))


def told(request: HttpRequest, case: UUID, what: object) -> HttpResponse:
    """Go to a case's page with a message, which names nobody."""
    messages.success(request, str(what))
    return to_case(case)
