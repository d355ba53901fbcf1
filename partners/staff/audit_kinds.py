"""Kinds of events that auditors ask for by one name, where one action is not the whole of it. Each room adds its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db.models import Q

from core.text import Text
from partners.staff.audit_words import LOOKS

type Condition = Callable[[User], Q]

KINDS: dict[str, tuple[Text, Condition]] = {}


def add(name: str, words: Text, condition: Condition) -> None:
    """Add a kind. `name` stands in addresses. `condition`: of its events, for whoever asks.

    Raises `ValueError` for a name that is taken.
    """
    if name in KINDS:
        raise ValueError(f"the kind {name} is there already")
    KINDS[name] = (words, condition)


add(
    "looks",
    Text("alle visninger af personers oplysninger", "all looks at persons' records"),
    lambda _: Q(action__in=LOOKS),
)
