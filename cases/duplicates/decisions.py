"""Staff's decision whether the two persons of a pair are one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.codelists.staff import DIFFERENT_REASON, LINK_REASON
from cases.codelists.types import OTHER
from cases.duplicates.models import Decision, Duplicate, DuplicateDecision
from cases.linking import decisions as links
from cases.linking import persons
from cases.linking.decisions import LinkRefused, serialise
from core.text import say
from partners import audit
from partners.audit import Actor

# The reasons for links that may justify a merge.
SAME_REASONS = tuple(code for code in LINK_REASON.codes if code.code in {"CONFIRMED", "MATCH", "TOKEN_LOST", OTHER})
REASONS = {Decision.SAME: SAME_REASONS, Decision.DIFFERENT: DIFFERENT_REASON.codes}


def decide(*, by: Actor, duplicate: UUID, decision: Decision, reason_code: str) -> DuplicateDecision:
    """Decide on a pair, and remove it from the list. SAME merges the two cases (`cases.linking.decisions.merge`).

    `by` must be a member of staff. Raises `LinkRefused` where the pair is no longer listed, where the two are already one person,
    and for a reason that does not belong to the decision.
    """
    if reason_code not in {code.code for code in REASONS[decision]}:
        raise LinkRefused(
            say("Begrundelsen passer ikke til afgørelsen.", "The reason does not belong to this decision.")
        )
    if by.user_id is None:
        raise LinkRefused(say("Afgørelsen skal træffes af en medarbejder.", "Only a member of staff can decide."))
    with transaction.atomic():
        serialise()
        pair = undecided_pair(duplicate)
        cases = [pair.case_a_id, pair.case_b_id]
        merge = links.merge(by=by, cases=cases, reason_code=reason_code) if decision == Decision.SAME else None
        row = DuplicateDecision.objects.create(
            case_a_id=pair.case_a_id,
            case_b_id=pair.case_b_id,
            decision=decision,
            reasons=pair.reasons,
            score=pair.score,
            reason_code=reason_code,
            merge=merge,
            user_id=by.user_id,
        )
        pair.delete()
        audit.record(by=by, action=f"duplicate.{decision.lower()}", subject=str(row.pk), reason=reason_code)
    return row


def undecided_pair(duplicate: UUID) -> Duplicate:
    """The pair, if it is undecided and still two persons. Raises `LinkRefused`."""
    pair = Duplicate.objects.filter(pk=duplicate).first()
    if pair is None:
        raise LinkRefused(
            say(
                "Parret er afgjort i mellemtiden, eller søgningen finder det ikke længere.",
                "The pair has been decided, or the search no longer finds it.",
            )
        )
    if len(set(persons.persons_of([pair.case_a_id, pair.case_b_id]).values())) == 1:
        raise LinkRefused(say("Disse sager er allerede én person.", "These cases are already one person."))
    return pair
