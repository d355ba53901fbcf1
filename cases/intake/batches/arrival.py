"""Taking a delivery: at once where it is small, else by a job. The same delivery under the same key is never worked on twice.

draft-ietf-httpapi-idempotency-key-header-07, as for single referrals (`api.http.idempotency`). Here the batch itself is what is
remembered, and a batch that was interrupted goes on when its delivery is sent again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from cases.errors import DomainError, NotFound
from cases.intake.batches import jobs
from cases.intake.batches.holding import AT_WORK, BatchBusy, BatchCancelled, hold
from cases.intake.batches.storing import MOST_AT_ONCE
from cases.intake.batches.work import MOST_STRICT, TooMuchAtOnce, refuse, work
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchState, Handling
from cases.intake.readers import spool
from cases.intake.readers.files import open_file
from cases.intake.readers.refusals import MOST_BYTES_AT_ONCE
from cases.intake.submit import demand_agreement
from cases.intake.understanding import mappings
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.sources import Source
from core import keys
from partners.credentials import Principal
from partners.kinds import Scope

ENDS = frozenset({BatchState.NEEDS_REVIEW, BatchState.DONE, BatchState.FAILED, BatchState.CANCELLED})


class KeyInFlight(DomainError):
    """The delivery with this key is being taken right now."""


class TooManyWaiting(FileRefused):
    """So much of the partner's, or of all, waits to be worked on that no more is taken now."""

    def __init__(self) -> None:
        super().__init__("deliveries_waiting")


class KeyReused(DomainError):
    """Another delivery came under this key."""


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
    """Take a delivery. Raises `AgreementMissing` unless it is a dry run, `FileRefused`, `KeyInFlight` and `KeyReused`; the file is
    gone from its place in any case.

    What the delivery says of its columns is remembered for the next one.
    """
    try:
        if not delivery.dry_run:
            demand_agreement(by)
        batch, is_replay = begin(by, key, delivery)
        if not is_replay or batch.state not in ENDS:
            go_on_or_say(batch, delivery)
        return Receipt(batch, is_replay)
    finally:
        spool.forget(delivery.path)


def begin(by: Principal, key: str, delivery: Delivery) -> tuple[Batch, bool]:
    """The batch of a key: a new one, or the one that is there and whether it was. Raises `KeyReused`, and `FileRefused`."""
    content = content_of(delivery.path)
    print_ = fingerprint(delivery, content)
    request = {
        "fingerprint": print_,
        "content_digest": seal_content(by.partner_id, content),
        "client_id": by.client_pk,
        "user_id": by.user_id,
        "committed_by_id": None if delivery.dry_run else by.user_id,
        "dry_run": delivery.dry_run,
        "handling": str(delivery.handling),
        "prefer_latest": delivery.prefer_latest,
        "language": delivery.language,
    }
    batch, is_new = Batch.objects.select_related("partner").get_or_create(
        partner_id=by.partner_id, key_digest=seal("batch-key", key), defaults=request
    )
    if not is_new and not hmac.compare_digest(batch.fingerprint, print_):
        raise KeyReused
    return batch, not is_new


def go_on_or_say(batch: Batch, delivery: Delivery) -> None:
    """The same as `go_on`; a refusal says of which batch it is."""
    try:
        go_on(batch, delivery)
    except FileRefused as refusal:
        refusal.batch_id = batch.pk
        raise


def go_on(batch: Batch, delivery: Delivery) -> None:
    """Work on a batch now, or leave it to a job, or to the one that has it.

    Raises `KeyInFlight` where another request works on it, and `FileRefused`.
    """
    try:
        with hold(batch.pk):
            batch.refresh_from_db()
            if batch.key_digest is None:
                raise KeyInFlight  # another request with it was refused just now, and the key is free again
            if batch.state not in ENDS and not jobs.is_with_job(batch):
                take_in(batch, delivery)
    except BatchBusy:
        is_with_job = jobs.is_with_job(batch)
        batch.refresh_from_db()
        if batch.key_digest is None or not (is_with_job or batch.state in ENDS):
            raise KeyInFlight from None
    except BatchCancelled:
        batch.refresh_from_db()


def take_in(batch: Batch, delivery: Delivery) -> None:
    """Remember what is told of the columns, find out how large the delivery is, and work on it now or later."""
    try:
        batch.mapping = mapping_for(batch, delivery).as_json()
        source = open_file(delivery.path, media_type=delivery.media_type, name=delivery.name)
        batch.format = source.format
        Batch.objects.filter(pk=batch.pk).update(format=source.format, mapping=batch.mapping)
        number = count_at_most(source, MOST_AT_ONCE + MARGIN)
        if batch.handling == Handling.STRICT and number > MOST_STRICT + MARGIN:
            raise FileRefused("payload_too_large", [(Finding("too_many_rows_strict"), None)])
        share = source.size() / MOST_BYTES_AT_ONCE[source.format]
        is_large = number > MOST_AT_ONCE + MARGIN or share > 1
    except FileRefused as refusal:
        refuse(batch, refusal)
        raise
    if delivery.respond_async or is_large:
        put_off(batch, delivery.path, is_large=is_large)
    else:
        work_or_put_off(batch, delivery.path, is_tiny=share < TINY)


