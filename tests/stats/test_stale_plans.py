"""A draft that goes stale, or is refused, while somebody decides on it: every page says so in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from cases.months import COPENHAGEN
from stats.models import AUTHORITY, PUBLIC, AnnouncedDate, DraftRefusal, Publication, ScheduledPublication
from stats.staff import approval
from tests.callers import Browser
from tests.stats.drafts import built, look_at
from tests.stats.published import staff
from tests.stats.test_admin import RELEASES, said, signed_in

pytestmark = pytest.mark.django_db
PAGE, SUMMER = f"{RELEASES}2023.p1/", {"due_at": "2101-06-14T12:00"}
NO = "The total cannot be right."
ENGLISH: Any = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def builder(db: None) -> Any:
    """Who had the drafts built."""
    return staff("builder")


@pytest.fixture
def browser(builder: User) -> Browser:
    """That of an approver who has looked at the draft."""
    browser = signed_in("approver", "view_release", "approve_release")[1]
    built(PUBLIC, "2023", user=builder)
    return look_at(browser, "2023.p1")


def opened(browser: Browser, path: str) -> str:
    """A page."""
    return said(browser.get(path, follow=True, **ENGLISH))


def sent(browser: Browser, act: str, form: dict[str, Any]) -> str:
    """The page that follows a form of the draft."""
    return said(browser.post(f"{PAGE}{act}/", form, follow=True, **ENGLISH))


def publish_another(builder: User) -> None:
    """Another release is published, so that the proof of the draft is stale."""
    Publication.objects.create(release=built(PUBLIC, "2022", user=builder), user=staff("second"))


@pytest.mark.parametrize("form", [SUMMER, {"due_at": "tomorrow"}, {**SUMMER, "exact": "2101-06-14T12:00:00+02:00"}])
def test_the_schedule_of_a_draft_that_went_stale_is_refused_in_words(
    browser: Browser, builder: User, form: dict[str, str]
) -> None:
    publish_another(builder)
    assert "The proof of vintage 1 of 2023 for the public is stale" in sent(browser, "schedule", form)
    assert not ScheduledPublication.objects.exists()


@pytest.mark.parametrize(("act", "form"), [("schedule", SUMMER), ("publish", {})])
def test_a_draft_that_goes_stale_under_the_question_is_refused_in_words(
    browser: Browser, builder: User, monkeypatch: pytest.MonkeyPatch, act: str, form: dict[str, str]
) -> None:
    """Between the check of what is in the way and the figures of the question another release is published."""
    monkeypatch.setattr(approval, "obstacle_of", lambda *_: None)
    publish_another(builder)
    assert "The proof of 2023.p1 is stale" in sent(browser, act, form)
    assert Publication.objects.count() == 1


def test_a_draft_is_refused_while_a_release_for_another_audience_is_scheduled(browser: Browser, builder: User) -> None:
    other = built(AUTHORITY, "2023", user=builder)
    plan(other.pk)
    page = opened(browser, f"{PAGE}change/")
    assert "/2023.p1/refuse/" in page and "/2023.p1/publish/" not in page
    assert "/2023.a1/refuse/" not in opened(look_at(browser, other.pk), f"{RELEASES}{other.pk}/change/")
    sent(browser, "refuse", {"reason": NO})
    assert DraftRefusal.objects.get().release_id == "2023.p1"


def plan(release: str, **reasons: str) -> ScheduledPublication:
    """A release that is published tomorrow."""
    due = timezone.now() + timedelta(days=1)
    return ScheduledPublication.objects.create(release_id=release, due_at=due, user=staff("second"), **reasons)


def test_a_plan_that_will_fail_for_its_grounds_is_announced(browser: Browser) -> None:
    """It was planned for the day of the calendar, which has moved since."""
    due = plan("2023.p1").due_at
    words = "Something speaks against publishing vintage 1 of 2023 for the public"
    assert words not in opened(browser, RELEASES)
    later = due + timedelta(days=40)
    month = later.astimezone(COPENHAGEN).date().replace(day=1)
    AnnouncedDate.objects.create(period="2023", month=month, moment=later, user=staff("planner"))
    for path in (RELEASES, f"{PAGE}change/"):
        assert f"{words}, and its order gives no reason" in opened(browser, path)
