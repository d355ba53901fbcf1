"""Which version of the data-processing agreement a partner has confirmed, as one statement."""

from __future__ import annotations

from uuid import UUID

from partners.credentials import run

LATEST = "SELECT max(version) FROM organisations_agreementconfirmation WHERE partner_id = %s"


def agreement_of(partner_id: UUID) -> int | None:
    """The latest version that a partner has confirmed, or None."""
    row = run(LATEST, [partner_id])
    return row[0] if row else None
