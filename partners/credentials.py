"""Issue, rotate, expire, revoke and check the secrets of clients; resolve an access token to who stands behind it.

What begins and ends does so by the database's clock (`Now`): web servers have clocks of their own, and one of them may be wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Least, Now
from oauth2_provider.models import get_access_token_model

from core.text import say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.kinds import NOTHING_EXPECTED, SCOPES_OF_KIND, Calendar, Kind, Mode, operators_agreement
from partners.models import AccessRequest, Client, Partner, Secret

LIFETIME = timedelta(days=365)
LONGEST_LIFETIME = timedelta(days=732)
OVERLAP = timedelta(days=14)
MOST_LIVE = 2


class CredentialError(Exception):
    """The rules refuse an operation on credentials. The message is for staff."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a valid access token speaks for, or a person of a partner on the desk (`user_id`).

    `agreement`: the latest version of `agreement_kind` that the partner has confirmed, or None. Where a client acts for another
    partner, `sender_id` is its own and `partner_id` that one's; `is_successor`: as its successor.
    """

    partner_id: UUID
    partner_name: str
    kind: Kind
    mode: Mode
    client_pk: int
    client_id: str
    scopes: frozenset[str]
    token_expires: datetime
    agreement_kind: str
    agreement: int | None = None
    sender_id: UUID | None = None
    is_successor: bool = False
    user_id: int | None = None

    is_authenticated = True

    @property
    def pk(self) -> UUID:
        """The identity of the partner, by the name that the framework uses."""
        return self.partner_id


def add_partner(
    *,
    by: Actor,
    name: str,
    kind: Kind,
    mode: Mode = Mode.LIVE,
    calendar: Calendar = NOTHING_EXPECTED,
    twin_of: Partner | None = None,
    agreement: str | None = None,
) -> Partner:
    """Create a partner with its calendar and the audit row. `twin_of`: in test mode, of which live one. `agreement`: its kind."""
    with transaction.atomic():
        partner = Partner.objects.create(
            name=name, kind=kind, mode=mode, twin_of=twin_of, agreement_kind=agreement or operators_agreement(),
            reporting=calendar.frequency, report_due_days=calendar.due_days, reporting_since=calendar.since,
        )  # fmt: skip
        audit.record(by=by, action="partner.add", subject=str(partner.pk), **partner.as_details)
    return partner


def add_client(
    *,
    by: Actor,
    partner: Partner,
    scopes: Iterable[str] | None = None,
    name: str = "",
    lifetime: timedelta = LIFETIME,
) -> tuple[Client, str]:
    """Create a client with a first secret. The secret is returned here and never again.

    `scopes` defaults to the widest set for the partner's kind; a wider one is refused with `CredentialError`.
    """
    with transaction.atomic():
        client = register(by=by, partner=partner, scopes=scopes_for(partner, scopes), name=name)
        return client, issue_secret(by=by, client=client, lifetime=lifetime)


def scopes_for(partner: Partner, scopes: Iterable[str] | None = None) -> list[str]:
    """The requested scopes, or the widest set of the partner's kind. Raises `CredentialError` for a scope outside of it."""
    widest = [str(scope) for scope in SCOPES_OF_KIND[Kind(partner.kind)]]
    scopes_asked = list(dict.fromkeys(widest if scopes is None else scopes))
    if not set(scopes_asked) <= set(widest):
        names = " ".join(widest)
        raise CredentialError(
            say(
                f"En klient hos en partner af typen {partner.kind} kan have: {names}",
                f"A client of kind {partner.kind} may have: {names}",
            )
        )
    return scopes_asked


def register(
    *,
    by: Actor,
    partner: Partner,
    scopes: Sequence[str],
    name: str = "",
    request: AccessRequest | None = None,
    is_desk: bool = False,
) -> Client:
    """Create a client. It opens nothing until a manager of the partner makes a secret, and the desk's gets none.

    `request`: what staff approved.
    """
    with transaction.atomic():
        client: Client = Client.objects.create(
            partner=partner,
            name=name or partner.name,
            scopes=[str(scope) for scope in scopes],
            request=request,
            is_desk=is_desk,
            client_type=Client.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
            client_secret="",
            hash_client_secret=False,
        )
        audit.record(by=by, action="client.add", subject=client.client_id, scopes=client.scopes)
    return client


def issue_secret(*, by: Actor, client: Client, lifetime: timedelta = LIFETIME) -> str:
    """Issue a secret and return it, once, to a manager of the client's partner or to a command on the server.

    At most two are live at a time; a third is refused with `CredentialError`, and so is whoever else asks.
    """
    if client.is_desk:
        raise CredentialError(
            say("Indberetningssidernes klient har ingen API-nøgle.", "The desk's client has no secret.")
        )
    if by != COMMAND and not manages(by, client.partner):
        raise CredentialError(
            say(
                "En API-nøgle vises kun for partnerens egen leder.",
                "A secret is shown only to a manager of its partner.",
            )
        )
    if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        days = LONGEST_LIFETIME.days
        raise CredentialError(
            say(
                f"En API-nøgle gælder mellem et sekund og {days} dage.",
                f"A secret must be valid for between one second and {days} days.",
            )
        )
    with transaction.atomic():
        Client.objects.select_for_update(no_key=True).get(pk=client.pk)
        if live_secrets(client).count() >= MOST_LIVE:
            raise CredentialError(
                say(
                    "To API-nøgler gælder allerede: træk en tilbage først.",
                    "Two secrets are already valid: revoke one first.",
                )
            )
        plain = mint(Mode(client.partner.mode))
        row = Secret.objects.create(
            client=client,
            digest=digest(plain),
            hint=plain[-4:],
            expires_at=Now() + lifetime,
            made_by_id=by.user_id,
        )
        audit.record(by=by, action="secret.issue", subject=client.client_id, secret=str(row.pk))
    return plain


