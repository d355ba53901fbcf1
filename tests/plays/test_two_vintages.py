"""Two vintages in a day, and the merge after the release: what is new is published with notes, and never one person alone."""

from __future__ import annotations

import pytest

from cases.linking import decisions
from cases.models import Case
from cases.months import today
from partners.audit import Actor
from tests.api.asserts import body
from tests.api.open_figures import get
from tests.plays import stage
from tests.stats.published import staff

pytestmark = pytest.mark.django_db
NOTES = {"change_notes_da": "Sene afgørelser er med.", "change_notes_en": "Late decisions are included."}


def test_a_second_vintage_of_the_day_says_what_is_new_and_the_first_stays() -> None:
    year = today().year - 1
    reporters, ida, ole = stage.Reporters(), stage.statistician(), stage.approver()
    reporters.report(year, 14)
    ida.orders(year)
    assert "is published" in ole.acts(f"{year}.p1", "publish", stage.UNANNOUNCED)
    reporters.report(year, 12)
    assert "what has changed since" in ida.orders(year)
    ida.orders(year, **NOTES)
    asked = ole.acts(f"{year}.p2", "publish")
    assert f"{year}, persons in all 26" in asked and NOTES["change_notes_en"] in asked
    assert "is published" in ole.acts(f"{year}.p2", "publish", stage.UNANNOUNCED)
    assert stage.total(year) == 26
    assert f"Replaced by {year}.p2" in stage.public_page(f"/en/releases/{year}.p1/")
    assert NOTES["change_notes_en"] in stage.public_page(f"/en/releases/{year}.p2/")
    (change,) = [each for each in body(get(f"/api/v1/releases/{year}.p2/changes"))["tables"] if not each["axes"]]
    assert change["rows"][0]["change"] == 12


def test_a_merge_after_the_release_is_corrected_by_the_total_alone() -> None:
    year = today().year - 1
    reporters, ida, ole = stage.Reporters(), stage.statistician(), stage.approver()
    reporters.report(year, 14)
    ida.orders(year)
    ole.acts(f"{year}.p1", "publish", stage.UNANNOUNCED)
    one, other = Case.objects.order_by("opened_at", "pk")[:2]
    decisions.merge(by=Actor.of(staff("linker")), cases=[one.pk, other.pk], reason_code="CONFIRMED")
    corrected = {"change_notes_da": "En person var talt to gange.", "change_notes_en": "A person was counted twice."}
    ida.orders(year, tables=["TOTAL"], **corrected)
    assert f"{year}, persons in all 13" in ole.acts(f"{year}.p2", "publish")
    assert "is published" in ole.acts(f"{year}.p2", "publish", stage.UNANNOUNCED)
    assert stage.total(year) == 13
    assert corrected["change_notes_en"] in stage.public_page(f"/en/releases/{year}.p2/")
