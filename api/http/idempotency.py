"""Retries of POST (draft-ietf-httpapi-idempotency-key-header-07).

The row is written in the transaction of the work, under an advisory lock of the key: either both are stored or neither. What is
refused is not remembered, so a mended body may be sent under the same key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from api.http.problems import ProblemError
from api.http.request_headers import header_problem
from api.models import IdempotencyRecord
from cases import dictionary as d
from cases.erased import digests
from cases.errors import Erased, NotFound
from cases.fields import to_stored
from cases.intake.own import own_versions
from cases.intake.submit import ReferralResult
from cases.models import Referral
from core import keys
from core.text import Text
from partners.credentials import Principal

KEPT = timedelta(days=400)
# A key that is counted or named meets another one of the same partner some day, and the UUID of nothing but zeros is a mistake.
# The shortest random ids have 20 characters.
LEAST, MOST, DIFFERENT = 20, 255, 8
CHARACTERS = f"[!#-~]{{{LEAST},{MOST}}}"
KEY = re.compile(f'"({CHARACTERS})"|({CHARACTERS})', re.ASCII)
KEY_EXPECTED = Text(
    f"En ny UUID, eller {LEAST} til {MOST} synlige ASCII-tegn, der er lige så tilfældige.",
    f"A new UUID, or {LEAST} to {MOST} visible ASCII characters that are as random.",
)


def key_of(request: HttpRequest) -> str:
    """The key of the header, with or without the quotes of a structured field. Raises `ProblemError` 400."""
    header = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if header is None:
        raise ProblemError("idempotency_key_missing")
    match = KEY.fullmatch(header.strip())
    key = (match[1] or match[2]) if match else ""
    if len(set(key)) < DIFFERENT:
        raise header_problem("Idempotency-Key", "key_expected", KEY_EXPECTED)
    return key


def answer_once(
    *, by: Principal, key: str, values: Mapping[str, object], work: Callable[[], ReferralResult]
) -> tuple[Referral, bool]:
    """Do the work, or find what it came to when the same key and content came before; return (version, replayed).

    Raises `ProblemError` 409 while the first is still under way, 422 where the key belongs to other content, and `Erased` where
    what it made was erased: a late retry must not make it again.
    """
    digest, print_ = seal("key", key), seal("body", canonical(values))
    with transaction.atomic():
        hold(by, digest)
        row = IdempotencyRecord.objects.filter(partner_id=by.partner_id, key_digest=digest).first()
        if row is not None and row.created_at > timezone.now() - KEPT:
            return replay(row, print_), True
        if row is None and digests.is_erased(by.partner_id, digest):
            raise Erased
        referral = work().referral
        if row is not None:  # kept no longer; the key is free again
            row.delete()
        IdempotencyRecord.objects.create(
            partner_id=by.partner_id,
            key_digest=digest,
            fingerprint=print_,
            status=201,
            reference=referral.reference,
            version=referral.version,
            created_at=referral.recorded_at,
        )
    return referral, False


def hold(by: Principal, digest: str) -> None:
    """Hold the key until the transaction ends. Raises `ProblemError` 409 where another request holds it."""
    number = int.from_bytes(hashlib.sha256(by.partner_id.bytes + digest.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if cursor.fetchone() != (True,):
            raise ProblemError("idempotency_in_flight", headers={"Retry-After": "1"})


def replay(row: IdempotencyRecord, fingerprint: str) -> Referral:
    """The version that the first request wrote. Raises `ProblemError` 422, and `NotFound` where it was purged since."""
    if not hmac.compare_digest(row.fingerprint, fingerprint):
        raise ProblemError("idempotency_key_reused")
    versions = own_versions(row.partner_id).filter(reference=row.reference, version=row.version)
    referral: Referral | None = versions.select_related("case").first()
    if referral is None:
        raise NotFound
    return referral


def canonical(values: Mapping[str, object]) -> str:
    """The validated body as one text: the same content in another order or layout, or with ``_N`` spelt out, is the same body."""
    row = {**to_stored(d.REFERRAL, values), d.CASE_TOKEN.name: values.get(d.CASE_TOKEN.name)}
    return json.dumps(row, sort_keys=True, default=str)


def seal(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under the pepper, in hex."""
    return keys.seal(f"{purpose}:{text}")
