"""Taking a delivery: at once where it is small, else by a job. The same delivery under the same key is never worked on twice.

draft-ietf-httpapi-idempotency-key-header-07, as for single referrals (`api.http.idempotency`). Here the batch itself is what is
remembered, and a batch that was interrupted goes on when its delivery is sent again.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cases.errors import DomainError
from cases.intake import spool
from cases.intake.batches.work import BatchBusy, BatchCancelled, hold, work
from cases.intake.models import Batch, BatchState, Handling
from partners.credentials import Principal

MOST_AT_ONCE = 5_000
MOST_STRICT = 100_000
ENDS = (BatchState.NEEDS_REVIEW, BatchState.DONE, BatchState.FAILED, BatchState.CANCELLED)


class KeyInFlight(DomainError):
    """The delivery with this key is being taken right now."""


class KeyReused(DomainError):
    """Another delivery came under this key."""


class NothingWaits(DomainError):
    """The batch has no rows that wait: they are stored, or were forgotten after a day, or it was cancelled."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was sent, and what is asked for. `path`: the file in the spool, which is taken over. `mapping`: as it was sent."""

    path: Path
    media_type: str | None
    name: str | None
    dry_run: bool
    handling: Handling
    prefer_latest: bool
    respond_async: bool
    language: str
    mapping: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The batch of a delivery. `is_replay`: it was there already."""

    batch: Batch
    is_replay: bool


def receive(*, by: Principal, key: str, delivery: Delivery) -> Receipt:
    """Take a delivery. Raises `FileRefused`, `KeyInFlight` and `KeyReused`; the file is gone from its place in any case."""
    try:
        digest, print_ = seal("batch-key", key), fingerprint(delivery)
        batch, is_replay = begin(by, digest, print_, delivery)
        if is_replay and batch.state in ENDS:
            return Receipt(batch, is_replay=True)
        return Receipt(go_on(batch, delivery), is_replay)
    finally:
        spool.forget(delivery.path)


def begin(by: Principal, digest: str, print_: str, delivery: Delivery) -> tuple[Batch, bool]:
    """The batch of a key: a new one, or the one that is there. Raises `KeyReused`."""
    batch = Batch.objects.select_related("partner").filter(partner_id=by.partner_id, key_digest=digest).first()
    if batch is None:
        batch, is_new = Batch.objects.select_related("partner").get_or_create(
            partner_id=by.partner_id,
            key_digest=digest,
            defaults={
                "client_id": by.client_pk,
                "fingerprint": print_,
                "dry_run": delivery.dry_run,
                "handling": delivery.handling,
                "prefer_latest": delivery.prefer_latest,
                "language": delivery.language,
                "media_type": delivery.media_type or "",
            },
        )
        if is_new:
            return batch, False
    if not hmac.compare_digest(batch.fingerprint, print_):
        raise KeyReused
    return batch, True


def go_on(batch: Batch, delivery: Delivery) -> Batch:
    """Work on a batch now, or leave it to a job. Raises `KeyInFlight` where somebody works on it."""
    if delivery.respond_async or is_large(batch, delivery):
        hand_over(batch, delivery)
        return batch
    try:
        with hold(batch.pk):
            batch.refresh_from_db()
            if batch.state not in ENDS:
                work(batch, delivery.path)
    except BatchBusy:
        raise KeyInFlight from None
    except BatchCancelled:
        batch.refresh_from_db()
    return batch


def is_large(batch: Batch, delivery: Delivery) -> bool:
    """Whether a delivery has more rows than are worked on while the sender waits. Raises `FileRefused` once the batch says so."""
    raise NotImplementedError
