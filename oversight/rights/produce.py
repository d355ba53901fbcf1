"""Producing all data about the person of a token (GDPR, article 15) as one document, with every code in words.

The document contains no data of other persons: a possible duplicate is given without the other case, and a record that was moved
to another person is left out. Organisations are named as sources and recipients of the data (article 15(1)(c) and (g)), unless
staff find that only their kinds may be given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from cases import dictionary as d
from cases.codelists import PARTNER_KIND
from cases.codelists.referral import RETURN_REASON
from cases.codelists.staff import ATTRIBUTE_REASON, DIFFERENT_REASON, LINK_REASON, RESTRICTION_GROUND
from cases.duplicates.evidence import likelihood
from cases.duplicates.models import EVIDENCE, PAIRS, Decision, Duplicate, DuplicateDecision, LinkageCode
from cases.linking.models import (
    ATTRIBUTES,
    LINKS,
    AttributeDecision,
    CaseLink,
    LinkDecision,
    MergedCase,
    RecordLink,
    RestrictedCase,
)
from cases.models import Assessment, Case, Referral
from cases.versions import Status
from oversight.returns.choices import STATES
from oversight.returns.facts import field_words, state_words
from oversight.returns.models import Return
from oversight.rights import words
from oversight.rights.database import ask
from oversight.rights.person import PersonData, find
from oversight.rights.words import Json
from oversight.subject_requests.models import RequestStep
from partners.audit import Actor
from partners.models import AuditEvent, Partner

FORMAT = "henvis-person/1"
PRODUCE = "SELECT release_id FROM henvis_produce(%s, %s::uuid[])"
# Plain SQL: the table belongs to the API, which this room must not import.
ANSWERS = """
SELECT count(*) FROM api_idempotencyrecord a JOIN unnest(%s::uuid[], %s::uuid[]) AS r (partner, reference)
ON a.partner_id = r.partner AND a.reference = r.reference
"""
# Rows of deliveries, which wait for a day at most, and what became of them, which is kept for 30 days.
DELIVERIES = """
SELECT count(*) FROM unnest(%s::uuid[], %s::uuid[]) AS e (partner, reference)
JOIN intake_batch b ON b.partner_id = e.partner
JOIN (
    SELECT batch_id, reference FROM intake_rowresult UNION ALL SELECT batch_id, reference FROM intake_stagedrow
) AS row ON row.batch_id = b.id AND row.reference = e.reference
"""


@dataclass(frozen=True)
class Production:
    """One document: the data, and whether it names organisations."""

    data: PersonData
    names: bool

    def partner(self, who: Partner) -> Json:
        """An organisation: its kind, and its name where the document names organisations."""
        kind = words.code_with_labels(who.kind, PARTNER_KIND)
        return {"name": who.name, "kind": kind} if self.names else {"kind": kind}

    def token(self, case: Case) -> str | None:
        """The token of one of the person's cases; None for the case of another person."""
        return case.token if case.pk in self.data.ids else None


def produce(*, by: Actor, token: str, test: bool, names: bool = True) -> Json:
    """All data about the person of a token. Raises `RightsRefused` for an unknown token and for a user without the right.

    The guarded function that returns the releases also writes the audit row, without the token.
    """
    data = find(token, test=test)
    releases = [row[0] for row in ask(PRODUCE, by.user_id, data.ids)]
    production = Production(data, names)
    notes = (*words.NOTES, words.retention(), *([] if names else [words.KINDS_ONLY]))
    return {
        "format": FORMAT,
        "produced_at": words.moment(timezone.now()),
        "test": test,
        "notes": [words.both(note) for note in notes],
        "cases": [case_of(production, case) for case in data.cases],
        "referrals": [referral_of(production, *key) for key in data.referrals],
        "assessments": [assessment_of(production, *key) for key in data.assessments],
        "link_decisions": [decision_of(each) for each in decisions(data)],
        "duplicate_candidates": [candidate_of(each) for each in Duplicate.objects.filter(pairs_of_person(data))],
        "duplicate_decisions": [pair_of(each) for each in DuplicateDecision.objects.filter(pairs_of_person(data))],
        "attribute_decisions": [attribute_of(each) for each in AttributeDecision.objects.filter(case__in=data.ids)],
        "restrictions": [restriction_of(each) for each in restrictions(data)],
        "releases": releases,
        "remembered_answers": count(ANSWERS, data),
        "deliveries": count(DELIVERIES, data),
        "events": [event_of(each) for each in events(data)],
    }


def case_of(production: Production, case: Case) -> Json:
    opening = {"opened_at": words.moment(case.opened_at), "opened_by": production.partner(case.opened_by)}
    return {"token": case.token, **opening, "token_unknown": case.token_unknown}


def referral_of(production: Production, partner: UUID, reference: UUID) -> Json:
    """A referral with every version, the first in front. Of a linkage code it is told that there is one, never which."""
    rows = (
        Referral.objects.of(partner).filter(reference=reference).select_related("case", "partner").order_by("version")
    )
    versions = list(rows)
    return {
        "partner": production.partner(versions[0].partner),
        "reference": str(reference),
        "linkage_code": LinkageCode.objects.filter(partner_id=partner, reference=reference).exists(),
        "versions": [referral_version(production, row) for row in versions],
        "returns": returns_of(partner, reference),
    }


def referral_version(production: Production, row: Referral) -> Json:
    fields = (*d.REFERRAL, *(d.WITHDRAWAL if row.status == Status.WITHDRAWN else ()))
    return {
        **version_of(production, row),
        "status": words.code_with_words(row.status, words.STATUS),
        "values": words.values(row, fields),
    }


def assessment_of(production: Production, partner: UUID, case: UUID) -> Json:
    """One authority's assessment with all versions."""
    rows = Assessment.objects.of(partner).filter(case=case).select_related("case", "partner").order_by("version")
    versions = [{**version_of(production, row), "values": words.values(row, d.ASSESSMENT)} for row in rows]
    return {"partner": production.partner(rows[0].partner), "versions": versions}


def version_of(production: Production, row: Referral | Assessment) -> Json:
    return {
        "version": row.version,
        "case_token": production.token(row.case),
        "recorded_at": words.moment(row.recorded_at),
        "superseded_at": words.moment(row.superseded_at),
        "schema_version": row.schema_version,
    }


def decisions(data: PersonData) -> Iterable[LinkDecision]:
    """The link decisions on the person's cases and records, and those that undid them, the earliest first."""
    by_case = MergedCase.objects.filter(case__in=data.ids).values("decision")
    by_link = CaseLink.objects.filter(Q(case__in=data.ids) | Q(person__in=data.ids)).values("decision")
    by_record = RecordLink.objects.filter(Q(case__in=data.ids) | Q(from_case__in=data.ids)).values("decision")
    condition = Q(pk__in=by_case) | Q(pk__in=by_link) | Q(pk__in=by_record)
    ids = LinkDecision.objects.filter(condition).values("pk")
    return (
        LinkDecision.objects.filter(Q(pk__in=ids) | Q(undoes__in=ids))
        .select_related("undone_by")
        .order_by("decided_at")
    )


def decision_of(decision: LinkDecision) -> Json:
    """One link decision, without the cases that it names."""
    return {
        "kind": words.code_with_words(decision.kind, LINKS),
        "reason": words.code_with_labels(decision.reason_code, LINK_REASON),
        "decided_at": words.moment(decision.decided_at),
        "stands": decision.kind != "UNDO" and not hasattr(decision, "undone_by"),
    }


def attribute_of(decision: AttributeDecision) -> Json:
    field = next(each for each in ATTRIBUTES if each.name == decision.field)
    return {
        "field": decision.field,
        "label": words.both(field.label),
        "value": words.code_with_labels(decision.code, field.codelist),
        "reason": words.code_with_labels(decision.reason_code, ATTRIBUTE_REASON),
        "recorded_at": words.moment(decision.recorded_at),
        "superseded_at": words.moment(decision.superseded_at),
    }


