"""The admin screen of the secrets of clients. It shows no secret."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.text import Text, say
from partners import credentials
from partners.models import Secret
from partners.staff.filters import WordedFilter
from partners.staff.links import column
from partners.staff.screens import ReadOnly, actor
from partners.staff.subjects import name_of_client, own_name_of
from partners.staff.words import SECRET_WARNINGS, SECRETS_LEAD
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
