"""A file for rehearsals: when it is the same, and that nothing asks about it when it is stored at the first attempt."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

import pytest

from cases import dictionary as d
from cases.fields import to_stored
from cases.intake.checks.content import content_digest
from cases.intake.checks.counts import History
from cases.intake.checks.delivery import DeliveryTally
from cases.intake.checks.rows import row_checks
from partners.kinds import Kind
from sandbox.rehearsal import rehearsal


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


MONTH, NEXT = date(2026, 11, 1), date(2026, 12, 1)


def references(partner: int, month: date = MONTH) -> set[object]:
    """The references of a partner's rehearsal."""
    return {each["reference"] for each in rehearsal(UUID(int=partner), Kind.NGO, month)}


def test_the_file_is_the_same_for_a_partner_a_month_and_a_version_of_the_dictionary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = rehearsal(UUID(int=1), Kind.NGO, MONTH)
    assert rehearsal(UUID(int=1), Kind.NGO, MONTH) == before
    first = references(1)
    assert not first & references(1, NEXT)
    monkeypatch.setattr(d, "SCHEMA_VERSION", "1.1")
    assert not first & references(1)


def test_no_two_partners_have_a_reference_in_common() -> None:
    sets = [references(number) for number in range(50)]
    assert len(set().union(*sets)) == sum(map(len, sets)) == 50 * 40
