"""A month whose referrals were deleted had something to report: the desk asks of it and signs it as of any other."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest

from cases.models import Referral
from cases.months import later, month_id, month_words, this_month
from oversight.reporting.receipts.content import content_of, signed_content
from oversight.reporting.receipts.signing import document_of
from oversight.rights.erasure import purge
from partners.audit import COMMAND
from partners.models import Partner
from partners.roles import MemberRole
from tests.callers import Caller
from tests.pages.desk.conftest import at
from tests.pages.tables import rows
from tests.people.visitors import member, text

pytestmark = pytest.mark.django_db
LAST = later(this_month(), -1)
COMPLETE = f"/send/complete/{month_id(LAST)}/"


@pytest.fixture
def partner(ngo: Caller) -> Partner:
    """A partner whose one referral of last month was purged, and that had none in the month before."""
    since = later(LAST, -1)
    Partner.objects.filter(pk=ngo.partner.pk).update(reporting="MONTHLY", reporting_since=since, report_due_days=60)
    path, _ = ngo.referral(referred_in=month_id(LAST))
    ngo.partner.refresh_from_db()
    reference = UUID(path.rpartition("/")[2])
    purge(by=COMMAND, partner=ngo.partner, reference=reference, reason_code="ENTERED_IN_ERROR")
    assert not Referral.objects.exists()
    return ngo.partner


def button(page: str, month: date) -> str:
    """The form that completes a month."""
    return page.partition(f'action="/send/complete/{month_id(month)}/"')[2].partition("</form>")[0]


def test_the_desk_asks_whether_that_was_all(partner: Partner) -> None:
    browser = at(partner, MemberRole.CASEWORKER)
    home = text(browser.get("/send/"))
    assert "That was all" in button(home, LAST) and "Nothing to report" not in button(home, LAST)
    assert "Nothing to report" in button(home, later(LAST, -1))
    question = text(browser.post(COMPLETE, {"referrals": "0"}))
    assert "Was that all?" in question and "Is there nothing to report?" not in question
    browser.sure(COMPLETE, {"referrals": "0"})
    home = text(browser.get("/send/"))
    assert "The period is declared complete." in home and "there was nothing" not in home


def test_it_is_signed_as_complete_and_not_as_nothing_to_report(partner: Partner) -> None:
    mette = member(partner, MemberRole.CASEWORKER)
    browser = at(partner, MemberRole.CASEWORKER)
    for month in (LAST, later(LAST, -1)):
        browser.sure(f"/send/complete/{month_id(month)}/", {"referrals": "0"})
    content = content_of(partner.pk, LAST.year)
    [count] = [each for each in content.months if each.month == LAST]
    assert (count.referrals, count.declared, count.nil) == (0, True, False)
    document = document_of(mette, partner, LAST.year, 1, partner.created_at)
    assert signed_content(json.dumps(document)) == content
    page = rows(text(browser.get(f"/send/year/{LAST.year}/")))
    assert [month_words(LAST, "en"), "0", "0", "yes"] in page
    before = later(LAST, -1)
    page = rows(text(browser.get(f"/send/year/{before.year}/")))
    assert [month_words(before, "en"), "0", "0", "yes, nothing to report"] in page
