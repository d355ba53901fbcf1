"""Decisions on figures of others that two members of staff took."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission, User

from stats.models import CONFIRMED, REFUSED, SUPERSEDED, FactDecision, FactDecisionEnd
from tests.stats.published import staff

REASON = "The report counted persons at an earlier moment."


def undecided(fact: str, decision: str = SUPERSEDED, *, by: Any = None, **columns: Any) -> FactDecision:
    """A decision that waits for a second person."""
    row = {"reason": REASON, "user": by or decider(), **columns}
    return FactDecision.objects.create(fact=fact, decision=decision, **row)


def decider() -> Any:
    """A member of staff who decides on figures of others."""
    user = staff("decider")
    user.user_permissions.add(Permission.objects.get(codename="add_factdecision"))
    return user


def confirm(decision: FactDecision, by: Any = None, **columns: Any) -> FactDecisionEnd:
    """A second person confirms a decision."""
    second = (
        by or User.objects.get_or_create(username="confirmer", defaults={"is_staff": True, "is_superuser": True})[0]
    )
    return FactDecisionEnd.objects.create(decision=decision, outcome=CONFIRMED, user=second, **columns)


def refuse(decision: FactDecision, by: Any) -> FactDecisionEnd:
    """A second person refuses a decision."""
    return FactDecisionEnd.objects.create(decision=decision, outcome=REFUSED, reason=REASON, user=by)


def decide(fact: str, decision: str = SUPERSEDED, **columns: Any) -> FactDecision:
    """A decision that holds."""
    row = undecided(fact, decision, **columns)
    confirm(row)
    return row
