"""The fact that contradicts: our records say another number than others have published. Two people decide seeing both."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from stats import published
from stats.models import OTHER_DEFINITION, BuildOrder, FactDecision, Release
from stats.published import FigureKind
from tests.api import json_stat
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
    """Ours answers for the year, beside what others published; our reason for staff is in no public page."""
    assert stage.total(YEAR) == OURS
    assert f"{OURS} persons were identified as victims of human trafficking in {YEAR}" in stage.front()
    theirs = body(get(f"/api/v1/statistics/persons?release={YEAR}.x1"))
    assert theirs["value"] == [THEIRS]
    for page in (stage.front(), stage.public_page(f"/en/releases/{YEAR}.p1/"), stage.public_page("/en/releases/")):
        assert REASON not in page
    check_pages_tell_both()
    check_programs_tell_both()


NOTES = (
    f"{YEAR}: Center mod Menneskehandel published {THEIRS} persons ({YEAR}.x1) where Henvis counted "
    f"{OURS} ({YEAR}.p1).",
    "The figure that others published for the period is by another definition than ours.",
    f"Break in the series: {YEAR - 1} was published by",
    f"{YEAR} was counted in Henvis ({YEAR}.p1). They may use different definitions, so no change is computed between them.",
)


def check_pages_tell_both() -> None:
    """No page counts from their number to ours; each says where the series breaks, and who counts what."""
    series = stage.public_page("/en/statistics/persons/")
    danish = stage.public_page("/da/")
    assert f"{YEAR} [b] {OURS} [b]" in stage.front() and f"{YEAR + 1} [b] 78† [b]" in stage.front()
    for page in (stage.front(), series):
        assert f"{YEAR} [b] {OURS} " in page and f"{YEAR + 1} [b] 78† " in page
        assert not [each for each in NOTES if each not in page]
        # From 73 to 14, and from there to 78.
        assert "−59" not in page and "+64" not in page
    assert f"har offentliggjort {THEIRS} personer ({YEAR}.x1), hvor Henvis har talt {OURS} ({YEAR}.p1)." in danish
    alone = stage.public_page(f"/en/statistics/persons/?period={YEAR}")
    assert not [each for each in NOTES if each not in alone] and "−59" not in alone
    assert NOTES[1] in stage.public_page(f"/en/releases/{YEAR}.p1/")
    assert f"Our figures: {YEAR}.p1" in stage.public_page(f"/en/releases/{YEAR}.x1/")


def check_programs_tell_both() -> None:
    """Programs read the status B of SDMX at each side of the break, no change across it, and the same notes."""
    asked = f"period={YEAR - 1}..{YEAR + 1}&measure=count,change,change_percent"
    document = body(get(f"/api/v1/statistics/persons?{asked}&lang=en"))
    json_stat.check(document)
    assert document["value"] == [73, OURS, 78, document["value"][3], None, None, document["value"][6], None, None]
    assert document["status"] == {"1": "B", "2": "I", "4": "B", "5": "B", "7": "B", "8": "B"}
    assert document["extension"]["status"]["label"]["B"].startswith("Break in the series")
    told = " ".join(document["note"])
    assert not [each for each in NOTES if each not in told]
    assert "DEFINITIONS_DIFFER" in document["extension"]["releases"][1]["notes"]
    table = get(f"/api/v1/statistics/persons?{asked}&format=csv&lang=en").content.decode()
    (ours,) = [each for each in csv.DictReader(io.StringIO(table)) if each["period"] == str(YEAR)]
    assert (ours["count"], ours["status"], ours["status_label"]) == (str(OURS), "B", "break in the series")
    assert (ours["change"], ours["change_status"], ours["change_percent"]) == ("", "B", "")
