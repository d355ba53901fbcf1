"""Staff pages on cases: who sees them, what they share, the list of cases, and the page that merges.

What a merge confirms is what was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.errors import RestrictionHolds
from cases.linking import decisions
from cases.linking.decisions import LinkRefused, cases_of_person, person_of
from cases.linking.forms import MergeForm
from cases.linking.models import CaseLink
from cases.linking.person_view import ShownCase, ShownPerson, person
from cases.linking.restriction import demand_open, restriction_of_cases
from cases.linking.words import LOCK, MERGE, MERGE_SURE, MERGE_YES, MERGED, RESTRICTED, Question
from cases.models import Case
from cases.words import FIELDS
from core.text import say, short
from partners import audit
from partners.staff.links import column, page_at
from partners.staff.lists import PartnerFilter
from partners.staff.questions import ONWARD, is_edited, repeated_fields
from partners.staff.screens import ReadOnly, actor


class CaseList(ReadOnly):
    """The list of cases, without their tokens: real ones first, then those of test mode.

    A filter finds cases opened by a token that the centre had not issued.
    """

    list_display = ("short_id", "opened_at", "opened_by", "unknown", "in_test", "restriction", "person")
    list_filter = ("token_unknown", "test", ("opened_by", PartnerFilter))
    date_hierarchy = "opened_at"
    list_select_related = ("opened_by",)
    ordering = ("test", "-opened_at")
    change_list_template = "admin/cases/case/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Every case, with the case that stands for its person, where that is another, and whether she is restricted."""
        link = CaseLink.objects.current().filter(case=OuterRef("pk")).values("person")
        rows: QuerySet[Case] = (
            super().get_queryset(request).annotate(of=Subquery(link), is_restricted=restriction_of_cases())
        )
        return rows

    # The first digits of the id: a case has no name.
    short_id = column(say("sag", "case"), lambda case: short(case.pk), ordering="id")
    unknown = column(
        say("ukendt sagskode", "unknown token"),
        lambda case: str(say("ja", "yes")) if case.token_unknown else "",
        ordering="token_unknown",
    )
    in_test = column(FIELDS["test"], lambda case: "test" if case.test else "", ordering="test")

    @admin.display(description=say("behandling", "processing"))
    def restriction(self, case: Case) -> str:
        """Whether the processing of the person's data is restricted: her page tells nothing then."""
        return str(LOCK) if case.is_restricted else ""

    @admin.display(description=say("lagt sammen under", "merged into"))
    def person(self, case: Case) -> str:
        """The case that stands for the person, where that is another."""
        of = cast(Any, case).of
        return short(of) if of else ""


class CasePages(CaseList):
    """Pages in the admin's frame beside the list of cases."""

    def ask(
        self,
        request: HttpRequest,
        form: forms.Form | None,
        question: Question,
        case: UUID | None = None,
        facts: Iterable[tuple[object, object]] = (),
        sections: Iterable[ShownCase] = (),
        **further: object,
    ) -> TemplateResponse:
        """A page with a question and its form, below cases (`sections`). Its Back leads to `case`, or to the list.

        Without a form it says why nothing is asked; or it asks for a Yes, where `further` has the words of its button (`submit`).
        """
        context = {
            "title": question.title,
            "warning": question.note,
            "facts": [*facts],
            "form": form,
            "back": reverse("admin:cases_case_changelist") if case is None else case_url(case),
            "submit": question.title if form else None,
            "sections": [*sections],
        }
        return self.frame(request, "admin/cases/case/ask.html", {**context, **further})


