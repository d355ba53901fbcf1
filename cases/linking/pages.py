"""What the staff pages on cases share: the rights to them, the look that is written down, and the page of a question."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.linking.attributes import cases_of_person
from cases.linking.case_list import CaseList
from cases.linking.person_view import ShownCase
from cases.linking.words import Question
from cases.models import Case
from partners import audit
from partners.staff.screens import actor


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


def case_url(case: UUID) -> str:
    return reverse("admin:cases_case_change", args=[case])


def redirect_to_case(case: UUID) -> HttpResponse:
    return HttpResponseRedirect(case_url(case))


def redirect_with_message(request: HttpRequest, case: UUID, message: object) -> HttpResponse:
    """Redirect to a case's page with a message. The message names nobody."""
    messages.success(request, str(message))
    return redirect_to_case(case)
