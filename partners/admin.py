"""Admin screens of the clients of partners and the secrets of clients. No screen shows a secret."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
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
import partners.partner_screen  # noqa: F401
from partners import audit, credentials
from partners.access import requests
from partners.access.deciding import approvers, approvers_in_words, colleagues
from partners.models import Client, Secret
from partners.staff.filters import BY_PARTNER, WordedFilter
from partners.staff.naming import scopes_in_words
from partners.staff.screens import ReadOnly, Screen, actor
from partners.staff.subjects import name_of_client
from partners.staff.words import CLIENT_LEAD, OVERVIEW, SECRET_WARNINGS, TITLE
from partners.text import Text, in_one, lazily, say
from partners.waiting import ending_secrets

# The toolkit registers its own screens, ours of `Client` among them; tokens are not to be looked at or added by hand.
for model in (Client, get_access_token_model(), get_grant_model(), get_id_token_model(), get_refresh_token_model()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


admin.site.site_header = admin.site.site_title = lazily(TITLE)
admin.site.index_title = lazily(OVERVIEW)

MAY_END = "partners.end_secret"


@admin.register(Client)
class ClientAdmin(Screen):
    """Clients of partners. One member of staff requests a client here, another approves it; the partner makes its secrets."""

    list_display = ("name", "partner", "may", "client_id")
    list_select_related = ("partner",)
    list_filter = (BY_PARTNER,)
    search_fields = ("client_id", "name", "partner__name")
    fields = ("partner", "name", "may", "client_id")
    save_words = Text("Bed om klienten", "Ask for the client")

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
    fields = ("partner", "client_name", "hint", "created_at", "expires_at", "revoked_at", "last_used_at")
    actions = ("revoke", "expire")
    warnings = SECRET_WARNINGS

    def heading(self, row: Secret) -> str:
        """The secret by its client and its last four characters."""
        return f"{name_of_client(row.client)} {row}"

    def acts_on(self, request: HttpRequest, row: Secret) -> Collection[str]:
        """A secret that works is revoked, or set to expire."""
        return ("revoke", "expire") if row.revoked_at is None and row.expires_at > timezone.now() else ()

    @admin.display(description=say("partner", "partner"), ordering="client__partner__name")
    def partner(self, secret: Secret) -> str:
        """Whose client it opens."""
        return str(secret.client.partner)

    @admin.display(description=say("klient", "client"), ordering="client__name")
    def client_name(self, secret: Secret) -> str:
        """The client that it opens, by the name that people know."""
        return str(secret.client.name or secret.client.client_id)

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
