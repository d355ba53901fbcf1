"""A file for rehearsals is stored at the first attempt: nothing asks about it, neither about a row nor about the whole."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

import pytest

from cases import dictionary as d
from cases.fields import to_stored
from cases.intake.checks.content import content_digest
from cases.intake.checks.history import History
from cases.intake.checks.rows import row_checks
from cases.intake.checks.tally import DeliveryTally
from cases.sandbox.rehearsal import rehearsal
from partners.kinds import Kind


@pytest.mark.parametrize("kind", [Kind.NGO, Kind.POLICE, Kind.IMMIGRATION, Kind.CENTRE, Kind.MUNICIPALITY, Kind.UNION])
def test_no_check_asks_about_a_rehearsal(kind: Kind) -> None:
    rng = Random(str(kind))
    for month in (date(2026, 11, 1), date(2027, 1, 1)):
        for _ in range(20):
            tally = DeliveryTally()
            for each in rehearsal(UUID(int=rng.getrandbits(128)), kind, month):
                values = to_stored(d.REFERRAL, each)
                values["referred_in"] = date.fromisoformat(f"{each['referred_in']}-01")
                assert row_checks(values) == []
                tally.add(values, content_digest(UUID(str(each["reference"])), values))
            assert tally.findings(History()) == []
