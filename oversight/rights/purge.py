"""Purging a referral that should never have been sent. Only staff on the server can do it, past the append-only trigger."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from cases.codelists import WITHDRAWAL_REASON
from cases.duplicates import linkage
from cases.errors import NotFound
from cases.models import Referral
from partners import audit, locks
from partners.audit import Actor
from partners.models import Partner


def purge(*, by: Actor, partner: Partner, reference: UUID, reason_code: str) -> int:
    """Delete every version of a referral, what was asked about it, and its linkage code. Returns the number of versions.

    The case stays, since others may have quoted its token. The time of the partner's first report on each month stays too, so that
    no month becomes late or missing. Releases that counted the referral do not change; `release verify` says that they cannot be
    built again. The audit row names the partner and the reason, not the reference. Raises `NotFound`, and `ValueError` for a
    reason that is not on the code list.
    """
    if reason_code not in WITHDRAWAL_REASON.by_code:
        raise ValueError("unknown reason")
    with transaction.atomic():
        locks.serialise(partner.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT henvis_keep_first_reports(ARRAY[%s]::uuid[])", [partner.pk])
            cursor.execute("SELECT set_config('henvis.purge', 'on', true)")
            cursor.execute("SELECT henvis_erase_returns(ARRAY[%s]::uuid[], ARRAY[%s]::uuid[])", [partner.pk, reference])
            number, _ = Referral.objects.of(partner.pk).filter(reference=reference).delete()
            cursor.execute("SELECT set_config('henvis.purge', 'off', true)")
        if not number:
            raise NotFound
        linkage.forget(partner_id=partner.pk, reference=reference)
        audit.record(by=by, action="referral.purge", subject=str(partner.pk), versions=number, reason_code=reason_code)
    return number
