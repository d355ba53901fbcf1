"""What a protected release is built of: everything that is read, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from cases.statistics import erasures
from cases.statistics.models import PUBLIC
from cases.statistics.periods import Period
from cases.statistics.publishing import facts, records, sources, vintages
from cases.statistics.publishing.records import Record, digest_of
from cases.statistics.publishing.sources import Source


@dataclass(frozen=True, slots=True)
class Taken:
    """What a build is a function of, apart from its choice and its key."""

    mine: tuple[Record, ...]
    digest: str
    span: tuple[date, date]
    everyone: tuple[Record, ...]
    earlier: tuple[Source, ...]
    against: list[str]
    referred: records.Known
    decided: records.Known
    authorities: frozenset[UUID]
    facts: tuple[facts.Fact, ...]
    erased: int

    @property
    def beside(self) -> str:
        """A digest of what it stands beside apart from releases: facts as they were decided, and whom each partner knows."""
        told = [(fact.id, fact.low, fact.high) for fact in self.facts], digest_of(self.everyone)
        knowing = [[(who, sorted(known)) for who, known in each.items()] for each in (self.referred, self.decided)]
        return sha256(repr((told, knowing, sorted(self.authorities))).encode()).hexdigest()


def take(audience: str, period: Period, as_of: datetime, against: Collection[str] | None = None) -> Taken:
    """Everything that the build reads, in one transaction. `against`: the company it is in, by default all that is published."""
    with transaction.atomic():
        erased = erasures.count()
        company = sources.every_id() if against is None else sorted(against)
        span = sources.linked(period, company)
        counted = records.take(period, as_of)
        everyone = records.take(Period("", *span), as_of)
        earlier = sources.published(*span, company)
        mine = vintages.frozen(period, counted, earlier) if audience == PUBLIC and period.pool else counted
        people = {record for source in earlier for record in source.records} | set(everyone)
        referred, decided, authorities = records.referred_by(people), records.decided_by(people), records.authorities()
        gone = erasures.among(record.id for record in people)
        told = facts.after_erasures(
            facts.known(span[0].year, span[1].year), [record for record in people if record.id in gone]
        )
    facts.check(told, everyone)
    return Taken(
        mine,
        digest_of(mine),
        span,
        everyone,
        earlier,
        company,
        referred,
        decided,
        authorities,
        told,
        erased,
    )
