"""What a person is called, where others read it."""

from __future__ import annotations

from django.contrib.auth.models import User


def name_of(user: User) -> str:
    """The person's name; the user name of who has given none."""
    return user.get_full_name() or user.get_username()
