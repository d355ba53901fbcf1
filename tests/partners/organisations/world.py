"""Two organisations, one of which may act for the other."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.credentials import add_partner
from partners.kinds import Kind
from partners.models import Partner
from partners.organisations import mandates, successions
from partners.organisations.models import Mandate, SuccessionRequest
from partners.organisations.names import rename
from tests.callers import Caller, referral
from tests.people.visitors import member, staff


def today() -> date:
    """Today in Copenhagen."""
    return timezone.localdate()


def days(number: int) -> date:
    """A day, counted from today."""
    return today() + timedelta(days=number)


def mandate(giver: Partner, taker: Partner, *, since: date | None = None, until: date | None = None) -> Mandate:
    """A mandate that was given and accepted."""
    given = mandates.give(
        by=Actor.of(member(giver).user), giver=giver, taker=taker, since=since or today(), until=until
    )
    mandates.accept(by=Actor.of(member(taker).user), mandate=given)
    return given


def succeed(old: Partner, new: Partner) -> SuccessionRequest:
    """A succession that two members of staff have decided."""
    names = [f"staff-{uuid4().hex[:8]}" for _ in range(2)]
    asker, approver = (staff(name, "partner_manager") for name in names)
    asked = successions.ask(by=Actor.of(asker), old=old, new=new, since=today())
    successions.decide(by=Actor.of(approver), request=asked, approve=True)
    return asked


def begin_life(partner: Partner) -> None:
    """A name, a mandate and a request for a succession of an organisation that has confirmed the agreement."""
    other = add_partner(by=COMMAND, name=f"Other {uuid4().hex[:8]}", kind=Kind(partner.kind))
    rename(by=COMMAND, partner=other, name=f"{other.name} renamed", since=today())
    mandate(partner, other)
    successions.ask(
        by=Actor.of(staff(f"staff-{uuid4().hex[:8]}", "partner_manager")), old=other, new=partner, since=today()
    )


def put_for(caller: Caller, whom: Partner, path: str | None = None, **headers: str) -> Any:
    """The answer to a referral that a client sends for another partner."""
    changes = {"gender": "M"} if path else {}
    return caller.put(
        path or f"/api/v1/referrals/{uuid4()}", referral(**changes), Henvis_On_Behalf_Of=str(whom.pk), **headers
    )


def code(answer: Any) -> str:
    """The code of a problem."""
    return str(json.loads(answer.content)["code"])
