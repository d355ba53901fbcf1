"""Staff screens of confirmations, mandates, names and successions. A succession is decided by a second member of staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html

from partners.kinds import Mode
from partners.models import OPEN_ORGANISATIONS, Client, Partner
from partners.organisations import names, successions
from partners.organisations.models import AgreementConfirmation, Mandate, PartnerName, SuccessionRequest
from partners.organisations.names import RenamingRefused
from partners.organisations.successions import SuccessionRefused
from partners.people.models import Membership
from partners.staff.screens import ReadOnly, SignedScreen, actor
from partners.text import Text, say

STATES = {True: Text("godkendt", "approved"), False: Text("afvist", "refused"), None: Text("venter", "waits")}
ENDED = Text("udløbet", "expired")


@admin.register(AgreementConfirmation)
class AgreementConfirmationAdmin(ReadOnly):
    """Who has confirmed which version of the agreement, the latest first."""

    list_display = ("partner", "version", "user", "confirmed_at")
    list_filter = ("version",)
    list_select_related = ("partner", "user")
    fields = ("partner", "version", "digest", "user", "confirmed_at")


@admin.register(Mandate)
class MandateAdmin(ReadOnly):
    """Mandates, the latest first. Managers of the organisations give, accept and end them."""

    list_display = ("giver", "taker", "since", "until", "given_at", "acceptance_time", "end_time")
    list_select_related = ("giver", "taker", "acceptance", "end")
    fields = ("giver", "taker", "since", "until", "user", "given_at", "acceptance_time", "end_time")

    @admin.display(description=say("modtaget", "accepted"))
    def acceptance_time(self, mandate: Mandate) -> str:
        """When it was accepted."""
        row = getattr(mandate, "acceptance", None)
        return date_format(row.accepted_at, "DATETIME_FORMAT") if row else "-"

    @admin.display(description=say("ophævet", "ended"))
    def end_time(self, mandate: Mandate) -> str:
        """When it was ended."""
        row = getattr(mandate, "end", None)
        return date_format(row.ended_at, "DATETIME_FORMAT") if row else "-"


class PartnerNameForm(forms.ModelForm):
    """A new name of a live partner."""

    partner = forms.ModelChoiceField(Partner.objects.filter(mode=Mode.LIVE), label=say("Partner", "Partner"))

    class Meta:
        model = PartnerName
        fields = ("partner", "name", "since")

    def clean_name(self) -> str:
        """The name with single spaces."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        """Refuse a name that another partner has or is to have."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not names.is_free(data["name"], data["partner"]):
            self.add_error(
                "name", say("En anden organisation har navnet eller får det.", "Another organisation has it.")
            )
        return data


