"""The list of own referrals and what it is narrowed to, the search for one, and the list as a file that can be sent back.

An address names months, a status and a client alone, and nothing of a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Min, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from cases import tokens
from cases.erased import digests
from cases.intake.guard.references import is_reference, token_kind
from cases.intake.own import own_versions, without_restricted
from cases.intake.templates.files import csv_of_own, workbook_of_own
from cases.models import Referral
from cases.months import FIRST_MONTH, first_day, month_id, month_words, span, this_month, today
from cases.versions import Status
from core.text import Text, number_in, range_of, short
from pages.desk import reads
from pages.desk.frame import Visit, desk_page, refuse, show
from pages.desk.records.fields import FormOption
from pages.desk.records.handles import ERASED_WORDS, address
from pages.desk.records.history import person_in_words, sender
from pages.desk.records.words import LIST, NO_KEY, NOT_FOUND, STATUS_WORDS, TOO_LARGE
from partners.models import Client
from partners.roles import Right

FROM, TO, STATUS, SENDER = "from", "to", "status", "sender"


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """The choices of the list. What is no choice is passed over."""

    first: date | None = None
    last: date | None = None
    status: str = ""
    client: int | None = None

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> RecordFilter:
        """The choices of an address."""
        status, client = texts.get(STATUS, ""), texts.get(SENDER, "")
        return cls(
            first=month_named(texts.get(FROM, "")),
            last=month_named(texts.get(TO, "")),
            status=status if status in STATUS_WORDS else "",
            client=number_in(client),
        )

    def rows(self, visit: Visit) -> QuerySet[Referral]:
        """The partner's current versions that fit, withdrawn ones too, the one stored last in front.

        Those whose processing is restricted are marked. A narrowed list leaves them out, or it would tell what they say.
        """
        conditions = {
            "referred_in__gte": self.first,
            "referred_in__lte": self.last,
            "status": self.status or None,
            "client_id": self.client,
        }
        narrowing = {name: value for name, value in conditions.items() if value is not None}
        rows: QuerySet[Any] = (
            own_versions(visit.partner.pk).current().select_related("case", "client").filter(**narrowing)
        )
        if narrowing:
            rows = without_restricted(rows)
        return rows.order_by("-recorded_at", "-id")

    @property
    def query(self) -> str:
        """The choices as they stand in an address."""
        texts = {
            FROM: month_id(self.first) if self.first else "",
            TO: month_id(self.last) if self.last else "",
            STATUS: self.status,
            SENDER: str(self.client or ""),
        }
        return urlencode({name: text for name, text in texts.items() if text})

    def months(self, visit: Visit, choice: date | None) -> Iterator[FormOption]:
        """The months of a bound: those from the partner's first referral on, the newest first."""
        first = Referral.objects.of(visit.partner.pk).current().aggregate(first=Min("referred_in"))["first"]
        yield FormOption("", LIST["every_month"](visit.language), choice is None)
        for each in reversed(span(min(first or this_month(), choice or this_month()), this_month())):
            yield FormOption(month_id(each), month_words(each, visit.language), each == choice)

    def statuses(self, language: str) -> Iterator[FormOption]:
        yield FormOption("", LIST["every_status"](language), not self.status)
        yield from (FormOption(str(each), STATUS_WORDS[each](language), each == self.status) for each in Status)

    def senders(self, visit: Visit) -> Iterator[FormOption]:
        """The desk and the clients of the partner."""
        yield FormOption("", LIST["every_sender"](visit.language), self.client is None)
        for each in Client.objects.filter(partner=visit.partner).order_by("-is_desk", "name", "client_id"):
            yield FormOption(str(each.pk), str(sender(each)), each.pk == self.client)

    def pickers(self, visit: Visit) -> list[tuple[str, object, list[FormOption]]]:
        """The selects of the list: the name, the label, and the choices of each."""
        return [
            (FROM, LIST["from"], [*self.months(visit, self.first)]),
            (TO, LIST["to"], [*self.months(visit, self.last)]),
            (STATUS, LIST["status"], [*self.statuses(visit.language)]),
            (SENDER, LIST["sender"], [*self.senders(visit)]),
        ]


def month_named(text: str) -> date | None:
    """The month of a bound in an address; None for what is no month that a referral may have."""
    month = first_day(text)
    return month if month and FIRST_MONTH <= month <= this_month() else None


