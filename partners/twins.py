"""The twin of a live partner: the same organisation in test mode, with a client whose secret its managers make at once.

What a test client sends is never counted, and it reads no figure of a release. So it needs no second member of staff.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from partners.audit import Actor
from partners.credentials import add_partner, register, scopes_for
from partners.kinds import STATISTICS_SCOPES, Kind, Mode
from partners.models import Client, Partner


def add_twin(*, by: Actor, partner: Partner, scopes: Iterable[str] | None = None) -> Client | None:
    """Create the test client of a live partner, and its row in test mode.

    `scopes`: those of the live client, or the widest of its kind; those that read figures are left out. Returns None where nothing
    is made: for a partner in test mode, where the organisation has such a row already, and where no scope is left.
    """
    writing = [scope for scope in scopes_for(partner, scopes) if scope not in STATISTICS_SCOPES]
    if partner.mode != Mode.LIVE or not writing or has_twin(partner):
        return None
    with transaction.atomic():
        twin = add_partner(by=by, name=partner.name, kind=Kind(partner.kind), mode=Mode.TEST, twin_of=partner)
        return register(by=by, partner=twin, scopes=writing)


def has_twin(partner: Partner) -> bool:
    """Whether the organisation has a row in test mode: its twin, or one of its name."""
    test = Partner.objects.filter(mode=Mode.TEST)
    return test.filter(twin_of=partner).exists() or test.filter(name=partner.name).exists()
