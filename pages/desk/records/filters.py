"""What the list of own referrals is narrowed to. An address names months, a status and a client alone, and nothing of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Min, QuerySet

from cases.models import Referral
from cases.months import FIRST_MONTH, first_day, month_id, month_words, span, this_month
from cases.statuses import Status
from core.text import number_in
from pages.desk.frame import Visit
from pages.desk.records.fields import FormOption
from pages.desk.records.history import sender
from pages.desk.records.record_words import LIST
from pages.desk.records.words import STATUS_WORDS
from partners.models import Client

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
        """The partner's current versions that fit, withdrawn ones too, the one stored last in front."""
        conditions = {
            "referred_in__gte": self.first,
            "referred_in__lte": self.last,
            "status": self.status or None,
            "client_id": self.client,
        }
        rows: QuerySet[Referral] = Referral.objects.of(visit.partner.pk).current().select_related("case", "client")
        rows = rows.filter(**{name: value for name, value in conditions.items() if value is not None})
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
