"""The two OAuth 2 endpoints that are exposed: token and revocation, for client credentials and nothing else.

The toolkit's token view answers six grant types. Of these the password grant would try staff passwords for any client that
asks, and the device grant reads a parameter that need not be there; so the server behind these views knows client credentials only.
Errors are RFC 6749's own (§5.2): JSON with `error`, never with what was sent.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from oauth2_provider.views import RevokeTokenView, TokenView
from oauthlib.oauth2 import BackendApplicationServer

CHALLENGE = 'Basic realm="henvis", charset="UTF-8"'


def finish(response: HttpResponse) -> HttpResponse:
    """JSON by name where there is a body, and the challenge of the scheme that clients use here."""
    if response.content:
        response["Content-Type"] = "application/json"
    if response.status_code == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


class Token(TokenView):
    """An access token for a client's secret."""

    server_class = BackendApplicationServer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 6749 §4.4. The toolkit's own method would look for a device first."""
        return finish(self.authorization_flow_token_response(request))


class Revoke(RevokeTokenView):
    """The end of an access token, for the client that it was issued to."""

    server_class = BackendApplicationServer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 7009."""
        return finish(super().post(request, *args, **kwargs))
