"""Staff screens of successions: one member of staff asks, and a second one decides."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from core.text import Text, in_one, say
from partners.access.approvers import (
    ENDED,
    OPEN_REQUEST,
    STATES,
    ApprovingRule,
    ListOfWaiting,
    approvers_in_words,
    colleagues,
    state_in_words,
    with_withdrawal,
)
from partners.models import OPEN_ORGANISATIONS, Client, Partner
from partners.organisations import successions
from partners.organisations.models import SuccessionRequest
from partners.organisations.successions import MAY_ASK, SuccessionRefused
from partners.people.models import Membership
from partners.staff.links import page_at
from partners.staff.lists import WordedFilter
from partners.staff.naming import NOTHING, day_of
from partners.staff.screens import SignedScreen, actor

LEAD = Text(
    "Du beder om det, og en anden medarbejder godkender det inden syv dage. Så lukkes den ene organisation for altid.",
    "You ask for it, and another member of staff approves it within seven days. Then the one organisation closes for good.",
)


class SuccessionStateFilter(WordedFilter):
    """Filters successions by their decision."""

    choices_offered: ClassVar = {
        "waiting": (STATES[None], lambda: Q(pk__in=successions.waiting().values("pk"))),
        "approved": (STATES[True], lambda: Q(decision__approved=True)),
        "refused": (STATES[False], lambda: Q(decision__approved=False)),
        "expired": (ENDED, lambda: Q(decision=None) & ~Q(pk__in=successions.waiting().values("pk"))),
    }

    def waits_for(self, user: Any) -> Q:
        """What others asked for: nobody approves the own request."""
        return Q(pk__in=successions.waiting().values("pk")) & ~Q(asked_by=user)


class SuccessionForm(forms.ModelForm):
    """Which live partner takes over the records of which other one."""

    old = forms.ModelChoiceField(Partner.objects.filter(OPEN_ORGANISATIONS), label=say("Lukkes", "Closes"))
    new = forms.ModelChoiceField(
        Partner.objects.filter(OPEN_ORGANISATIONS),
        label=say("Viderefører", "Succeeds"),
    )

    class Meta:
        model = SuccessionRequest
        fields = ("old", "new", "since")

    def clean(self) -> dict[str, Any]:
        """Refuse what the database would refuse once it is approved."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                successions.check(data["old"], data["new"], data["since"])
            except SuccessionRefused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return data


