"""A search for duplicates, in one transaction: it reads the referrals, finds all candidates and replaces the undecided pairs.

A pair that staff decided to be two persons is listed again only with **new evidence**: a reason that no decision on the pair was
based on (equal linkage codes after a pattern, or a pattern after equal codes). A pair that was merged is one person and cannot be
a candidate; once the merge is undone it may be one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from cases.duplicates.candidates import CandidatePair, SearchResult, find
from cases.duplicates.models import Duplicate
from cases.duplicates.table import FIELDS, ReferralRow
from cases.linking.decisions import serialise
from cases.linking.models import CaseLink
from cases.linking.persons import PERSON, join_linked_case, join_person
from cases.linking.restriction import restriction_of_case
from cases.months import FIRST_MONTH
from partners import audit
from partners.audit import Actor

CURRENT = f"""
SELECT {PERSON.format("r")}, (extract(year FROM r.referred_in) * 12 + extract(month FROM r.referred_in))::int, k.digest,
       {", ".join(f"r.{field.name}" for field in FIELDS)}
FROM cases_referral r
JOIN partners_partner p ON p.id = r.partner_id AND p.mode = 'LIVE'
JOIN cases_case c ON c.id = r.case_id AND NOT c.test
{join_person("r")}
LEFT JOIN duplicates_linkagecode k ON k.partner_id = r.partner_id AND k.reference = r.reference
WHERE r.superseded_at IS NULL AND r.status <> 'withdrawn' AND r.referred_in >= %s
AND NOT {restriction_of_case(PERSON.format("r"))}
"""
# A decision names cases. It is about the persons to whom those cases belong now.
FOUND_DIFFERENT = f"""
SELECT coalesce(l.person_id, d.case_a_id), coalesce(m.person_id, d.case_b_id), d.reasons
FROM duplicates_duplicatedecision d
{join_linked_case("d.case_a_id")}
{join_linked_case("d.case_b_id", alias="m")}
WHERE d.decision = 'DIFFERENT'
"""
Pair = tuple[UUID, UUID]


def current(since: date | None = None) -> list[ReferralRow]:
    """The referrals referred in the month `since` (its first day) or later; without it, all referrals."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [since or FIRST_MONTH])
        return [ReferralRow(person, month, tuple(codes), digest) for person, month, digest, *codes in cursor.fetchall()]


def pairs_found_different() -> dict[Pair, set[str]]:
    """The pairs that staff decided to be two persons, and the evidence on which they decided."""
    pairs: dict[Pair, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FOUND_DIFFERENT)
        for one, other, reasons in cursor.fetchall():
            pairs.setdefault((min(one, other), max(one, other)), set()).update(reasons)
    return pairs


# The action of a search in the audit trail.
SEARCH_ACTION = "duplicates.search"


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """The counts of a search. `listed`: undecided pairs now. `decided`: pairs found that staff had decided to be two persons."""

    referrals: int
    found: int
    by_code: int
    decided: int
    listed: int
    too_common: int
    dropped_blocks: int
    common_codes: int


def search(*, by: Actor, since: date | None = None) -> SearchCounts:
    """Search all current referrals, or those referred in the month `since` (its first day) or later, and replace undecided pairs.

    With `since`, an undecided pair stays where at least one of the two persons has no such referral. The search holds the lock of
    all link decisions, so that no decision is made meanwhile.
    """
    with transaction.atomic():
        serialise()
        rows = current(since)
        outcome = find(rows)
        candidates_left = without_decided(outcome.candidates)
        replace(candidates_left, None if since is None else {row.person for row in rows})
        result = counts_of(outcome, candidates_left)
        counts = {name: getattr(result, name) for name in SearchCounts.__slots__}
        audit.record(by=by, action=SEARCH_ACTION, subject="all" if since is None else f"since {since:%Y-%m}", **counts)
    return result


def without_decided(candidates: Iterable[CandidatePair]) -> list[CandidatePair]:
    """The candidates without those that staff decided to be two persons on the same evidence."""
    different = pairs_found_different()
    return [each for each in candidates if not set(each.reasons) <= different.get((each.first, each.second), set())]


def replace(candidates: list[CandidatePair], people: set[UUID] | None) -> None:
    """List these candidates and no other pair of these people (None: of anybody). A pair that was listed keeps its id."""
    leavers = Duplicate.objects.exclude(pk__in=ids_of_listed(candidates))
    merged_cases = CaseLink.objects.current().values("case")
    if people is not None:
        leavers = leavers.filter(
            Q(case_a__in=people, case_b__in=people) | Q(case_a__in=merged_cases) | Q(case_b__in=merged_cases)
        )
    leavers.delete()
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
    """The ids of the candidates that are already listed."""
    pairs = {(each.first, each.second) for each in candidates}
    rows = Duplicate.objects.values_list("pk", "case_a_id", "case_b_id")
    return [pk for pk, first, second in rows if (first, second) in pairs]


def counts_of(outcome: SearchResult, candidates_left: list[CandidatePair]) -> SearchCounts:
    return SearchCounts(
        referrals=outcome.referrals,
        found=len(outcome.candidates),
        by_code=sum("linkage_code" in each.reasons for each in outcome.candidates),
        decided=len(outcome.candidates) - len(candidates_left),
        listed=Duplicate.objects.count(),
        too_common=outcome.too_common,
        dropped_blocks=outcome.dropped_blocks,
        common_codes=outcome.common_codes,
    )