# What is smaller than this part of what is read at once takes less time than to wait for another one.
TINY = 1 / 32


def work_or_put_off(batch: Batch, path: Path, *, is_tiny: bool) -> None:
    """Work on a batch while its sender waits: on one of a partner's at a time that is not tiny, so that others are answered too.

    It is left to a job where another one is worked on so, or where there is more to look at than is done at once.
    """
    try:
        with nullcontext() if is_tiny else hold(batch.partner_id):
            work(batch, path, at_once=True)
    except BatchBusy:
        put_off(batch, path, is_large=False)
    except TooMuchAtOnce:
        put_off(batch, path, is_large=True)


def put_off(batch: Batch, path: Path, *, is_large: bool) -> None:
    """Leave a batch to a job. Raises `TooManyWaiting` once the batch says so."""
    try:
        if not spool.place_of(batch.pk).exists():
            demand_room(batch, path)
    except FileRefused as refusal:
        refuse(batch, refusal)
        raise
    hand_over(batch, path, is_large=is_large)


def mapping_for(batch: Batch, delivery: Delivery) -> MappingContent:
    """What is told of the columns, now or before. What is told now is kept for the next delivery. Raises `FileRefused`."""
    if delivery.mapping is None:
        return mappings.use(batch.partner_id)
    return mappings.remember(batch.partner_id, delivery.mapping)


# What is no row may be counted with them: a header, and blank lines.
MARGIN = 100


def count_at_most(source: Source, most: int) -> int:
    """How many rows a file has at most; of one that does not say, those that are read, and no more than it takes to know."""
    number = source.count()
    if number is None:
        rows: Iterator[object] = source.table().rows if source.has_table else source.objects()
        number = sum(1 for _ in islice(rows, most + 1))
    return number


def demand_room(batch: Batch, path: Path) -> None:
    """Raise `TooManyWaiting` where too many deliveries of the partner wait, or too many bytes of it or of all."""
    queue = Batch.objects.filter(partner_id=batch.partner_id, state__in=AT_WORK).exclude(pk=batch.pk)
    sizes = [size for pk in queue.values_list("pk", flat=True) if (size := spool.size_of(spool.place_of(pk)))]
    size = spool.size_of(path)
    is_full = len(sizes) >= settings.HENVIS_WAITING or sum(sizes) + size > settings.HENVIS_WAITING_BYTES
    if is_full or spool.size() > settings.HENVIS_SPOOL_BYTES:
        raise TooManyWaiting


def hand_over(batch: Batch, path: Path, *, is_large: bool) -> None:
    """Leave a batch to a job, with its file. The job is there if and only if the batch says that it waits."""
    spool.keep(path, batch.pk)
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.QUEUED)
        jobs.hand_over(batch, is_large=is_large)
    batch.state = BatchState.QUEUED


def get(*, by: Principal, batch_id: UUID) -> Batch:
    """A batch of the caller's. Raises `NotFound`."""
    batch: Batch | None = attempts(by=by).filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def attempts(*, by: Principal) -> QuerySet[Batch]:
    """The deliveries of the caller's partner, the newest first: for a client that may not read records, its own alone."""
    deliveries = Batch.objects.select_related("partner").filter(partner_id=by.partner_id)
    return deliveries if Scope.REFERRALS_READ in by.scopes else deliveries.filter(client_id=by.client_pk)


def content_of(path: Path) -> str:
    """SHA-256 of a file, in hex. It is not to be kept: whoever has the file, or guesses it, would know it again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal_content(partner_id: UUID, content: str) -> str:
    """HMAC of a partner and a file, of which `content` is the hash: the same file of another partner is not known again by it."""
    return seal("batch-content", f"{partner_id}:{content}")


def fingerprint(delivery: Delivery, content: str) -> str:
    """HMAC of the file, of which `content` is the hash, and of what is asked for: any other file or wish is another delivery."""
    wish = [delivery.dry_run, str(delivery.handling), delivery.prefer_latest, delivery.mapping]
    return seal("batch", json.dumps([content, *wish], sort_keys=True))


def seal(purpose: str, text: str) -> str:
    """HMAC-SHA-256 under the pepper, in hex."""
    return keys.seal(f"{purpose}:{text}")
