"""The list of deliveries: who sent what and when, and what became of it. A lost answer is found again here.

And what every page of a delivery needs: the delivery, which is of the visitor's partner, and that its rows were read.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from cases.errors import NotFound
from cases.intake.batches import arrival, retention
from cases.intake.models import Batch, BatchState
from core.text import Text, number_in, range_of, short
from pages.desk import reads
from pages.desk.frame import Visit, Waiting, desk_page, show
from pages.desk.sending.rows import count_words, number_words
from pages.desk.sending.words import BY_API, CONFIRMED_BY, NONE_SENT, STATE_WORDS, STORED_BY, WORDS, DeliveryState
from partners import audit
from partners.people.names import name_of
from partners.roles import Right

ON_A_PAGE = 25
# Of these no row is left that could be sent.
ENDED = frozenset({DeliveryState.CANCELLED, DeliveryState.EXPIRED})


class DeliveryLine(NamedTuple):
    """A delivery in the list. `name`: what the centre calls it too."""

    address: str
    name: str
    created_at: datetime
    who: str
    state: Text
    words: list[Text]


@require_safe
@desk_page(Right.SUBMIT)
def deliveries(visit: Visit) -> HttpResponse:
    """A page of the list, the newest first; or of those alone that have a short name (`name`)."""
    name, every = visit.request.GET.get("name", "").strip(), newest(visit)
    if name:
        ends = range_of(name)
        every = every.filter(pk__range=ends) if ends else every.none()
    part = Paginator(every, ON_A_PAGE).get_page(visit.request.GET.get("page"))
    lines = [line_of(visit, each) for each in part]
    return show(visit, "desk/sending/deliveries.html", {"sending": WORDS, "lines": lines, "part": part, "name": name})


def latest(visit: Visit, number: int) -> list[DeliveryLine]:
    return [line_of(visit, each) for each in newest(visit)[:number]]


def newest(visit: Visit) -> QuerySet[Batch]:
    """Every delivery with its people, the newest first."""
    every = arrival.attempts(by=visit.by).select_related("user", "confirmed_by", "committed_by")
    return every.order_by("-created_at", "-pk")


def line_of(visit: Visit, batch: Batch) -> DeliveryLine:
    address = visit.address("delivery", batch_id=batch.pk)
    return DeliveryLine(
        address,
        short(batch.pk),
        batch.created_at,
        people_of(batch),
        STATE_WORDS[state_of(batch)],
        counts_in_list(batch),
    )


def counts_in_list(batch: Batch) -> list[Text]:
    """The counts of a delivery; of one that was cancelled or deleted only that none of its rows was sent."""
    if state_of(batch) not in ENDED or batch.total is None:
        return count_words(batch)
    return [number_words(batch.total, *NONE_SENT)]


def people_of(batch: Batch) -> str:
    """Who sent a delivery and, where it is somebody else, who has confirmed or stored what waited of it."""
    sender = str(BY_API) if batch.user is None else name_of(batch.user)
    other, words = (batch.confirmed_by, CONFIRMED_BY) if batch.confirmed_by else (batch.committed_by, STORED_BY)
    if other is not None and other != batch.user:
        return f"{sender}, {words} {name_of(other)}"
    # Of one of before 0.11, which has no digest, who stored it was not kept.
    is_known = batch.stored and batch.content_digest != ""
    return f"{sender}, {STORED_BY} {BY_API}" if is_known and batch.user and other is None else sender


def state_of(batch: Batch) -> DeliveryState:
    """How it stands with a delivery, for a person."""
    if retention.is_at_work(batch):
        return DeliveryState.WORKING
    if batch.state == BatchState.FAILED:
        return DeliveryState.REFUSED
    if batch.stored:
        return DeliveryState.SENT
    if batch.state == BatchState.CANCELLED:
        return DeliveryState.CANCELLED
    if batch.total and batch.unchanged == batch.total:
        return DeliveryState.NOTHING_NEW
    return DeliveryState.WAITING if retention.is_waiting(batch) else DeliveryState.EXPIRED


def files_waiting(visit: Visit) -> list[Waiting]:
    """The files that were checked and not sent, and deliveries with rows to confirm: for who may send them."""
    if not visit.may(Right.SUBMIT):
        return []
    waits = retention.waiting_for_people(arrival.attempts(by=visit.by))
    return [waiting_of(visit, each) for each in waits.order_by("-finished_at")]


def waiting_of(visit: Visit, batch: Batch) -> Waiting:
    """Such a file in words: what it has, and until when it waits."""
    end = retention.commit_until(batch)
    until = date_format(localtime(end), "DATETIME_FORMAT") if end else ""
    counts = ", ".join(map(str, count_words(batch)))
    words = WORDS["draft"] if not batch.stored else WORDS["draft_rest"]
    return Waiting(f"{words}: {counts} ({WORDS['until']} {until})", visit.address("delivery", batch_id=batch.pk))


def batch_of(visit: Visit, batch_id: UUID) -> Batch:
    """A delivery of the partner in the mode of the address. Raises `Http404`."""
    try:
        return arrival.get(by=visit.by, batch_id=batch_id)
    except NotFound:
        raise Http404 from None


def has_results(batch: Batch) -> bool:
    """Whether the results of its rows are there: it has ended, and they are not forgotten."""
    return not retention.is_at_work(batch) and timezone.now() <= retention.kept_until(batch)


def record_rows(visit: Visit, page: str, rows: int) -> None:
    """Write down, in the caller's transaction, that the person was shown so many rows. Of none nothing was shown."""
    if rows:
        reads.write_down(visit, page, rows)


def record_act(visit: Visit, batch: Batch, action: str, **detail: object) -> None:
    """The audit row of an act on a delivery: who, which delivery, and nothing of its rows."""
    audit.record(by=visit.actor, action=action, subject=str(batch.pk), partner=str(visit.partner.pk), **detail)


def index_after(visit: Visit) -> int:
    """After which row a page of rows begins, as its address says it; -1 for the first page."""
    index = number_in(visit.request.GET.get("after", ""))
    return -1 if index is None else index