@admin.register(SuccessionRequest)
class SuccessionRequestAdmin(SignedScreen):
    """Successions: one member of staff asks, another decides on a page of its own."""

    form = SuccessionForm
    list_display = ("old", "new", "since", "asked_by", "asked_at", "state", "decide")
    empty_words = Text("Ingen partner videreføres af en anden.", "No partner is succeeded by another.")
    list_filter = (SuccessionStateFilter,)
    list_select_related = ("old", "new", "asked_by", "decision")
    act = Text("Bed om en videreførelse", "Ask for a succession")
    helps = {
        "since": Text(
            "Den dag, organisationen lukker. Intet sker, før en anden medarbejder har godkendt det.",
            "The day on which the organisation closes. Nothing happens before another member of staff has approved it.",
        ),
    }
    warning = Text(
        "Når en anden medarbejder har godkendt det, kan den nye organisation læse og rette den gamles henvisninger. Den gamle "
        "lukkes: dens API-nøgler, adgangstokens og invitationer ophører, og dens brugeres adgang lukkes. Det kan ikke "
        "fortrydes, og anmodningen kan ikke ændres eller slettes.",
        "Once another member of staff has approved this, the new organisation can read and correct the referrals of the old one. "
        "The old one closes: its secrets, tokens, invitations and people are switched off. This cannot be undone, and the request "
        "cannot be changed or deleted.",
    )

    def lead(self, request: HttpRequest) -> str:
        """That two are needed, what comes of it, and who the other may be."""
        return str(in_one(LEAD, approvers_in_words(colleagues(request.user.pk, MAY_ASK))))

    def get_fields(self, request: HttpRequest, obj: SuccessionRequest | None = None) -> tuple[str, ...]:
        """Of a request also who asked, and the decision."""
        return ("old", "new", "since", *(("asked_by", "asked_at", "state", "decide") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: SuccessionRequest | None = None) -> tuple[str, ...]:
        return ("state", "decide") if obj else ()

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return ListOfWaiting

    def rule_for(self, succession: SuccessionRequest) -> ApprovingRule | None:
        """What it takes to approve a succession that waits."""
        return ApprovingRule(MAY_ASK) if successions.is_waiting(succession) else None

    @admin.display(description=say("afgørelse", "decision"))
    def state(self, succession: Any) -> str:
        """Whether the request waits and for whom, has expired or was decided. Of a row of the list that is known."""
        if not hasattr(succession, "able"):
            succession.able = approvers_of(succession) if successions.is_waiting(succession) else None
        return state_in_words(getattr(succession, "decision", None), succession.able)

    @admin.display(description=say("handling", "action"))
    def decide(self, succession: SuccessionRequest) -> str:
        """A link to the page on which another decides, or who asked withdraws."""
        if not successions.is_waiting(succession):
            return NOTHING
        return format_html('<a href="{}">{}</a>', decide_address(succession), OPEN_REQUEST)

    def save_model(self, request: HttpRequest, obj: SuccessionRequest, form: Any, change: bool) -> None:
        """Ask for the succession, and say who may approve it, for which there are seven days."""
        try:
            request_row = successions.ask(by=actor(request), old=obj.old, new=obj.new, since=obj.since)
        except SuccessionRefused as refusal:
            messages.error(request, str(refusal))
            return
        waits = Text("Anmodningen venter i syv dage.", "The request waits for seven days.")
        sentence = in_one(approvers_in_words(approvers_of(request_row)), waits)
        messages.success(request, with_withdrawal(sentence, decide_address(request_row)))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The page of the partner that is to close, which says that the request waits."""
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.old_id]))

    @page_at("<uuid:request_id>/decide/", "decide")
    def decision_page(self, request: HttpRequest, request_id: UUID) -> HttpResponse:
        """Show what is requested with two buttons; then decide."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        succession = successions.waiting().select_related("old", "new", "asked_by").filter(pk=request_id).first()
        if succession is None:
            raise Http404
        if request.method == "POST":
            return decide_request(request, succession, approve="approve" in request.POST)
        context = {
            "title": say("Godkend eller afvis", "Approve or refuse"),
            "facts": facts(succession),
            "own": succession.asked_by_id == (who := getattr(request.user, "pk", None)),
            "approves": (able := approvers_of(succession)).filter(pk=who or 0).exists(),
            "refuses": request.user.has_perm(MAY_ASK) or succession.asked_by_id == who,
            "approvers": approvers_in_words(able),
            "back": reverse("admin:organisations_successionrequest_changelist"),
        }
        response = self.frame(request, "admin/access/decide.html", context)
        response["Cache-Control"] = "no-store"
        return response


def approvers_of(succession: SuccessionRequest) -> QuerySet[User]:
    """The others who may approve a succession."""
    return colleagues(succession.asked_by_id, MAY_ASK)


def decide_address(succession: SuccessionRequest) -> str:
    """The page of a decision."""
    return reverse("admin:organisations_successionrequest_decide", args=(succession.pk,))


def facts(succession: SuccessionRequest) -> list[tuple[Any, Any]]:
    """What is requested, with what tells the two organisations from others, and what it does."""
    of_two = [
        row
        for title, partner in (
            (say("Lukkes", "Closes"), succession.old),
            (say("Viderefører", "Succeeds"), succession.new),
        )
        for row in (
            (title, partner),
            (say("Type", "Kind"), partner.get_kind_display()),
            (say("Oprettet", "Created"), day_of(partner.created_at)),
            (say("Klienter", "Clients"), Client.objects.filter(partner=partner).count()),
            (say("Brugere", "People"), Membership.objects.filter(partner=partner, user__is_active=True).count()),
        )
    ]
    rest = [
        (say("Fra", "From"), day_of(succession.since)),
        (say("Bedt om af", "Asked for by"), succession.asked_by),
    ]
    return [*of_two, *rest, (say("Virkning", "Effect"), str(SuccessionRequestAdmin.warning))]


def decide_request(request: HttpRequest, succession: SuccessionRequest, *, approve: bool) -> HttpResponse:
    """Decide on a request, and say what happened."""
    try:
        successions.decide(by=actor(request), request=succession, approve=approve)
    except SuccessionRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(decide_address(succession))
    words = (
        say("Organisationen er lukket og videreført.", "The organisation is closed and succeeded.")
        if approve
        else say("Afvist.", "Refused.")
    )
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:organisations_successionrequest_changelist"))
