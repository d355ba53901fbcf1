"""Linkage codes: two partners that know a person's name and date of birth derive the same code, and the centre learns neither.

A partner derives the code as docs/linkage-code.md says, with a key that the partners share and the centre never has. The database
stores an HMAC of the code under our pepper: neither a copy of the database alone nor the partners' key alone can be used to try
names. No function here returns a code or its digest.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.db import connection, transaction

from cases.duplicates.models import LinkageCode
from cases.erased import digests
from cases.models import Referral, VersionQuerySet
from cases.versions import Status
from core import keys
from partners import audit, locks
from partners.audit import Actor
from partners.credentials import Principal
from partners.kinds import Mode

CODE = re.compile(r"[0-9a-f]{64}", re.ASCII)
# Plain SQL that never reads the digest: the web server's role may not read that column.
PUT = """
INSERT INTO duplicates_linkagecode (partner_id, reference, digest, recorded_at)
VALUES (%(partner)s, %(reference)s, %(digest)s, %(at)s)
ON CONFLICT (partner_id, reference) DO UPDATE SET digest = %(digest)s, recorded_at = %(at)s
"""


def digest(code: str, *, mode: Mode) -> str:
    """HMAC-SHA-256 of a code under the pepper, in hex. The label separates it from other uses, and test codes from live ones."""
    return keys.seal(f"henvis linkage code, {mode.lower()}: {code}")


def put(*, by: Principal, reference: UUID, code: str) -> None:
    """Store the code of a referral in place of an earlier one. Repeating it changes only `recorded_at`.

    `code`: 64 hexadecimal digits in lower case. Raises `ValueError` for anything else, `NotFound` where the caller has no such
    referral or has withdrawn it, and `Erased`.
    """
    if not CODE.fullmatch(code):
        raise ValueError("no linkage code")
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        if not own(by, reference).exclude(status=Status.WITHDRAWN).exists():
            raise digests.missing_error(by.partner_id, reference)
        digest_of_code = digest(code, mode=by.mode)
        with connection.cursor() as cursor:
            cursor.execute(PUT, {"partner": by.partner_id, "reference": reference, "digest": digest_of_code, "at": at})
        log(by, "linkage_code.put")


def delete(*, by: Principal, reference: UUID) -> None:
    """Delete the code of a referral, also of a withdrawn one. Repeating it changes nothing. Raises `NotFound`, `Erased`."""
    with transaction.atomic():
        locks.serialise(by.partner_id)
        if not own(by, reference).exists():
            raise digests.missing_error(by.partner_id, reference)
        if forget(partner_id=by.partner_id, reference=reference):
            log(by, "linkage_code.delete")


def forget(*, partner_id: UUID, reference: UUID) -> int:
    """Delete the code of a referral in the caller's transaction. Returns the number of deleted codes, 0 or 1."""
    count, _ = LinkageCode.objects.filter(partner_id=partner_id, reference=reference).delete()
    return count


def own(by: Principal, reference: UUID) -> VersionQuerySet:
    """The caller's current version of a referral."""
    return Referral.objects.of(by.partner_id).current().filter(reference=reference)


def log(by: Principal, action: str) -> None:
    """Write the audit row. It names the partner, not the referral."""
    audit.record(by=Actor(client_id=by.client_pk), action=action, subject=str(by.partner_id))