PAGE = 50
# A workbook of more takes longer than a reader waits.
MOST_IN_WORKBOOK = 10_000
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8; header=present",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@desk_page(Right.READ)
def records(visit: Visit) -> HttpResponse:
    """A page of the partner's own referrals, as the filters say."""
    choice = RecordFilter.of(visit.request.GET.dict())
    with transaction.atomic():
        page = Paginator(choice.rows(visit), PAGE).get_page(visit.request.GET.get("page"))
        rows = list(page.object_list)
        reads.write_down(visit, "records", len(rows))
    return list_page(visit, choice, rows, page=page)


def list_page(
    visit: Visit,
    choice: RecordFilter,
    rows: Sequence[Referral],
    *,
    page: Any = None,
    why: Text | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list with rows. `page`: where it has several. `why`: why the search found nothing."""
    number = page.paginator.count if page else len(rows)
    language = visit.language
    context = {
        "say": LIST,
        "pickers": choice.pickers(visit),
        "query": choice.query,
        "rows": [row_of(visit, each) for each in rows],
        "count": (LIST["count_one"] if number == 1 else LIST["count"])(language).format(number=number),
        "page": page,
        "place": LIST["page"](language).format(page=page.number, pages=page.paginator.num_pages) if page else "",
        "why": why,
        "files": [(visit.address("records_file", form=form), LIST[form]) for form in (XLSX, CSV)],
        "may_send": visit.may(Right.SUBMIT),
        "find": visit.address("find"),
        "list": visit.address("records"),
    }
    return show(visit, "desk/records.html", context, status=status)


def row_of(visit: Visit, row: Referral) -> dict[str, object]:
    language = visit.language
    if row.is_restricted:
        return {
            "address": address(visit, "record", row.reference),
            "reference": short(row.reference),
            "month": LIST["locked"],
            "sender": sender(row.client),
        }
    return {
        "address": address(visit, "record", row.reference),
        "reference": short(row.reference),
        "month": month_words(row.referred_in, language),
        "person": person_in_words(row, language),
        "status": STATUS_WORDS[row.status],
        "sender": sender(row.client),
        "when": row.recorded_at,
    }


@require_POST
@desk_page(Right.READ)
def find(visit: Visit) -> HttpResponse:
    """The referral of a reference, of the beginning that lists show, or of a case token: in a form, since no address names any."""
    text = visit.request.POST.get("key", "").strip()
    rows = rows_of_key(visit, text)
    if rows is None:
        return list_page(visit, RecordFilter(), (), why=NO_KEY)
    with transaction.atomic():
        found_rows = list(rows[:PAGE])
        reads.write_down(visit, "find", len(found_rows))
    if len(found_rows) == 1:
        return HttpResponseRedirect(address(visit, "record", found_rows[0].reference))
    return list_page(visit, RecordFilter(), found_rows, why=None if found_rows else why_none(visit, text))


def rows_of_key(visit: Visit, text: str) -> QuerySet[Referral] | None:
    """The partner's own referrals of a key; None where the text is none."""
    rows = RecordFilter().rows(visit)
    reference, token = text.lower(), tokens.canonical(text)
    if is_reference(reference):
        return rows.filter(reference=reference)
    if ends := range_of(reference):
        return rows.filter(reference__range=ends)
    return rows.filter(case__token=token) if token and not token_kind(token) else None


def why_none(visit: Visit, text: str) -> Text:
    """Why no referral has a key."""
    reference = text.lower()
    is_gone = is_reference(reference) and digests.is_erased(visit.partner.pk, digests.of_reference(UUID(reference)))
    return ERASED_WORDS if is_gone else NOT_FOUND


@require_safe
@desk_page(Right.READ)
def records_file(visit: Visit, form: str) -> HttpResponse:
    """The list as a file in the reader's language."""
    if form not in TYPES:
        raise Http404
    choice = RecordFilter.of(visit.request.GET.dict())
    # What is restricted is in no file: it could not be sent back as it is.
    rows = without_restricted(choice.rows(visit))
    if form == XLSX and rows.count() > MOST_IN_WORKBOOK:
        return refuse(visit, TOO_LARGE)
    with transaction.atomic():
        found_rows = list(rows)
        reads.write_down(visit, f"records.{form}", len(found_rows))
    language = visit.language
    content = csv_of_own(language, found_rows) if form == CSV else workbook_of_own(language, today(), found_rows)
    return file_of_today(content, form, LIST["file"], language)


def file_of_today(content: bytes, form: str, words: Text, language: str) -> HttpResponse:
    """A file to be saved under a name with the day."""
    name = f"{words(language)}-{today():%Y-%m-%d}.{form}"
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": language},
    )
