"""Staff pages of the register: the list with what is due first, a page for each request with its steps, and figures of the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases.months import today
from core.text import Text, number_in, say
from oversight.subject_requests import register
from oversight.subject_requests.choices import RequestAct
from oversight.subject_requests.deadlines import due_on
from oversight.subject_requests.forms import AnswerForm, ExtensionForm, IdentityForm, InformedForm, RequestForm
from oversight.subject_requests.models import SubjectRequest
from oversight.subject_requests.pages import (
    HEADS,
    TASKS,
    facts_of,
    figures_of,
    next_step,
    state_in_words,
    years_received,
)
from oversight.subject_requests.register import MAY_HANDLE, SOON, STATES, RegisterRefused, RequestState
from oversight.subject_requests.words import ADD_WARNING, KIND_HELP, LIFT, QUESTIONS, RECEIVED_HELP, task_on_data
from partners.staff.links import column, page_at
from partners.staff.lists import WordedFilter
from partners.staff.naming import day_of
from partners.staff.screens import SignedScreen, StaffList, actor

LIST, PERSON = "admin:subject_requests_subjectrequest_changelist", "admin:erased_tombstone_person"
LIFTING = "admin:erased_tombstone_lift"
ALL_OPEN = "ALL_OPEN"
DUE_FIRST = ("is_answered", "due", "id")
MAY_PRODUCE, MAY_ERASE, MAY_RESTRICT = "erased.produce_case", "erased.erase_case", "linking.restrict_case"
RESTRICTING = "RESTRICTING"


class DueFirst(StaffList):
    """The list of requests. Its heads show the order that it has: Django would show that of the model, which has no due dates."""

    def _get_default_ordering(self) -> tuple[str, ...]:
        return DUE_FIRST


def is_due_by(day: date) -> Q:
    """The condition of an open request that is due by a day."""
    return Q(is_answered=False, due__lte=day)


def days_from_now(days: int) -> date:
    """The day so many days from today."""
    return today() + timedelta(days=days)


class RegisterStateFilter(WordedFilter):
    """Filters requests by their state. Those that are open come together too."""

    choices_offered: ClassVar = {
        ALL_OPEN: (Text("alle åbne", "all open"), lambda: Q(is_answered=False)),
        RequestState.OVERDUE: (STATES[RequestState.OVERDUE], lambda: is_due_by(days_from_now(-1))),
        RequestState.SOON: (
            STATES[RequestState.SOON],
            lambda: is_due_by(days_from_now(SOON)) & ~is_due_by(days_from_now(-1)),
        ),
        RequestState.OPEN: (STATES[RequestState.OPEN], lambda: Q(is_answered=False) & ~is_due_by(days_from_now(SOON))),
        RequestState.ANSWERED: (STATES[RequestState.ANSWERED], lambda: Q(is_answered=True)),
        RESTRICTING: (Text("begrænsning gælder", "restriction holds"), lambda: Q(is_restricting=True)),
    }


@admin.register(SubjectRequest)
class SubjectRequestAdmin(SignedScreen):
    """Persons' requests. Those that are open come first, with the first due one above."""

    form = RequestForm
    fields = ("kind", "channel", "received_on")
    list_display = ("name", "state", "due", "received_on", "channel")
    list_filter = (RegisterStateFilter, "kind")
    change_list_template = "admin/subject_requests/subjectrequest/change_list.html"
    helps = {"received_on": RECEIVED_HELP, "kind": KIND_HELP}
    act = Text("Før en anmodning ind", "Enter a request")
    warning = ADD_WARNING

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubjectRequest]:
        """The requests with how far they are."""
        return register.requests()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Open requests first, by their due dates."""
        return DUE_FIRST

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        """The list whose heads say so."""
        return DueFirst

    name = column(say("anmodning", "request"), str, ordering="id")
    due = column(say("frist", "due"), lambda row: row.due, ordering="due")

    @admin.display(description=say("tilstand", "state"))
    def state(self, row: Any) -> str:
        """How far it is: how many days are left, or what was answered."""
        return state_in_words(row)

    def save_model(self, request: HttpRequest, obj: SubjectRequest, form: Any, change: bool) -> None:
        """Add the request with its due date."""
        obj.due_on = due_on(obj.received_on)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: SubjectRequest, post_url_continue: str | None = None) -> Any:
        """Go to the request, which says what comes next."""
        day = day_of(obj.due_on)
        words = Text(
            f"Anmodningen er registreret som nr. {obj.pk} og skal besvares senest {day}. "
            "Skriv nummeret på brevet: fortegnelsen har intet navn.",
            f"The request is registered as no. {obj.pk} and is due {day}. "
            "Write the number on the letter: the register has no name.",
        )
        messages.success(request, str(words))
        return HttpResponseRedirect(page_of(obj.pk))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A request: what it is, its steps, and what can be done about it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = existing(object_id)
        steps = list(register.steps_of(row))
        page = {
            "title": str(row),
            "next": next_step(row, {step.act for step in steps}),
            "facts": facts_of(row),
            "steps": steps,
            "acts": acts_on(request, row, {step.act for step in steps}),
            "tombstones": request.user.has_perm("erased.view_tombstone"),
        }
        return self.frame(request, "admin/subject_requests/subjectrequest/request.html", page)

    @page_at("<int:request_id>/identify/")
    def identify(self, request: HttpRequest, request_id: int) -> HttpResponse:
        """Ask how the identity was checked."""
        row, form = self.open_request(request, request_id), IdentityForm(request.POST or None)
        if form.is_valid() and take(request, register.identify, request_id=row.pk, **form.cleaned_data):
            return HttpResponseRedirect(page_of(row.pk))
        return self.ask(request, row, "identify", form)

    @page_at("<int:request_id>/extend/")
    def extend(self, request: HttpRequest, request_id: int) -> HttpResponse:
        """Ask why the time limit is extended."""
        row, form = self.open_request(request, request_id), ExtensionForm(request.POST or None)
        if form.is_valid() and take(
            request, register.extend, request_id=row.pk, received_on=row.received_on, **form.cleaned_data
        ):
            return HttpResponseRedirect(page_of(row.pk))
        return self.ask(request, row, "extend", form)

    @page_at("<int:request_id>/inform/")
    def inform(self, request: HttpRequest, request_id: int) -> HttpResponse:
        """Ask when the person was told that the restriction is going to be lifted."""
        row = self.open_request(request, request_id)
        form = InformedForm(request.POST or None, request=row, initial={"day": today()})
        if form.is_valid() and take(request, register.inform, request_id=row.pk, **form.cleaned_data):
            return HttpResponseRedirect(page_of(row.pk))
        return self.ask(request, row, "inform", form)

    @page_at("<int:request_id>/answer/")
    def answer(self, request: HttpRequest, request_id: int) -> HttpResponse:
        """Ask what was answered, and when."""
        row = self.open_request(request, request_id)
        acts = {step.act for step in register.steps_of(row)}
        form = AnswerForm(request.POST or None, request=row, acts=acts, initial={"day": today()})
        if form.is_valid() and take(request, register.answer, request_id=row.pk, **form.cleaned_data):
            return HttpResponseRedirect(page_of(row.pk))
        return self.ask(request, row, "answer", form)

    @page_at("figures/")
    def figures(self, request: HttpRequest) -> HttpResponse:
        """What was received and answered in a year; of a year that nobody knows, in the newest. Raises `PermissionDenied`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        years, text = years_received(), request.GET.get("year", "")
        year = next((each for each in years if str(each) == text), years[0])
        # Kinds are fewer than answers, and a page is higher than it is wide.
        kinds, counts = zip(*figures_of(register.requests_of_year(year)), strict=True)
        page = {
            "title": say(f"Anmodninger modtaget i {year}", f"Requests received in {year}"),
            "heads": kinds,
            "lines": [(head, each) for head, *each in zip(HEADS, *counts, strict=True)],
            "years": years,
            "year": year,
        }
        return self.frame(request, "admin/subject_requests/subjectrequest/figures.html", page)

    def open_request(self, request: HttpRequest, request_id: int) -> Any:
        """The request, of whoever may handle it. Raises `PermissionDenied`, `Http404`."""
        if not request.user.has_perm(MAY_HANDLE):
            raise PermissionDenied
        return existing(str(request_id))

    def ask(self, request: HttpRequest, row: SubjectRequest, act: str, form: forms.Form) -> HttpResponse:
        """The page that asks before a step."""
        title, warning = QUESTIONS[act]
        page = {
            "title": Text(f"{row}: {title.da.lower()}", f"{row}: {title.en.lower()}"),
            "warning": warning,
            "facts": facts_of(row),
            "form": form,
            "submit": title,
            "back": page_of(row.pk),
        }
        return self.pose(request, page)


