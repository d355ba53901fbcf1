"""The invented organisations of the sandbox, and how the database recognises them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from cases.months import this_month
from partners import audit
from partners.credentials import add_client, add_partner, live_secrets, revoke
from partners.kinds import NOTHING_EXPECTED, REFERRAL_SCOPES, SCOPES_OF_KIND, Calendar, Kind, Mode, Reporting, Scope
from partners.models import AuditEvent, Client, Partner
from partners.organisations import agreements

# The action of the audit row that marks a partner as invented. A name proves nothing.
INVENTED = "sandbox.partner"
# Who has confirmed the agreement for all of them: an account that cannot sign in.
SIGNER = "sandbox-manager"


class SandboxRole(StrEnum):
    """The role of an organisation in the sandbox."""

    OUTREACH = "OUTREACH"
    SHELTER = "SHELTER"
    ADVICE = "ADVICE"
    POLICE = "POLICE"
    IMMIGRATION = "IMMIGRATION"
    CENTRE = "CENTRE"
    MUNICIPALITY = "MUNICIPALITY"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One invented partner."""

    name: str
    kind: Kind
    mode: Mode
    scopes: tuple[Scope, ...]


LIVE: Mapping[SandboxRole, Organisation] = {
    SandboxRole.OUTREACH: Organisation("Sandbox Night Outreach", Kind.NGO, Mode.LIVE, REFERRAL_SCOPES),
    SandboxRole.SHELTER: Organisation("Sandbox Shelter Harbour", Kind.NGO, Mode.LIVE, REFERRAL_SCOPES),
    SandboxRole.ADVICE: Organisation("Sandbox Workers' Advice", Kind.NGO, Mode.LIVE, REFERRAL_SCOPES),
    SandboxRole.POLICE: Organisation("Sandbox Police", Kind.POLICE, Mode.LIVE, REFERRAL_SCOPES),
    SandboxRole.IMMIGRATION: Organisation(
        "Sandbox Immigration Service", Kind.IMMIGRATION, Mode.LIVE, SCOPES_OF_KIND[Kind.IMMIGRATION]
    ),
    SandboxRole.CENTRE: Organisation("Sandbox Centre", Kind.CENTRE, Mode.LIVE, SCOPES_OF_KIND[Kind.CENTRE]),
    SandboxRole.MUNICIPALITY: Organisation("Sandbox Municipality", Kind.MUNICIPALITY, Mode.LIVE, REFERRAL_SCOPES),
}
_TEST_NGO = Organisation("Sandbox Night Outreach", Kind.NGO, Mode.TEST, REFERRAL_SCOPES)
_TEST_CENTRE = Organisation("Sandbox Centre", Kind.CENTRE, Mode.TEST, SCOPES_OF_KIND[Kind.CENTRE])
# In test mode two organisations have all roles. They identify persons who must never be counted.
TEST: Mapping[SandboxRole, Organisation] = {
    role: _TEST_CENTRE if role in {SandboxRole.CENTRE, SandboxRole.IMMIGRATION} else _TEST_NGO for role in SandboxRole
}


def establish(world: Mapping[SandboxRole, Organisation]) -> dict[SandboxRole, Client]:
    """The client of each role's organisation, created where it is missing."""
    with transaction.atomic():
        clients = {organisation: client_of(organisation) for organisation in dict.fromkeys(world.values())}
    return {role: clients[organisation] for role, organisation in world.items()}


def client_of(organisation: Organisation) -> Client:
    """The organisation's client. It has no live secret: `manage.py partner_secret issue` creates one."""
    mine = Client.objects.filter(
        partner__in=invented_partners(), partner__name=organisation.name, partner__mode=organisation.mode
    ).order_by("pk")
    present: Client | None = mine.first()
    if present is not None:
        return present
    # The calendar begins this month: for the invented years nobody is late. In test mode nothing is expected.
    is_live = organisation.mode == Mode.LIVE
    partner = add_partner(
        by=audit.COMMAND,
        name=organisation.name,
        kind=organisation.kind,
        mode=organisation.mode,
        calendar=Calendar(Reporting.MONTHLY, since=this_month()) if is_live else NOTHING_EXPECTED,
        twin_of=live_row(organisation),
    )
    mark_invented(partner)
    agree(partner)
    client, _secret = add_client(by=audit.COMMAND, partner=partner, scopes=organisation.scopes)
    for secret in live_secrets(client):
        revoke(by=audit.COMMAND, secret=secret)
    return client


def agree(partner: Partner) -> None:
    """Have an invented live partner confirm the agreement, by an invented person without a password."""
    if agreements.needs_none(partner):
        return
    signer, is_new = User.objects.get_or_create(username=SIGNER, defaults={"is_active": False})
    if is_new:
        signer.set_unusable_password()
        signer.save(update_fields=["password"])
    agreements.confirm(user=signer, partner=partner, version=agreements.current_of(partner), by=audit.COMMAND)


def live_row(organisation: Organisation) -> Partner | None:
    """Of an organisation in test mode: its live row."""
    if organisation.mode == Mode.LIVE:
        return None
    return invented_partners().filter(name=organisation.name, kind=organisation.kind, mode=Mode.LIVE).first()


def mark_invented(partner: Partner) -> None:
    """Mark a partner as invented, for ever."""
    audit.record(by=audit.COMMAND, action=INVENTED, subject=str(partner.pk))


def real_partners() -> QuerySet[Partner]:
    """The partners without the mark: with one of them, this may be a real database."""
    return Partner.objects.exclude(pk__in=invented_partners())


def invented_partners() -> QuerySet[Partner]:
    marks = AuditEvent.objects.filter(action=INVENTED).values_list("subject", flat=True)
    return Partner.objects.filter(pk__in=list(marks))
