"""Filters of the account pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import User
from django.template import RequestContext
from fido2.utils import websafe_encode

from partners.kinds import SCOPE_WORDS, Scope
from partners.people import invitations
from partners.people.models import Invitation
from partners.people.names import name_of
from partners.people.sessions import AHEAD, GRAIN, time_left
from partners.people.words import STAY
from partners.staff.audit_words import words_of_operation

register = template.Library()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@register.filter
def as_json(options: Any) -> str:
    """The options of a ceremony as a browser's script reads them: JSON with bytes in base64url."""
    return json.dumps(options, default=plain)


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    return websafe_encode(value) if isinstance(value, bytes) else dict(value)


@register.filter
def at(words: Mapping[str, object], key: str) -> object:
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
def making_words(invitation: Invitation) -> str:
    """When an invitation was made, and by whom."""
    return invitations.making_words(invitation)


@register.filter
def operation_words(operation: str) -> object:
    """An operation that read records, in words."""
    return words_of_operation(operation)


@register.inclusion_tag("people/stay.html", takes_context=True)
def stay(context: RequestContext) -> dict[str, object]:
    """The dialogue that says that the session is about to end, with the seconds that it counts; for nobody nothing."""
    request = context.request
    if not request.user.is_authenticated:
        return {}
    idle, longest = settings.HENVIS_SESSION_IDLE, settings.HENVIS_SESSION_LONGEST
    numbers = {"ahead": AHEAD // MINUTE, "idle": idle // MINUTE, "longest": longest // HOUR}
    # An activity may have been written down a grain ago.
    seconds = {"idle": idle - GRAIN, "longest": time_left(request.session), "ahead": AHEAD}
    return {
        **{name: int(each.total_seconds()) for name, each in seconds.items()},
        "csrf_token": context.get("csrf_token"),
        "say": {name: str(text).format(**numbers) for name, text in STAY.items()},
    }
