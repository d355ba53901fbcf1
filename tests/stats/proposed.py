"""Proposals that the server has answered, among which tests order."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from core.text import Text, both
from stats.models import DONE, PROPOSE, PUBLIC, BuildOrder

OWN = {"shown": 4, "hidden": 1, "symbol": 9, "share": 90, "doubt": 0.13, "offered": True, "persons": 54}
REFUSED = both(Text("Der er for mange tal.", "There are too many figures."))
ANSWER: list[dict[str, Any]] = [
    {"axes": "gender", **OWN},
    {"axes": "region", **OWN, "share": 20, "doubt": None, "offered": False, "persons": 12},
    {"axes": "citizenship", "refusal": REFUSED},
]


def answered(user: User, answer: list[dict[str, Any]] | None = ANSWER, **changes: Any) -> BuildOrder:
    """An order of proposals that the server has answered."""
    columns = {"period": "2023", "audience": PUBLIC, "state": DONE, "proposals": answer, **changes}
    return BuildOrder.objects.create(kind=PROPOSE, user=user, **columns)
