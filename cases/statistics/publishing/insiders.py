"""Insiders: partners who know some of the persons by name, because they referred or assessed them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cases.statistics.publishing.records import CountedRecord
from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import Partner

# Whoever ever wrote about a case knows it, also from a version that was corrected since or a record that a split moved there; and
# whoever knows one case of a person knows the others that it was ever merged with. The centre is no intruder: it reads exact
# figures, and every reading is logged.
KNOWN = f"""
WITH ever AS (
    SELECT case_id, person_id FROM linking_caselink UNION SELECT person_id, person_id FROM linking_caselink
), linked AS (
    SELECT id AS record, id AS case_id FROM unnest(%(records)s::uuid[]) AS id
    UNION
    SELECT one.case_id, other.case_id FROM ever AS one JOIN ever AS other ON other.person_id = one.person_id
    WHERE one.case_id = ANY(%(records)s)
), known AS (
    SELECT version.partner_id, linked.record FROM linked JOIN {{table}} AS version ON version.case_id = linked.case_id
    UNION
    SELECT x.partner_id, linked.record FROM linked JOIN linking_recordlink AS x ON x.case_id = linked.case_id
    WHERE x.reference IS {{reference}} NULL
)
SELECT known.partner_id, known.record
FROM known JOIN partners_partner AS p ON p.id = known.partner_id AND p.kind <> '{Kind.CENTRE}'
"""
# A partner still knows a person of whom it wrote and who was erased since.
ERASED = f"""
UNION SELECT kept.partner_id, kept.record
FROM statistics_erasedknowledge AS kept JOIN partners_partner AS p ON p.id = kept.partner_id AND p.kind <> '{Kind.CENTRE}'
WHERE kept.decided = {{}} AND kept.record = ANY(%(records)s)
"""
REFERRED = KNOWN.format(table="cases_referral", reference="NOT") + ERASED.format(False)
DECIDED = KNOWN.format(table="cases_assessment", reference="") + ERASED.format(True)

KnownRecords = dict[UUID, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Insiders:
    """The partners who know some of the persons by name.

    `referred` and `decided`: by partner the records of the persons whom it referred, and whom it assessed. `authorities`: the
    partners whose clients may read noisy cells.
    """

    records_referred: KnownRecords
    records_decided: KnownRecords
    authorities: frozenset[UUID]

    def known_to(self, who: UUID) -> frozenset[UUID]:
        """The records of all persons whom a partner knows."""
        return self.records_referred.get(who, frozenset()) | self.records_decided.get(who, frozenset())


def find_insiders(records: Iterable[CountedRecord]) -> Insiders:
    """The insiders of some persons."""
    in_order = list(records)
    return Insiders(referred_by(in_order), decided_by(in_order), authorities())


def referred_by(records: Iterable[CountedRecord]) -> KnownRecords:
    """By partner, the persons whom it ever referred."""
    return read_known(REFERRED, records)


def decided_by(records: Iterable[CountedRecord]) -> KnownRecords:
    """By authority, the persons whom it ever assessed."""
    return read_known(DECIDED, records)


def read_known(sql: str, records: Iterable[CountedRecord]) -> KnownRecords:
    """By partner, the records that it knows by one of the statements above."""
    records_by_partner: dict[UUID, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"records": [each.id for each in records]})
        for partner, who in cursor.fetchall():
            records_by_partner.setdefault(partner, set()).add(who)
    return {partner: frozenset(who) for partner, who in sorted(records_by_partner.items())}


def authorities() -> frozenset[UUID]:
    """The partners whose clients may be given the figures for authorities."""
    kinds = [
        kind for kind, scopes in SCOPES_OF_KIND.items() if Scope.STATISTICS_AUTHORITY in scopes and kind != Kind.CENTRE
    ]
    return frozenset(Partner.objects.filter(kind__in=kinds).values_list("pk", flat=True))
