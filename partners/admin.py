"""Admin screens of the clients of partners. Partners and the secrets of clients have modules of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_id_token_model,
    get_refresh_token_model,
)

from core.text import Text, in_one, lazily, say
from partners import audit, audit_screens, partner_screen, secret_screens  # noqa: F401 (screens register themselves)
from partners.access import requests
from partners.access.deciding import approvers, approvers_in_words, colleagues, with_withdrawal
from partners.models import Client, Secret
from partners.staff.filters import BY_PARTNER
from partners.staff.links import column
from partners.staff.naming import day_of, scopes_in_words
from partners.staff.screens import Screen, actor
from partners.staff.subjects import name_of_client, own_name_of
from partners.staff.words import CLIENT_LEAD, CLIENTS_LEAD, OVERVIEW, TITLE

# The toolkit registers its own screens, ours of `Client` among them; tokens are not to be looked at or added by hand.
for model in (Client, get_access_token_model(), get_grant_model(), get_id_token_model(), get_refresh_token_model()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


admin.site.site_header = admin.site.site_title = lazily(TITLE)
admin.site.index_title = lazily(OVERVIEW)

NO_LIVE_SECRET = Text("ingen", "none")


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

    def list_lead(self, request: HttpRequest) -> Text:
        return CLIENTS_LEAD

    def get_readonly_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """Partner and scopes of a client cannot change. Its scopes follow from the partner's kind when it is made."""
        return ("client_id",) if obj is None else ("client_id", "partner", "may")

    def get_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """A new client gets the widest scopes of its partner's kind; they are shown afterwards."""
        return ("partner", "name") if obj is None else self.fields

    may = column(say("må", "may"), lambda client: scopes_in_words(client.scopes))
    client_name = column(say("klientens navn", "name of the client"), own_name_of, ordering="name")

    @admin.display(description=say("API-nøgle udløber", "secret expires"), ordering="secret_until")
    def secret_expires(self, client: Any) -> str:
        """When its longest live secret ends. The desk's client has none by itself, and nothing is missing of it."""
        return (
            str(NO_LIVE_SECRET) if client.secret_until is None and not client.is_desk else day_of(client.secret_until)
        )

    last_used = column(say("sidst brugt", "last used"), lambda client: day_of(client.used_at), ordering="used_at")

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

    def response_add(self, request: HttpRequest, obj: Client, post_url_continue: str | None = None) -> HttpResponse:
        """Go to the list in which the request waits."""
        sentence = Text(
            "Klienten skal godkendes af en anden medarbejder.", "Another member of staff must approve the client."
        )
        able = approvers_in_words(approvers(obj.access_request))
        address = reverse("admin:partners_accessrequest_decide", args=[obj.access_request.pk])
        messages.success(request, with_withdrawal(in_one(sentence, able), address))
        return HttpResponseRedirect(f"{reverse('admin:partners_accessrequest_changelist')}?state=waiting")
