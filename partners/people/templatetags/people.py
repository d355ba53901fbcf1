"""Filters of the account pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.auth.models import User
from fido2.utils import websafe_encode

from partners.kinds import SCOPE_WORDS, Scope
from partners.people.names import name_of
from partners.people.operations import words_of

register = template.Library()


@register.filter
def as_json(options: Any) -> str:
    """The options of a ceremony as a browser's script reads them: JSON with bytes in base64url."""
    return json.dumps(options, default=plain)


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    return websafe_encode(value) if isinstance(value, bytes) else dict(value)


@register.filter
def at(words: Mapping[str, object], key: str) -> object:
    """One of the words."""
    return words[key]


@register.filter
def scope_words(scope: str) -> object:
    """What a client may do, in words."""
    return SCOPE_WORDS[Scope(scope)]


@register.filter
def person_name(user: User) -> str:
    """A person as others read the name."""
    return name_of(user)


@register.filter
def operation_words(operation: str) -> object:
    """An operation that read records, in words."""
    return words_of(operation)
