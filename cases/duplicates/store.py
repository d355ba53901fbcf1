"""A search: candidates found anew, and those that wait for staff replaced by them, in one transaction.

A pair that staff found to be two persons is listed again only with **new evidence**: a reason that none of the decisions on the
pair knew (equal linkage codes after a pattern, or a pattern after equal codes). A pair found to be one is one person, so it
cannot be a candidate; when the merge is undone it may be one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.duplicates import read
from cases.duplicates.find import CandidatePair, SearchResult, find
from cases.duplicates.models import Duplicate
from cases.linking.decide import serialise
from cases.linking.models import CaseLink
from partners import audit
from partners.audit import Actor

# The action of a search in the audit.
SEARCH_ACTION = "duplicates.search"


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """What a search came to, in counts. `ids_of_listed`: candidates that wait for staff now. `decided`: told apart before."""

    referrals: int
    found: int
    by_code: int
    decided: int
    listed: int
    too_common: int
    dropped_blocks: int
    common_codes: int


def search(*, by: Actor, since: date | None = None) -> SearchCounts:
    """Search among the current referrals, or those referred since a month (its first day), and replace undecided candidates.

    With `since` candidates stay of which one person at least has no such referral. Holds the lock of all link decisions, so that
    nobody is merged or decided on meanwhile.
    """
    with transaction.atomic():
        serialise()
        rows = read.current(since)
        found = find(rows)
        kept = without_decided(found.candidates)
        replace(kept, None if since is None else {row.person for row in rows})
        result = counts_of(found, kept)
        counts = {name: getattr(result, name) for name in SearchCounts.__slots__}
        audit.record(by=by, action=SEARCH_ACTION, subject="all" if since is None else f"since {since:%Y-%m}", **counts)
    return result


def without_decided(candidates: Iterable[CandidatePair]) -> list[CandidatePair]:
    """The candidates but those that were told apart, if nothing is new."""
    known = read.pairs_found_different()
    return [each for each in candidates if not set(each.reasons) <= known.get((each.first, each.second), set())]


def replace(candidates: list[CandidatePair], people: set[UUID] | None) -> None:
    """List these candidates, and no others of these people (None: of anybody). One that was listed before keeps its id."""
    gone = Duplicate.objects.exclude(pk__in=ids_of_listed(candidates))
    merged = CaseLink.objects.current().values("case")
    if people is not None:
        gone = gone.filter(Q(case_a__in=people, case_b__in=people) | Q(case_a__in=merged) | Q(case_b__in=merged))
    gone.delete()
    Duplicate.objects.bulk_create(
        [
            Duplicate(case_a_id=each.first, case_b_id=each.second, reasons=[*each.reasons], score=each.score)
            for each in candidates
        ],
        update_conflicts=True,
        unique_fields=("case_a", "case_b"),
        update_fields=("reasons", "score"),
    )


def ids_of_listed(candidates: list[CandidatePair]) -> list[UUID]:
    """The ids of those of the candidates that are listed already."""
    pairs = {(each.first, each.second) for each in candidates}
    rows = Duplicate.objects.values_list("pk", "case_a_id", "case_b_id")
    return [pk for pk, first, second in rows if (first, second) in pairs]


def counts_of(found: SearchResult, kept: list[CandidatePair]) -> SearchCounts:
    """The counts of a search."""
    return SearchCounts(
        referrals=found.referrals,
        found=len(found.candidates),
        by_code=sum("linkage_code" in each.reasons for each in found.candidates),
        decided=len(found.candidates) - len(kept),
        listed=Duplicate.objects.count(),
        too_common=found.too_common,
        dropped_blocks=found.dropped_blocks,
        common_codes=found.common_codes,
    )
