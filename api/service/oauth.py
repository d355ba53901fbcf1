"""The two OAuth 2 endpoints that are exposed: token and revocation, for client credentials and nothing else.

The toolkit's token view answers six grant types. Of these the password grant would try staff passwords for any client that
asks, and the device grant reads a parameter that need not be there; so the server behind these views knows client credentials only.
Errors are RFC 6749's own (§5.2): JSON with `error`, never with what was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from oauth2_provider.views import RevokeTokenView, TokenView
from oauthlib.oauth2 import BackendApplicationServer

from partners.oauth import basic_credentials

# RFC 8707 lets this one stand several times.
REPEATABLE = "resource"
# NUL, and what stands for bytes that are no UTF-8.
UNREADABLE = ("\0", "\ufffd")
Answering = Callable[..., HttpResponse]
CHALLENGE = 'Basic realm="henvis", charset="UTF-8"'


def finish(response: HttpResponse) -> HttpResponse:
    """JSON by name where there is a body, and the challenge of the scheme that clients use here."""
    if response.content:
        response["Content-Type"] = "application/json"
    if response.status_code == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def well_formed(post: Answering) -> Answering:
    """A POST that is answered only where the form is one of RFC 6749."""

    @wraps(post)
    def checked(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wrong = fault(request.POST, request.META.get("HTTP_AUTHORIZATION"))
        if wrong is None:
            return finish(post(view, request, *args, **kwargs))
        told = {"error": "invalid_request", "error_description": wrong}
        return JsonResponse(told, status=400, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})

    return checked


def fault(form: QueryDict, authorization: str | None) -> str | None:
    """What is wrong with a form before anybody looks at what it says; None where nothing is. An empty parameter is none."""
    if any(len(values) > 1 for name, values in form.lists() if name != REPEATABLE):
        return "A parameter stands more than once."
    texts = [text for name, values in form.lists() for text in (name, *map(str, values))]
    if any(character in text for text in texts for character in UNREADABLE):
        return "A parameter holds a character that is not allowed."
    ways = [authorization, form.get("client_secret"), form.get("client_assertion")]
    if sum(map(bool, ways)) > 1 or differs(form.get("client_id"), authorization):
        return "The client authenticates in more than one way."
    return None


def differs(client_id: str | None, authorization: str | None) -> bool:
    """Whether the form names another client than the header."""
    named = basic_credentials(authorization or "")
    return bool(client_id) and named is not None and named[0] != client_id


class Token(TokenView):
    """An access token for a client's secret."""

    server_class = BackendApplicationServer

    @well_formed
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 6749 §4.4. The toolkit's own method would look for a device first."""
        answer: HttpResponse = self.authorization_flow_token_response(request)
        return answer


class Revoke(RevokeTokenView):
    """The end of an access token, for the client that it was issued to."""

    server_class = BackendApplicationServer

    @well_formed
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 7009."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer
