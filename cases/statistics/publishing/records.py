"""The records that a protected release counts, in the builder's memory: who, when, which codes, and which partners know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection

from cases.linking.resolve import PARTNERS
from cases.statistics.counting import snapshot
from cases.statistics.counting.leaves import leaves
from cases.statistics.periods import Period
from cases.statistics.publishing.choice import PROTECTED
from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import Partner

NAMES = tuple(PROTECTED.by_name)
ROWS = f"SELECT record, month, {', '.join(NAMES)} FROM {snapshot.table_of(PROTECTED)} ORDER BY record"
# Whoever ever wrote about a case knows it, also from a version that was corrected since or a record that a split moved there; and
# whoever knows one case of a person knows the others that it was ever merged with. The centre is no adversary: it reads exact
# figures, and every reading is logged.
KNOWN = f"""
WITH ever AS (
    SELECT case_id, person_id FROM linking_caselink UNION SELECT person_id, person_id FROM linking_caselink
), same AS (
    SELECT id AS record, id AS case_id FROM unnest(%(records)s::uuid[]) AS id
    UNION
    SELECT one.case_id, other.case_id FROM ever AS one JOIN ever AS other ON other.person_id = one.person_id
    WHERE one.case_id = ANY(%(records)s)
), known AS (
    SELECT told.partner_id, same.record FROM same JOIN {{table}} AS told ON told.case_id = same.case_id
    UNION
    SELECT x.partner_id, same.record FROM same JOIN linking_recordlink AS x ON x.case_id = same.case_id
    WHERE x.reference IS {{reference}} NULL
)
SELECT known.partner_id, known.record
FROM known JOIN partners_partner AS p ON p.id = known.partner_id AND p.kind <> '{Kind.CENTRE}'
"""
# Who was erased is still known to whoever wrote about her.
ERASED = f"""
UNION SELECT kept.partner_id, kept.record
FROM statistics_erasedknowledge AS kept JOIN partners_partner AS p ON p.id = kept.partner_id AND p.kind <> '{Kind.CENTRE}'
WHERE kept.decided = {{}} AND kept.record = ANY(%(records)s)
"""
REFERRED = KNOWN.format(table="cases_referral", reference="NOT") + ERASED.format(False)
DECIDED = KNOWN.format(table="cases_assessment", reference="") + ERASED.format(True)

Known = dict[UUID, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Record:
    """One person as counted: the month, and the submitted code of each of the dataset's dimensions in their order."""

    id: UUID
    month: date
    codes: tuple[str, ...]


def take(period: Period, as_of: datetime, again: str = "") -> tuple[Record, ...]:
    """The records of a period as of a moment. Inside a transaction.

    `again`: the release (by id) that is counted again, with what erasures since have kept of it.
    """
    snapshot.prepare()
    snapshot.take(PROTECTED, PROTECTED.dimensions, period, as_of, again)
    code = [{leaf.number: leaf.codes[0] for leaf in leaves(dimension, period)} for dimension in PROTECTED.dimensions]
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = cursor.fetchall()
    return tuple(record(row, code) for row in rows)


def rule() -> str:
    """A digest of the very statements by which records are taken, as `release.rule` is of those of exact releases."""
    return snapshot.rule_of([PARTNERS, snapshot.fill_sql(PROTECTED, PROTECTED.dimensions)])


def digest_of(records: Iterable[Record]) -> str:
    """A digest of records, equal for equal ones in any order."""
    lines = sorted(f"{record.id} {record.month} {','.join(record.codes)}\n" for record in records)
    return sha256("".join(lines).encode()).hexdigest()


def record(row: Sequence[object], code: Sequence[dict[int, str]]) -> Record:
    """A row of the snapshot, its leaves as submitted codes."""
    who, month, *numbers = row
    assert isinstance(who, UUID) and isinstance(month, date)
    return Record(who, month, tuple(names[int(str(n))] for names, n in zip(code, numbers, strict=True)))


def referred_by(records: Iterable[Record]) -> Known:
    """For each partner that ever referred some of these persons, whom."""
    return known(REFERRED, records)


def decided_by(records: Iterable[Record]) -> Known:
    """For each authority that ever assessed some of these persons, whom."""
    return known(DECIDED, records)


def known(sql: str, records: Iterable[Record]) -> Known:
    """For each partner the records that it knows by one of the statements above."""
    found: dict[UUID, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"records": [each.id for each in records]})
        for partner, who in cursor.fetchall():
            found.setdefault(partner, set()).add(who)
    return {partner: frozenset(who) for partner, who in sorted(found.items())}


def authorities() -> frozenset[UUID]:
    """The partners whose clients may be given the authorities' figures."""
    kinds = [
        kind for kind, scopes in SCOPES_OF_KIND.items() if Scope.STATISTICS_AUTHORITY in scopes and kind != Kind.CENTRE
    ]
    return frozenset(Partner.objects.filter(kind__in=kinds).values_list("pk", flat=True))
