"""The inputs of a build: everything that it reads of the database, in one transaction; and whether there is enough behind them.

Nobody may have reported at all, or too few.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction

from core.text import Text, say
from stats import rooms_above
from stats.counting import erasures
from stats.counting.build import NO_DATA
from stats.counting.notes import check_characters, is_reason
from stats.errors import ReleaseRefused, refuse
from stats.models import LEAST_LETTERS, LONGEST_REASON, PUBLIC, SHORTEST_REASON
from stats.periods import Period
from stats.publishing import facts, sources, vintages
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.insiders import Insiders, find_insiders
from stats.publishing.release_sums import count_chosen
from stats.publishing.sources import CountedRecord, ReleaseSource, digest_of_records
from stats.publishing.vintages import next_id
from stats.rooms_above import NO_REPORTS, ExpectedReports
from stats.sums.datasets import DATASETS_AS_READ
from stats.sums.planning import CountedSums
from stats.umbrellas import Umbrellas, umbrellas_now, umbrellas_of


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a build is a function of, apart from its choice and its key.

    `counted`: the records of the release. `everyone`: those of all months in `span` as they are now, and of persons erased or
    restricted since whom figures of others count. `against`: the ids of the published releases that it reckons with; `earlier`,
    those of linked months. `acts_on_persons`: how many were ever erased, and restricted or no longer. `sums`: what the release
    counts of the datasets of sums that were chosen. `reports`: those behind the persons. `years_of_nobody`: of a pool the years
    of which nobody is counted and no expected report has come.
    """

    counted_records: tuple[CountedRecord, ...]
    digest: str
    span: tuple[date, date]
    everyone: tuple[CountedRecord, ...]
    earlier: tuple[ReleaseSource, ...]
    against: list[str]
    insiders: Insiders
    facts: tuple[facts.Fact, ...]
    acts_on_persons: tuple[int, int]
    sums: tuple[CountedSums, ...] = ()
    reports: ExpectedReports = NO_REPORTS
    years_of_nobody: tuple[int, ...] = ()

    @property
    def snapshots(self) -> dict[str, str]:
        """The digest of what is counted of each dataset."""
        return {PROTECTED.id: self.digest, **{each.plan.dataset.id: each.snapshot.digest for each in self.sums}}

    @property
    def context_digest(self) -> str:
        """A digest of what the release reckons with beside other releases: facts as decided, everybody, and the insiders."""
        facts_and_people = [(fact.id, fact.low, fact.high) for fact in self.facts], digest_of_records(self.everyone)
        knowledge = self.insiders.records_referred, self.insiders.records_decided
        by_partner = [[(who, sorted(records)) for who, records in each.items()] for each in knowledge]
        partners = sorted(self.insiders.authorities), sorted(self.insiders.as_report.items())
        # Without sums it is what it was before there were any.
        of_sums = [(each.plan.dataset.id, each.plan.contributors.as_text, each.coverage) for each in self.sums]
        context = (facts_and_people, by_partner, partners, *([of_sums] if of_sums else []))
        return sha256(repr(context).encode()).hexdigest()


def read_inputs(
    audience: str,
    period: Period,
    as_of: datetime,
    against: Collection[str] | None = None,
    umbrellas: Umbrellas | None = None,
    *,
    choice: Choice | None = None,
    release: str | None = None,
) -> BuildInputs:
    """Everything that the build reads, in one transaction. `against`: the releases to reckon with; default: all published ones.
    `umbrellas`: those to reckon with; default: those of now, and those that the published releases of linked months reckoned with.
    `choice`: whose sums are counted; default: none. `release`: the id of a release that is stored, of which nothing is
    written; default: that of the next vintage.

    Raises `ReleaseRefused` where the records contradict a fact.
    """
    sums: tuple[CountedSums, ...] = ()
    with transaction.atomic():
        acts_on_persons = erasures.count_acts()
        releases = sources.published_ids() if against is None else sorted(against)
        span = sources.linked_span(period, releases)
        knowledge = facts.facts_of_years(span[0].year, span[1].year)
        everyone = read_everyone(span, as_of, knowledge)
        earlier = sources.published_within(*span, releases)
        records_counted = read_counted(audience, period, as_of, earlier)
        people = {record for source in earlier for record in source.records} | set(everyone)
        if umbrellas is None:
            umbrellas = umbrellas_now() | umbrellas_of(source.id for source in earlier)
        insiders = find_insiders(people, umbrellas)
        if choice:
            known_as = release or next_id(audience, period)
            sums = count_chosen(choice, known_as, audience, period, as_of, releases, umbrellas)
        reports = rooms_above.reports(period.first, period.last, as_of)
        years_of_nobody = find_years_of_nobody(period, as_of, records_counted)
    facts.check_facts(knowledge, everyone, keep=release is None)
    digest = digest_of_records(records_counted)
    return BuildInputs(
        records_counted, digest, span, everyone, earlier, releases, insiders, knowledge, acts_on_persons, sums,
        reports, years_of_nobody,
    )  # fmt: skip


