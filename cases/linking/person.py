"""A person as staff see her: the cases that are hers, the records of each, and the decisions that made it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.codelists.common import label_of
from cases.dictionary import ASSESSMENT, REFERRAL, coded
from cases.linking.attributes import person_of
from cases.linking.models import ATTRIBUTES, AttributeDecision, CaseLink, LinkDecision, RecordLink
from cases.linking.records import Record, records_of
from cases.models import Assessment, Case, Referral
from partners.text import Text, now

WITHDRAWN = Text("trukket tilbage", "withdrawn")
REFERRAL_WORDS, ASSESSMENT_WORDS = Text("henvisning", "referral"), Text("vurdering", "assessment")
LABELS = {field.name: field.codelist for field in (*coded(REFERRAL), *coded(ASSESSMENT))}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record: whose, of which month, and what it says, a label for each attribute in their order.

    `name` is the record's in a form: its partner's id, with the reference of a referral. `came_from`: its own case, under whose
    token its partner reads it, where a split put it here.
    """

    name: str
    kind: str
    partner: str
    month: date | None
    state: str
    came_from: UUID | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case with its records."""

    case: Case
    records: tuple[Shown, ...]

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """A line for each attribute: its label, and what each record says of it."""
        return [
            (now(attribute.label), [record.said[place] for record in self.records])
            for place, attribute in enumerate(ATTRIBUTES)
        ]


@dataclass(frozen=True, slots=True)
class Person:
    """A person: the case that stands for her first. `decisions`: every one that bears on her cases, undone ones too."""

    id: UUID
    cases: tuple[ShownCase, ...]
    decisions: tuple[LinkDecision, ...]
    attributes: tuple[AttributeDecision, ...]


def person(case: UUID) -> Person:
    """The person that a case belongs to. The case is there."""
    who = person_of(case)
    ids = [who, *CaseLink.objects.current().filter(person=who).values_list("case_id", flat=True)]
    cases = Case.objects.filter(pk__in=ids).select_related("opened_by").order_by("opened_at", "pk")
    shown = shown_records(records_of(*ids))
    return Person(
        who,
        tuple(ShownCase(each, tuple(shown.get(each.pk, ()))) for each in cases),
        tuple(decisions_on(ids)),
        tuple(AttributeDecision.objects.current().filter(case__in=ids).select_related("user").order_by("recorded_at")),
    )


def shown_records(records: Sequence[Record]) -> dict[UUID, list[Shown]]:
    """Records by the case that they are of."""
    versions = [record.version for record in records]
    found = {
        **Referral.objects.select_related("partner").in_bulk(versions),
        **Assessment.objects.select_related("partner").in_bulk(versions),
    }
    shown: dict[UUID, list[Shown]] = {}
    for record in records:
        version = found[record.version]
        made = referral(record, version) if isinstance(version, Referral) else assessment(record, version)
        shown.setdefault(record.case, []).append(made)
    return shown


def referral(record: Record, version: Referral) -> Shown:
    """A referral: its consent, or that it is withdrawn, and its own codes."""
    state = label("consent", version.consent) if version.status != "withdrawn" else str(WITHDRAWN)
    said = tuple(label(attribute.name, getattr(version, attribute.name)) for attribute in ATTRIBUTES)
    name = f"{record.partner}:{record.reference}"
    return Shown(name, str(REFERRAL_WORDS), str(version.partner), version.referred_in, state, came_from(record), said)


def assessment(record: Record, version: Assessment) -> Shown:
    """An assessment: its outcome and what it verified."""
    said = tuple(verified(version, attribute.name) for attribute in ATTRIBUTES)
    state = label("outcome", version.outcome)
    name = f"{record.partner}:"
    return Shown(name, str(ASSESSMENT_WORDS), str(version.partner), version.decided_in, state, came_from(record), said)


def came_from(record: Record) -> UUID | None:
    """A record's own case, where a split moved it to another."""
    return record.own_case if record.link is not None else None


def verified(version: Assessment, name: str) -> str:
    """What an assessment verified of an attribute; of some it says nothing."""
    code = getattr(version, f"verified_{name}", None)
    return "" if code is None else label(name, code)


def label(field: str, code: str) -> str:
    """The code's label in the reader's language."""
    return now(label_of(LABELS[field], code))


def decisions_on(cases: Sequence[UUID]) -> QuerySet[LinkDecision]:
    """The merges that name one of these cases and the splits from or to one, newest first."""
    splits = RecordLink.objects.filter(Q(case__in=cases) | Q(from_case__in=cases)).values("decision")
    bearing = LinkDecision.objects.filter(Q(merged__case__in=cases) | Q(pk__in=splits))
    return bearing.select_related("user", "undone_by").distinct()
