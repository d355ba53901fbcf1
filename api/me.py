"""Who am I."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import parameters
from api.authentication import principal
from partners.credentials import live_secrets
from partners.models import Client


class Me(APIView):
    """The caller's own partner, client and rights."""

    def get(self, request: Request) -> Response:
        """Partner, mode, scopes, and when the token and the secrets end."""
        parameters.read(request, ())
        who = principal(request)
        secrets = live_secrets(Client(pk=who.client_pk)).order_by("expires_at")
        return Response(
            {
                "partner": {"id": str(who.partner_id), "name": who.partner_name, "kind": who.kind, "mode": who.mode},
                "client_id": who.client_id,
                "scopes": sorted(who.scopes),
                "token_expires_at": who.token_expires.isoformat(),
                "secrets": [{"hint": s.hint, "expires_at": s.expires_at.isoformat()} for s in secrets],
            }
        )
