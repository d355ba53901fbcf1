"""The empty year: nobody reported anything, and nobody publishes a zero."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cases.months import today
from oversight.reporting.models import MonthCompletion
from partners.kinds import Reporting
from partners.models import Partner
from stats.models import Publication, Release
from tests.api.open_figures import get
from tests.callers import make_caller
from tests.plays import stage

pytestmark = pytest.mark.django_db
NO_DATA = "There are no data of this period: no partner has reported anything"


def test_a_year_in_which_nobody_reported_has_no_figure() -> None:
    year = today().year - 1
    ida = stage.statistician()
    assert NO_DATA in ida.orders(year)
    assert "0 persons" not in ida.opens(stage.ORDERS)
    assert not Release.objects.exists()
    assert stage.total(year) is None
    assert f"identified as victims of human trafficking in {year}" not in stage.front()
    assert "period_without_release" in get(f"/api/v1/statistics/persons?year={year}").content.decode()


def test_a_partner_that_said_nothing_happened_has_reported() -> None:
    """Then the zero is known; and who orders it says why the year is published though the others are silent."""
    year = today().year - 1
    police = make_caller("POLICE")
    Partner.objects.filter(pk=police.partner.pk).update(reporting=Reporting.MONTHLY, reporting_since=date(year, 1, 1))
    said = {"partner": police.partner, "client": police.client, "recorded_at": timezone.now()}
    MonthCompletion.objects.create(month=date(year, 3, 1), **said)
    ida, ole = stage.statistician(), stage.approver()
    assert "1 of 12 expected reports have come. Say in both languages why" in ida.orders(year)
    dots = {"reason_da": "." * 25, "reason_en": "." * 25}
    assert "at least 10 of them letters" in ida.orders(year, **dots)
    assert not Release.objects.exists()
    ida.orders(year, **stage.REASONS)
    (draft,) = stage.drafts()
    asked = ole.acts(draft, "publish")
    assert "Too few of the expected reports have come." in asked
    assert "1 of 12 expected have come." in asked and stage.REASONS["reason_en"] in asked
    assert "at least 10 of them letters" in ole.acts(draft, "publish", {**dots, **stage.UNANNOUNCED})
    assert not Publication.objects.exists()
    own = {"reason_da": "Politiet har bekræftet tallet.", "reason_en": "The police have confirmed the figure."}
    assert "is published" in ole.acts(draft, "publish", {**own, **stage.UNANNOUNCED})
    assert stage.total(year) == 0
    for page in (stage.front(), stage.public_page(f"/en/releases/{draft}/")):
        assert stage.REASONS["reason_en"] in page and own["reason_en"] in page
        assert "many of the expected reports were missing" in page


def test_referrals_without_a_decision_are_no_zero() -> None:
    """Nobody was expected to report, so that nobody can say that it was all: not one table is proposed and no draft is made."""
    year, play = today().year - 1, stage.Reporters()
    for _ in range(9):
        play.ngo.referral(referred_in=f"{year}-04")
    ida = stage.statistician()
    assert "there are referrals, but nobody to count" in ida.orders(year)
    assert "0 persons" not in ida.opens(stage.ORDERS)
    assert not Release.objects.exists()


def test_where_nobody_was_expected_to_report_coverage_is_not_known() -> None:
    year, play = today().year - 1, stage.Reporters()
    play.report(year, 12)
    ida, ole = stage.statistician(), stage.approver()
    ida.orders(year)
    (draft,) = stage.drafts()
    asked = ole.acts(draft, "publish")
    assert "Whether anything is missing is not known." in asked
    assert "0 of 0" not in asked
