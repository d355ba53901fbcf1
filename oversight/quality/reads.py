"""The receipt of a feedback: which person of a partner has opened which year's, and when first. Append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from oversight.quality.models import FeedbackRead
from partners import audit
from partners.audit import Actor
from partners.models import Partner
from partners.roles import MemberRole


@dataclass(frozen=True, slots=True)
class Readers:
    """How many of a partner's active managers have opened a feedback."""

    read: int
    managers: int


# Managers who have left since read it too, but are not asked any more.
READERS = f"""
SELECT m.partner_id, count(r.id), count(*)
FROM people_membership m JOIN auth_user u ON u.id = m.user_id AND u.is_active
LEFT JOIN quality_feedbackread r ON r.partner_id = m.partner_id AND r.user_id = m.user_id AND r.year = %s
WHERE m.role = '{MemberRole.MANAGER}' GROUP BY m.partner_id
"""


def note_read(*, user: User, partner: Partner, year: int) -> bool:
    """Note that a person has opened the feedback of a year; whether it was the first time. The caller knows whose person it is."""
    with transaction.atomic():
        _, is_first = FeedbackRead.objects.get_or_create(partner=partner, year=year, user=user)
        if is_first:
            audit.record(by=Actor.of(user), action="feedback.read", subject=str(partner.pk), year=year)
    return is_first


def readers(year: int) -> Mapping[UUID, Readers]:
    """By partner: how many of its managers have opened the feedback of a year. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(READERS, [year])
        return {partner: Readers(read, managers) for partner, read, managers in cursor.fetchall()}
