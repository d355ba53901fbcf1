"""The names of what audit events are about: partners and users by their names, all else as short as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from partners.models import AuditEvent, Partner
from partners.staff.naming import short_name
from partners.text import number_in

# Of which actions the subject is a partner's id, and of which a user's. Every other subject is a name, or an id without one.
OF_PARTNERS = (
    "agreement.confirm",
    "desk.look",
    "feedback.read",
    "linkage_code.",
    "mapping.change",
    "partner.",
    "quality.field",
    "referral.",
    "rehearsal.",
    "report.nil",
    "sandbox.partner",
)
OF_USERS = ("factor.", "mail.", "person.")
# Details that are a partner's id, and such that are a user's.
PARTNER_DETAILS = ("giver", "new", "old", "partner", "taker", "twin_of")
USER_DETAILS = ("asked_by", "built_by", "confirmed_by", "ordered_by")


def names_of(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """The name of each event's subject, by the event's id."""
    rows = list(events)
    partners = partner_names(each.subject for each in rows if each.action.startswith(OF_PARTNERS))
    users = user_names(each.subject for each in rows if each.action.startswith(OF_USERS))
    return {
        each.pk: (users if each.action.startswith(OF_USERS) else partners).get(each.subject, short_name(each.subject))
        for each in rows
    }


def with_names(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The details of an event, in which partners and users are called by their names."""
    partners = partner_names(str(detail[name]) for name in PARTNER_DETAILS if detail.get(name))
    users = user_names(str(detail[name]) for name in USER_DETAILS if detail.get(name))
    of_partners = {name: partners.get(str(value), value) for name, value in detail.items() if name in PARTNER_DETAILS}
    return {
        **detail,
        **of_partners,
        **{name: users.get(str(value), value) for name, value in detail.items() if name in USER_DETAILS},
    }


def partner_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of partners by their ids. What is no id has none."""
    uuids = [uuid for uuid in map(uuid_of, ids) if uuid]
    rows = Partner.objects.filter(pk__in=uuids) if uuids else Partner.objects.none()
    return {str(row.pk): str(row) for row in rows}


def user_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of users by their ids."""
    numbers = [number for each in ids if (number := number_in(each)) is not None]
    rows = User.objects.filter(pk__in=numbers) if numbers else User.objects.none()
    return {str(row.pk): row.get_username() for row in rows}


def uuid_of(text: str) -> UUID | None:
    """The id that a text is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
