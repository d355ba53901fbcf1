"""Staff's decisions on cases: merges, splits, undoing either, and the attributes of a person whose records disagree.

Each is one transaction with its audit row, one at a time.

The links of the cases that a decision concerns are derived again from the current decisions. So decisions may be undone in any
order, and once all are undone no link is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from cases.codelists.staff import ATTRIBUTE_REASON, LINK_REASON
from cases.linking.models import (
    ATTRIBUTES,
    NO_DECISION,
    AttributeDecision,
    CaseLink,
    LinkDecision,
    LinkDecisionKind,
    MergedCase,
    RecordLink,
)
from cases.linking.persons import CaseRecord, persons_of, records_of
from cases.linking.restriction import case_ids
from cases.models import Case
from cases.opening import open_in
from core.text import say
from partners import audit
from partners.audit import Actor


class LinkRefused(Exception):
    """A decision cannot be made. The message is for staff; it names no token, reference or code of a person."""


LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('henvis.linking', 0))"
CLOCK = "SELECT henvis_take_moment()"


def merge(*, by: Actor, cases: Sequence[UUID], reason_code: str) -> LinkDecision:
    """Decide that cases are one person.

    Raises `LinkRefused` for fewer than two cases, an unknown case, cases that are one person already, and test cases beside live
    ones.
    """
    with transaction.atomic():
        at = serialise()
        cases_to_merge = get_cases(cases)
        check_merge(cases_to_merge)
        ids = [case.pk for case in cases_to_merge]
        decision = store_decision(LinkDecisionKind.MERGE, by=by, at=at, reason_code=reason_code, cases=len(ids))
        MergedCase.objects.bulk_create(MergedCase(decision=decision, case_id=case) for case in ids)
        link_cases(ids, decision, at)
    return decision


def check_merge(cases: Sequence[Case]) -> None:
    """Raise `LinkRefused` where these cases cannot be merged as they stand now."""
    if len(cases) < 2:
        raise LinkRefused(say("En sammenlægning kræver mindst to sager.", "A merge needs at least two cases."))
    if len({case.test for case in cases}) > 1:
        raise LinkRefused(
            say("En testsag og en rigtig sag kan ikke lægges sammen.", "A test case and a live case cannot be merged.")
        )
    ids = [case.pk for case in cases]
    present = persons_of(ids)
    if len({present[case] for case in ids}) == 1:
        raise LinkRefused(say("Disse sager er allerede én person.", "These cases are already one person."))


def split(
    *,
    by: Actor,
    case: UUID,
    referrals: Sequence[tuple[UUID, UUID]],
    assessments: Sequence[UUID],
    reason_code: str,
) -> tuple[LinkDecision, Case]:
    """Decide that some records of a case belong to another person, and open a new case with a token of its own for them.

    `referrals` are (partner, reference); `assessments` are partners. The partners' own view of their records does not change.
    Raises `LinkRefused` where no record or every record is chosen, and where a record does not belong to this case.
    """
    records_named: list[tuple[UUID, UUID | None]] = [*referrals, *((partner, None) for partner in assessments)]
    with transaction.atomic():
        at = serialise()
        (old,) = get_cases([case])
        refuse_restricted(old.pk)
        records_chosen, rest = select_records(records_of(old.pk), records_named)
        if not records_chosen or not rest:
            raise LinkRefused(
                say(
                    "En opdeling skal flytte nogle af sagens oplysninger og lade andre blive.",
                    "A split must move some records of the case and leave others.",
                )
            )
        decision = store_decision(
            LinkDecisionKind.SPLIT, by=by, at=at, reason_code=reason_code, records=len(records_chosen)
        )
        (new,) = get_cases([open_in(test=old.test, partner_id=records_chosen[0].partner, at=at).pk])
        RecordLink.objects.current().filter(pk__in=[record.link for record in records_chosen if record.link]).update(
            superseded_at=at
        )
        RecordLink.objects.bulk_create(link_of(record, new.pk, decision.pk, at) for record in records_chosen)
    return decision, new


def undo(*, by: Actor, decision: UUID, reason_code: str) -> LinkDecision:
    """Decide that a merge or a split no longer stands.

    A record that quotes the token of the split's new case keeps that case: it was submitted to it. Raises `LinkRefused` where the
    decision is unknown, undone already, or itself an undo.
    """
    with transaction.atomic():
        at = serialise()
        original = LinkDecision.objects.filter(pk=decision).first()
        if original is None:
            raise LinkRefused(say("Afgørelsen findes ikke.", "There is no such decision."))
        if original.kind == LinkDecisionKind.UNDO:
            raise LinkRefused(
                say(
                    "En omgørelse kan ikke omgøres: træf en ny afgørelse.",
                    "An undo cannot be undone: make a new decision.",
                )
            )
        if LinkDecision.objects.filter(undoes=original).exists():
            raise LinkRefused(say("Afgørelsen er allerede omgjort.", "The decision is already undone."))
        refuse_restricted(*cases_named(original))
        decision_row = store_decision(LinkDecisionKind.UNDO, by=by, at=at, reason_code=reason_code, undoes=original)
        if original.kind == LinkDecisionKind.MERGE:
            link_cases(list(original.merged.values_list("case_id", flat=True)), decision_row, at)
        else:
            end_split(original, at)
    return decision_row


def refuse_restricted(*cases: UUID) -> None:
    """Raise `LinkRefused` where the processing of the person of one of these cases is restricted.

    A merge is not refused: then the other cases are restricted too. What parts cases or records would take them out.
    """
    if case_ids().intersection(cases):
        raise LinkRefused(
            say(
                "Behandlingen af personens oplysninger er begrænset: intet afgøres om dem.",
                "The processing of the person's data is restricted: nothing is decided on them.",
            )
        )


def cases_named(decision: LinkDecision) -> set[UUID]:
    """The cases that a decision names: those of a merge, and of a split those from and to which it moved records."""
    links = RecordLink.objects.filter(decision=decision)
    moves = {case for pair in links.values_list("case_id", "from_case_id") for case in pair}
    return {*decision.merged.values_list("case_id", flat=True), *moves}


def serialise() -> datetime:
    """Take the lock of all link decisions until the transaction ends. Returns the database's time, read under the lock."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(CLOCK)
        at: datetime = cursor.fetchone()[0]
    return at


