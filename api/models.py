"""What HTTP itself has to remember: which POST was already answered."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from core.rows import StoredRow
from partners.models import Partner


class IdempotencyRecord(StoredRow):
    """One answered POST. The key and the body are kept as HMACs only; a replay renders the stored version again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, db_index=False)
    key_digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    reference = models.UUIDField()
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("partner", "key_digest"), name="idempotency_key")]
