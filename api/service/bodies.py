"""What the service says of itself, of its callers and of their tokens."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from api.codelists.enums import CODES
from api.http.bodies import Body, Count, Day, Moment, Schema, Uri, about, one_of, schema, value
from api.openapi.words import enumeration
from api.own.bodies import ReportingBody
from partners.kinds import SCOPE_TEXTS, Mode, Scope
from partners.organisations.agreements import AgreementState


def scopes() -> Schema:
    """The scopes of a token."""
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
    """The data-processing agreement. Before it is confirmed, nothing live is stored."""

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
