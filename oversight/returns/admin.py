"""Staff pages: what was returned to partners and how it stands, looking a referral up, returning it, and settling answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases.linking.decisions import cases_of_person
from cases.linking.models import RecordLink
from cases.linking.pages import unless_restricted
from cases.linking.restriction import demand_open, open_references
from cases.models import Case, Referral
from cases.versions import Status
from core.text import lazily, number_in, say
from oversight.returns import inquiries
from oversight.returns.choices import REVIEWS, STATES, ReturnState
from oversight.returns.facts import answer_facts, changes_between, facts_of, facts_of_return
from oversight.returns.forms import AskForm, LookUpForm
from oversight.returns.inquiries import ReturnRefused
from oversight.returns.models import Return
from oversight.returns.words import (
    ASK,
    ASK_AGAIN,
    LOOK_UP,
    NONE_RETURNED,
    OVERDUE,
    SETTLE,
    TAKE_BACK,
    UNREVIEWED,
    StaffQuestion,
)
from partners import audit
from partners.staff.links import page_at
from partners.staff.lists import BY_PARTNER
from partners.staff.questions import is_answered, repeated_fields
from partners.staff.screens import ReadOnly, actor

MAY_ASK = "returns.ask_return"
LIST = "admin:returns_return_changelist"
# The version that the page showed.
SHOWN = "version"


class ReturnStateFilter(admin.SimpleListFilter):
    """Filters returns by how they stand."""

    title = say("status", "state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states, that the day has passed, and that nobody has looked at the answer."""
        states = [(str(state), lazily(words)) for state, words in STATES.items()]
        return [*states, ("OVERDUE", lazily(OVERDUE)), ("UNREVIEWED", lazily(UNREVIEWED))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The returns that stand so."""
        if self.value() == "OVERDUE":
            return queryset.filter(pk__in=Return.objects.overdue().values("pk"))
        if self.value() == "UNREVIEWED":
            return queryset.filter(pk__in=Return.objects.without_review().values("pk"))
        return queryset.filter(state=self.value()) if self.value() in set(ReturnState) else queryset


@admin.register(Return)
class ReturnAdmin(ReadOnly):
    """The list of returns, the latest first, and the pages on which they are made and taken back."""

    list_display = ("asked_at", "partner", "reason_code", "field", "state", "due", "asked_by")
    empty_words = NONE_RETURNED
    list_filter = (ReturnStateFilter, "reason_code", BY_PARTNER)
    list_select_related = ("partner", "asked_by", "review")
    ordering = ("-asked_at",)
    change_list_template = "admin/returns/return/change_list.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may return referrals."""
        return bool(request.user.has_perm(MAY_ASK))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Return]:
        rows: QuerySet[Return] = cast(Any, super().get_queryset(request)).filter(open_references()).with_state()
        return rows

    @admin.display(description=say("status", "state"))
    def state(self, inquiry: Return) -> str:
        """How it stands, in words."""
        state = str(OVERDUE if inquiry.is_overdue else STATES[ReturnState(inquiry.state)])
        review = getattr(inquiry, "review", None)
        return f"{state} ({str(REVIEWS[review.code]).lower()})" if review else state

    @unless_restricted
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One return: what was asked, what the referral said then and says now, and what may become of the answer."""
        self.require_right(request)
        inquiry = get_return(object_id)
        before, current = versions_of(inquiry)
        record_views(request, [current])
        stands = current.status != Status.WITHDRAWN
        has_answer = inquiry.state not in {ReturnState.OPEN, ReturnState.TAKEN_BACK} and not hasattr(inquiry, "review")
        context = {
            "title": say("Henvisning sendt retur", "Returned referral"),
            "facts": [*facts_of_return(inquiry), *answer_facts(inquiry, current)],
            "changes": changes_between(before, current),
            "current": current,
            "inquiry": inquiry,
            "is_open": inquiry.state == ReturnState.OPEN,
            "person": address_of_person(request, current),
            "settle": SETTLE if has_answer else None,
            "stands": stands,
            "ask_again": ASK_AGAIN if has_answer and stands else None,
        }
        return self.frame(request, "admin/returns/return/one.html", context)

    @page_at("find/")
    @unless_restricted
    def find(self, request: HttpRequest) -> HttpResponse:
        """Asks for a reference or a case token, and lists the referrals that it names."""
        self.require_right(request)
        form = LookUpForm(request.POST or None)
        records = form.cleaned_data["records"] if form.is_valid() else []
        record_views(request, records)
        page = {
            "title": LOOK_UP.title,
            "warning": LOOK_UP.note,
            "submit": LOOK_UP.title,
            "form": form,
            "back": reverse(LIST),
        }
        rows = [(each, each.status != Status.WITHDRAWN, address_of_person(request, each)) for each in records]
        return self.frame(request, "admin/returns/return/find.html", {**page, "records": rows})

    @page_at("ask/<uuid:version>/")
    @unless_restricted
    def ask(self, request: HttpRequest, version: UUID) -> HttpResponse:
        """Shows a referral, and asks why it is returned. It leads back to the person, for who may see persons."""
        self.require_right(request)
        shown = Referral.objects.filter(pk=version).select_related("partner", "case").first()
        if shown is None:
            raise Http404
        demand_open(case_of(shown))
        form, back = AskForm(request.POST or None), address_of_person(request, shown) or reverse(LIST)
        if form.is_valid():
            try:
                inquiries.ask(by=staff_of(request), shown=shown, **form.cleaned_data)
                return self.lead_on(request, say("Henvisningen er sendt retur.", "The referral is returned."), back)
            except ReturnRefused as refusal:
                messages.error(request, str(refusal))
        record_views(request, [shown])
        page = {"title": ASK.title, "warning": ASK.note, "facts": facts_of(shown), "form": form, "submit": ASK.title}
        return self.frame(request, "admin/ask.html", {**page, "back": back})

    @page_at("<uuid:key>/take-back/")
    @unless_restricted
    def take_back(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Takes a return back, after asking."""
        message = say("Spørgsmålet er trukket tilbage.", "The question is taken back.")
        return self.act(request, key, TAKE_BACK, inquiries.take_back, message)

    @page_at("<uuid:key>/settle/")
    @unless_restricted
    def settle(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Says that an answer settles the matter. The page of the return asks, so that its button does it."""
        return self.act(
            request, key, SETTLE, inquiries.settle, say("Spørgsmålet er afsluttet.", "The question is settled.")
        )

    @page_at("<uuid:key>/ask-again/")
    @unless_restricted
    def ask_again(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Asks the same again of the version that was shown. The page of the return asks, so that its button does it."""
        version = number_in(request.POST.get(SHOWN, "")) or 0
        ask = partial(inquiries.ask_again, version=version)
        return self.act(request, key, ASK_AGAIN, ask, say("Partneren er spurgt igen.", "The partner is asked again."))

    def act(
        self, request: HttpRequest, key: UUID, question: StaffQuestion, act: Callable[..., object], message: object
    ) -> HttpResponse:
        """Do something about a return (`act`), after asking, and lead to the list with what was done (`message`)."""
        self.require_right(request)
        inquiry = get_return(str(key))
        demand_open(case_of(versions_of(inquiry)[1]))
        if request.method == "POST" and is_answered(request):
            try:
                act(by=staff_of(request), inquiry=inquiry)
                return self.lead_on(request, message)
            except ReturnRefused as refusal:
                messages.error(request, str(refusal))
        page = {"title": question.title, "warning": question.note, "submit": question.title}
        shown = repeated_fields(request, SHOWN) or [(SHOWN, str(versions_of(inquiry)[1].version))]
        return self.pose(request, {**page, "facts": facts_of_return(inquiry), "back": reverse(LIST)}, shown)

    def require_right(self, request: HttpRequest) -> None:
        """Raise `PermissionDenied` for who may not return referrals."""
        if not self.has_view_permission(request):
            raise PermissionDenied

    def lead_on(self, request: HttpRequest, words: object, address: str = "") -> HttpResponse:
        """Lead to the list or another page, and say there what happened."""
        messages.success(request, str(words))
        return HttpResponseRedirect(address or reverse(LIST))


def staff_of(request: HttpRequest) -> User:
    """The member of staff. Raises `PermissionDenied`."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def get_return(key: str) -> Return:
    """The return that an address names, with its state. Raises `Http404`."""
    try:
        rows = Return.objects.with_state().select_related("partner", "asked_by", "end", "review__user")
        inquiry = rows.filter(pk=UUID(key)).first()
    except ValueError:
        inquiry = None
    if inquiry is None:
        raise Http404
    return inquiry


def versions_of(inquiry: Return) -> tuple[Referral, Referral]:
    """The version that was asked about, and the current one. Raises `Http404` where a person was erased meanwhile."""
    rows = Referral.objects.of(inquiry.partner_id).filter(reference=inquiry.reference)
    before, current = rows.filter(version=inquiry.version).first(), rows.current().first()
    if before is None or current is None:
        raise Http404
    return before, current


def address_of_person(request: HttpRequest, shown: Referral) -> str:
    """The page of the person to whom a referral belongs now; nothing for who may not see persons."""
    if not admin.site.get_model_admin(Case).has_view_permission(request):
        return ""
    return reverse("admin:cases_case_change", args=[case_of(shown)])


def case_of(shown: Referral) -> UUID:
    """The case on which a referral stands: another than its own where a split has moved it."""
    moves = RecordLink.objects.current().filter(from_case=shown.case_id, partner=shown.partner_id)
    return moves.filter(reference=shown.reference).values_list("case_id", flat=True).first() or shown.case_id


def record_views(request: HttpRequest, records: list[Referral]) -> None:
    """Write an audit row for each case of each person whose records the user has seen, as the pages on cases do.

    Raises `RestrictionHolds` where the processing of one of them is restricted.
    """
    demand_open(*map(case_of, records))
    for case in {case for each in records for case in cases_of_person(case_of(each))}:
        audit.record(by=actor(request), action="case.view", subject=str(case))
