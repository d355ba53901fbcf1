"""Admin screens of the clients of partners and of their secrets. No secret is shown. Partners have a screen of their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
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
from partners import audit, credentials
from partners.access import requests
from partners.access.approvers import approvers, approvers_in_words, colleagues, with_withdrawal
from partners.models import Client, Secret
from partners.screens import events, partner  # noqa: F401 (screens register themselves)
from partners.staff.links import column
from partners.staff.lists import BY_PARTNER, WordedFilter
from partners.staff.naming import day_of, scopes_in_words
from partners.staff.screens import ReadOnly, Screen, actor
from partners.staff.subjects import name_of_client, own_name_of
from partners.staff.words import CLIENT_LEAD, CLIENTS_LEAD, OVERVIEW, SECRET_WARNINGS, SECRETS_LEAD, TITLE
from partners.waiting import ending_secrets

MAY_END = "partners.end_secret"


def ends_soon() -> Q:
    """The condition of a secret that is on the first page: the last one of its client, and it ends within 30 days."""
    return Q(pk__in=ending_secrets().values("pk"))


class SecretStateFilter(WordedFilter):
    """Filters secrets by whether they can be used."""

    choices_offered: ClassVar = {
        "live": (Text("gyldig", "live"), lambda: Q(revoked_at=None, expires_at__gt=timezone.now())),
        "ending": (Text("udløber snart", "expires soon"), ends_soon),
        "expired": (Text("udløbet", "expired"), lambda: Q(revoked_at=None, expires_at__lte=timezone.now())),
        "revoked": (Text("trukket tilbage", "revoked"), lambda: Q(revoked_at__isnull=False)),
    }


@admin.register(Secret)
class SecretAdmin(ReadOnly):
    """Secrets by their last four characters. The actions revoke them, or let them expire, with every token of their client."""

    list_display = ("partner", "client_name", "hint", "expires_at", "last_used_at", "revoked_at")
    list_filter = (SecretStateFilter, ("client__partner", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("client__partner",)
    ordering = ("client__partner__name", "client__partner__mode", "client__name", "-created_at")
    fields = ("partner", "client_name", "hint", "created_at", "expires_at", "revoked_at", "last_used_at")
    actions = ("revoke", "expire")
    warnings = SECRET_WARNINGS

    def heading(self, row: Secret) -> str:
        """The secret by its client and its last four characters."""
        return f"{name_of_client(row.client)} {row}"

    def list_lead(self, request: HttpRequest) -> Text:
        """What a secret is, and what one can do about it."""
        return SECRETS_LEAD

    def acts_on(self, request: HttpRequest, row: Secret) -> Collection[str]:
        """A secret that works is revoked, or set to expire."""
        return ("revoke", "expire") if row.revoked_at is None and row.expires_at > timezone.now() else ()

    partner = column(
        say("partner", "partner"), lambda secret: str(secret.client.partner), ordering="client__partner__name"
    )
    client_name = column(say("klient", "client"), lambda secret: own_name_of(secret.client), ordering="client__name")

    def has_end_permission(self, request: HttpRequest) -> bool:
        """Whether the user may end secrets."""
        return bool(request.user.has_perm(MAY_END))

    @admin.action(description=say("Træk tilbage nu", "Revoke now"), permissions=["end"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Secret]) -> None:
        """End each chosen secret."""
        for secret in queryset:
            credentials.revoke(by=actor(request), secret=secret)
        messages.success(
            request,
            say("Trukket tilbage, og klienternes adgangstokens med dem.", "Revoked, with the tokens of their clients."),
        )

    @admin.action(description=say("Lad den udløbe om 14 dage", "Let it expire in 14 days"), permissions=["end"])
    def expire(self, request: HttpRequest, queryset: QuerySet[Secret]) -> None:
        """Let each chosen secret end within the time of a rotation."""
        for secret in queryset:
            credentials.expire(by=actor(request), secret=secret)
        messages.success(
            request,
            say(
                "De udløber om 14 dage, eller før, hvis de allerede var ved at udløbe.",
                "They expire in 14 days, or earlier if they were about to expire.",
            ),
        )


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
