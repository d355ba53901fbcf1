"""The counts that come with a release are ticked in the form of its order, among those that its audience reads of its period."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from stats.models import AUTHORITY, PUBLIC, BuildOrder
from stats.publishing import orders
from stats.sums.datasets import SUM_DATASETS
from tests.callers import Browser
from tests.people.visitors import signed_in, words
from tests.stats.proposed import answered
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
ORDERS = "/admin/statistics/buildorder/"
ORDER = {"period": "2023", "audience": PUBLIC}


@pytest.fixture
def browser(statistician: User) -> Browser:
    """The browser of who orders."""
    return signed_in(statistician)


def test_counts_come_with_a_release_where_they_are_ticked(browser: Browser, statistician: User, approver: User) -> None:
    answered(statistician)
    page = browser.get(f"{ORDERS}add/?period=2023&audience=public").content.decode()
    offered = re.findall(r'<input type="checkbox" name="sums" value="([^"]*)"', page)
    assert offered == list(SUM_DATASETS)
    assert "checked" not in page and "Outreach: contacts" in page
    form = {**ORDER, "tables": ["*"], "sums": ["hotline.calls", "outreach.contacts"]}
    assert "Hotline: calls" in words(browser.post(f"{ORDERS}add/", form))
    browser.sure(f"{ORDERS}add/", form)
    found = BuildOrder.objects.get(kind="BUILD")
    assert found.choice == {"among": ["gender"], "sums": ["hotline.calls", "outreach.contacts"]}
    assert orders.choice_of(BuildOrder(choice={"tables": ["gender"], "sums": found.choice["sums"]})).sums == (
        "outreach.contacts",
        "hotline.calls",
    )
    assert "Counts: Hotline: calls; Outreach: contacts" in words(browser.get(f"{ORDERS}{found.pk}/change/"))
    assert "Select a valid choice" in words(browser.post(f"{ORDERS}add/", {**form, "sums": ["persons"]}))


def test_the_counts_of_the_last_vintage_are_ticked(browser: Browser, statistician: User, approver: User) -> None:
    answered(statistician)
    publish(PUBLIC, "2023", {"": {"": 60}}, settings={"sums": ["hotline.calls"]})
    page = browser.get(f"{ORDERS}add/?period=2023&audience=public").content.decode()
    assert re.findall(r'name="sums" value="([^"]*)"[^>]*checked', page) == ["hotline.calls"]


@pytest.mark.parametrize(
    ("period", "audience", "offered"),
    [("2021-2023", PUBLIC, 0), ("2023-Q4", AUTHORITY, 10), ("2023", AUTHORITY, 6), ("2023", PUBLIC, 16)],
)
def test_each_audience_is_offered_the_counts_of_its_periods(
    browser: Browser, period: str, audience: str, offered: int
) -> None:
    page = browser.get(f"{ORDERS}add/?period={period}&audience={audience}").content.decode()
    assert len(re.findall(r'name="sums"', page)) == offered
    assert ("There are no counts of such a period." in page) == (not offered)
