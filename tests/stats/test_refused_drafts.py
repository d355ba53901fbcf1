"""Who had a draft built by the command is told on the first page that it was refused, and why."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from stats.models import PUBLIC, BuildOrder, DraftRefusal
from tests.people.visitors import signed_in, words
from tests.stats.drafts import built

pytestmark = pytest.mark.django_db
WHY = "Et ark er talt to gange."
TOLD = "A draft that you had built is refused"


def test_a_refused_draft_of_the_command_is_told_to_who_had_it_built(statistician: User, approver: User) -> None:
    release, browser = built(PUBLIC, "2023", user=statistician), signed_in(statistician)
    assert TOLD not in words(browser.get("/admin/"))
    DraftRefusal.objects.create(release=release, reason=WHY, user=approver)
    page = browser.get("/admin/")
    assert TOLD in words(page) and WHY in words(page)
    assert "/admin/statistics/release/2023.p1/change/" in page.content.decode()
    danish = words(browser.get("/admin/", headers={"Accept-Language": "da"}))
    assert "Et udkast, du har dannet, er afvist" in danish and WHY in danish
    assert TOLD not in words(signed_in(approver).get("/admin/"))
    built(PUBLIC, "2023", vintage=2, user=statistician)
    assert TOLD not in words(browser.get("/admin/"))


def test_of_an_order_the_order_tells(statistician: User, approver: User) -> None:
    release = built(PUBLIC, "2023", user=statistician)
    order = BuildOrder.objects.create(period="2023", audience=PUBLIC, user=statistician)
    BuildOrder.objects.filter(pk=order.pk).update(state="RUNNING")
    BuildOrder.objects.filter(pk=order.pk).update(state="DONE", release=release)
    DraftRefusal.objects.create(release=release, reason=WHY, user=approver)
    page = words(signed_in(statistician).get("/admin/"))
    assert WHY in page and TOLD not in page
