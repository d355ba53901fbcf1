"""Producing everything that is held about the person of a token (GDPR article 15), as one document with every code in words.

Other persons' data are no part of it: a candidate for a duplicate is told without the other case, a record that was moved to
somebody else is left out. Organisations are named, as sources and recipients of the data (article 15(1)(c) and (g)), unless staff
find that only their kinds may be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from cases import dictionary as d
from cases.codelists import PARTNER_KIND
from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import ATTRIBUTE_REASON, LINK_REASON
from cases.duplicates.choices import EVIDENCE, PAIRS
from cases.duplicates.models import Decision, Duplicate, DuplicateDecision, LinkageCode
from cases.linking.choices import LINKS
from cases.linking.models import ATTRIBUTES, AttributeDecision, CaseLink, LinkDecision, MergedCase, RecordLink
from cases.models import Assessment, Case, Referral, Status
from cases.rights import words
from cases.rights.database import ask
from cases.rights.person import PersonData, find
from cases.rights.words import Json
from partners.audit import Actor
from partners.models import AuditEvent, Partner

FORMAT = "henvis-person/1"
PRODUCE = "SELECT release_id FROM henvis_produce(%s, %s::uuid[])"
# The table is the API's, which this package does not know.
ANSWERS = """
SELECT count(*) FROM api_idempotencyrecord a JOIN unnest(%s::uuid[], %s::uuid[]) AS r (partner, reference)
ON a.partner_id = r.partner AND a.reference = r.reference
"""


@dataclass(frozen=True)
class Production:
    """A person, and whether organisations are told by name."""

    held: PersonData
    names: bool

    def partner(self, who: Partner) -> Json:
        """An organisation."""
        kind = words.code_with_labels(who.kind, PARTNER_KIND)
        return {"name": who.name, "kind": kind} if self.names else {"kind": kind}

    def token(self, case: Case) -> str | None:
        """The token of one of her own cases; of another's nothing."""
        return case.token if case.pk in self.held.ids else None


def produce(*, by: Actor, token: str, test: bool, names: bool = True) -> Json:
    """Everything about the person of a token. Raises `RightsRefused`: unknown token, or no right to.

    The database writes the audit row, without the token, when it is asked for the releases.
    """
    held = find(token, test=test)
    releases = [row[0] for row in ask(PRODUCE, by.user_id, held.ids)]
    teller = Production(held, names)
    notes = words.NOTES if names else (*words.NOTES, words.KINDS_ONLY)
    return {
        "format": FORMAT,
        "produced_at": words.moment(timezone.now()),
        "test": test,
        "notes": [words.both(note) for note in notes],
        "cases": [case_of(teller, case) for case in held.cases],
        "referrals": [referral_of(teller, *key) for key in held.referrals],
        "assessments": [assessment_of(teller, *key) for key in held.assessments],
        "link_decisions": [decision_of(each) for each in decisions(held)],
        "duplicate_candidates": [candidate_of(each) for each in Duplicate.objects.filter(of_pairs(held))],
        "duplicate_decisions": [pair_of(each) for each in DuplicateDecision.objects.filter(of_pairs(held))],
        "attribute_decisions": [attribute_of(each) for each in AttributeDecision.objects.filter(case__in=held.ids)],
        "releases": releases,
        "remembered_answers": count_stored_answers(held),
        "events": [event_of(each) for each in events(held)],
    }


def case_of(teller: Production, case: Case) -> Json:
    """A case."""
    opened = {"opened_at": words.moment(case.opened_at), "opened_by": teller.partner(case.opened_by)}
    return {"token": case.token, **opened, "token_unknown": case.token_unknown}


def referral_of(teller: Production, partner: UUID, reference: UUID) -> Json:
    """A referral, with every version of it."""
    rows = (
        Referral.objects.of(partner).filter(reference=reference).select_related("case", "partner").order_by("version")
    )
    versions = list(rows)
    return {
        "partner": teller.partner(versions[0].partner),
        "reference": str(reference),
        "linkage_code": LinkageCode.objects.filter(partner_id=partner, reference=reference).exists(),
        "versions": [referral_version(teller, row) for row in versions],
    }


def referral_version(teller: Production, row: Referral) -> Json:
    """A version of a referral."""
    fields = (*d.REFERRAL, *(d.WITHDRAWAL if row.status == Status.WITHDRAWN else ()))
    return {
        **version_of(teller, row),
        "status": words.code_with_words(row.status, words.STATUS),
        "values": words.values(row, fields),
    }


def assessment_of(teller: Production, partner: UUID, case: UUID) -> Json:
    """An authority's assessment, with every version of it."""
    rows = Assessment.objects.of(partner).filter(case=case).select_related("case", "partner").order_by("version")
    versions = [{**version_of(teller, row), "values": words.values(row, d.ASSESSMENT)} for row in rows]
    return {"partner": teller.partner(rows[0].partner), "versions": versions}


def version_of(teller: Production, row: Referral | Assessment) -> Json:
    """What every version has."""
    return {
        "version": row.version,
        "case_token": teller.token(row.case),
        "recorded_at": words.moment(row.recorded_at),
        "superseded_at": words.moment(row.superseded_at),
        "schema_version": row.schema_version,
    }


def decisions(held: PersonData) -> Iterable[LinkDecision]:
    """The decisions on her cases and records, and what undid them, the first in front."""
    by_case = MergedCase.objects.filter(case__in=held.ids).values("decision")
    by_link = CaseLink.objects.filter(Q(case__in=held.ids) | Q(person__in=held.ids)).values("decision")
    by_record = RecordLink.objects.filter(Q(case__in=held.ids) | Q(from_case__in=held.ids)).values("decision")
    named = Q(pk__in=by_case) | Q(pk__in=by_link) | Q(pk__in=by_record)
    ids = LinkDecision.objects.filter(named).values("pk")
    return (
        LinkDecision.objects.filter(Q(pk__in=ids) | Q(undoes__in=ids))
        .select_related("undone_by")
        .order_by("decided_at")
    )


def decision_of(decision: LinkDecision) -> Json:
    """A decision, without the other cases that it may name."""
    return {
        "kind": words.code_with_words(decision.kind, LINKS),
        "reason": words.code_with_labels(decision.reason_code, LINK_REASON),
        "decided_at": words.moment(decision.decided_at),
        "stands": decision.kind != "UNDO" and not hasattr(decision, "undone_by"),
    }


def attribute_of(decision: AttributeDecision) -> Json:
    """What staff found to be true of an attribute."""
    field = next(each for each in ATTRIBUTES if each.name == decision.field)
    return {
        "field": decision.field,
        "label": words.both(field.label),
        "value": words.code_with_labels(decision.code, field.codelist),
        "reason": words.code_with_labels(decision.reason_code, ATTRIBUTE_REASON),
        "recorded_at": words.moment(decision.recorded_at),
        "superseded_at": words.moment(decision.superseded_at),
    }


def of_pairs(held: PersonData) -> Q:
    """The pairs of cases that have one of hers."""
    return Q(case_a__in=held.ids) | Q(case_b__in=held.ids)


def candidate_of(pair: Duplicate) -> Json:
    """That she may be somebody else, without whom."""
    reasons = [words.code_with_words(reason, EVIDENCE) for reason in pair.reasons]
    return {"reasons": reasons, "score": round(pair.score, 1), "found_at": words.moment(pair.found_at)}


def pair_of(pair: DuplicateDecision) -> Json:
    """What staff decided of such a pair, without the other."""
    reasons = LINK_REASON if pair.decision == Decision.SAME else DIFFERENT_REASON
    reason = words.code_with_labels(pair.reason_code, reasons)
    decision = words.code_with_words(pair.decision, PAIRS)
    return {"decision": decision, "reason": reason, "decided_at": words.moment(pair.decided_at)}


def count_stored_answers(held: PersonData) -> int:
    """How many answers to a POST are remembered, so that a retry makes no second referral."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [[who for who, _ in held.referrals], [name for _, name in held.referrals]])
        found: int = cursor.fetchone()[0]
    return found


def events(held: PersonData) -> Iterable[AuditEvent]:
    """What was done to her cases."""
    pairs = DuplicateDecision.objects.filter(of_pairs(held))
    subjects = [*held.ids, *(each.pk for each in decisions(held)), *(each.pk for each in pairs)]
    return AuditEvent.objects.filter(subject__in=[str(each) for each in subjects]).order_by("at")


def event_of(event: AuditEvent) -> Json:
    """What was done, and when. Not by whom: that is a datum of the member of staff."""
    return {"at": words.moment(event.at), "action": words.event(event.action)}