def find_years_of_nobody(
    period: Period, as_of: datetime, records_counted: Collection[CountedRecord]
) -> tuple[int, ...]:
    """The years of a pool of which nobody is counted and no expected report has come: their number is not known, and no zero."""
    years_counted = {record.month.year for record in records_counted}
    return tuple(
        year
        for year in (range(period.first.year, period.last.year + 1) if period.pool else ())
        if year not in years_counted and not rooms_above.reports(date(year, 1, 1), date(year, 12, 1), as_of).has_answers
    )


def read_everyone(
    span: tuple[date, date], as_of: datetime, knowledge: Collection[facts.Fact]
) -> tuple[CountedRecord, ...]:
    """The records of all months of a span, and of persons erased since whom figures of others count."""
    records_kept = facts.records_in_years(knowledge, sources.erased_records(*span, as_of))
    return (*sources.read_records(Period("", *span), as_of), *records_kept)


def read_counted(
    audience: str, period: Period, as_of: datetime, earlier: Sequence[ReleaseSource]
) -> tuple[CountedRecord, ...]:
    """The records of the release: those of a pool as its years were published, where the public reads it."""
    records_taken = sources.read_records(period, as_of)
    is_public_pool = audience == PUBLIC and period.pool
    return vintages.freeze_published_years(period, records_taken, earlier) if is_public_pool else records_taken


NO_ANSWERS = say(
    "Der er ingen data for perioden: der er henvisninger, men ingen at tælle, og ingen forventet indberetning er modtaget. Der er "
    "intet at udgive, heller ikke et nul.",
    "There are no data of this period: there are referrals, but nobody to count, and no expected report has come. There is nothing "
    "to publish, not even a zero.",
)


def check_data(inputs: BuildInputs) -> None:
    """Raise `ReleaseRefused` for figures of which nobody reported anything: they are not known, and that is no zero.

    Referrals of nobody who is counted make no zero either: nobody has said that it was all.
    """
    if not inputs.counted_records and not inputs.reports.has_answers:
        raise ReleaseRefused(NO_ANSWERS if inputs.reports.referrals else NO_DATA)
    for each in inputs.sums:
        if not each.coverage.came and not each.coverage.beside:
            label = DATASETS_AS_READ[each.plan.dataset.id].label
            raise refuse(
                f"Der er ingen data i perioden om {label.da}: ingen har indberettet dem. Bestil uden dem.",
                f"There are no data of this period on {label.en}: nobody has reported them. Order without them.",
            )


def check_years(inputs: BuildInputs) -> None:
    """Raise `ReleaseRefused` for a pool with a year of which nobody reported anything: it would count the year as zero."""
    if inputs.years_of_nobody:
        years = ", ".join(map(str, inputs.years_of_nobody))
        raise refuse(
            f"Der er ingen data for {years}: ingen forventet indberetning er modtaget. En pulje med et sådant år ville tælle det "
            "som nul. Bestil en pulje uden det.",
            f"There are no data of {years}: no expected report has come. A pool with such a year would count it as zero. Order a "
            "pool without it.",
        )


def reports_behind(inputs: BuildInputs) -> dict[str, dict[str, int]]:
    """How many reports were expected and came: of persons, with their referrals, and of each dataset of sums."""
    sums = {each.plan.dataset.id: {"expected": each.coverage.due, "came": each.coverage.came} for each in inputs.sums}
    return {PROTECTED.id: inputs.reports.as_json(), **sums}


def are_few(behind: dict[str, Any]) -> bool:
    """Whether of persons or of a dataset a smaller share came than `HENVIS_LEAST_REPORTS`. Nobody misses what is not expected."""
    return any(each["came"] * 100 < each["expected"] * settings.HENVIS_LEAST_REPORTS for each in behind.values())


def check_reason(reason: Text | None) -> Text:
    """A reason without blanks around; without one the empty text. Raises `ReleaseRefused` for one that is short, long, unfit or no
    words.
    """
    words = Text(*(each.strip() for each in reason or ("", "")))
    if any(words) and not all(is_reason(each) and len(each) <= LONGEST_REASON for each in words):
        raise refuse(
            f"En begrundelse er på begge sprog og har hver gang {SHORTEST_REASON}–{LONGEST_REASON} tegn, heraf mindst "
            f"{LEAST_LETTERS} bogstaver.",
            f"A reason is in both languages, each with {SHORTEST_REASON}–{LONGEST_REASON} characters, at least {LEAST_LETTERS} of "
            "them letters.",
        )
    check_characters(words)
    return words
