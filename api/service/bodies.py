"""What the service says of itself, of its callers and of their tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from django.conf import settings
from msgspec import UNSET, Meta, UnsetType

from api.http.bodies import Body, Count, Day, Moment, Schema, Uri, about, one_of, schema, value
from api.openapi.parts import Example
from api.openapi.schemas import BASE, enumeration
from api.own.bodies import ReportingBody, reporting
from api.reference.members import CODES
from cases.intake.batches import public_checks, retention, storing, work
from cases.intake.readers.refusals import MOST_BYTES, MOST_BYTES_AT_ONCE, MOST_LINES, MOST_ROWS
from partners.kinds import REFERRAL_SCOPES, SCOPE_TEXTS, AgreementKind, Kind, Mode, Scope
from partners.organisations.agreements import AgreementState


def scopes() -> Schema:
    return enumeration(map(str, Scope), "\n".join(f"* `{scope}` {text}" for scope, text in SCOPE_TEXTS.items()))


ScopeName = Annotated[str, value("Scope", scopes)]


class MePartnerBody(Body):
    """An organisation."""

    id: Annotated[str, schema(format_="uuid")]
    name: str
    kind: Annotated[str, CODES["partner_kind"]]
    mode: Annotated[str, one_of(Mode), about("TEST is never counted.")]


class MeSecretBody(Body):
    """A secret by its last characters: when it ends, and when it last fetched a token."""

    hint: Annotated[str, about("The secret's last four characters.")]
    expires_at: Moment
    last_used_at: Annotated[Moment | None, about("When it last fetched a token.")]


class MeAgreementBody(Body):
    """The agreement with the centre. Before it is confirmed, nothing live is stored."""

    kind: Annotated[str, one_of(AgreementKind), about("Of two controllers, joint ones, or a processor.")]
    state: Annotated[str, one_of(AgreementState), about("RENEWAL: still holds. EXPIRED: confirm the new version.")]
    confirmed: Annotated[int | None, about("The latest version that a manager has confirmed.")]
    version: Annotated[int, about("The version in force.")]
    confirm_until: Annotated[Day | None, about("Of RENEWAL: the last day on which the earlier version suffices.")]


class MeLimitsBody(Body):
    """How much is taken, and how long it is kept."""

    bytes_of_file: Annotated[dict[str, Count], about("The most bytes of a file, by its format.")]
    bytes_answered_at_once: Annotated[
        dict[str, Count], about("The same in bytes, by its format; a workbook's as it is unpacked.")
    ]
    rows_answered_at_once: Annotated[Count, about("A larger file is worked on, and answered with 202.")]
    rows_of_strict: Annotated[Count, about("Of a larger file not all rows can be stored at once: send it as lenient.")]
    rows_of_workbook: Count
    lines_of_file: Annotated[Count, about("Of CSV and NDJSON, empty ones too, and elements of JSON.")]
    rows_of_public_check: Count
    bytes_of_public_check: Count
    days_of_results: Annotated[Count, about("How long results and error files are kept.")]
    hours_until_commit: Annotated[Count, about("How long rows wait for a commit.")]


class MeBody(Body):
    """The caller's own partner, client and rights."""

    partner: MePartnerBody
    client_id: str
    scopes: Annotated[list[ScopeName], schema(uniqueItems=True)]
    token_expires_at: Moment
    secrets: Annotated[list[MeSecretBody], about("The secrets that work now, the one that ends first in front.")]
    agreement: Annotated[MeAgreementBody | None, about("None is needed in test mode, and by the centre.")]
    reporting: Annotated[
        ReportingBody, about("What is expected of you: the periods of the last twelve months, and what is next.")
    ]
    limits: Annotated[MeLimitsBody, about("Of files: `/api/v1/batches`.")]


class IndexLinkBody(Body):
    """One address."""

    id: Annotated[str, about("The operation's `operationId`.")]
    href: Annotated[str, about("Absolute; with braces where a part is to be put in (RFC 6570).")]
    title: str


class IndexBody(Body):
    """Where to go."""

    service: str
    version: str
    documentation: Uri
    description: Uri
    problems: Uri
    links: list[IndexLinkBody]


class AliveBody(Body):
    """The process answers."""

    status: Annotated[str, schema(const="ok")]


Check = Annotated[str, one_of(["ok", "behind", "refuses_writes", "unreachable", "unknown"])]


class ReadyChecksBody(Body):
    """How the database stands, and the directory for files that are sent."""

    database: Check
    migrations: Check
    spool: Check


class ReadyBody(Body):
    """Whether the service is ready, and why not."""

    status: Annotated[str, one_of(["ok", "unavailable"])]
    checks: ReadyChecksBody


class DescriptionBody(Body):
    """A description in OpenAPI."""

    openapi: Annotated[str, Meta(pattern=r"^3\.1\.")]
    info: dict[str, Any]
    paths: dict[str, Any]


class TokenRequest(Body):
    """RFC 6749 section 4.4. Members that are not known are ignored, as it asks."""

    grant_type: Annotated[str, schema(const="client_credentials")]
    scope: (
        Annotated[str, about("Scopes with blanks between; without it the token has all that the client has.")]
        | UnsetType
    ) = UNSET


class TokenBody(Body):
    """An access token."""

    access_token: Annotated[str, about("Opaque. Send it as `Authorization: Bearer …`.")]
    expires_in: Annotated[int, schema(format_="int32"), about("Seconds.")]
    token_type: Annotated[str, schema(const="Bearer")]
    scope: Annotated[str, about("The scopes that it has, with blanks between.")]


class RevocationRequest(Body):
    """RFC 7009."""

    token: Annotated[str, Meta(min_length=1)]
    token_type_hint: str | UnsetType = UNSET


class OAuthErrorBody(Body):
    """An error as RFC 6749 section 5.2 has it."""

    error: Annotated[
        str,
        one_of(
            [
                "invalid_request",
                "invalid_client",
                "invalid_grant",
                "unauthorized_client",
                "invalid_scope",
                "unsupported_grant_type",
                "unsupported_token_type",
            ]
        ),
    ]
    error_description: str | UnsetType = UNSET


LIMITS = MeLimitsBody(
    bytes_of_file=dict(MOST_BYTES),
    bytes_answered_at_once=dict(MOST_BYTES_AT_ONCE),
    rows_answered_at_once=storing.MOST_AT_ONCE,
    rows_of_strict=work.MOST_STRICT,
    rows_of_workbook=MOST_ROWS,
    lines_of_file=MOST_LINES,
    rows_of_public_check=public_checks.MOST_ROWS,
    bytes_of_public_check=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    days_of_results=retention.KEPT // timedelta(days=1),
    hours_until_commit=retention.WAITS // timedelta(hours=1),
)


PARTNER_ID = "5d1c7e20-84a1-4c39-b1f7-0e6a2b9d4c58"
CLIENT_ID = "Wm3nX0uQb8cT5yK1sJ7vR2zL4pG6dH9e"
OPAQUE = "q7Xr2mVd0cYt9LkB4nWz8sHf1jPe6u"
MOMENT = "2025-04-03T09:14:27.318204+00:00"


def me() -> MeBody:
    """An NGO in test mode, which needs no agreement."""
    return MeBody(
        partner=MePartnerBody(PARTNER_ID, "Example NGO", Kind.NGO, Mode.TEST),
        client_id=CLIENT_ID,
        scopes=sorted(REFERRAL_SCOPES),
        token_expires_at=MOMENT,
        secrets=[MeSecretBody("9f3c", "2026-04-03T09:14:27+00:00", MOMENT)],
        agreement=None,
        reporting=reporting(),
        limits=LIMITS,
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
