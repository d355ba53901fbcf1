"""Merging and splitting cases, and undoing it: each one transaction, one decision at a time, with its audit row.

The links are derived anew from the decisions that stand, for the cases that a decision touches. So decisions may be undone in any
order, and when all are undone every link is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from cases.codelists.linking import LINK_REASON
from cases.linking import groups
from cases.linking.errors import LinkRefused
from cases.linking.models import CaseLink, Kind, LinkDecision, MergedCase, RecordLink
from cases.linking.records import Record, records_of
from cases.models import Case
from cases.opening import open_in
from partners import audit
from partners.audit import Actor
from partners.text import say

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('henvis.linking', 0))"
CLOCK = "SELECT henvis_take_moment()"


def merge(*, by: Actor, cases: Sequence[UUID], reason_code: str) -> LinkDecision:
    """Decide that cases are one person. Raises `LinkRefused`: fewer than two, unknown, one person already, test beside live."""
    with transaction.atomic():
        at = serialise()
        chosen = found(cases)
        if len(chosen) < 2:
            raise LinkRefused(
                say("Der skal mindst to sager til en sammenlægning.", "A merge is of two cases at least.")
            )
        if len({case.test for case in chosen}) > 1:
            raise LinkRefused(
                say(
                    "En testsag og en rigtig sag kan ikke lægges sammen.",
                    "Test cases and live ones are never one person.",
                )
            )
        ids = [case.pk for case in chosen]
        present = groups.persons(ids)
        if len({present[case] for case in ids}) == 1:
            raise LinkRefused(say("Disse sager er allerede én person.", "These cases are one person already."))
        decision = decide(Kind.MERGE, by=by, at=at, reason_code=reason_code, cases=len(ids))
        MergedCase.objects.bulk_create(MergedCase(decision=decision, case_id=case) for case in ids)
        link_cases(ids, decision, at)
    return decision


def split(
    *,
    by: Actor,
    case: UUID,
    referrals: Sequence[tuple[UUID, UUID]],
    assessments: Sequence[UUID],
    reason_code: str,
) -> tuple[LinkDecision, Case]:
    """Decide that records of a case are another person's, and open a case for them, with a token of its own.

    `referrals` are (partner, reference), `assessments` are partners. Raises `LinkRefused` where nothing is chosen, nothing would
    remain, or a record is not of this case. The partners' own view of their records does not change.
    """
    named: list[tuple[UUID, UUID | None]] = [*referrals, *((partner, None) for partner in assessments)]
    with transaction.atomic():
        at = serialise()
        (old,) = found([case])
        chosen, rest = chosen_of(records_of(old.pk), named)
        if not chosen or not rest:
            raise LinkRefused(
                say(
                    "En deling flytter nogle af sagens oplysninger og lader andre blive.",
                    "A split moves some records of a case and leaves some.",
                )
            )
        decision = decide(Kind.SPLIT, by=by, at=at, reason_code=reason_code, records=len(chosen))
        (new,) = found([open_in(test=old.test, partner_id=chosen[0].partner, at=at).pk])
        RecordLink.objects.current().filter(pk__in=[record.link for record in chosen if record.link]).update(
            superseded_at=at
        )
        RecordLink.objects.bulk_create(link_of(record, new.pk, decision.pk, at) for record in chosen)
    return decision, new


def undo(*, by: Actor, decision: UUID, reason_code: str) -> LinkDecision:
    """Decide that a merge or a split no longer stands. Raises `LinkRefused`: unknown, itself an undoing, or undone already.

    A record that came to a split's new case otherwise, by its token, keeps that case: it is its own.
    """
    with transaction.atomic():
        at = serialise()
        undone = LinkDecision.objects.filter(pk=decision).first()
        if undone is None:
            raise LinkRefused(say("Afgørelsen findes ikke.", "There is no such decision."))
        if undone.kind == Kind.UNDO:
            raise LinkRefused(
                say(
                    "En omgørelse kan ikke omgøres: træf en ny afgørelse.",
                    "What was undone is decided anew: an undoing is not undone.",
                )
            )
        if LinkDecision.objects.filter(undoes=undone).exists():
            raise LinkRefused(say("Afgørelsen er allerede omgjort.", "The decision is undone already."))
        made = decide(Kind.UNDO, by=by, at=at, reason_code=reason_code, undoes=undone)
        if undone.kind == Kind.MERGE:
            link_cases(list(undone.merged.values_list("case_id", flat=True)), made, at)
        else:
            end_split(undone, at)
    return made


def serialise() -> datetime:
    """Hold the lock of all decisions on links until the transaction ends; the database's time, read once it is held."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(CLOCK)
        at: datetime = cursor.fetchone()[0]
    return at


