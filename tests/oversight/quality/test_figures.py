"""The matrix, the shares not known and the months to the decision, each in a fixed number of statements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oversight.quality.matrix import matrix
from oversight.quality.overview import lengths, waits
from oversight.quality.shares import LABELS, Share, not_known, together
from oversight.reporting.models import MonthCompletion
from oversight.reporting.states import State
from partners.kinds import Mode, Reporting
from tests.cases.linking.world import merge_cases
from tests.oversight.quality.world import NOW, YEAR, referred, reporting
from tests.stats.records import assessment, case, client, partner, referral

pytestmark = pytest.mark.django_db


def test_each_period_of_a_year_has_its_state_and_a_quarter_takes_three_months() -> None:
    monthly, quarterly, none = reporting(), reporting(frequency=Reporting.QUARTERLY), partner()
    referred(monthly, 2, f"{YEAR}-01")
    referred(monthly, 1, f"{YEAR}-02", recorded_at=datetime(YEAR, 6, 1, tzinfo=UTC))
    MonthCompletion.objects.create(
        partner=monthly, client=client(monthly), month=date(YEAR, 3, 1), recorded_at=datetime(YEAR, 4, 2, tzinfo=UTC)
    )
    referred(quarterly, 1, f"{YEAR}-05")
    years = {each.partner: each for each in matrix(YEAR, NOW)}
    assert set(years) == {monthly, quarterly} and none not in years
    states = [(cell.report.state, cell.report.late) for cell in years[monthly].cells if cell.report]
    assert states[:4] == [
        (State.REPORTED, False),
        (State.REPORTED, True),
        (State.NIL, False),
        (State.MISSING, True),
    ]
    assert [cell.span for cell in years[quarterly].cells] == [3, 3, 3, 3]
    assert [cell.words.en for cell in years[quarterly].cells][:2] == ["missing", "received; not declared complete"]
    assert len(years[monthly].late) == 10


def test_months_that_are_not_expected_or_have_not_begun_say_so() -> None:
    late_starter = reporting(since=date(2025, 3, 1))
    (year,) = matrix(2025, NOW, [late_starter])
    assert [cell.words.en for cell in year.cells] == [
        *["not expected"] * 2,
        "awaited, not yet due",
        "under way",
        *["not expected"] * 8,
    ]
    (before,) = matrix(YEAR, NOW, [late_starter])
    assert {cell.words.en for cell in before.cells} == {"not expected"}


def test_the_share_not_known_is_of_those_who_were_asked() -> None:
    first, second, rehearsing = partner(), partner(), partner(mode=Mode.TEST)
    referred(first, 3, gender="_U")
    referred(first, 1, gender="F", recruiter="_N")
    referred(first, 5, gender="_U", status="withdrawn", reason_code="_O")
    referred(first, 2, f"{YEAR - 1}-05", gender="F")
    referred(second, 4, gender="F", recruiter="_U")
    referred(rehearsing, 4, gender="_U")
    shares = not_known(YEAR - 1, YEAR)
    assert shares[first.pk, YEAR].referrals == 4
    assert shares[first.pk, YEAR].fields["gender"] == Share(3, 4)
    assert shares[first.pk, YEAR].fields["recruiter"] == Share(0, 3)
    assert shares[first.pk, YEAR - 1].fields["gender"].percent == 0
    assert together(shares)[YEAR].fields["gender"] == Share(3, 8)
    assert {key for key, _ in shares} == {first.pk, second.pk}
    assert {key for key, _ in not_known(YEAR, YEAR, [second.pk])} == {second.pk}
    assert {"gender", "age_band", "recruiter"} <= set(LABELS)


@pytest.mark.parametrize(
    ("unknown", "asked", "percent"), [(0, 0, None), (0, 3, 0), (1, 8, 13), (1, 3, 33), (3, 3, 100)]
)
def test_percent_is_rounded_to_the_nearest_and_half_goes_up(unknown: int, asked: int, percent: int | None) -> None:
    assert Share(unknown, asked).percent == percent


def test_a_person_waits_from_the_first_referral_of_any_of_its_cases_to_the_first_decision() -> None:
    ngo, authority = partner(), partner("IMMIGRATION")
    first, second, third, hasty = (case(ngo) for _ in range(4))
    referral(first, ngo, referred_in=f"{YEAR - 1}-11")
    referral(second, ngo, referred_in=f"{YEAR}-04")
    assessment(second, authority, decided_in=f"{YEAR}-05")
    referral(third, ngo, referred_in=f"{YEAR}-02")
    assessment(third, authority, decided_in=f"{YEAR}-02")
    referral(hasty, ngo, referred_in=f"{YEAR}-06")
    assessment(hasty, authority, decided_in=f"{YEAR}-03")
    assert {(each.persons, each.backwards, each.quartiles) for each in waits(YEAR)} == {(2, 1, (0, 0, 1))}
    merge_cases(first, second)
    everyone, of_authority = waits(YEAR)
    assert (everyone.partner_id, of_authority.partner_id) == (None, authority.pk)
    assert everyone.quartiles == of_authority.quartiles == (0, 0, 6)
    assert lengths(YEAR) == [(authority, -3, 1), (authority, 0, 1), (authority, 6, 1)]
    assert waits(YEAR - 1) == [] == lengths(YEAR - 1)


@pytest.mark.parametrize(
    ("ask", "statements"),
    [(lambda: matrix(YEAR, NOW), 2), (lambda: not_known(YEAR - 1, YEAR), 1), (lambda: waits(YEAR), 1)],
    ids=["matrix", "shares", "waits"],
)
def test_more_partners_are_no_more_statements(ask: Any, statements: int) -> None:
    for _ in range(3):
        referred(reporting(), 1)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask()
        assert len(captured) == statements
