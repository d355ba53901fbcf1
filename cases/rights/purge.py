"""Removing a referral that should never have been sent: the one way past the append-only trigger, for staff on the server."""

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
    """Delete every version of a referral and its linkage code; return how many versions there were.

    The case stays: others may have quoted its token. So does the partner's calendar: the first word of each month is kept. Releases
    that counted it stay as they are, and `release verify` says that they cannot be made again. The audit row names the partner and
    the reason, not the reference. Raises `NotFound`, and `ValueError` for a reason that is not on the code list.
    """
    if reason_code not in WITHDRAWAL_REASON.by_code:
        raise ValueError("unknown reason")
    with transaction.atomic():
        locks.serialise(partner.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT henvis_keep_words(ARRAY[%s]::uuid[])", [partner.pk])
            cursor.execute("SELECT set_config('henvis.purge', 'on', true)")
            deleted, _ = Referral.objects.of(partner.pk).filter(reference=reference).delete()
            cursor.execute("SELECT set_config('henvis.purge', 'off', true)")
        if not deleted:
            raise NotFound
        linkage.forget(partner_id=partner.pk, reference=reference)
        audit.record(by=by, action="referral.purge", subject=str(partner.pk), versions=deleted, reason_code=reason_code)
    return deleted
