"""The card of the home on what was sent: the latest days, by whom and how much, and where to go from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Count, F, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from cases.intake.models import Batch
from cases.models import Referral
from cases.months import midnight
from cases.versions import Status
from core.text import Text
from pages.desk.frame import HomeCard, Visit
from pages.desk.records.history import sender
from pages.desk.sending.words import BY_API
from pages.desk.sending.words import WORDS as SENDING
from partners.models import AuditEvent, Client
from partners.people.names import name_of
from partners.roles import Right

DAYS, MOST = 31, 5
ACTS = ("referral.send", "referral.correct", "referral.withdraw")
WORDS: Mapping[str, Text] = {
    "title": Text("Sendt den sidste måned", "Sent in the last month"),
    "records": Text("Jeres henvisninger", "Your referrals"),
    "figures": Text("Jeres tal", "Your figures"),
    "none": Text("I har ikke sendt noget den sidste måned.", "You have sent nothing in the last month."),
    "day": Text("Dag", "Day"),
    "sender": Text("Sendt fra", "Sent from"),
    "what": Text("Hvad", "What"),
}
COUNTS: Mapping[str, Text] = {
    Status.REPORTED: Text("{n} modtaget", "{n} received"),
    Status.CORRECTED: Text("{n} rettet", "{n} corrected"),
    Status.WITHDRAWN: Text("{n} trukket tilbage", "{n} withdrawn"),
}


@dataclass(frozen=True, slots=True)
class DayOfClient:
    """What a client stored on a day. `people`: who of the partner did, where it was the desk."""

    day: date
    sender: object
    people: str
    counts: str


def sent_card(visit: Visit) -> HomeCard:
    """The latest entries and deliveries, and where there is more."""
    context = {
        "words": WORDS,
        "others": [
            *([(SENDING["deliveries"], visit.address("deliveries"))] if visit.may(Right.SUBMIT) else []),
            (WORDS["records"], visit.address("records")),
            (WORDS["figures"], visit.address("figures")),
        ],
        "rows": latest(visit),
    }
    return HomeCard("desk/sent.html", context)


def latest(visit: Visit) -> list[DayOfClient]:
    """The last days on which anything was stored, by the client that stored it."""
    counts: dict[tuple[date, int], dict[str, int]] = defaultdict(dict)
    for row in versions_by_day(visit, timezone.now() - timedelta(days=DAYS)):
        counts[row["day"], row["client_id"]][row["status"]] = row["number"]
    keys = sorted(counts, reverse=True)[:MOST]
    clients = Client.objects.in_bulk({client for _, client in keys})
    people = people_by_day(visit, {day for day, client in keys if clients[client].is_desk})
    return [
        DayOfClient(
            day,
            sender(clients[client]),
            ", ".join(sorted(people[day])) if clients[client].is_desk else "",
            counts_in_words(counts[day, client], visit.language),
        )
        for day, client in keys
    ]


def versions_by_day(visit: Visit, since: datetime) -> Iterator[dict[str, Any]]:
    """How many versions each client stored on each day, by their status."""
    rows = Referral.objects.of(visit.partner.pk).filter(recorded_at__gt=since).order_by()
    by_day = rows.annotate(day=TruncDate("recorded_at")).values("day", "client_id", "status")
    return iter(by_day.annotate(number=Count("id")))


def people_by_day(visit: Visit, days: set[date]) -> Mapping[date, set[str]]:
    """Who entered something or sent a file on the desk, on each of some days."""
    people: dict[date, set[str]] = defaultdict(set)
    if days:
        since = midnight(min(days))
        events = AuditEvent.objects.filter(action__in=ACTS, subject=str(visit.partner.pk), at__gte=since)
        own = {"partner": visit.partner, "client__is_desk": True}
        batches = Batch.objects.filter(**own, stored=True, finished_at__gte=since)
        # Before 0.11 who had stored it was not kept, but who had sent it. Since then there is nobody where a machine stored it.
        storer = Case(When(content_digest="", then=Coalesce("committed_by", "user")), default="committed_by")
        sources = ((events, "at", F("user")), (batches, "finished_at", storer))
        pairs = {
            pair
            for rows, moment, who in sources
            for pair in rows.annotate(day=TruncDate(moment), who=who).values_list("day", "who")
        }
        names: dict[int | None, str] = {
            user.pk: name_of(user) for user in User.objects.filter(pk__in={user for _, user in pairs})
        }
        names[None] = str(BY_API)
        for day, user in pairs:
            people[day].add(names[user])
    return people


def counts_in_words(counts: Mapping[str, int], language: str) -> str:
    """How many of each status."""
    return ", ".join(COUNTS[each](language).format(n=counts[each]) for each in Status if each in counts)
