"""The fact that contradicts: our records say another number than others have published. Two people decide seeing both."""

from __future__ import annotations

import re
from html import unescape

import pytest

from cases import published
from cases.published import FigureKind
from cases.statistics.models import OTHER_DEFINITION, BuildOrder, FactDecision, Release
from tests.api.asserts import body
from tests.api.open_figures import get
from tests.plays import stage

pytestmark = pytest.mark.django_db
FACTS = "/admin/statistics/factdecision/"
DECIDING = ("view_factdecision", "add_factdecision")
# The centre's report of this year says 112.
YEAR, THEIRS, OURS = 2023, 112, 14
REASON = "The report counted children of the victims too; we do not."


@pytest.fixture
def ida(db: None, monkeypatch: pytest.MonkeyPatch) -> stage.Member:
    """Who orders releases, and decides of figures of others. Of these the total alone is known."""
    monkeypatch.setattr(
        published,
        "known_figures",
        lambda: (each for each in published.of_year(YEAR, FigureKind.FINAL) if not each.cell),
    )
    stage.Reporters().report(YEAR, OURS)
    return stage.Member("statistician", (*stage.ORDERING, *DECIDING))


def test_two_decide_seeing_both_and_ours_is_published(ida: stage.Member) -> None:
    ole = stage.Member("approver", (*stage.APPROVING, "view_factdecision"))
    ida.orders(YEAR)
    order = BuildOrder.objects.latest("pk")
    page = ida.browser.get(f"{stage.ORDERS}{order.pk}/change/", **stage.ENGLISH).content.decode()
    (link,) = re.findall(rf'<a href="({FACTS}add/[^"]+)">', page)
    asked = ida.opens(unescape(link))
    assert f"Published by others {THEIRS}" in asked and f"Counted in our records {OURS}" in asked
    fact = {"fact": str(YEAR), "decision": OTHER_DEFINITION}
    assert "at least 20 characters" in ida.does(f"{FACTS}add/", {**fact, "reason": "x"})
    assert not FactDecision.objects.exists()
    assert "waits for somebody else to confirm it" in ida.does(f"{FACTS}add/", {**fact, "reason": REASON})
    # One alone decides nothing.
    ida.orders(YEAR)
    assert not Release.objects.exists() and "waits for you to confirm it" in ole.opens(stage.ADMIN)
    row = FactDecision.objects.get()
    assert "Two members of staff are needed" in ida.does(f"{FACTS}{row.pk}/end/confirm/")
    seen = ole.does(f"{FACTS}{row.pk}/end/confirm/")
    assert "The decision holds now." in seen and f"Published by others {THEIRS}" in seen and REASON in seen
    ida.orders(YEAR)
    assert stage.drafts() == [f"{YEAR}.p1"]
    asked = ole.acts(f"{YEAR}.p1", "publish")
    assert (
        f"published by others ({YEAR}.x1) {THEIRS}" in asked and f"persons in all {OURS}" in asked and REASON in asked
    )
    assert "is published" in ole.acts(f"{YEAR}.p1", "publish", stage.UNANNOUNCED)
    check_public()


def check_public() -> None:
    """Ours answers for the year; what others published is read by its name, and our reason for staff is in no public page."""
    assert stage.total(YEAR) == OURS
    assert f"{OURS} persons were identified as victims of human trafficking in {YEAR}" in stage.front()
    theirs = body(get(f"/api/v1/statistics/persons?release={YEAR}.x1"))
    assert theirs["value"] == [THEIRS]
    for page in (stage.front(), stage.public_page(f"/en/releases/{YEAR}.p1/"), stage.public_page("/en/releases/")):
        assert REASON not in page