@admin.register(PartnerName)
class PartnerNameAdmin(SignedScreen):
    """Names by date. A new row renames its partner, today or on a day to come."""

    form = PartnerNameForm
    list_display = ("partner", "name", "since", "user", "recorded_at")
    list_select_related = ("partner", "user")
    fields = ("partner", "name", "since")
    warning = Text(
        "Partneren får det nye navn fra datoen, på alle sider og i alle svar. Rækken i testtilstand følger med. Henvisninger og "
        "revisionsspor nævner partneren ved dens id og ændres ikke. Navnet kan ikke ændres eller slettes, men et nyt kan følge.",
        "The partner has the new name from that date, on all pages and in all answers. Its row in test mode follows. Referrals and "
        "the audit name the partner by its id and do not change. The name cannot be changed or deleted, but another may follow.",
    )

    def save_model(self, request: HttpRequest, obj: PartnerName, form: Any, change: bool) -> None:
        """Rename the partner."""
        try:
            names.rename(by=actor(request), partner=obj.partner, name=obj.name, since=obj.since)
        except RenamingRefused as refusal:
            messages.error(request, str(refusal))
            return
        day = date_format(obj.since)
        messages.success(request, say(f"Partneren har navnet fra {day}.", f"The partner has the name from {day}."))

    def log_addition(self, request: HttpRequest, obj: PartnerName, message: Any) -> Any:
        """Log nothing: the audit holds the renaming."""

    def response_add(
        self, request: HttpRequest, obj: PartnerName, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The list."""
        return HttpResponseRedirect(reverse("admin:organisations_partnername_changelist"))


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
    list_display = ("asked_at", "old", "new", "since", "asked_by", "state")
    list_select_related = ("old", "new", "asked_by", "decision")
    helps = {
        "since": Text(
            "Den dag, organisationen lukker. Intet sker, før en anden medarbejder har godkendt det.",
            "The day on which the organisation closes. Nothing happens before another member of staff has approved it.",
        ),
    }
    warning = Text(
        "Når en anden medarbejder har godkendt det, kan den nye organisation læse og rette den gamles henvisninger. Den gamle "
        "lukkes: dens hemmeligheder, adgangstokens, invitationer og brugere slås fra. Det kan ikke fortrydes, og anmodningen kan "
        "ikke ændres eller slettes.",
        "Once another member of staff has approved this, the new organisation can read and correct the referrals of the old one. "
        "The old one closes: its secrets, tokens, invitations and people are switched off. This cannot be undone, and the request "
        "cannot be changed or deleted.",
    )

    def get_fields(self, request: HttpRequest, obj: SuccessionRequest | None = None) -> tuple[str, ...]:
        """Of a request also who asked, and the decision."""
        return ("old", "new", "since", *(("asked_by", "asked_at", "state", "decide") if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: SuccessionRequest | None = None) -> tuple[str, ...]:
        """What is computed."""
        return ("state", "decide") if obj else ()

    @admin.display(description=say("afgørelse", "decision"))
    def state(self, succession: SuccessionRequest) -> str:
        """Whether the request waits, has expired or was decided."""
        decision = getattr(succession, "decision", None)
        over = decision is None and not successions.waiting().filter(pk=succession.pk).exists()
        return str(ENDED if over else STATES[decision.approved if decision else None])

    @admin.display(description=say("godkend eller afvis", "approve or refuse"))
    def decide(self, succession: SuccessionRequest) -> str:
        """A link to the page of the decision."""
        if not successions.waiting().filter(pk=succession.pk).exists():
            return "-"
        return format_html('<a href="{}">{}</a>', decide_address(succession), say("Gå til afgørelsen", "Decide"))

    def save_model(self, request: HttpRequest, obj: SuccessionRequest, form: Any, change: bool) -> None:
        """Ask for the succession."""
        try:
            successions.ask(by=actor(request), old=obj.old, new=obj.new, since=obj.since)
        except SuccessionRefused as refusal:
            messages.error(request, str(refusal))
            return
        messages.success(
            request, say("En anden medarbejder skal godkende det.", "Another member of staff must approve it.")
        )

    def log_addition(self, request: HttpRequest, obj: SuccessionRequest, message: Any) -> Any:
        """Log nothing: the audit holds the request."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The list."""
        return HttpResponseRedirect(reverse("admin:organisations_successionrequest_changelist"))

    def get_urls(self) -> list[URLPattern]:
        """The addresses, with the page of the decision."""
        page = self.admin_site.admin_view(self.decision_page)
        own = path("<uuid:request_id>/decide/", page, name="organisations_successionrequest_decide")
        return [own, *super().get_urls()]

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
            **admin.site.each_context(request),
            "opts": self.opts,
            "title": say("Godkend eller afvis", "Approve or refuse"),
            "facts": facts(succession),
            "own": succession.asked_by_id == getattr(request.user, "pk", None),
            "back": reverse("admin:organisations_successionrequest_changelist"),
        }
        return TemplateResponse(request, "admin/access/decide.html", context, headers={"Cache-Control": "no-store"})


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
            (say("Oprettet", "Created"), date_format(partner.created_at)),
            (say("Klienter", "Clients"), Client.objects.filter(partner=partner).count()),
            (say("Brugere", "People"), Membership.objects.filter(partner=partner, user__is_active=True).count()),
        )
    ]
    rest = [
        (say("Fra", "From"), date_format(succession.since)),
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
