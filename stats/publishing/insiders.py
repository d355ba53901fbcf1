"""Insiders: partners who know some of the persons by name, because they referred or assessed them, or sent it for another partner.

Partners under one umbrella organisation are an insider together as well: what one of them knows, each may know. Each stays an
insider by itself, so that an umbrella never makes anything less hidden: of five persons whom three and two of them know, they
together learn nothing, and one alone would learn of two. A partner and its successor are under one umbrella in this sense: the
successor reads what the other one reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import Partner
from partners.organisations.models import Mandate
from stats.publishing.sources import CountedRecord
from stats.umbrellas import NONE, Umbrellas, join_groups, joint_id, umbrellas_now

# Whoever ever wrote about a case knows it, also from a version that was corrected since or a record that a split moved there; and
# whoever knows one case of a person knows the others that it was ever merged with. Whoever sent a version for another partner knows
# it like that one. The centre is no intruder: it reads exact
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
    SELECT sender.partner_id, linked.record FROM linked JOIN {{table}} AS version ON version.case_id = linked.case_id
    JOIN partners_client AS sender ON sender.id = version.client_id
    UNION
    SELECT x.partner_id, linked.record FROM linked JOIN linking_recordlink AS x ON x.case_id = linked.case_id
    WHERE x.reference IS {{reference}} NULL
    UNION
    SELECT sender.partner_id, linked.record FROM linked JOIN linking_recordlink AS x ON x.case_id = linked.case_id
    JOIN {{table}} AS version ON version.partner_id = x.partner_id AND version.{{moved}}
    JOIN partners_client AS sender ON sender.id = version.client_id
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
REFERRED = KNOWN.format(table="cases_referral", reference="NOT", moved="reference = x.reference") + ERASED.format(False)
DECIDED = KNOWN.format(table="cases_assessment", reference="", moved="case_id = x.from_case_id") + ERASED.format(True)

KnownRecords = dict[UUID, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Insiders:
    """The partners who know some of the persons by name.

    `records_referred` and `records_decided`: by insider, a partner or the partners under an umbrella, the records of the persons
    whom it referred, and whom it assessed. `authorities`: the insiders whose clients may read noisy cells. `umbrellas`: those
    reckoned with.
    """

    records_referred: KnownRecords
    records_decided: KnownRecords
    authorities: frozenset[UUID]
    umbrellas: Umbrellas = NONE

    def known_to(self, who: UUID) -> frozenset[UUID]:
        """The records of all persons whom an insider knows."""
        return self.records_referred.get(who, frozenset()) | self.records_decided.get(who, frozenset())

    @property
    def as_report(self) -> dict[str, list[str]]:
        """The umbrellas as a proof keeps them: by the insider's id the partners."""
        return {str(joint_id(partners)): sorted(map(str, partners)) for partners in self.umbrellas}


def find_insiders(records: Iterable[CountedRecord], umbrellas: Umbrellas = NONE) -> Insiders:
    """The insiders of some persons, with the partners under each of some umbrellas as one more."""
    in_order, readers = list(records), authorities()
    joint_readers = {joint_id(partners) for partners in umbrellas if partners & readers}
    return Insiders(
        join_known(referred_by(in_order), umbrellas),
        join_known(decided_by(in_order), umbrellas),
        readers | joint_readers,
        umbrellas,
    )


def join_known(alone: KnownRecords, umbrellas: Umbrellas) -> KnownRecords:
    """What each partner knows, and what the partners under each umbrella know together."""
    together = {
        joint_id(partners): frozenset().union(*(alone.get(each, frozenset()) for each in partners))
        for partners in umbrellas
    }
    return dict(sorted([*alone.items(), *((who, records) for who, records in together.items() if records)]))


def parties_now() -> dict[UUID, UUID]:
    """By partner the id of those with whom it knows the same. Whoever shares with nobody is left out.

    Those under one umbrella know together, also under one that staff have cleared since something was published with it, and so
    does whoever sends for another one. For figures on partners, where nobody is told whose records they are: who has sent which of
    the records does not matter there.
    """
    together = join_groups([*umbrellas_now(), *published_umbrellas(), *mandates()])
    return {who: joint_id(partners) for partners in together for who in partners}


def published_umbrellas() -> list[set[UUID]]:
    """The partners under each umbrella that a published release reckoned with. The web server may ask for these alone."""
    groups: dict[str, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT umbrella, partner FROM henvis_published_umbrellas()")
        for umbrella, partner in cursor.fetchall():
            groups.setdefault(umbrella, set()).add(partner)
    return list(groups.values())


def mandates() -> list[tuple[UUID, UUID]]:
    """Each partner that ever let another one send for it, and that one, which goes on knowing what it has sent."""
    return list(Mandate.objects.filter(acceptance__isnull=False).order_by("pk").values_list("giver", "taker"))


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
