"""Persons: the cases of each, the records of a case after all splits, and the SQL that joins either to its person.

A person's cases are the connected components of the current merges. No other module writes these joins.

Each fragment takes the aliases of tables, and a moment; without a moment it is about what is current. A person's id is that of
the case of the group that was opened first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cases.linking.models import LinkDecisionKind, MergedCase
from cases.models import Case

Merges = dict[UUID, set[UUID]]


def current_merges(cases: Collection[UUID]) -> Merges:
    """The standing merges that concern these cases, directly or through other cases: the cases that each of them names."""
    merges: Merges = {}
    cases_seen, new = set(cases), set(cases)
    while new:
        touching = MergedCase.objects.filter(case__in=new).values("decision")
        rows = MergedCase.objects.filter(
            decision__in=touching, decision__kind=str(LinkDecisionKind.MERGE), decision__undone_by=None
        ).values_list("decision_id", "case_id")
        for decision, case in rows:
            merges.setdefault(decision, set()).add(case)
        new = {case for merge in merges.values() for case in merge} - cases_seen
        cases_seen |= new
    return merges


def components(cases: Iterable[UUID], merges: Iterable[Collection[UUID]]) -> Iterator[set[UUID]]:
    """The groups of cases that merges connect."""
    group = {case: {case} for case in cases}
    for merge in merges:
        together = set().union(*(group[case] for case in merge))
        group |= dict.fromkeys(together, together)
    cases_seen: set[UUID] = set()
    for case, together in group.items():
        if case not in cases_seen:
            cases_seen |= together
            yield together


def persons_of(cases: Collection[UUID]) -> dict[UUID, UUID]:
    """The person of each of these cases, and of each case that a standing merge connects with them: the case opened first."""
    merges = current_merges(cases)
    everyone = set(cases).union(*merges.values())
    moments = dict(Case.objects.filter(pk__in=everyone).values_list("pk", "opened_at"))
    return {
        case: min(group, key=lambda each: (moments[each], each))
        for group in components(everyone, merges.values())
        for case in group
    }


NOW = ""
AS_OF = "%(as_of)s"


def current(alias: str, moment: str = NOW) -> str:
    """The condition that a version of `alias` is current, or was current at a moment (an SQL expression such as `AS_OF`)."""
    if moment == NOW:
        return f"{alias}.superseded_at IS NULL"
    return f"{alias}.recorded_at <= {moment} AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > {moment})"


def join_moved_record(record: str, moment: str = NOW, *, reference: bool = True, alias: str = "x") -> str:
    """LEFT JOIN of the split, if any, that moved a record of `record`: a referral, or an assessment where `reference` is false."""
    condition = f"{alias}.reference = {record}.reference" if reference else f"{alias}.reference IS NULL"
    return (
        f"LEFT JOIN linking_recordlink {alias} ON {alias}.from_case_id = {record}.case_id "
        f"AND {alias}.partner_id = {record}.partner_id AND {condition} AND {current(alias, moment)}"
    )


def join_linked_case(case: str, moment: str = NOW, *, alias: str = "l") -> str:
    """LEFT JOIN of the link from a case (an SQL expression) to its person, if that is another case."""
    return f"LEFT JOIN linking_caselink {alias} ON {alias}.case_id = {case} AND {current(alias, moment)}"


def join_person(record: str, moment: str = NOW, *, reference: bool = True) -> str:
    """Both joins for a record. `PERSON.format(record)` is then the person's id."""
    case = f"coalesce(x.case_id, {record}.case_id)"
    return f"{join_moved_record(record, moment, reference=reference)} {join_linked_case(case, moment)}"


PERSON = "coalesce(l.person_id, x.case_id, {0}.case_id)"


# A record belongs to one of the cases by its own case, or by a link from its own case.
OF_CASES = """
SELECT r.id, r.partner_id, {reference} AS reference, r.case_id AS own_case, coalesce(x.case_id, r.case_id) AS case, x.id AS link
FROM {table} r {moved}
WHERE r.superseded_at IS NULL AND coalesce(x.case_id, r.case_id) = ANY(%(cases)s) AND r.case_id IN (
    SELECT unnest(%(cases)s::uuid[]) UNION SELECT y.from_case_id FROM linking_recordlink y
    WHERE y.case_id = ANY(%(cases)s) AND {current}
)
"""
REFERRALS = OF_CASES.format(
    reference="r.reference", table="cases_referral", moved=join_moved_record("r"), current=current("y")
)
ASSESSMENTS = OF_CASES.format(
    reference="NULL::uuid",
    table="cases_assessment",
    moved=join_moved_record("r", reference=False),
    current=current("y"),
)
ALL = f"{REFERRALS} UNION ALL {ASSESSMENTS} ORDER BY 2, 3, 1"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """The current version of a referral (with a reference) or of an assessment, and the case that it belongs to.

    `link` is the id of the link that moved it from `own_case`, if one did. A withdrawn referral is a record too.
    """

    version: UUID
    partner: UUID
    reference: UUID | None
    own_case: UUID
    case: UUID
    link: UUID | None


def records_of(*cases: UUID) -> list[CaseRecord]:
    with connection.cursor() as cursor:
        cursor.execute(ALL, {"cases": list(cases)})
        return [CaseRecord(*row) for row in cursor.fetchall()]