def found(cases: Iterable[UUID]) -> list[Case]:
    """The cases of these ids. Raises `LinkRefused` where one is unknown."""
    ids = set(cases)
    rows = list(Case.objects.filter(pk__in=ids).order_by("opened_at", "pk"))
    if len(rows) < len(ids):
        raise LinkRefused(say("Sagen findes ikke.", "There is no such case."))
    return rows


def decide(
    kind: Kind, *, by: Actor, at: datetime, reason_code: str, undoes: LinkDecision | None = None, **detail: object
) -> LinkDecision:
    """Store a decision and its audit row. Raises `LinkRefused` for a reason that is not in the list."""
    if reason_code not in LINK_REASON.names:
        raise LinkRefused(say("Begrundelsen er ikke på listen.", "The reason is not one of the list."))
    row = {"kind": str(kind), "undoes": undoes, "reason_code": reason_code, "user_id": by.user_id, "decided_at": at}
    decision = LinkDecision.objects.create(**row)
    if undoes is not None:
        detail["undoes"] = str(undoes.pk)
    audit.record(by=by, action=f"case.{kind.lower()}", subject=str(decision.pk), reason=reason_code, **detail)
    return decision


def link_cases(cases: Collection[UUID], decision: LinkDecision, at: datetime) -> None:
    """Bring the links of the cases that a decision touches up to what stands now."""
    before = {link.case_id: link for link in CaseLink.objects.current().filter(case__in=touched(cases))}
    persons = groups.persons([*cases, *before])
    changed = [link.pk for case, link in before.items() if persons[case] != link.person_id]
    CaseLink.objects.filter(pk__in=changed).update(superseded_at=at)
    CaseLink.objects.bulk_create(
        CaseLink(case_id=case, person_id=person, decision=decision, recorded_at=at)
        for case, person in persons.items()
        if person != case and (case not in before or before[case].person_id != person)
    )


def touched(cases: Collection[UUID]) -> set[UUID]:
    """These cases and all that are linked to the same persons now."""
    now = CaseLink.objects.current()
    people = {*cases, *now.filter(case__in=cases).values_list("person_id", flat=True)}
    return {*people, *now.filter(person__in=people).values_list("case_id", flat=True)}


def chosen_of(
    records: Iterable[Record], named: Collection[tuple[UUID, UUID | None]]
) -> tuple[list[Record], list[Record]]:
    """The records that are named, and the rest. Raises `LinkRefused` where something else is named."""
    chosen: list[Record] = []
    rest: list[Record] = []
    for record in records:
        (chosen if (record.partner, record.reference) in named else rest).append(record)
    if {(record.partner, record.reference) for record in chosen} != set(named):
        raise LinkRefused(say("En af oplysningerne hører ikke til sagen.", "A record is not of this case."))
    return chosen, rest


def link_of(record: Record, case: UUID, decision: UUID, at: datetime) -> RecordLink:
    """The link that moves a record to a case."""
    moved = {"partner_id": record.partner, "reference": record.reference, "from_case_id": record.own_case}
    return RecordLink(**moved, case_id=case, decision_id=decision, recorded_at=at)


def end_split(undone: LinkDecision, at: datetime) -> None:
    """End the links of a split; of each record the last split before it that stands applies again."""
    ended = list(RecordLink.objects.current().filter(decision=undone))
    RecordLink.objects.filter(pk__in=[link.pk for link in ended]).update(superseded_at=at)
    for link in ended:
        same = {"partner_id": link.partner_id, "reference": link.reference, "from_case_id": link.from_case_id}
        earlier = RecordLink.objects.filter(**same, decision__undone_by=None).order_by("-decision__decided_at").first()
        if earlier is not None:
            RecordLink.objects.create(**same, case_id=earlier.case_id, decision_id=earlier.decision_id, recorded_at=at)