def get_cases(cases: Iterable[UUID]) -> list[Case]:
    """The cases with these ids. Raises `LinkRefused` where one is unknown."""
    ids = set(cases)
    rows = list(Case.objects.filter(pk__in=ids).order_by("opened_at", "pk"))
    if len(rows) < len(ids):
        raise LinkRefused(say("Sagen findes ikke.", "There is no such case."))
    return rows


def store_decision(
    kind: LinkDecisionKind,
    *,
    by: Actor,
    at: datetime,
    reason_code: str,
    undoes: LinkDecision | None = None,
    **detail: object,
) -> LinkDecision:
    """Store a decision and its audit row. Raises `LinkRefused` for a reason that is not on the code list."""
    if reason_code not in LINK_REASON.names:
        raise LinkRefused(say("Begrundelsen er ikke på listen.", "The reason is not on the list."))
    row = {"kind": str(kind), "undoes": undoes, "reason_code": reason_code, "user_id": by.user_id, "decided_at": at}
    decision = LinkDecision.objects.create(**row)
    if undoes is not None:
        detail["undoes"] = str(undoes.pk)
    audit.record(by=by, action=f"case.{kind.lower()}", subject=str(decision.pk), reason=reason_code, **detail)
    return decision


def link_cases(cases: Collection[UUID], decision: LinkDecision, at: datetime) -> None:
    """Update the links of these cases, and of all cases linked with them, to the standing decisions."""
    before = {link.case_id: link for link in CaseLink.objects.current().filter(case__in=cases_linked_with(cases))}
    persons = persons_of([*cases, *before])
    links_to_change = [link.pk for case, link in before.items() if persons[case] != link.person_id]
    CaseLink.objects.filter(pk__in=links_to_change).update(superseded_at=at)
    CaseLink.objects.bulk_create(
        CaseLink(case_id=case, person_id=person, decision=decision, recorded_at=at)
        for case, person in persons.items()
        if person != case and (case not in before or before[case].person_id != person)
    )


