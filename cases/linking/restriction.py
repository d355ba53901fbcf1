"""Whose processing is restricted (GDPR, article 18): nobody reads what is held about her, and nothing new counts her.

A restriction names cases. It holds for whoever is one person with one of them, also by a merge that came later, and for the records
that a split moved there. Nothing more is asked where nobody is restricted: the first condition is one look at a small table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from cases.errors import RestrictionHolds
from cases.linking.models import RestrictedCase
from cases.linking.persons import NOW, current, join_moved_record
from cases.models import Assessment


def restricted_cases(moment: str = NOW) -> str:
    """A statement of the cases of everybody whose processing is restricted, or was at a moment, each with its person."""
    of_acts = f"""
        SELECT coalesce(q2.person_id, q.case_id) AS person FROM linking_restrictedcase q
        LEFT JOIN linking_caselink q2 ON q2.case_id = q.case_id AND {current("q2", moment)} WHERE {current("q", moment)}
    """
    return f"""
        SELECT person AS case_id, person FROM ({of_acts}) AS of_person
        UNION SELECT q3.case_id, q3.person_id FROM ({of_acts}) AS of_case
        JOIN linking_caselink q3 ON q3.person_id = of_case.person AND {current("q3", moment)}
    """


def restriction_of_case(case: str, moment: str = NOW) -> str:
    """The condition that the person of a case (an SQL expression) is restricted, or was at a moment."""
    somebody = f"EXISTS (SELECT FROM linking_restrictedcase q WHERE {current('q', moment)})"
    return f"({somebody} AND {case} IN (SELECT case_id FROM ({restricted_cases(moment)}) AS those))"


def restriction_of_record(record: str, moment: str = NOW, *, reference: bool = True) -> str:
    """The condition of a record: a referral, or an assessment where `reference` is false. `record`: the table or its alias."""
    same = f"y.reference = {record}.reference" if reference else "y.reference IS NULL"
    case_of_split = f"""
        SELECT y.case_id FROM linking_recordlink y WHERE y.from_case_id = {record}.case_id
        AND y.partner_id = {record}.partner_id AND {same} AND {current("y", moment)}
    """
    return restriction_of_case(f"coalesce(({case_of_split}), {record}.case_id)", moment)


def with_restriction[Rows: QuerySet[Any]](rows: Rows) -> Rows:
    """Referrals or assessments, each of which says whether its person `is_restricted`."""
    table = rows.model._meta.db_table
    condition = restriction_of_record(table, reference=rows.model is not Assessment)
    return rows.annotate(is_restricted=RawSQL(condition, (), output_field=BooleanField()))  # noqa: S611 (no text of a user is in it)


def restriction_of_cases() -> RawSQL:
    """Whether the person of a case is restricted, in a list of cases."""
    return RawSQL(restriction_of_case("cases_case.id"), (), output_field=BooleanField())  # noqa: S611 (no text of a user is in it)


def readable[Rows: QuerySet[Any]](rows: Rows) -> Rows:
    """The referrals or assessments of persons who are not restricted."""
    table = rows.model._meta.db_table
    condition = restriction_of_record(table, reference=rows.model is not Assessment)
    holds = RawSQL(condition, (), output_field=BooleanField())  # noqa: S611 (no text of a user is in it)
    return rows.alias(restriction_holds=holds).filter(restriction_holds=False)


def persons_at(moment: datetime | str = "infinity") -> dict[UUID, UUID]:
    """By case the person, of everybody whose processing was restricted at a moment, or is now."""
    with connection.cursor() as cursor:
        cursor.execute(restricted_cases("%(at)s"), {"at": moment})
        return dict(cursor.fetchall())


def case_ids() -> frozenset[UUID]:
    """The cases of everybody whose processing is restricted now."""
    return frozenset(persons_at())


def demand_open(*cases: UUID) -> None:
    """Raise `RestrictionHolds` where one of these cases is of a person who is restricted."""
    if case_ids().intersection(cases):
        raise RestrictionHolds


THOSE = f"(SELECT case_id FROM ({restricted_cases()}) AS those)"


def open_cases(*names: str) -> Q:
    """The condition that none of these columns names a case of a person who is restricted."""
    condition = Q()
    for name in names:
        condition &= ~Q(**{f"{name}__in": RawSQL(THOSE, ())})  # noqa: S611 (no text of a user is in it)
    return condition


# Beginning with the few cases: those that no split moved away from them, and those that a split moved there.
RESTRICTED_REFERRALS = f"""
(SELECT r.reference FROM cases_referral r {join_moved_record("r")}
WHERE r.superseded_at IS NULL AND x.id IS NULL AND r.case_id IN {THOSE}
UNION SELECT r.reference FROM linking_recordlink x
JOIN cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
WHERE {current("r")} AND {current("x")} AND x.case_id IN {THOSE})
"""


def open_references(name: str = "reference") -> Q:
    """The condition that a column names no referral of a person who is restricted. A reference is drawn by chance."""
    return ~Q(**{f"{name}__in": RawSQL(RESTRICTED_REFERRALS, ())})  # noqa: S611 (no text of a user is in it)


def count_acts() -> int:
    """How many cases were ever restricted, and how many are no longer: another number where either was done meanwhile."""
    rows = RestrictedCase.objects
    return rows.count() + rows.exclude(superseded_at=None).count()


def restricted_since(moment: datetime) -> bool:
    """Whether a case is restricted now that was not at a moment, also by a merge since."""
    return bool(case_ids() - persons_at(moment).keys())


def changed_since(moment: datetime) -> bool:
    """Whether somebody was restricted after a moment, or is no longer."""
    return RestrictedCase.objects.filter(Q(recorded_at__gt=moment) | Q(superseded_at__gt=moment)).exists()
