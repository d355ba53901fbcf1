"""Erasures: what they change in the counts that releases made, and what the statistics must know of them.

What was counted before cannot be counted again, and a later release says so. So that each release can be counted again without
the person, what an erasure changes is kept. Before and after, everybody whom it can touch is counted as each release did. The
difference is kept: of who is gone a hash of the record and the places of its codes, of who is there in another shape now the
hash. It says nothing that is not in the cells of the release less those of the records that are left, and leads to no case,
token, reference or partner.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min

from cases.dimensions import Dataset, Dimension, Unit, protected_datasets
from cases.erased.models import ExpiredYear, Tombstone
from cases.linking import restriction
from cases.linking.records import some_records_sql
from cases.linking.resolution import PARTNERS_NOW
from cases.models import Case
from core.text import Text
from stats.counting.cube import Options
from stats.counting.snapshot import hash_of, leaves
from stats.errors import refuse
from stats.models import EXACT, Release
from stats.periods import Period

WHY = "somebody was erased since by a version that did not keep what the release had counted"
NOISE = "somebody was erased since, and the noise was a function of the id that her record had"
OTHERS = "somebody was erased since, and what others published may count her otherwise than the last release did"
# For the change notes of a later vintage. Without a number: it would be one of a few persons.
CHANGE_NOTE = Text(
    "Personer, hvis oplysninger er slettet efter databeskyttelsesreglerne siden den forrige udgave, tælles ikke længere med.",
    "Persons whose data were erased under data protection law since the vintage before are no longer counted.",
)


RESTRICTION_NOTE = Text(
    "Personer, hvis oplysninger er begrænset efter databeskyttelsesreglerne, tælles ikke med, så længe det gælder. Det har ændret "
    "sig siden den forrige udgave.",
    "Persons whose data are restricted under data protection law are not counted while that holds. This has changed since the "
    "vintage before.",
)


def count_erased() -> int:
    """How many persons of live partners were ever erased."""
    return Tombstone.objects.filter(test=False).count()


def count_acts() -> tuple[int, int]:
    """How many persons were erased, and how often somebody was restricted or no longer is: others where either was done since."""
    return count_erased(), restriction.count_acts()


def demand_counted_as_now(as_of: datetime) -> None:
    """Raise `ReleaseRefused` where somebody is restricted now who was not yet at the moment of a release that is being built."""
    if restriction.restricted_since(as_of):
        raise refuse(
            "Behandlingen af en persons oplysninger er begrænset siden det tidspunkt, der opgøres pr.: vælg et senere.",
            "The processing of a person's data was restricted after the as-of moment: choose a later one.",
        )


def demand_whole(period: Period, *, years_published: Iterable[int] = (), identified: bool = False) -> None:
    """Raise `ReleaseRefused` for a period with a year of which somebody was erased because her time was over.

    What is left of the year is no count of it. `years_published`: those that are counted as they were published; `identified`: of
    those who were identified alone.
    """
    rows = ExpiredYear.objects.filter(year__range=(period.first.year, period.last.year)).exclude(
        year__in=years_published
    )
    years = rows.filter(identified=True) if identified else rows
    if names := ", ".join(map(str, sorted(set(years.values_list("year", flat=True))))):
        raise refuse(
            f"Oplysninger fra {names} er slettet, fordi opbevaringstiden er gået: det, der er tilbage, er ikke hele året, og det "
            "bliver ikke talt igen. De udgivelser, der findes, gælder.",
            f"Data of {names} were erased because the time for which they are kept is over: what is left is not the whole year, "
            "and is not counted again. The releases that exist stand.",
        )


def erased_since(moment: datetime) -> bool:
    """Whether a person of a live partner was erased after a moment."""
    return Tombstone.objects.filter(test=False, erased_at__gt=moment).exists()


def erased_without_keeping(moment: datetime) -> bool:
    """Whether a person was erased after a moment by a version that did not keep what releases had counted of her."""
    return Tombstone.objects.filter(test=False, kept=False, erased_at__gt=moment).exists()


def change_notes_since(before: datetime) -> list[Text]:
    """The lines for the change notes of a vintage after one built at `before`: where somebody was erased since, or restricted."""
    lines = {CHANGE_NOTE: erased_since(before), RESTRICTION_NOTE: restriction.changed_since(before)}
    return [line for line, holds in lines.items() if holds]


# The cases that any decision of staff ever tied to these, and those to them.
CIRCLE = """
WITH RECURSIVE tied (one, other) AS (
    SELECT case_id, person_id FROM linking_caselink UNION SELECT from_case_id, case_id FROM linking_recordlink
), circle (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT CASE WHEN tied.one = circle.id THEN tied.other ELSE tied.one END
    FROM circle JOIN tied ON circle.id IN (tied.one, tied.other)
)
SELECT id FROM circle
"""
RecordPlaces = dict[str, tuple[date, list[int]]]
Counts = Mapping[tuple[str, str], RecordPlaces]


@dataclass(frozen=True)
class Counting:
    """A release with one of the datasets that it counted, and by what."""

    release: str
    dataset: Dataset
    dimensions: tuple[Dimension, ...]
    period: Period
    as_of: datetime
    exact: bool


class ErasureCounts:
    """What releases counted of persons (their cases, and the references of their referrals), before and after an erasure."""

    def __init__(self, cases: Sequence[UUID], references: Sequence[UUID]) -> None:
        self.cases, self.references = frozenset(cases), list(references)
        self.circle = circle(self.cases)
        self.countings = list(countings(self.circle))
        self.before = self.counts(self.circle)

    def counts(self, cases: Iterable[UUID]) -> Counts:
        """What each release counts of them as the records are now."""
        whose = {Unit.PERSON: list(cases), Unit.REFERRAL: self.references}
        return {
            (each.release, each.dataset.id): count_records(each, whose[each.dataset.unit_of_records])
            for each in self.countings
        }

    def difference(self) -> str:
        """What has to be kept, as JSON for the database's function."""
        after = self.counts(circle(self.circle - self.cases))
        exact = {each.release for each in self.countings if each.exact}
        return json.dumps([row for key in self.before for row in rows(key, self.before[key], after[key], exact)])


