"""Who publishes an annual report has read the whole of it, with every text that is in it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from core.text import Text
from publications.annual.models import ReportDraft, ReportPublication, ReportText
from tests.people.visitors import signed_in, staff, words
from tests.publications.annual.world import approve_all, write

pytestmark = pytest.mark.django_db
REPORTS = "/admin/annual/reportdraft/"


def test_whoever_publishes_has_read_the_last_text(draft: ReportDraft, writer: User, publisher: User) -> None:
    approve_all(draft, writer)
    last = ReportText.objects.order_by("pk").last()
    assert last is not None
    browser, report, whole = signed_in(publisher), f"{REPORTS}{draft.pk}/change/", f"{REPORTS}{draft.pk}/whole/"
    browser.get(whole)
    write(draft, writer, "gender:comment", Text("Nyt.", "New."))
    page = browser.post(f"{REPORTS}{draft.pk}/publish/", {"last": str(last.pk)}, follow=True)
    assert "Read the whole report first" in words(page)
    assert "Read the whole report first" in words(browser.get(report))
    browser.get(whole)
    # Another's read is not one's own.
    assert "Read the whole report first" in words(signed_in(staff("third", "approver")).get(report))
    page = browser.post(f"{REPORTS}{draft.pk}/publish/", {"last": str(last.pk)}, follow=True)
    assert "Somebody has written in the report since you opened the page." in words(page)
    assert not ReportPublication.objects.exists()


@pytest.mark.parametrize("last", ["100000000000000000000", "9223372036854775808", "-1", "2147483648", "x"])
def test_a_number_of_a_text_that_there_cannot_be_publishes_nothing(
    draft: ReportDraft, writer: User, publisher: User, last: str
) -> None:
    approve_all(draft, writer)
    browser = signed_in(publisher)
    browser.get(f"{REPORTS}{draft.pk}/whole/")
    assert browser.post(f"{REPORTS}{draft.pk}/publish/", {"last": last}, follow=True).status_code == 200
    assert not ReportPublication.objects.exists()
