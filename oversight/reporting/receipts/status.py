"""How a year and its receipts stand: waiting for a signature, signed, changed since, reopened, superseded; without their PDFs.

Which year waits for its signature, the home of the desk says and Monday's mail tells. Receipts without PDFs wait for a worker, or
are those that it could not make.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from cases.months import COPENHAGEN
from cases.windows import partner_years
from cases.windows.models import ReceiptFile, Reopening, YearReceipt
from core.text import Text
from oversight.reporting.periods import periods_of_year
from oversight.reporting.receipts import keys
from oversight.reporting.receipts.content import content_of
from oversight.reporting.receipts.signing import open_points
from partners.kinds import Mode
from partners.models import AuditEvent, Partner
from partners.staff.naming import day_of


class YearState(StrEnum):
    """How the signature of a year stands."""

    UNSIGNED = "UNSIGNED"
    SIGNED = "SIGNED"
    CHANGED = "CHANGED"
    REOPENED = "REOPENED"


class ReceiptState(StrEnum):
    """How a receipt stands, as anybody may know who has it."""

    CURRENT = "CURRENT"
    REOPENED = "REOPENED"
    SUPERSEDED = "SUPERSEDED"


YEAR_WORDS: dict[YearState, Text] = {
    YearState.UNSIGNED: Text("ikke underskrevet", "not signed"),
    YearState.SIGNED: Text("underskrevet", "signed"),
    YearState.CHANGED: Text("underskrevet; ændret siden", "signed; changed since"),
    YearState.REOPENED: Text("genåbnet", "reopened"),
}


@dataclass(frozen=True, slots=True)
class PublicReceipt:
    """What the public address of a receipt tells, and no more: nothing of the partner, and no number.

    `key_id`: of the key that signed it; None while no worker has.
    """

    digest: str
    signed_at: datetime
    state: ReceiptState
    key_id: str | None


class UnsignedYear(NamedTuple):
    """What is said of a year that is not signed, and whether its deadline has passed."""

    words: Text
    is_late: bool


def year_state(partner_id: UUID, year: int, *, looks_at_records: bool = True) -> tuple[YearState, YearReceipt | None]:
    """How a year stands, with its last receipt.

    Changed since: a record was erased, or corrected at the centre's request. That takes a look at each record of the year, and
    is left out of lists of years. Forms of counts do not change while a year is signed.
    """
    receipt = YearReceipt.objects.filter(partner_id=partner_id, year=year).order_by("number").last()
    if receipt is None:
        return YearState.UNSIGNED, None
    if reopenings_since(receipt).exists():
        return YearState.REOPENED, receipt
    if not looks_at_records:
        return YearState.SIGNED, receipt
    records = json.loads(receipt.document)["records"]
    is_same = content_of(partner_id, year).digest == records["digest"]
    return (YearState.SIGNED if is_same else YearState.CHANGED), receipt


def reopenings_since(receipt: YearReceipt) -> Any:
    """The reopenings of the receipt's year after it was signed."""
    return Reopening.objects.filter(partner_id=receipt.partner_id, year=receipt.year, reopened_at__gt=receipt.signed_at)


def find(digest: str) -> PublicReceipt | None:
    """A receipt by the SHA-256 of its document. One statement. What was signed in test mode is no receipt."""
    same_year = YearReceipt.objects.filter(partner=OuterRef("partner"), year=OuterRef("year"))
    reopenings = Reopening.objects.filter(
        partner=OuterRef("partner"), year=OuterRef("year"), reopened_at__gt=OuterRef("signed_at")
    )
    row = (
        YearReceipt.objects.filter(digest=digest, partner__mode=Mode.LIVE)
        .annotate(is_later=Exists(same_year.filter(number__gt=OuterRef("number"))), is_reopened=Exists(reopenings))
        .values_list("signed_at", "is_later", "is_reopened", "signature__public_key")
        .first()
    )
    if row is None:
        return None
    signed_at, is_later, is_reopened, key = row
    state = ReceiptState.SUPERSEDED if is_later else ReceiptState.REOPENED if is_reopened else ReceiptState.CURRENT
    return PublicReceipt(digest, signed_at, state, keys.id_of(key) if key else None)


