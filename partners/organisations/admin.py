"""Staff screens of confirmations, mandates and names. Those of successions are in `succession_screens`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format

import partners.organisations.succession_screens  # noqa: F401 (its screen registers itself)
from core.text import Text, say
from partners.kinds import Mode
from partners.models import Partner
from partners.organisations import mandates, names
from partners.organisations.models import AgreementConfirmation, Mandate, PartnerName
from partners.organisations.names import RenamingRefused
from partners.staff.links import column
from partners.staff.lists import BY_PARTNER
from partners.staff.naming import moment_of
from partners.staff.screens import ReadOnly, SignedScreen, actor

MANDATES_LEAD = Text(
    "Med en fuldmagt indberetter en partner på vegne af en anden. Partnernes ledere giver, modtager og ophæver den selv på deres "
    "konto.",
    "With a mandate a partner reports on behalf of another. Managers of the partners give, accept and end it themselves on their "
    "account.",
)


@admin.register(AgreementConfirmation)
class AgreementConfirmationAdmin(ReadOnly):
    """Who has confirmed which version of the agreement, the latest first."""

    list_display = ("partner", "kind", "version", "user", "confirmed_at")
    list_filter = ("kind", "version", BY_PARTNER)
    list_select_related = ("partner", "user")
    fields = ("partner", "kind", "version", "digest", "user", "confirmed_at")

    def heading(self, row: AgreementConfirmation) -> str:
        return f"{row.partner}, {row.get_kind_display()}, version {row.version}"


@admin.register(Mandate)
class MandateAdmin(ReadOnly):
    """Mandates, the latest first. Managers of the organisations give, accept and end them."""

    list_display = ("giver", "taker", "state", "since", "until", "given_at", "acceptance_time", "end_time")
    list_select_related = ("giver", "taker", "acceptance", "end")
    fields = ("giver", "taker", "state", "since", "until", "user", "given_at", "acceptance_time", "end_time")
    empty_words = Text("Ingen partner indberetter for en anden.", "No partner reports for another.")

    def list_lead(self, request: HttpRequest) -> Text:
        """What a mandate is, and who gives it."""
        return MANDATES_LEAD

    state = column(say("tilstand", "state"), lambda mandate: str(mandates.words_of_state(mandate)))

    @admin.display(description=say("modtaget", "accepted"))
    def acceptance_time(self, mandate: Mandate) -> str:
        """When it was accepted."""
        row = getattr(mandate, "acceptance", None)
        return moment_of(row.accepted_at if row else None)

    @admin.display(description=say("ophævet", "ended"))
    def end_time(self, mandate: Mandate) -> str:
        row = getattr(mandate, "end", None)
        return moment_of(row.ended_at if row else None)


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
    empty_words = Text("Ingen partner har skiftet navn.", "No partner has changed its name.")
    act = Text("Giv en partner et nyt navn", "Rename a partner")
    list_filter = (BY_PARTNER,)
    list_select_related = ("partner", "user")
    fields = ("partner", "name", "since")
    warning = Text(
        "Partneren får det nye navn fra datoen, på alle sider og i alle svar. Rækken i testtilstand følger med. Henvisninger og "
        "revisionsspor nævner partneren ved dens id og ændres ikke. Navnet kan ikke ændres eller slettes, men et nyt kan følge.",
        "The partner has the new name from that date, on all pages and in all answers. Its row in test mode follows. Referrals and "
        "the audit name the partner by its id and do not change. The name cannot be changed or deleted, but another may follow.",
    )

    def save_model(self, request: HttpRequest, obj: PartnerName, form: Any, change: bool) -> None:
        try:
            names.rename(by=actor(request), partner=obj.partner, name=obj.name, since=obj.since)
        except RenamingRefused as refusal:
            messages.error(request, str(refusal))
            return
        day = date_format(obj.since)
        messages.success(request, say(f"Partneren har navnet fra {day}.", f"The partner has the name from {day}."))

    def response_add(
        self, request: HttpRequest, obj: PartnerName, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page of the partner, which has its names."""
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.partner_id]))
