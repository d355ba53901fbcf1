"""A partner's own referrals, each of which says whether the processing of its person's data is restricted."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from cases.linking.restriction import readable, with_restriction
from cases.models import Referral, VersionQuerySet


def own_versions(partner_id: UUID) -> VersionQuerySet:
    """Every version of the partner's referrals. Those that are restricted are not told (`Referral.is_restricted`)."""
    return with_restriction(Referral.objects.of(partner_id))


def without_restricted(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """Of some referrals those that are not restricted."""
    return readable(rows)
