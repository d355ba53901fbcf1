"""When partners closed, which no column says: staff switched them off, or another one succeeded them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from partners.models import AuditEvent, Partner
from partners.organisations.models import SuccessionDecision

# Of a partner that nobody is known to have closed: nothing is expected of it.
ALWAYS = datetime.min.replace(tzinfo=UTC)


def closings(partners: Iterable[Partner], at: datetime) -> dict[UUID, datetime]:
    """When each of those partners that are closed now had last closed, but for those that were open at a moment still.

    One that was opened again counts as open all along. Two statements, and none where no partner is closed.
    """
    keys = [each.pk for each in partners if not each.active]
    times: dict[UUID, datetime] = {}
    for when, partner, active in sorted(switches(keys)) if keys else ():
        if active:
            times.pop(partner, None)
        else:
            times.setdefault(partner, when)
    return {each: times.get(each, ALWAYS) for each in keys if times.get(each, ALWAYS) <= at}


def switches(partners: Iterable[UUID]) -> Iterable[tuple[datetime, UUID, bool]]:
    """When staff said of partners that they are open or closed, and when a succession was approved that closed one."""
    events = AuditEvent.objects.filter(action="partner.change", subject__in=map(str, partners))
    for when, subject, detail in events.order_by().values_list("at", "subject", "detail"):
        if "active" in detail:
            yield when, UUID(subject), bool(detail["active"])
    decisions = SuccessionDecision.objects.filter(approved=True, request__old__in=partners)
    for when, partner in decisions.values_list("decided_at", "request__old"):
        yield when, partner, False
