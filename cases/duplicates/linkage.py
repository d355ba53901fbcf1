"""Linkage codes: what two partners who know a person's name and day of birth both make of them, without the centre learning
either.

A partner makes the code by `docs/linkage-code.md`, with a key that the partners share and the centre never holds. What is stored
is an HMAC of it under our own pepper, so a copy of the database alone matches nothing, and a partner's key alone cannot try names
on it. No function here returns a code or its digest.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from cases.duplicates.models import LinkageCode
from cases.erased import lookup
from cases.models import Referral, Status, VersionQuerySet
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.kinds import Mode

CODE = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Written out so that the digest is only ever written: the web server's role may not read it.
PUT = """
INSERT INTO duplicates_linkagecode (partner_id, reference, digest, recorded_at)
VALUES (%(partner)s, %(reference)s, %(digest)s, %(at)s)
ON CONFLICT (partner_id, reference) DO UPDATE SET digest = %(digest)s, recorded_at = %(at)s
"""


def digest(code: str, *, mode: Mode) -> str:
    """HMAC-SHA-256 of a code under the pepper, in hex. The label keeps it apart from other uses, and test codes from live ones."""
    label = f"henvis linkage code, {mode.lower()}: "
    return hmac.new(settings.HENVIS_PEPPER.encode(), f"{label}{code}".encode(), hashlib.sha256).hexdigest()


def put(*, by: Principal, reference: UUID, code: str) -> None:
    """Store the code of a referral in place of any other; the same again changes nothing but when it was said.

    `code`: 64 hexadecimal digits in lower case; `ValueError` for anything else. Raises `NotFound` where the caller has no such
    referral, or has withdrawn it, and `Erased`.
    """
    if not CODE.fullmatch(code):
        raise ValueError("no linkage code")
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        if not own(by, reference).exclude(status=Status.WITHDRAWN).exists():
            raise lookup.missing_error(by.partner_id, reference)
        stored = digest(code, mode=by.mode)
        with connection.cursor() as cursor:
            cursor.execute(PUT, {"partner": by.partner_id, "reference": reference, "digest": stored, "at": at})
        log(by, "linkage_code.put")


def delete(*, by: Principal, reference: UUID) -> None:
    """Delete the code of a referral, also of a withdrawn one; again changes nothing. Raises `NotFound`, `Erased`."""
    with transaction.atomic():
        locks.serialise(by.partner_id)
        if not own(by, reference).exists():
            raise lookup.missing_error(by.partner_id, reference)
        if forget(partner_id=by.partner_id, reference=reference):
            log(by, "linkage_code.delete")


def forget(*, partner_id: UUID, reference: UUID) -> int:
    """Delete the code of a referral in the caller's transaction; return how many there were, 0 or 1."""
    deleted, _ = LinkageCode.objects.filter(partner_id=partner_id, reference=reference).delete()
    return deleted


def own(by: Principal, reference: UUID) -> VersionQuerySet:
    """The caller's current version of a referral."""
    return Referral.objects.of(by.partner_id).current().filter(reference=reference)


def log(by: Principal, action: str) -> None:
    """The audit row. It names the partner and not the referral."""
    audit.record(by=Actor(client_id=by.client_pk), action=action, subject=str(by.partner_id))