def manages(by: Actor, partner: Partner) -> bool:
    """Whether the actor is a manager of the partner, or of the live one whose twin it is, and may hold its secrets.

    The database will ask the same of the new row.
    """
    places = [by.user_id, partner.pk, by.user_id, partner.twin_of_id]
    return run("SELECT henvis_manages(%s, %s) OR henvis_manages(%s, %s)", places) == (True,)


def rotate(*, by: Actor, client: Client, overlap: timedelta = OVERLAP) -> str:
    """Issue a new secret. The present one ends after `overlap`, so that the partner can change over without a gap."""
    with transaction.atomic():
        present = list(live_secrets(client))
        plain = issue_secret(by=by, client=client)
        for secret in present:
            end_within(secret, overlap)
        audit.record(by=by, action="secret.rotate", subject=client.client_id, overlap_days=overlap.days)
    return plain


def revoke(*, by: Actor, secret: Secret) -> None:
    """End a secret now, with every token of its client. The row lock shuts out a token being issued meanwhile."""
    with transaction.atomic():
        row = Secret.objects.select_for_update().get(pk=secret.pk)
        Secret.objects.filter(pk=row.pk).update(revoked_at=Coalesce("revoked_at", Now()))
        get_access_token_model().objects.filter(application_id=row.client_id).delete()
        audit.record(by=by, action="secret.revoke", subject=row.client.client_id, secret=str(row.pk))


def expire(*, by: Actor, secret: Secret, within: timedelta = OVERLAP) -> None:
    """Let a secret end within a time; one that ends earlier stays as it is."""
    with transaction.atomic():
        row = Secret.objects.select_for_update().get(pk=secret.pk)
        end_within(row, within)
        audit.record(by=by, action="secret.expire", subject=row.client.client_id, secret=str(row.pk), days=within.days)


def end_within(secret: Secret, time: timedelta) -> None:
    """Let a secret end within a time, or earlier where it does already."""
    Secret.objects.filter(pk=secret.pk).update(expires_at=Least(F("expires_at"), Now() + time))


def live_secrets(client: Client) -> QuerySet[Secret]:
    """The secrets of a client that are valid now."""
    return Secret.objects.filter(Q(client=client), Q(revoked_at=None), Q(expires_at__gt=Now()))


def mint(mode: Mode) -> str:
    """A new secret: 256 random bits in hex and a CRC-32, so that a leaked one is recognised by pattern and checksum."""
    body = secrets.token_hex(32)
    return f"hv_{mode.lower()}_{body}{zlib.crc32(body.encode()):08x}"


def mode_of(plain: str) -> Mode:
    return Mode(plain.split("_")[1].upper())


def digest(plain: str) -> str:
    """HMAC-SHA-256 of a secret under the pepper, in hex. 256 random bits need no slow hash."""
    return hmac.new(settings.HENVIS_PEPPER.encode(), plain.encode(), hashlib.sha256).hexdigest()


def check_secret(client_id: str, plain: str) -> Secret | None:
    """The live secret that equals `plain`, with its client and partner, or None.

    The comparison is by HMAC, and one statement runs whether or not the client exists: neither tells anything by its time.
    """
    live = Secret.objects.filter(revoked_at=None, expires_at__gt=Now(), client__partner__active=True)
    return live.select_related("client__partner").filter(digest=digest(plain), client__client_id=client_id).first()


# One statement, prepared by the driver: this runs before every request. That a live secret exists is asked each time,
# so an expiry or a revocation holds at once, whichever way it came into the table.
WHO = """
SELECT p.id, p.name, p.kind, p.mode, c.id, c.client_id, c.scopes, t.scope, t.expires,
    p.agreement_kind,
    (SELECT max(a.version) FROM organisations_agreementconfirmation a WHERE a.partner_id = p.id AND a.kind = p.agreement_kind)
FROM oauth2_provider_accesstoken t
JOIN partners_client c ON c.id = t.application_id
JOIN partners_partner p ON p.id = c.partner_id
WHERE t.token_checksum = %s AND t.expires > statement_timestamp() AND p.active AND EXISTS (
    SELECT FROM partners_secret s
    WHERE s.client_id = c.id AND s.revoked_at IS NULL AND s.expires_at > statement_timestamp()
)
"""


def authenticate(token: str) -> Principal | None:
    """For whom an access token speaks; None where it is unknown, expired or revoked."""
    row = run(WHO, [hashlib.sha256(token.encode()).hexdigest()])
    if row is None:
        return None
    partner_id, name, kind, mode, client_pk, client_id, may, scopes_granted, expires, *agreement = row
    scopes = frozenset(scopes_granted.split()) & frozenset(may)
    return Principal(partner_id, name, Kind(kind), Mode(mode), client_pk, client_id, scopes, expires, *agreement)


def run(sql: str, parameters: Sequence[str | int | UUID | None]) -> tuple[Any, ...] | None:
    """The first row of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
