"""Who orders, approves or publishes a release reads first how many of the expected partners are behind it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission

from oversight.reporting.coverage import CoverageState, Reporter, coverage_of
from oversight.reporting.models import CoverageNote
from stats.models import PUBLIC, Release
from tests.callers import Browser
from tests.people.visitors import signed_in, staff, words
from tests.stats.drafts import built

pytestmark = pytest.mark.django_db
RELEASE = "/admin/statistics/release/2023.p1/"


def reporters(kind: str, **numbers: int) -> list[Reporter]:
    """So many partners of a kind in each state."""
    return [
        Reporter(kind, CoverageState[state], f"{kind} {state} {one}")
        for state, number in numbers.items()
        for one in range(number)
    ]


@pytest.fixture
def release(db: None) -> Release:
    """A draft."""
    return built(PUBLIC, "2023", user=staff("stine", "statistician"))


def keep(release: Release, of: list[Reporter]) -> None:
    """Keep the note that these make."""
    CoverageNote.objects.create(release=release, content=coverage_of(of).as_json())


def approver_who_looked() -> Browser:
    """Signed in, and the tables are seen: else nothing is published or planned."""
    browser = signed_in(staff("anna", "approver"))
    assert browser.get(f"{RELEASE}preview/").status_code == 200
    return browser


@pytest.mark.parametrize("page", ["change", "preview", "publish", "schedule"])
def test_the_pages_of_who_publishes_say_who_is_behind_the_figures(release: Release, page: str) -> None:
    keep(release, [*reporters("NGO", COMPLETE=5, LATE=1, MISSING=2), *reporters("MUNICIPALITY", COMPLETE=6, NIL=5)])
    browser, form = approver_who_looked(), {"due_at": "2101-01-02T09:00"}
    answer = browser.post(f"{RELEASE}schedule/", form) if page == "schedule" else browser.get(f"{RELEASE}{page}/")
    shown = words(answer)
    assert "Expected: 19. 5 of them reported that there was nothing." in shown
    assert re.search(r"Coverage, NGO:? Expected: 8. Complete: 5. Late: 1. Begun: 0. Missing: 2.", shown)
    assert re.search(r"Coverage, Municipality:? Expected: 11. Complete: 11. Late: 0. Begun: 0. Missing: 0.", shown)


def test_an_approver_is_one_click_from_who_has_reported(release: Release) -> None:
    way, browser = "/admin/quality/ruletally/?year=2023", approver_who_looked()
    for page in ("change", "preview"):
        assert f'href="{way}"' in browser.get(f"{RELEASE}{page}/").content.decode()
    assert browser.get(way).status_code == 200
    # Who has no right to that page is led nowhere.
    other = staff("other")
    other.user_permissions.add(Permission.objects.get(codename="view_release"))
    shown = signed_in(other).get(f"{RELEASE}change/").content.decode()
    assert "eports behind the figures" in shown and way not in shown


def test_a_kind_with_few_partners_stands_with_others(release: Release) -> None:
    keep(release, [*reporters("NGO", COMPLETE=6), *reporters("POLICE", NIL=1)])
    shown = words(approver_who_looked().get(f"{RELEASE}publish/"))
    assert "Coverage, Others Expected: 7." in shown
    assert "Police" not in shown
    assert "of them reported" not in shown
    assert "Kinds with few partners stand together" in shown


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ([], "No partner was expected to report on the period."),
        (reporters("NGO", COMPLETE=2, MISSING=7), "Expected: 9. Too few have answered"),
        (None, "No note was kept when the release was built."),
    ],
)
def test_where_nothing_more_can_be_told_the_page_says_why(
    release: Release, of: list[Reporter] | None, said: str
) -> None:
    if of is not None:
        keep(release, of)
    assert said in words(approver_who_looked().get(f"{RELEASE}publish/"))
