"""The life of a partner as staff read it on the partner's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from partners.models import Partner
from partners.organisations import confirming, successions
from partners.organisations import mandates as of_mandates
from partners.organisations import names as of_names
from partners.organisations.listing import state_in_list
from partners.organisations.words import STATES
from partners.text import say

NOTHING = "-"


def lines(rows: Iterable[tuple[Any, ...]]) -> str:
    """A list of sentences; a dash where there is none."""
    items = format_html_join("", "<li>{}</li>", rows)
    return format_html("<ul>{}</ul>", items) if items else NOTHING


def with_link(text: str, address: str, words: Any) -> SafeString:
    """A list with the way to add to it."""
    return format_html('{}<p><a href="{}">{}</a></p>', text, address, words)


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


def names(partner: Partner) -> str:
    """The names by date, the latest first, with the way to a new one."""
    rows = [(f"{date_format(each.since)}: {each.name}",) for each in of_names.history(partner)]
    address = f"{reverse('admin:organisations_partnername_add')}?partner={partner.pk}"
    return with_link(lines(rows), address, say("Giv et nyt navn fra en dato", "Rename from a date"))


def mandates(partner: Partner) -> str:
    """The mandates that it has given and was given, with their states."""
    return lines((f"{each}: {of_mandates.state(each)}",) for each in of_mandates.of(partner))


def succession(partner: Partner) -> str:
    """Whom it succeeds or who succeeds it, with the way to a request."""
    rows = [(f"{date_format(each.since)}: {each}",) for each in successions.approved_of(partner)]
    address = f"{reverse('admin:organisations_successionrequest_add')}?old={partner.pk}"
    return with_link(lines(rows), address, say("Bed om, at en anden viderefører den", "Ask for another to succeed it"))
