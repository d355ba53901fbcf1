"""Admin screens: partners, clients and their secrets. A secret is shown once, in the message after it was made."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from oauth2_provider.models import (
    get_access_token_model,
    get_grant_model,
    get_id_token_model,
    get_refresh_token_model,
)

from partners import audit, credentials
from partners.audit import Actor
from partners.models import AuditEvent, Client, Partner, Secret

# The toolkit registers its own screens, ours of `Client` among them; tokens are not to be looked at or added by hand.
for model in (Client, get_access_token_model(), get_grant_model(), get_id_token_model(), get_refresh_token_model()):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


def actor(request: HttpRequest) -> Actor:
    """The staff user as an actor."""
    return Actor.of(request.user if isinstance(request.user, User) else None)


def show_once(request: HttpRequest, client: Client, secret: str) -> None:
    """Show a new secret in the answer to this request and nowhere else."""
    text = f"Secret of {client.client_id}, shown this once: {secret}"
    messages.warning(request, text)


class ReadOnly(admin.ModelAdmin):
    """Rows to look at: nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    """Organisations. A partner is switched off, never deleted: its referrals stay."""

    list_display = ("name", "kind", "mode", "active", "created_at")
    list_filter = ("kind", "mode", "active")
    search_fields = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        """No."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Partner | None = None) -> tuple[str, ...]:
        """Kind and mode are fixed once the partner exists: what it has submitted was counted under them."""
        return ("kind", "mode") if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        """Save with its audit row."""
        super().save_model(request, obj, form, change)
        action = "partner.change" if change else "partner.add"
        audit.record(
            by=actor(request), action=action, subject=str(obj.pk), kind=obj.kind, mode=obj.mode, active=obj.active
        )


@admin.register(Client)
class ClientAdmin(admin.ModelAdmin):
    """Machines of partners. Adding one makes its first secret; the actions issue and rotate."""

    list_display = ("client_id", "partner", "name", "scopes")
    search_fields = ("client_id", "name", "partner__name")
    fields = ("partner", "name", "scopes", "client_id")
    actions = ("issue", "rotate")

    def get_readonly_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """The identity of a client is fixed; its scopes follow the partner's kind when it is made."""
        return ("client_id",) if obj is None else ("client_id", "partner", "scopes")

    def get_fields(self, request: HttpRequest, obj: Client | None = None) -> tuple[str, ...]:
        """A new client gets the widest scopes of its partner's kind; they are shown afterwards."""
        return ("partner", "name") if obj is None else self.fields

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """No: its versions carry it."""
        return False

    def save_model(self, request: HttpRequest, obj: Client, form: Any, change: bool) -> None:
        """Add through `credentials`, which writes the audit row and makes the secret."""
        if change:
            super().save_model(request, obj, form, change)
            audit.record(by=actor(request), action="client.change", subject=obj.client_id)
            return
        made, secret = credentials.add_client(by=actor(request), partner=obj.partner, name=obj.name)
        obj.__dict__.update(made.__dict__)
        show_once(request, made, secret)

    @admin.action(description="Issue a second secret", permissions=["change"])
    def issue(self, request: HttpRequest, queryset: QuerySet[Client]) -> None:
        """One more secret for each chosen client."""
        for client in queryset:
            self._try(request, client, lambda c: credentials.issue_secret(by=actor(request), client=c))

    @admin.action(description="Rotate: a new secret, the present one ends in 14 days", permissions=["change"])
    def rotate(self, request: HttpRequest, queryset: QuerySet[Client]) -> None:
        """A new secret with overlap for each chosen client."""
        for client in queryset:
            self._try(request, client, lambda c: credentials.rotate(by=actor(request), client=c))

    def _try(self, request: HttpRequest, client: Client, make: Any) -> None:
        try:
            show_once(request, client, make(client))
        except credentials.CredentialError as refused:
            messages.error(request, f"{client.client_id}: {refused}")


@admin.register(Secret)
class SecretAdmin(ReadOnly):
    """Secrets by their last four characters; the action ends them at once, with every token of their client."""

    list_display = ("client", "hint", "created_at", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("client",)
    fields = ("client", "hint", "created_at", "expires_at", "revoked_at", "last_used_at")
    actions = ("revoke",)

    @admin.action(description="Revoke now", permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Secret]) -> None:
        """End each chosen secret."""
        if not request.user.has_perm("partners.change_secret"):
            messages.error(request, "You may not revoke secrets.")
            return
        for secret in queryset:
            credentials.revoke(by=actor(request), secret=secret)
        messages.success(request, "Revoked, with the tokens of their clients.")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    """What was done, newest first."""

    list_display = ("at", "action", "subject", "client", "user")
    list_filter = ("action",)
    list_select_related = ("client", "user")
    date_hierarchy = "at"
