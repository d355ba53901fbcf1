"""What the home of the desk is made of."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth.models import User


class HomeCard(NamedTuple):
    """A part of the home: its template, and what it shows."""

    template: str
    context: dict[str, Any]


class Waiting(NamedTuple):
    """Something that waits for the partner: in words, with the page on which it is dealt with."""

    words: object
    address: str


def name_of(user: User) -> str:
    """A person of the partner as the others read the name."""
    return user.get_full_name() or user.get_username()
