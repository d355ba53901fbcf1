"""The way to a page of the staff names no place twice."""

from __future__ import annotations

import re

import pytest

from tests.people.visitors import signed_in, staff, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page", ["/admin/returns/return/", "/admin/returns/return/find/", "/admin/windows/reopening/add/"]
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_place_stands_there_twice(page: str, language: str) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    crumbs = (
        text(browser.get(page, headers={"Accept-Language": language}))
        .partition('class="breadcrumbs"')[2]
        .partition("</ol>")[0]
    )
    names = [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<li[^>]*>(.*?)</li>", crumbs, re.DOTALL)]
    assert len(names) >= 2
    assert len(set(names)) == len(names)
