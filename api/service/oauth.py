"""The two OAuth 2 endpoints that are exposed: token and revocation, for client credentials and nothing else.

The toolkit's token view answers six grant types. Of these the password grant would try staff passwords for any client that
asks, and the device grant reads a parameter that need not be there; so the server behind these views knows client credentials only.
Errors are RFC 6749's own (§5.2): JSON with `error`, never with what was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from drf_spectacular.utils import extend_schema
from oauth2_provider.views import RevokeTokenView, TokenView
from oauthlib.oauth2 import BackendApplicationServer

from api.http.negotiation import render_json
from api.openapi.headers import CACHE_CONTROL, MODE
from api.openapi.parts import Answer, RequestBody, Responses
from api.service import bodies
from partners.credentials import mode_of
from partners.oauth import basic_credentials

# RFC 8707 lets this one stand several times.
REPEATABLE = "resource"
# NUL, and what stands for bytes that are no UTF-8.
UNREADABLE = ("\0", "\ufffd")
Answering = Callable[..., HttpResponse]
FORM = "application/x-www-form-urlencoded"
BY_SECRET: Any = [{"clientSecret": []}]
ISSUE = (
    "OAuth 2 client credentials (RFC 6749 section 4.4). The token lasts 10 minutes; fetch a new one when it ends. "
    "Id and secret of the client come by HTTP Basic."
)
# What is wrong, where the toolkit says no more than a code; the same for every wrong id and secret.
DESCRIPTIONS: dict[str, str] = {
    "invalid_client": "The id or the secret is wrong, or the secret has ended or was revoked.",
    "invalid_scope": "The client may not have a scope that it asks for. Without scope it gets all that it may have.",
    "unsupported_grant_type": "The grant is grant_type=client_credentials, in a form.",
    "unsupported_token_type": "The hint is access_token.",
}
NO_FORM = "The parameters come as a form, application/x-www-form-urlencoded."
FORMS = (FORM, "multipart/form-data", "")
CHALLENGE = 'Basic realm="henvis", charset="UTF-8"'


def finish(response: HttpResponse) -> HttpResponse:
    """JSON by name where there is a body, an error in words, and the challenge of the scheme that clients use here."""
    if response.content:
        response["Content-Type"] = "application/json"
        answer = msgspec.json.decode(response.content, type=dict[str, Any])
        if (words := DESCRIPTIONS.get(answer.get("error", ""))) and "error_description" not in answer:
            response.content = render_json({**answer, "error_description": words})
    if response.status_code == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def well_formed(post: Answering) -> Answering:
    """A POST that is answered only where the form is one of RFC 6749."""

    @wraps(post)
    def check(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_form = request.content_type in FORMS
        wrong = fault(request.POST, request.META.get("HTTP_AUTHORIZATION")) if is_form else NO_FORM
        if wrong is None:
            return finish(post(view, request, *args, **kwargs))
        body = render_json(bodies.OAuthErrorBody("invalid_request", wrong))
        headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
        return HttpResponse(body, status=400, content_type="application/json", headers=headers)

    return check


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
    credentials_given = basic_credentials(authorization or "")
    return bool(client_id) and credentials_given is not None and credentials_given[0] != client_id


def secret_of(request: HttpRequest) -> str:
    basic = basic_credentials(request.META.get("HTTP_AUTHORIZATION", ""))
    return basic[1] if basic else request.POST.get("client_secret", "")


class Token(TokenView):
    """An access token for a client's secret."""

    server_class = BackendApplicationServer

    @extend_schema(
        operation_id="issueToken",
        tags=["Access"],
        summary="Fetch an access token",
        description=ISSUE,
        auth=BY_SECRET,
        request={FORM: RequestBody(bodies.TokenRequest, [bodies.TOKEN_REQUEST, bodies.TOKEN_REQUEST_OF_SCOPE])},
        responses=Responses(
            Answer(200, "A token.", bodies.TokenBody, [bodies.TOKEN], [CACHE_CONTROL, MODE]),
            Answer(400, "The request is wrong.", bodies.OAuthErrorBody, [bodies.OTHER_GRANT]),
            Answer(401, "The id or the secret is wrong.", bodies.OAuthErrorBody, [bodies.WRONG_SECRET]),
            problems=("unavailable",),
        ),
    )
    @well_formed
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 6749 §4.4. The toolkit's own method would look for a device first."""
        answer: HttpResponse = self.authorization_flow_token_response(request)
        if answer.status_code == 200:
            request.henvis_mode = mode_of(secret_of(request))  # type: ignore[attr-defined]
        return answer


class Revoke(RevokeTokenView):
    """The end of an access token, for the client that it was issued to."""

    server_class = BackendApplicationServer

    @extend_schema(
        operation_id="revokeToken",
        tags=["Access"],
        summary="Revoke an access token",
        description="It ends at once (RFC 7009). A token that is not known is answered the same.",
        auth=BY_SECRET,
        request={FORM: RequestBody(bodies.RevocationRequest, [bodies.REVOCATION])},
        responses=Responses(
            Answer(200, "Revoked, or not known."),
            Answer(400, "The request is wrong.", bodies.OAuthErrorBody, [bodies.NO_TOKEN]),
            Answer(401, "The id or the secret is wrong.", bodies.OAuthErrorBody, [bodies.WRONG_SECRET]),
            problems=("unavailable",),
        ),
    )
    @well_formed
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """RFC 7009."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer
