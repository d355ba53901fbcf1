"""A person on the staff pages: the cases, the records of each case, and the decisions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.codelists.common import label_of
from cases.dictionary import ASSESSMENT, CONSENT, OUTCOME, REFERRAL, coded_fields
from cases.fields import CodedField, CodeSetField
from cases.linking.decisions import cases_of_person
from cases.linking.models import ATTRIBUTES, AttributeDecision, LinkDecision, RecordLink
from cases.linking.persons import CaseRecord, records_of
from cases.models import Assessment, Case, Referral
from cases.months import month_shown
from cases.tokens import in_groups
from core.text import Text

WITHDRAWN = Text("trukket tilbage", "withdrawn")
REFERRAL_WORDS, ASSESSMENT_WORDS = Text("henvisning", "referral"), Text("vurdering", "assessment")
LABELS = {field.name: field.codelist for field in (*coded_fields(REFERRAL), *coded_fields(ASSESSMENT))}
# The name of what an assessment verified of a field of the referral.
VERIFIED_NAME = "verified_{0}"
# What stands in the upper table: the attributes, also as they were verified, and what makes a record's state.
SHOWN_ABOVE = {
    CONSENT.name,
    OUTCOME.name,
    *(form.format(each.name) for each in ATTRIBUTES for form in ("{0}", VERIFIED_NAME)),
}
# The other coded fields, in the order of the dictionary: those of referrals, then those that only assessments have.
OTHERS = tuple(
    field
    for field in (*REFERRAL, *ASSESSMENT)
    if isinstance(field, CodedField | CodeSetField) and field.name not in SHOWN_ABOVE
)
# What a set says that is empty, and known to be.
NOTHING_CHOSEN = Text("ingen", "none")


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """One column of the page: a record's partner, its month, and the label of each attribute, in the order of `ATTRIBUTES`.

    `others`: what the record says of each of `OTHERS`; empty for a field that records of its kind do not have.

    `name` is the record's value in a form: its partner's id, and the reference of a referral. `original_case`: the case that the
    record was submitted to, where a split moved it. Its partner still reads it there. `reference`: that of a referral, and
    `current` the id of its version, where it is not withdrawn.
    """

    name: str
    kind: str
    partner: str
    month: date | None
    state: str
    original_case: UUID | None
    labels: tuple[str, ...]
    others: tuple[str, ...]
    version: int
    reference: UUID | None = None
    current: UUID | None = None

    @property
    def in_words(self) -> str:
        """What it is, whose, and from when."""
        month = month_shown(self.month) if self.month else ""
        return ", ".join(filter(None, (self.kind, self.partner, month)))


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case on the page, with its records."""

    case: Case
    records: tuple[ShownRecord, ...]

    @property
    def token(self) -> str:
        """Its token as people read it aloud."""
        return in_groups(self.case.token)

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """One line for each attribute: its name, and its label in each record."""
        return [
            (str(attribute.label), [record.labels[place] for record in self.records])
            for place, attribute in enumerate(ATTRIBUTES)
        ]

    @property
    def other_lines(self) -> list[tuple[str, list[str]]]:
        """The same for each other field. Those of which no record says anything are left out."""
        lines = [
            (str(field.label), [record.others[place] for record in self.records]) for place, field in enumerate(OTHERS)
        ]
        return [(name, line) for name, line in lines if any(line)]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person. `id` is the case that stands for the group. `decisions` includes those that were undone."""

    id: UUID
    cases: tuple[ShownCase, ...]
    decisions: tuple[LinkDecision, ...]
    attributes: tuple[AttributeDecision, ...]


def person(case: UUID) -> ShownPerson:
    """The person that a case belongs to. The case must exist."""
    ids = cases_of_person(case)
    cases = Case.objects.filter(pk__in=ids).select_related("opened_by").order_by("opened_at", "pk")
    records_by_case = shown_records(records_of(*ids))
    return ShownPerson(
        ids[0],
        tuple(ShownCase(each, tuple(records_by_case.get(each.pk, ()))) for each in cases),
        tuple(decisions_on(ids)),
        tuple(AttributeDecision.objects.current().filter(case__in=ids).select_related("user").order_by("recorded_at")),
    )


def shown_records(records: Sequence[CaseRecord]) -> dict[UUID, list[ShownRecord]]:
    """The columns of the page, by case: referrals, then assessments, each by month. What is not decided comes last."""
    versions = [record.version for record in records]
    rows_of_versions = {
        **Referral.objects.select_related("partner").in_bulk(versions),
        **Assessment.objects.select_related("partner").in_bulk(versions),
    }
    records_by_case: dict[UUID, list[ShownRecord]] = {}
    for record in records:
        version = rows_of_versions[record.version]
        record_view = referral(record, version) if isinstance(version, Referral) else assessment(record, version)
        records_by_case.setdefault(record.case, []).append(record_view)
    for columns in records_by_case.values():
        columns.sort(key=lambda each: (each.reference is None, each.month or date.max))
    return records_by_case


def referral(record: CaseRecord, version: Referral) -> ShownRecord:
    """The column of a referral. Its state is its consent, or that it is withdrawn."""
    counts = version.status != "withdrawn"
    state = label("consent", version.consent) if counts else str(WITHDRAWN)
    labels = tuple(label(attribute.name, getattr(version, attribute.name)) for attribute in ATTRIBUTES)
    name = f"{record.partner}:{record.reference}"
    return ShownRecord(
        name,
        str(REFERRAL_WORDS),
        str(version.partner),
        version.referred_in,
        state,
        original_case(record),
        labels,
        others_of(version),
        version.version,
        record.reference,
        current=version.pk if counts else None,
    )


def assessment(record: CaseRecord, version: Assessment) -> ShownRecord:
    """The column of an assessment. Its state is its outcome; its labels are of verified values."""
    labels = tuple(verified_label(version, attribute.name) for attribute in ATTRIBUTES)
    state = label("outcome", version.outcome)
    name = f"{record.partner}:"
    return ShownRecord(
        name,
        str(ASSESSMENT_WORDS),
        str(version.partner),
        version.decided_in,
        state,
        original_case(record),
        labels,
        others_of(version),
        version.version,
    )


def original_case(record: CaseRecord) -> UUID | None:
    """The case that a record was submitted to, where a split moved it."""
    return record.own_case if record.link is not None else None


def verified_label(version: Assessment, name: str) -> str:
    """The label of the value that an assessment verified; empty for an attribute that assessments do not verify."""
    code = getattr(version, VERIFIED_NAME.format(name), None)
    return "" if code is None else label(name, code)


def others_of(version: Referral | Assessment) -> tuple[str, ...]:
    """What a record says of each of `OTHERS`, in words."""
    return tuple(value_in_words(field, getattr(version, field.name, None)) for field in OTHERS)


def value_in_words(field: CodedField | CodeSetField, value: str | list[str] | None) -> str:
    """The labels of the codes of a field; empty where a record has no such field."""
    if value is None:
        return ""
    codes = [value] if isinstance(value, str) else value
    return ", ".join(str(label_of(field.codelist, code)) for code in codes) or str(NOTHING_CHOSEN)


def label(field: str, code: str) -> str:
    """The code's label in the reader's language."""
    return str(label_of(LABELS[field], code))


def decisions_on(cases: Sequence[UUID]) -> QuerySet[LinkDecision]:
    """The merges that name one of these cases, and the splits from or to one of them. The newest comes first."""
    splits = RecordLink.objects.filter(Q(case__in=cases) | Q(from_case__in=cases)).values("decision")
    bearing = LinkDecision.objects.filter(Q(merged__case__in=cases) | Q(pk__in=splits))
    return bearing.select_related("user", "undone_by").distinct()