def existing(object_id: str) -> Any:
    """The request of an address. Raises `Http404`."""
    row = register.requests().filter(pk=number_in(object_id)).first()
    if row is None:
        raise Http404
    return row


def page_of(request_id: int) -> str:
    return reverse("admin:subject_requests_subjectrequest_change", args=[request_id])


def take(request: HttpRequest, act: Callable[..., None], **detail: Any) -> bool:
    """Whether a step was taken. The next page says so, or why not."""
    try:
        act(by=actor(request), **detail)
    except RegisterRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, say("Det er skrevet ned.", "It is written down."))
    return True


def acts_on(request: HttpRequest, row: Any, acts: set[str]) -> list[tuple[Any, str]]:
    """What the reader may do about a request, the next one first: the answer, once the task is done.

    `acts`: those of its steps so far.
    """
    if not request.user.has_perm(MAY_HANDLE):
        return []
    offers = lifting_offers(request, row, acts)
    if row.is_answered:
        return offers
    return [*offers_before_answer(request, row, acts), *offers]


def lifting_offers(request: HttpRequest, row: Any, acts: set[str]) -> list[tuple[Any, str]]:
    """What leads to the end of a restriction that holds: the person is told, then somebody else lifts it."""
    if not row.is_restricting:
        return []
    if str(RequestAct.INFORMED) not in acts:
        return [(QUESTIONS["inform"][0], act_address("inform", row.pk))]
    is_other = not row.steps.filter(act=str(RequestAct.RESTRICTED), user_id=request.user.pk).exists()
    return [(LIFT, reverse(LIFTING, args=[row.pk]))] if is_other and request.user.has_perm(MAY_RESTRICT) else []


def offers_before_answer(request: HttpRequest, row: Any, acts: set[str]) -> list[tuple[Any, str]]:
    """What may be done about a request that is not answered yet, the next one first."""
    offers: list[tuple[Any, str]] = []
    if str(RequestAct.IDENTIFIED) not in acts:
        offers.append((QUESTIONS["identify"][0], act_address("identify", row.pk)))
    elif any(map(request.user.has_perm, (MAY_PRODUCE, MAY_ERASE, MAY_RESTRICT))):
        person = f"{reverse(PERSON)}?request={row.pk}"
        offers.append((task_on_data(row), person))
    offers.append((QUESTIONS["answer"][0], act_address("answer", row.pk)))
    if TASKS[row.kind][1] in acts:
        offers.reverse()
    if str(RequestAct.EXTENDED) not in acts and today() <= row.due_on:
        offers.append((QUESTIONS["extend"][0], act_address("extend", row.pk)))
    return offers


def act_address(act: str, request_id: int) -> str:
    return reverse(f"admin:subject_requests_subjectrequest_{act}", args=[request_id])
