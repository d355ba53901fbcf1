"""The second person who says no; the release that goes out on the wrong day; the scheduled release that is stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.months import COPENHAGEN, today
from stats.models import AnnouncedDate, BuildOrder, Publication, ScheduledPublication, ScheduleEnd
from tests.plays import stage
from tests.stats.published import staff

pytestmark = pytest.mark.django_db
NO = "The total is twice that of last year: check it."


@pytest.fixture
def play(db: None) -> tuple[stage.Member, stage.Member, int]:
    """A draft of last year."""
    year = today().year - 1
    ida, ole = stage.statistician(), stage.approver()
    stage.Reporters().report(year, 9)
    ida.orders(year)
    assert stage.drafts() == [f"{year}.p1"]
    return ida, ole, year


def test_an_approver_refuses_a_draft_and_the_statistician_reads_why(
    play: tuple[stage.Member, stage.Member, int],
) -> None:
    ida, ole, year = play
    draft = f"{year}.p1"
    assert "at least 20 characters" in ole.acts(draft, "refuse", {"reason": "x"})
    assert "is refused" in ole.acts(draft, "refuse", {"reason": NO})
    page = ida.opens(stage.ADMIN)
    assert f"draft, refused by an approver: {NO}" in page
    (order,) = (each for each in BuildOrder.objects.exclude(release=None))
    assert NO in ida.opens(f"{stage.ORDERS}{order.pk}/change/")
    assert "A draft release waits" not in ole.opens(stage.ADMIN)
    assert "An approver refused" in ole.acts(draft, "publish", stage.UNANNOUNCED)
    assert not Publication.objects.exists()
    assert "The order is put away." in ida.does(f"{stage.ORDERS}{order.pk}/file/")
    assert "refused by an approver" not in ida.opens(stage.ADMIN)
    # Nobody read the first one: nothing has changed since for any reader, who is told why there is no first one.
    assert "Parliament" in ida.orders(year, **stage.REASONS)
    assert stage.drafts() == [draft, second := f"{year}.p2"]
    assert "is published" in ole.acts(second, "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    assert "The first vintage that is published; earlier drafts were not published." in stage.public_page(
        f"/en/releases/{second}/"
    )


def announce(year: int, after: timedelta) -> None:
    """Tell everybody the day of a year's figures."""
    moment = (timezone.now() + after).replace(second=0, microsecond=0)
    AnnouncedDate.objects.create(
        period=str(year),
        month=moment.astimezone(COPENHAGEN).date().replace(day=1),
        moment=moment,
        user=staff("planner"),
    )


def test_on_another_day_than_announced_both_say_why(play: tuple[stage.Member, stage.Member, int]) -> None:
    ida, ole, year = play
    announce(year, timedelta(days=40))
    asked = ole.acts(f"{year}.p1", "publish")
    assert "The calendar announces another day." in asked and "announce the new date first" in asked
    refused = ole.acts(f"{year}.p1", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    assert "its order gives no reason why it is right" in refused
    assert not Publication.objects.exists()
    ida.orders(year, change_notes_da="Tjekket.", change_notes_en="Checked.", **stage.REASONS)
    assert "This field is required." in ole.acts(f"{year}.p2", "publish", stage.REASONS)
    assert "is published" in ole.acts(f"{year}.p2", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    assert "on another day than the one that had been announced" in stage.front()


def test_who_ordered_a_release_stops_its_schedule(play: tuple[stage.Member, stage.Member, int]) -> None:
    ida, ole, year = play
    announce(year, timedelta(days=40))
    moment = AnnouncedDate.objects.get().moment
    assert moment is not None
    form = {"due_at": moment.astimezone(COPENHAGEN).strftime("%Y-%m-%dT%H:%M:%S")}
    ole.browser.get(f"{stage.RELEASES}{year}.p1/preview/")
    question = ole.browser.sure(f"{stage.RELEASES}{year}.p1/schedule/", form, **stage.ENGLISH).content.decode()
    assert "off_calendar" not in question  # it is the day that everybody was told
    exact = question.partition('name="exact" value="')[2].partition('"')[0]
    assert "is scheduled" in ole.acts(f"{year}.p1", "schedule", {**form, "exact": exact})
    plan = ScheduledPublication.objects.get()
    stopped = ida.does(f"{stage.RELEASES}{year}.p1/take_back/", {"exact": plan.pk})
    assert "The plan is cancelled." in stopped
    assert ScheduleEnd.objects.get().user is not None
    assert not Publication.objects.exists()
