"""Examples of what the service says of itself, of its callers and of their tokens."""

from __future__ import annotations

from api.openapi.parts import Example
from api.openapi.words import BASE
from api.own.examples import reporting
from api.service import limits
from api.service.bodies import (
    AliveBody,
    DescriptionBody,
    IndexBody,
    IndexLinkBody,
    MeBody,
    MePartnerBody,
    MeSecretBody,
    OAuthErrorBody,
    ReadyBody,
    ReadyChecksBody,
    RevocationRequest,
    TokenBody,
    TokenRequest,
)
from partners.kinds import REFERRAL_SCOPES, Kind, Mode

PARTNER_ID = "5d1c7e20-84a1-4c39-b1f7-0e6a2b9d4c58"
CLIENT_ID = "Wm3nX0uQb8cT5yK1sJ7vR2zL4pG6dH9e"
OPAQUE = "q7Xr2mVd0cYt9LkB4nWz8sHf1jPe6u"
MOMENT = "2025-04-03T09:14:27.318204+00:00"


def me() -> MeBody:
    """An NGO."""
    return MeBody(
        partner=MePartnerBody(PARTNER_ID, "Example NGO", Kind.NGO, Mode.TEST),
        client_id=CLIENT_ID,
        scopes=sorted(REFERRAL_SCOPES),
        token_expires_at=MOMENT,
        secrets=[MeSecretBody("9f3c", "2026-04-03T09:14:27+00:00", MOMENT)],
        agreement=None,
        reporting=reporting(),
        limits=limits.BODY,
    )


def index() -> IndexBody:
    """The address of the tokens, and that of who one is."""
    links = [
        IndexLinkBody("issueToken", f"{BASE}/oauth/token", "Fetch an access token"),
        IndexLinkBody("readMe", f"{BASE}/api/v1/me", "Who am I"),
    ]
    return IndexBody("Henvis", "1.0", f"{BASE}/docs/", f"{BASE}/openapi.json", f"{BASE}/problems/", links)


ME = Example("Me", "An NGO", me)
INDEX = Example("Index", "Two of the links", index)
ALIVE = Example("Alive", "Alive", lambda: AliveBody("ok"))
READY = Example("Ready", "Ready", lambda: ReadyBody("ok", ReadyChecksBody("ok", "ok", "ok")))
NOT_READY = Example(
    "Ready.not", "Not ready", lambda: ReadyBody("unavailable", ReadyChecksBody("unreachable", "unknown", "ok"))
)
DESCRIPTION = Example("Description", "Its first members", lambda: DescriptionBody("3.1.0", {"title": "Henvis"}, {}))
TOKEN_REQUEST = Example("TokenRequest", "All scopes of the client", lambda: TokenRequest("client_credentials"))
TOKEN_REQUEST_OF_SCOPE = Example(
    "TokenRequest.scope", "One scope", lambda: TokenRequest("client_credentials", "referrals:read")
)
TOKEN = Example("Token", "A token", lambda: TokenBody(OPAQUE, 600, "Bearer", " ".join(REFERRAL_SCOPES)))
REVOCATION = Example("RevocationRequest", "The token", lambda: RevocationRequest(OPAQUE))
OTHER_GRANT = Example(
    "OAuthError.grant",
    "Another grant",
    lambda: OAuthErrorBody("unsupported_grant_type", "The grant is grant_type=client_credentials, in a form."),
)
WRONG_SECRET = Example(
    "OAuthError.client",
    "Wrong secret",
    lambda: OAuthErrorBody("invalid_client", "The id or the secret is wrong, or the secret has ended or was revoked."),
)
NO_TOKEN = Example(
    "OAuthError.request", "No token", lambda: OAuthErrorBody("invalid_request", "Missing token parameter.")
)