def restrictions(data: PersonData) -> Iterable[RequestStep]:
    """The steps of the register that restricted the processing of the person's cases, the first in front."""
    own = RestrictedCase.objects.filter(case__in=data.ids)
    ends = own.filter(restriction=OuterRef("restriction")).order_by(F("superseded_at").desc(nulls_first=True))
    rows = RequestStep.objects.filter(restriction__in=own.values("restriction"))
    return rows.annotate(lifted_at=Subquery(ends.values("superseded_at")[:1])).order_by("pk")


def restriction_of(step: Any) -> Json:
    """One restriction of the processing: why, since when, its end as it was set, and when it was lifted."""
    return {
        "ground": words.code_with_labels(step.code, RESTRICTION_GROUND),
        "restricted_at": words.moment(step.at),
        "until": step.day.isoformat() if step.day else None,
        "lifted_at": words.moment(step.lifted_at),
    }


def pairs_of_person(data: PersonData) -> Q:
    """The condition that a pair contains one of the person's cases."""
    return Q(case_a__in=data.ids) | Q(case_b__in=data.ids)


def candidate_of(pair: Duplicate) -> Json:
    """One possible duplicate, without the other case."""
    reasons = [words.code_with_words(reason, EVIDENCE) for reason in pair.reasons]
    weight = {"score": round(pair.score, 1), "likelihood": words.both(likelihood(pair.score))}
    return {"reasons": reasons, **weight, "found_at": words.moment(pair.found_at)}


def pair_of(pair: DuplicateDecision) -> Json:
    """One decision on a pair, without the other case."""
    reasons = LINK_REASON if pair.decision == Decision.SAME else DIFFERENT_REASON
    reason = words.code_with_labels(pair.reason_code, reasons)
    decision = words.code_with_words(pair.decision, PAIRS)
    return {"decision": decision, "reason": reason, "decided_at": words.moment(pair.decided_at)}


def count(question: str, data: PersonData) -> int:
    """How many rows of a kind there are of the person's referrals."""
    with connection.cursor() as cursor:
        cursor.execute(question, [[key[0] for key in data.referrals], [key[1] for key in data.referrals]])
        number: int = cursor.fetchone()[0]
    return number


def events(data: PersonData) -> Iterable[AuditEvent]:
    """The audit events of the person's cases and of the decisions on them."""
    pairs = DuplicateDecision.objects.filter(pairs_of_person(data))
    inquiry = keys_of(data.referrals)
    subjects = [*data.ids, *inquiry, *(each.pk for each in decisions(data)), *(each.pk for each in pairs)]
    return AuditEvent.objects.filter(subject__in=[str(each) for each in subjects]).order_by("at")


def event_of(event: AuditEvent) -> Json:
    """One audit event: what happened and when. Who did it is personal data of the member of staff."""
    return {"at": words.moment(event.at), "action": words.event(event.action)}


def returns_of(partner: UUID, reference: UUID) -> list[Json]:
    """What was asked about a referral and what came of it, the earliest first. Who asked and who answered is left out."""
    rows = Return.objects.of(partner).filter(reference=reference).with_state().select_related("end")
    return [return_of(each) for each in rows.order_by("asked_at", "pk")]


def return_of(inquiry: Return) -> Json:
    """One question with its answer."""
    end = getattr(inquiry, "end", None)
    return {
        "version": inquiry.version,
        "reason": words.code_with_labels(inquiry.reason_code, RETURN_REASON),
        "field": {"code": inquiry.field, **words.both(field_words(inquiry))},
        "returned_at": words.moment(inquiry.asked_at),
        "state": words.code_with_words(inquiry.state, STATES),
        "answer": words.both(state_words(inquiry)),
        "ended_at": words.moment(end.ended_at if end else None),
    }


def keys_of(referrals: Iterable[tuple[UUID, UUID]]) -> list[UUID]:
    """The ids of what was asked about referrals (partner, reference): the audit names them."""
    return [
        key
        for partner, reference in referrals
        for key in Return.objects.of(partner).filter(reference=reference).values_list("pk", flat=True)
    ]
