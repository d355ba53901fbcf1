"""Recovery codes are replaced on a page of their own, which says what becomes of the old ones."""

from __future__ import annotations

import re

import pytest

from tests.people.visitors import code, signed_in, staff, with_app

pytestmark = pytest.mark.django_db


def test_recovery_codes_are_replaced_on_a_page_that_says_so() -> None:
    ida = staff("ida")
    browser, secret = signed_in(ida), with_app(ida)
    browser.post("/account/confirm/", {"code": code(secret)})
    browser.post("/account/factors/codes/new/")
    home = browser.get("/account/").content.decode()
    link = re.search(r'<a href="/account/factors/codes/new/">([^<]+)</a>', home)
    assert link
    assert link[1] == "Replace them all"
    page = browser.get("/account/factors/codes/new/").content.decode()
    assert "The codes that you have now will no longer work." in page
    after = browser.post("/account/factors/codes/new/", follow=True).content.decode()
    assert "The old ones no longer work." in after
