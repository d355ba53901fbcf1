"""What a decision on cases decided: which cases it merged, or how many records it moved where."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from cases.codelists.linking import LINK_REASON
from cases.linking.models import LinkDecision, LinkDecisionKind, RecordLink
from cases.linking.words import COMMAND_WORDS, moved_to, reason_of
from core.text import say, short
from partners.staff.naming import moment_of


def case_of(decision: LinkDecision) -> UUID:
    """A case that a decision concerns: one that it merged, or the one that it split. Raises `Http404` where all were erased."""
    first_merge = decision.merged.order_by("case").first()
    if first_merge is not None:
        return first_merge.case_id
    first_move = RecordLink.objects.filter(decision=decision).order_by("recorded_at", "pk").first()
    if first_move is None:
        raise Http404
    case: UUID = first_move.from_case_id
    return case


def cases_in_words(decision: LinkDecision) -> str:
    """The cases that a decision merged, or how many records it moved to which case. What was erased since is left out."""
    if decision.kind == LinkDecisionKind.MERGE:
        return ", ".join(short(each.case_id) for each in decision.merged.order_by("case__opened_at", "case"))
    return ", ".join(str(moved_to(short(case), count)) for case, count in moves_of(decision).items())


def moves_of(decision: LinkDecision) -> dict[UUID, int]:
    """How many records a split moved to each case. A record whose link began again, once a later split was undone, is one."""
    records = RecordLink.objects.filter(decision=decision).values_list("case", "partner", "reference", "from_case")
    cases = [row[0] for row in records.distinct().order_by("case")]
    return {case: cases.count(case) for case in dict.fromkeys(cases)}


def facts_of_decision(decision: LinkDecision) -> list[tuple[object, object]]:
    """What a decision decided, by whom, when and why."""
    return [
        (say("Sager", "Cases"), cases_in_words(decision)),
        (say("Af", "By"), decision.user or COMMAND_WORDS),
        (say("Tidspunkt", "At"), moment_of(decision.decided_at)),
        (say("Begrundelse", "Reason"), reason_of(LINK_REASON, decision.reason_code)),
    ]
