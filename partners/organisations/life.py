"""The life of a partner as staff read it on the partner's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from partners.models import Partner
from partners.organisations import confirming, successions
from partners.organisations import mandates as of_mandates
from partners.organisations import names as of_names
from partners.organisations.listing import state_in_list
from partners.organisations.successions import MAY_ASK
from partners.organisations.words import STATES
from partners.text import say

NOTHING = "-"
RENAME, SUCCEED = "organisations.add_partnername", MAY_ASK
# The attribute of a partner on a page: what its reader may do.
OFFERED = "acts_offered"


def lines(rows: Iterable[tuple[Any, ...]]) -> str:
    """A list of sentences; a dash where there is none."""
    items = format_html_join("", "<li>{}</li>", rows)
    return format_html("<ul>{}</ul>", items) if items else NOTHING


def agreement(partner: Partner) -> str:
    """How it stands with the agreement, in words."""
    state = state_in_list(partner)
    return str(STATES[state]) if state else NOTHING


def confirmations(partner: Partner) -> str:
    """Who has confirmed which version, and when."""
    rows = confirming.history(partner)
    return lines(
        (f"{each.version}: {each.user}, {date_format(localtime(each.confirmed_at), 'DATETIME_FORMAT')}",)
        for each in rows
    )


def offer(partner: Partner, user: User | AnonymousUser) -> None:
    """Offer on the partner's page what this user may do about its life."""
    acts = {act for act in (RENAME, SUCCEED) if user.has_perm(act)}
    setattr(partner, OFFERED, acts)


def way_to(partner: Partner, act: str, text: str, route: str, field: str, words: Any) -> str:
    """A list with the way to add to it, where that is offered."""
    if act not in getattr(partner, OFFERED, ()):
        return text
    return format_html('{}<p><a href="{}?{}={}">{}</a></p>', text, reverse(route), field, partner.pk, words)


def names(partner: Partner) -> str:
    """The names by date, the latest first, with the way to a new one."""
    rows = [(f"{date_format(each.since)}: {each.name}",) for each in of_names.history(partner)]
    words = say("Giv et nyt navn fra en dato", "Rename from a date")
    return way_to(partner, RENAME, lines(rows), "admin:organisations_partnername_add", "partner", words)


def mandates(partner: Partner) -> str:
    """The mandates that it has given and was given, with their states."""
    return lines((f"{each}: {of_mandates.state(each)}",) for each in of_mandates.of(partner))


def succession(partner: Partner) -> str:
    """Whom it succeeds or who succeeds it, with the way to a request."""
    rows = [(f"{date_format(each.since)}: {each}",) for each in successions.approved_of(partner)]
    words = say("Bed om, at en anden viderefører den", "Ask for another to succeed it")
    return way_to(partner, SUCCEED, lines(rows), "admin:organisations_successionrequest_add", "old", words)
