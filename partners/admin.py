"""Admin screens of partners and their clients. Those of the secrets of clients are in `secret_screens`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_id_token_model,
    get_refresh_token_model,
)

import partners.audit_screens
import partners.secret_screens  # noqa: F401 (both register their screens)
from partners import audit, twins
from partners.access import requests
from partners.access.deciding import approvers, approvers_in_words, colleagues
from partners.models import Client, Partner, Secret
from partners.organisations.listing import AgreementFilter, FreeName, state_in_list, with_agreement
from partners.organisations.words import STATES
from partners.staff import partner_page
from partners.staff.filters import BY_PARTNER
from partners.staff.naming import NOTHING, day_of, scopes_in_words
from partners.staff.screens import Screen, actor
from partners.staff.subjects import name_of_client
from partners.staff.words import CLIENT_LEAD, OVERVIEW, PARTNER_HELPS, PARTNER_LEAD, TITLE
from partners.text import Text, in_one, lazily, say

# The toolkit registers its own screens, ours of `Client` among them; tokens are not to be looked at or added by hand.
for model in (Client, get_access_token_model(), get_grant_model(), get_id_token_model(), get_refresh_token_model()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


admin.site.site_header = admin.site.site_title = lazily(TITLE)
admin.site.index_title = lazily(OVERVIEW)

NO_LIVE_SECRET = Text("ingen", "none")
TEST_FIRST = say(
    "Partneren har også fået en testklient. Partnerens leder laver selv dens hemmelighed, og begynder med den.",
    "The partner has a test client, too. A manager of the partner makes its secret, and begins with it.",
)


@admin.register(Partner)
class PartnerAdmin(Screen):
    """Organisations. A partner is switched off, never deleted: its referrals stay."""

    list_display = ("whole_name", "kind", "mode", "active", "agreement")
    list_filter = ("kind", "mode", "active", AgreementFilter)
    search_fields = ("name", "umbrella")
    fields = ("name", "kind", "mode", "active", "reporting", "report_due_days", "reporting_since", "umbrella")
    helps = PARTNER_HELPS
    save_words = Text("Opret partneren", "Add the partner")

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        return False

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A select without an empty option where the field has a default."""
        return super().formfield_for_choice_field(
            db_field, request, choices=db_field.get_choices(include_blank=not db_field.has_default()), **kwargs
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Partner | None = None) -> tuple[str, ...]:
        """Kind and mode cannot change once the partner exists: its submissions are counted under them.

        It is renamed on a screen of its own, from a day on.
        """
        return () if obj is None else ("name", "kind", "mode")

    def lead(self, request: HttpRequest) -> str:
        """What comes after a new partner: its page says it step by step."""
        return str(PARTNER_LEAD)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page of a partner under its name: what to do next, what the rooms tell of it, and its form."""
        partner = context.get("original")
        if partner is not None:
            steps, sections = (
                partner_page.steps_of(partner, request.user),
                partner_page.sections_of(partner, request.user),
            )
            context = {**context, "steps": steps, "sections": sections}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Partner, post_url_continue: str | None = None) -> HttpResponse:
        """The page of the new partner, which says what to do next."""
        text = Text(
            f"{obj} er oprettet. Her står, hvad der skal gøres nu.", f"{obj} is added. Here is what to do next."
        )
        messages.success(request, str(text))
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.pk]))

    def response_post_save_change(self, request: HttpRequest, obj: Partner) -> HttpResponseRedirect:
        """Its page again, which says what the change leads to."""
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.pk]))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """The partners, each with the latest version of the agreement that it has confirmed (`agreed`)."""
        return with_agreement(super().get_queryset(request))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, in which a new partner takes no name that is planned for another one."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (FreeName, form), {})

    @admin.display(description=say("navn", "name"), ordering="name")
    def whole_name(self, partner: Partner) -> str:
        """Its name, which tells the twin in test mode from it."""
        return str(partner)

    @admin.display(description=say("aftale", "agreement"), ordering="agreed")
    def agreement(self, partner: Partner) -> str:
        """How it stands with the data-processing agreement."""
        state = state_in_list(partner)
        return str(STATES[state]) if state else NOTHING

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        """Save the partner with an audit row. Of an existing partner only the fields of the form are saved."""
        before = Partner.objects.values_list("umbrella", flat=True).filter(pk=obj.pk).first() or ""
        obj.save(update_fields=list(form.fields) if change else None)
        action = "partner.change" if change else "partner.add"
        audit.record(
            by=actor(request),
            action=action,
            subject=str(obj.pk),
            kind=obj.kind,
            mode=obj.mode,
            active=obj.active,
            **obj.calendar.as_details,
            **({"umbrella": obj.umbrella, "umbrella_before": before} if obj.umbrella != before else {}),
        )
        if not change and twins.add_twin(by=actor(request), partner=obj):
            messages.info(request, TEST_FIRST)
        if obj.umbrella:
            messages.info(request, under_one_umbrella(obj))


def under_one_umbrella(partner: Partner) -> str:
    """Who else is under a partner's umbrella, in words: a name that is spelt otherwise shows itself here.

    The organisation itself may be a partner, too.
    """
    same = Q(umbrella__iexact=partner.umbrella) | Q(name__iexact=partner.umbrella)
    others = Partner.objects.filter(same, mode=partner.mode).exclude(pk=partner.pk)
    names = ", ".join(others.values_list("name", flat=True))
    if not names:
        sentence = Text(
            f"Ingen anden partner har paraplyorganisationen {partner.umbrella}.",
            f"No other partner has the umbrella organisation {partner.umbrella}.",
        )
    else:
        sentence = Text(f"Under {partner.umbrella} er også: {names}.", f"Also under {partner.umbrella}: {names}.")
    return str(say(*sentence))


@admin.register(Client)
class ClientAdmin(Screen):
    """Clients of partners. One member of staff requests a client here, another approves it; the partner makes its secrets."""

    list_display = ("partner", "client_name", "secret_expires", "last_used")
    list_display_links = ("client_name",)
    list_select_related = ("partner",)
    ordering = ("partner__name", "partner__mode", "name")
    list_filter = (BY_PARTNER,)
    search_fields = ("client_id", "name", "partner__name")
    fields = ("partner", "name", "may", "client_id")
    save_words = Text("Bed om klienten", "Ask for the client")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Client]:
        """The clients, each with the end of its longest live secret (`secret_until`), and when one of its secrets was last used."""
        of_client = Secret.objects.filter(client=OuterRef("pk"))
        live = of_client.filter(revoked_at=None, expires_at__gt=timezone.now()).order_by("-expires_at")
        uses = of_client.filter(last_used_at__isnull=False).order_by("-last_used_at")
        of_secrets = {
            "secret_until": Subquery(live.values("expires_at")[:1]),
            "used_at": Subquery(uses.values("last_used_at")[:1]),
        }
        rows: QuerySet[Client] = super().get_queryset(request).annotate(**of_secrets)
        return rows

    def heading(self, row: Client) -> str:
        """The client by its partner and its own name, which people know."""
        return name_of_client(row)

    def lead(self, request: HttpRequest) -> str:
        """That two are needed, and who the other may be."""
        able = colleagues(request.user.pk, requests.MAY_ADD_CLIENT)
        return str(in_one(CLIENT_LEAD, approvers_in_words(able)))

    def get_readonly_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """Partner and scopes of a client cannot change. Its scopes follow from the partner's kind when it is made."""
        return ("client_id",) if obj is None else ("client_id", "partner", "may")

    def get_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """A new client gets the widest scopes of its partner's kind; they are shown afterwards."""
        return ("partner", "name") if obj is None else self.fields

    @admin.display(description=say("må", "may"))
    def may(self, client: Client) -> SafeString | str:
        """Its scopes in words."""
        return scopes_in_words(client.scopes)

    @admin.display(description=say("klientens navn", "name of the client"), ordering="name")
    def client_name(self, client: Client) -> str:
        """The name that people know; of a client that was given none its id."""
        return str(client.name or client.client_id)

    @admin.display(description=say("hemmelighed udløber", "secret expires"), ordering="secret_until")
    def secret_expires(self, client: Any) -> str:
        """When its longest live secret ends. The desk's client has none by itself, and nothing is missing of it."""
        return (
            str(NO_LIVE_SECRET) if client.secret_until is None and not client.is_desk else day_of(client.secret_until)
        )

    @admin.display(description=say("sidst brugt", "last used"), ordering="used_at")
    def last_used(self, client: Any) -> str:
        """The day on which one of its secrets was last used."""
        return day_of(client.used_at)

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """No: its versions carry it."""
        return False

    def save_model(self, request: HttpRequest, obj: Client, form: Any, change: bool) -> None:
        """Request a new client, or change the name of an existing one."""
        if not change:
            obj.access_request = requests.ask_client(by=actor(request), partner=obj.partner, name=obj.name)
            return
        obj.save(update_fields=["name", "updated"])
        audit.record(by=actor(request), action="client.change", subject=obj.client_id)

    def log_addition(self, request: HttpRequest, obj: Client, message: Any) -> Any:
        """Log nothing: nothing is added yet, and the audit holds the request."""

    def response_add(self, request: HttpRequest, obj: Client, post_url_continue: str | None = None) -> HttpResponse:
        """Go to the list in which the request waits."""
        sentence = Text(
            "Klienten skal godkendes af en anden medarbejder.", "Another member of staff must approve the client."
        )
        able = approvers_in_words(approvers(obj.access_request))
        messages.success(request, str(in_one(sentence, able)))
        return HttpResponseRedirect(f"{reverse('admin:partners_accessrequest_changelist')}?state=waiting")