def unless_restricted[**Rest](page: Callable[Rest, HttpResponse]) -> Callable[Rest, HttpResponse]:
    """A page of a person, which says so and tells nothing where the processing of her data is restricted."""

    @wraps(page)
    def show(*args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        screen, request = cast(tuple[ReadOnly, HttpRequest], args[:2])
        try:
            return page(*args, **kwargs)
        except RestrictionHolds:
            context = {"title": RESTRICTED.title, "note": RESTRICTED.note}
            response = screen.frame(request, "admin/cases/case/restricted.html", context)
            response.status_code = 423
            return response

    return show


def has_right(request: HttpRequest, *rights: str) -> bool:
    """Whether the user has at least one of these rights."""
    return any(request.user.has_perm(right) for right in rights)


def require_right(request: HttpRequest, *rights: str) -> None:
    """Raise `PermissionDenied` where the user has none of these rights."""
    if not has_right(request, *rights):
        raise PermissionDenied


def record_view(request: HttpRequest, case: UUID) -> None:
    """Write an audit row for each case of a person: the user has seen it. An erasure puts the tombstone's id in its place.

    Raises `RestrictionHolds` where the processing of the person's data is restricted: nobody sees it.
    """
    demand_open(case)
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


def case_url(case: UUID) -> str:
    return reverse("admin:cases_case_change", args=[case])


def redirect_to_case(case: UUID) -> HttpResponse:
    return HttpResponseRedirect(case_url(case))


def redirect_with_message(request: HttpRequest, case: UUID, message: object) -> HttpResponse:
    """Redirect to a case's page with a message. The message names nobody."""
    messages.success(request, str(message))
    return redirect_to_case(case)


MAY_DECIDE = "linking.decide_links"
MAY_VIEW = "linking.view_conflicts"
# Each of them is enough to see cases.
SEEING = (MAY_VIEW, MAY_DECIDE)


def may_see_cases(user: Any) -> bool:
    return any(user.has_perm(right) for right in SEEING)


# The digest of all that the question showed, in the body of the answer.
SHOWN = "shown"


class MergePages(CasePages):
    """The page on which cases are merged, which may begin with one of them."""

    @page_at("merge/")
    @page_at("<uuid:case>/merge/", "merge_with")
    @unless_restricted
    def merge(self, request: HttpRequest, case: UUID | None = None) -> HttpResponse:
        """Asks for cases that are one person and for the reason, then whether to merge what it shows of them."""
        require_right(request, MAY_DECIDE)
        if case is not None:
            get_case(case)
        if request.method != "POST" or is_edited(request):
            values = {name: request.POST[name] for name in MergeForm.base_fields if name in request.POST}
            initial = values or {"tokens": f"{short(case)}\n" if case else ""}
            return self.ask(request, MergeForm(initial=initial), MERGE, case, submit=ONWARD)
        form = MergeForm(request.POST)
        if form.is_valid():
            cases, reason = form.cleaned_data["cases"], form.cleaned_data["reason"]
            try:
                decisions.check_merge(cases)
                demand_open(*(each.pk for each in cases))
                persons = [person(who) for who in dict.fromkeys(person_of(each.pk) for each in cases)]
                if request.POST.get(SHOWN) != digest_of(persons):
                    return self.ask_whether(request, persons, case)
                decisions.merge(by=actor(request), cases=[each.pk for each in cases], reason_code=reason)
                return redirect_with_message(request, cases[0].pk, MERGED)
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, MERGE, case, submit=ONWARD)

    def ask_whether(self, request: HttpRequest, persons: list[ShownPerson], case: UUID | None) -> HttpResponse:
        """The persons of the cases with all of their records, and the question. Each look is written down."""
        for who in persons:
            record_view(request, who.id)
        return self.ask(
            request,
            None,
            MERGE_SURE,
            case,
            sections=[section for who in persons for section in who.cases],
            kept=[*repeated_fields(request, *MergeForm.base_fields), (SHOWN, digest_of(persons))],
            submit=MERGE_YES,
            editable=True,
        )


def digest_of(persons: Iterable[ShownPerson]) -> str:
    """The digest of what is shown of persons: another one where a case, a record or a version has come or gone."""
    sections = [section for who in persons for section in who.cases]
    cases = (str(section.case.pk) for section in sections)
    records = (f"{each.name} {each.version}" for section in sections for each in section.records)
    return sha256("\n".join(sorted((*cases, *records))).encode()).hexdigest()
