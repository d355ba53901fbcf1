"""Staff's decision on an attribute of a person whose records disagree (`AttributeDecision`)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.codelists.linking import ATTRIBUTE_REASON
from cases.linking.decide import get_cases, serialise
from cases.linking.errors import LinkRefused
from cases.linking.models import ATTRIBUTES, NO_DECISION, AttributeDecision, CaseLink
from core.text import say
from partners import audit
from partners.audit import Actor

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
