"""The operations that are no views of the REST framework: token, health, this description."""

from __future__ import annotations

from api.openapi.rows import LISTED, OAUTH, PUBLIC, READ, TAGGED, Answer, Operation

SERVICE: dict[tuple[str, str], Operation] = {
    ("POST", "/oauth/token"): Operation(
        "issueToken",
        "Access",
        "Fetch an access token",
        "OAuth 2 client credentials (RFC 6749 section 4.4). The token lasts 10 minutes; fetch a new one when it ends. "
        "Id and secret of the client come by HTTP Basic.",
        (
            Answer(200, "A token.", "Token", ("Token",), ("Cache-Control",)),
            Answer(400, "The request is wrong.", "OAuthError", ("OAuthError.grant",)),
            Answer(401, "The id or the secret is wrong.", "OAuthError", ("OAuthError.client",)),
        ),
        problems=("unavailable",),
        body="TokenRequest",
        examples=("TokenRequest", "TokenRequest.scope"),
        access=OAUTH,
    ),
    ("POST", "/oauth/revoke"): Operation(
        "revokeToken",
        "Access",
        "Revoke an access token",
        "It ends at once (RFC 7009). A token that is not known is answered the same.",
        (
            Answer(200, "Revoked, or not known."),
            Answer(400, "The request is wrong.", "OAuthError", ("OAuthError.request",)),
            Answer(401, "The id or the secret is wrong.", "OAuthError", ("OAuthError.client",)),
        ),
        problems=("unavailable",),
        body="RevocationRequest",
        examples=("RevocationRequest",),
        access=OAUTH,
    ),
    ("GET", "/livez"): Operation(
        "readLiveness",
        "Service",
        "Is the process alive",
        "The server answers this by itself, and asks nothing of the program and its database.",
        (
            Answer(200, "Alive.", "Alive", ("Alive",), ("Cache-Control",)),
            Answer(400, "The request is not HTTP. The answer has no body."),
        ),
        access=PUBLIC,
        ours=False,
    ),
    ("GET", "/readyz"): Operation(
        "readReadiness",
        "Service",
        "Is the service ready",
        "Whether the database answers, can be written and has every migration.",
        (
            Answer(200, "Ready.", "Ready", ("Ready",), ("Cache-Control",)),
            Answer(503, "Not ready.", "Ready", ("Ready.not",), ("Cache-Control",)),
        ),
        access=PUBLIC,
    ),
}

DESCRIPTION = Operation(
    "readDescription",
    "Service",
    "This description",
    "OpenAPI 3.1, with the address at which it was asked for. Public; the pages at `/docs/` are made of it.",
    (
        Answer(200, "The description.", "Description", ("Description",), TAGGED),
        Answer(304, "You have it.", headers=TAGGED),
    ),
    ("If-None-Match-read",),
    access=PUBLIC,
)

INDEX = Operation(
    "readIndex",
    "Service",
    "Where to go from here",
    "A link to every address that can be read, and to where it is described.",
    (Answer(200, "The links.", "Index", ("Index",), LISTED), Answer(304, "You have them.", headers=LISTED)),
    ("If-None-Match-read", "Accept-Language"),
    READ,
    access=PUBLIC,
)

OUTSIDE: dict[tuple[str, str], Operation] = {**SERVICE, ("GET", "/openapi.json"): DESCRIPTION}
