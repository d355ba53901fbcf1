"""Who am I."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.own import reports
from partners.credentials import live_secrets
from partners.models import Client, Secret


class Me(APIView):
    """The caller's own partner, client and rights."""

    def get(self, request: Request) -> Response:
        """Partner, mode, scopes, when the token and the secrets end, and what is to be reported."""
        parameters.read(request, ())
        who = principal(request)
        secrets = live_secrets(Client(pk=who.client_pk)).order_by("expires_at")
        return Response(
            {
                "partner": {"id": str(who.partner_id), "name": who.partner_name, "kind": who.kind, "mode": who.mode},
                "client_id": who.client_id,
                "scopes": sorted(who.scopes),
                "token_expires_at": who.token_expires.isoformat(),
                "secrets": [body_of(secret) for secret in secrets],
                "reporting": reports.of_caller(who.partner_id, timezone.now()),
            }
        )


def body_of(secret: Secret) -> dict[str, str | None]:
    """A secret by its last characters: when it ends, and when it last fetched a token."""
    used = secret.last_used_at
    return {
        "hint": secret.hint,
        "expires_at": secret.expires_at.isoformat(),
        "last_used_at": used.isoformat() if used else None,
    }