def circle(cases: Iterable[UUID]) -> frozenset[UUID]:
    """These cases and all that were ever tied to them."""
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE, [list(cases)])
        return frozenset(row[0] for row in cursor.fetchall())


def countings(cases: Iterable[UUID]) -> Iterator[Counting]:
    """What every release that can have counted these cases counted; nothing where they are gone."""
    first_opening = Case.objects.filter(pk__in=cases).aggregate(first=Min("opened_at"))["first"]
    releases = Release.objects.filter(as_of__gte=first_opening) if first_opening else Release.objects.none()
    for release, audience, text, as_of, settings in releases.values_list(
        "pk", "audience", "period", "as_of", "settings"
    ):
        period = Period.parse(text)
        if period is None:
            raise LookupError("a release of no period")
        if audience != EXACT:
            for dataset in protected_datasets():
                yield Counting(release, dataset, dataset.dimensions, period, as_of, exact=False)
            continue
        options = Options.of_settings(settings)
        for dataset in options.datasets():
            yield Counting(release, dataset, options.of(dataset), period, as_of, exact=True)


def count_records(of: Counting, whose: Sequence[UUID]) -> RecordPlaces:
    """The records of these persons or referrals that a release counts: by hash the month, and the place of each code."""
    names = ", ".join(f"r.{dimension.name}" for dimension in of.dimensions)
    sql = f"""
        WITH {PARTNERS_NOW} SELECT encode({hash_of(of.dimensions)}, 'hex'), r.month, {names}
        FROM ({some_records_sql(of.dataset)}) AS r
    """
    parameters: dict[str, Any] = {
        "as_of": of.as_of,
        "first": of.period.first,
        "last": of.period.last,
        "whose": list(whose),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {each: (month, places(of, month, codes)) for each, month, *codes in cursor.fetchall()}


def places(of: Counting, month: date, codes: Sequence[str]) -> list[int]:
    """The number of the leaf of each code in a month."""
    return [
        next(
            leaf.number
            for leaf in leaves(dimension, of.period)
            if leaf.codes[0] == code and leaf.first <= month <= leaf.last
        )
        for dimension, code in zip(of.dimensions, codes, strict=True)
    ]


def rows(
    key: tuple[str, str], before: RecordPlaces, after: RecordPlaces, exact: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """The rows to keep of one count. Of an exact one not even the month: its cells are of its period."""
    release, dataset = key
    for each in before.keys() - after.keys():
        month, numbers = before[each]
        kept_month = None if release in exact else month.isoformat()
        yield {"release": release, "dataset": dataset, "hash": each, "month": kept_month, "leaves": numbers}
    for each in after.keys() - before.keys():
        yield {"release": release, "dataset": dataset, "hash": each, "month": None, "leaves": None}