def cases_linked_with(cases: Collection[UUID]) -> set[UUID]:
    """These cases, and all cases that are now linked to the same persons."""
    now = CaseLink.objects.current()
    people = {*cases, *now.filter(case__in=cases).values_list("person_id", flat=True)}
    return {*people, *now.filter(person__in=people).values_list("case_id", flat=True)}


def select_records(
    records: Iterable[CaseRecord], records_named: Collection[tuple[UUID, UUID | None]]
) -> tuple[list[CaseRecord], list[CaseRecord]]:
    """The named records, and the rest. Raises `LinkRefused` where a name is of no record."""
    records_chosen: list[CaseRecord] = []
    rest: list[CaseRecord] = []
    for record in records:
        (records_chosen if (record.partner, record.reference) in records_named else rest).append(record)
    if {(record.partner, record.reference) for record in records_chosen} != set(records_named):
        raise LinkRefused(say("En af oplysningerne hører ikke til sagen.", "A record does not belong to this case."))
    return records_chosen, rest


def link_of(record: CaseRecord, case: UUID, decision: UUID, at: datetime) -> RecordLink:
    """The link that moves a record to a case."""
    key = {"partner_id": record.partner, "reference": record.reference, "from_case_id": record.own_case}
    return RecordLink(**key, case_id=case, decision_id=decision, recorded_at=at)


def end_split(split_decision: LinkDecision, at: datetime) -> None:
    """End the links of a split. For each record, the latest earlier split that still stands applies again."""
    links = list(RecordLink.objects.current().filter(decision=split_decision))
    RecordLink.objects.filter(pk__in=[link.pk for link in links]).update(superseded_at=at)
    for link in links:
        key = {"partner_id": link.partner_id, "reference": link.reference, "from_case_id": link.from_case_id}
        earlier = RecordLink.objects.filter(**key, decision__undone_by=None).order_by("-decision__decided_at").first()
        if earlier is not None:
            RecordLink.objects.create(**key, case_id=earlier.case_id, decision_id=earlier.decision_id, recorded_at=at)


LISTS = {attribute.name: attribute.codelist for attribute in ATTRIBUTES}


def decide_attribute(*, by: Actor, case: UUID, field: str, code: str, reason_code: str) -> AttributeDecision:
    """Decide an attribute of a case's person. The decision replaces an earlier one; `NO_DECISION` leaves it to the records.

    It ranks after the values that the deciding assessment verified, and before every referral. `_U` decides that the value is
    not known. Raises `LinkRefused` for an unknown case, field, code or reason.
    """
    if field not in LISTS or code not in {NO_DECISION, *LISTS[field].names}:
        raise LinkRefused(say("Oplysningen eller koden findes ikke.", "There is no such attribute or code."))
    if reason_code not in ATTRIBUTE_REASON.names:
        raise LinkRefused(say("Begrundelsen er ikke på listen.", "The reason is not on the list."))
    with transaction.atomic():
        at = serialise()
        person = person_of(get_cases([case])[0].pk)
        refuse_restricted(person)
        AttributeDecision.objects.current().filter(case=person, field=field).update(superseded_at=at)
        row = {"field": field, "code": code, "reason_code": reason_code, "user_id": by.user_id, "recorded_at": at}
        decision = AttributeDecision.objects.create(case_id=person, **row)
        # The audit row does not repeat the code: it holds no attribute of a person.
        audit.record(by=by, action="case.attribute", subject=str(person), field=field, reason=reason_code)
    return decision


def person_of(case: UUID) -> UUID:
    """The id of the person that a case belongs to now; the case's own id where no link names another."""
    link = CaseLink.objects.current().filter(case=case).first()
    return link.person_id if link is not None else case


def cases_of_person(case: UUID) -> list[UUID]:
    """The cases of the person that a case belongs to now, first the one that stands for the person."""
    who = person_of(case)
    return [who, *CaseLink.objects.current().filter(person=who).values_list("case_id", flat=True)]
