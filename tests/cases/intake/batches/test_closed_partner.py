"""What came before a partner was closed, or its keys were revoked, is not stored afterwards: a leaked key may be the reason."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cases.intake.batches import storing, work
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, BatchState, Handling, RowResult, StagedRow
from cases.models import Referral
from partners import credentials
from partners.audit import COMMAND
from partners.models import Partner
from tests.api.batches.sending import send
from tests.callers import Caller, make_caller, referral
from tests.partners.organisations.world import succeed

pytestmark = pytest.mark.django_db


def queued(ngo: Caller, handling: Handling, rows: int = 1) -> Batch:
    """A delivery that waits for its job."""
    lines = [{**referral(), "reference": str(uuid4())} for _ in range(rows)]
    assert send(ngo, lines, Prefer=f"respond-async, handling={handling}").status_code == 202
    return Batch.objects.get()


@pytest.mark.parametrize("handling", list(Handling))
@pytest.mark.parametrize("how", ["closed", "succeeded", "revoked"])
def test_a_delivery_of_a_partner_that_was_closed_is_cancelled_before_it_is_stored(
    ngo: Caller, handling: Handling, how: str
) -> None:
    batch = queued(ngo, handling)
    if how == "closed":
        Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    elif how == "revoked":
        for secret in ngo.client.secrets.all():
            credentials.revoke(by=COMMAND, secret=secret)
    else:
        succeed(ngo.partner, make_caller("NGO").partner)
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.stored, batch.waits) == (BatchState.CANCELLED, False, False)
    for model in (Referral, StagedRow, RowResult):
        assert not model.objects.exists()


def test_one_that_is_being_stored_stops_at_its_next_range(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, store = queued(ngo, Handling.LENIENT, rows=3), storing.store

    def store_and_close(*args: object, **options: object) -> bool:
        """Store, and then have the partner closed."""
        Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
        return store(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "RANGE", 2)
    monkeypatch.setattr(storing, "store", store_and_close)
    work_batch(str(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, Referral.objects.count()) == (BatchState.CANCELLED, 2)