def signed_years(partners: Collection[UUID], years: Collection[int]) -> dict[tuple[UUID, int], datetime]:
    """When each of these years was signed, of those partners whose signature holds. One statement."""
    later = Reopening.objects.filter(
        partner=OuterRef("partner"), year=OuterRef("year"), reopened_at__gt=OuterRef("signed_at")
    )
    next_one = YearReceipt.objects.filter(
        partner=OuterRef("partner"), year=OuterRef("year"), number__gt=OuterRef("number")
    )
    rows = YearReceipt.objects.filter(~Exists(later), ~Exists(next_one), partner__in=partners, year__in=years)
    return {(partner, year): at for partner, year, at in rows.values_list("partner_id", "year", "signed_at")}


def words_if_unsigned(deadline: date | None, day: date) -> UnsignedYear:
    """What is said on a day of a year that is over, is to be signed and is not. `deadline`: of the partner's window."""
    if deadline is None or day > deadline:
        return UnsignedYear(Text("mangler", "missing"), is_late=True)
    until = day_of(deadline)
    return UnsignedYear(Text(f"forventes senest {until}", f"awaited by {until}"), is_late=False)


def file_of(receipt: YearReceipt) -> dict[str, object]:
    """The receipt as its partner downloads it: the signed document, and what verifies it.

    Raises `ObjectDoesNotExist` while no worker has signed it.
    """
    return {
        "receipt": json.loads(receipt.document),
        "digest": receipt.digest,
        "signature": {**keys.as_json(receipt.signature.public_key), "value": receipt.signature.value},
    }


def reopening_history(partner_id: UUID, year: int) -> list[Reopening]:
    """The reopenings of a year, the newest first."""
    return list(Reopening.objects.filter(Q(partner_id=partner_id), year=year).select_related("user"))


def years_to_show(since: date | None, today: date) -> list[int]:
    """The years that a partner is shown: the present one and the last, and those before that its calendar has, six at most."""
    first = max(since.year if since else today.year - 1, today.year - 5)
    return list(range(today.year, min(first, today.year - 1) - 1, -1))


def year_to_sign(partner: Partner, at: datetime) -> int | None:
    """Last year, where it was expected, nobody has signed it and nothing is open in it any more; otherwise None."""
    last = at.astimezone(COPENHAGEN).year - 1
    is_expected = partner.mode == Mode.LIVE and bool(periods_of_year(partner.calendar, last))
    if not is_expected or partner_years.years_of(partner.pk).is_signed(last):
        return None
    return None if open_points(partner, last, at) else last


FAILURE = "receipt.file_failure"
# So many failures are no accident. The last of them comes some minutes after the signature.
FAILURES_TO_REPORT = 4


def receipts_to_make() -> QuerySet[YearReceipt]:
    """The receipts without their PDFs, the oldest first. They are stored by one statement, so that any file is all of them.

    A worker asks each minute: the database compares keys, and reads no text and no file.
    """
    return YearReceipt.objects.filter(~Exists(ReceiptFile.objects.filter(receipt=OuterRef("pk")))).order_by("signed_at")


def receipts_in_trouble() -> QuerySet[YearReceipt]:
    """The receipts whose PDFs could not be made again and again."""
    of_receipt = AuditEvent.objects.filter(at__gte=OuterRef("signed_at"), subject=Cast(OuterRef("pk"), TextField()))
    events = of_receipt.filter(action=FAILURE).order_by()
    number = Subquery(events.values("action").annotate(number=Count("pk")).values("number"))
    return receipts_to_make().annotate(failures=Coalesce(number, 0)).filter(failures__gte=FAILURES_TO_REPORT)
