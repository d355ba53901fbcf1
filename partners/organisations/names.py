"""Names of organisations by date, and the twin in test mode, which has the same name.

An organisation is renamed from a day on. The partner's row has the name in force, and its twin follows. What a test client sends is
never counted, and it reads no figure of a release. So a twin needs no second member of staff, and its managers make its secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.failures import is_outage, where_it_broke
from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.credentials import add_partner, register, scopes_for
from partners.kinds import STATISTICS_SCOPES, Kind, Mode
from partners.models import Client, Partner
from partners.organisations.models import PartnerName

log = structlog.get_logger("henvis.organisations")
# What the log says, for machines that watch it.
NOT_RENAMED = "name not in force"


class RenamingRefused(Exception):
    """The rules refuse a name. The message is for staff."""


def rename(*, by: Actor, partner: Partner, name: str, since: date) -> None:
    """Give a live partner a name from a day on, past or future. Raises `RenamingRefused`."""
    name = " ".join(name.split())
    if partner.mode != Mode.LIVE:
        raise RenamingRefused(
            say("Testrækken følger navnet i drift.", "The row in test mode follows the name of the live one.")
        )
    if not name:
        raise RenamingRefused(say("Skriv et navn.", "Enter a name."))
    with raised_as(RenamingRefused), transaction.atomic():
        row = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
        if not PartnerName.objects.filter(partner=row).exists():
            PartnerName.objects.create(partner=row, name=row.name, since=timezone.localdate(row.created_at))
        PartnerName.objects.create(partner=row, name=name, since=since, user_id=by.user_id)
        audit.record(by=by, action="partner.rename", subject=str(row.pk), since=since.isoformat())
        put_in_force(row)
    partner.refresh_from_db()


def is_free(name: str, partner: Partner) -> bool:
    """Whether no other live partner has a name, or is to have it."""
    others = Partner.objects.filter(name=name, mode=Mode.LIVE).exclude(pk=partner.pk)
    plans = PartnerName.objects.filter(name=name, since__gt=timezone.localdate()).exclude(partner=partner)
    return not others.exists() and not plans.exists()


def in_force(partner: Partner, day: date | None = None) -> str:
    """The name that a partner has on a day (None: today) by its history; without one, the name of its row."""
    names = PartnerName.objects.filter(partner=partner, since__lte=day or timezone.localdate())
    row = names.order_by("-since", "-recorded_at").first()
    return row.name if row is not None else partner.name


def put_in_force(partner: Partner) -> bool:
    """Write the name of today into the partner's row, and into its twin's where no other row in test mode has it."""
    name = in_force(partner)
    if name == partner.name:
        return False
    Partner.objects.filter(pk=partner.pk).update(name=name)
    if not Partner.objects.filter(name=name, mode=Mode.TEST).exists():
        Partner.objects.filter(twin_of=partner).update(name=name)
    return True


def take_force() -> int:
    """Let the planned names whose day has come take force. Returns how many did. One that is taken by now stops no other."""
    number = 0
    for partner in Partner.objects.filter(pk__in=PartnerName.objects.values("partner")):
        if in_force(partner) == partner.name:
            continue  # without the lock, for which a large delivery is waited for
        try:
            with transaction.atomic():
                if put_in_force(Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)):
                    audit.record(by=COMMAND, action="partner.rename", subject=str(partner.pk), in_force=True)
                    number += 1
        except DatabaseError as error:
            if is_outage(error):
                raise
            log.error(NOT_RENAMED, partner=str(partner.pk), **where_it_broke(error))
    return number


def names_of(partner: Partner) -> list[PartnerName]:
    """The names of a partner, planned ones too, the latest first."""
    return list(PartnerName.objects.filter(partner=partner).select_related("user").order_by("-since", "-recorded_at"))


def add_twin(*, by: Actor, partner: Partner, scopes: Iterable[str] | None = None) -> Client | None:
    """Create the test client of a live partner, and its row in test mode.

    `scopes`: those of the live client, or the widest of its kind; those that read figures are left out. Returns None where nothing
    is made: for a partner in test mode, where the organisation has such a row already, and where no scope is left.
    """
    writing = [scope for scope in scopes_for(partner, scopes) if scope not in STATISTICS_SCOPES]
    if partner.mode != Mode.LIVE or not writing or has_twin(partner):
        return None
    with transaction.atomic():
        twin = add_partner(
            by=by, name=partner.name, kind=Kind(partner.kind), mode=Mode.TEST, twin_of=partner,
            agreement=partner.agreement_kind,
        )  # fmt: skip
        return register(by=by, partner=twin, scopes=writing)


def has_twin(partner: Partner) -> bool:
    """Whether the organisation has a row in test mode: its twin, or one of its name."""
    test = Partner.objects.filter(mode=Mode.TEST)
    return test.filter(twin_of=partner).exists() or test.filter(name=partner.name).exists()
