"""What staff read of mail: who was told what, and never a text or an address."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from partners.mail.kinds import MailResult
from partners.mail.models import Mailing, MailOutcome
from tests.callers import Caller
from tests.mail.boxes import ended
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
DAY = "2026-12-14"


def test_staff_read_in_words_what_a_mail_was_about(ngo: Caller, mail_on: list[EmailMessage]) -> None:
    person = member(ngo.partner).user
    keys = {"due_soon": DAY, "digest": "2026-W48", "delivery": str(uuid4()), "confirm": "0123456789abcdef"}
    for kind, key in keys.items():
        row = Mailing.objects.create(user=person, kind=kind, key=key, language="da")
    browser = signed_in(staff("one", "partner_manager"))
    listed = text(browser.get("/admin/mail/mailing/"))
    assert "14 Dec 2026" in listed and "23 Nov 2026" in listed and keys["delivery"][:8] in listed
    for page in (listed, text(browser.get(f"/admin/mail/mailing/{row.pk}/change/"))):
        assert not [key for key in keys.values() if key in page]


def test_the_first_page_leads_to_mails_that_were_not_sent_and_to_none_that_was(ngo: Caller) -> None:
    person = member(ngo.partner, name="karen").user
    browser = signed_in(staff("one", "partner_manager"))
    row = ended(person, "FAILED")
    assert "A mail was not sent" in text(browser.get("/admin/"))
    waiting = Mailing.objects.create(user=person, kind="digest", key="2026-W48", language="da")
    sent = ended(person, "SENT", "2026-12-21")
    assert "A mail was not sent" in text(browser.get("/admin/")), "one that waits since now will be"
    decided(waiting, days=2)
    page = text(browser.get("/admin/"))
    assert "2 mails were not sent" in page and "@" not in page
    way = "/admin/mail/mailing/?outcome=unsent"
    assert f'href="{way}"' in page
    listed = browser.get(way).content.decode()
    assert [str(each.pk) in listed for each in (row, waiting, sent)] == [True, True, False]
    for outcome, found in (("FAILED", row), ("waits", waiting), ("SENT", sent)):
        listed = browser.get(f"/admin/mail/mailing/?outcome={outcome}").content.decode()
        assert [each for each in (row, waiting, sent) if str(each.pk) in listed] == [found], outcome
    Mailing.objects.filter(pk=waiting.pk).update(begun_at=timezone.now())
    assert str(waiting.pk) in browser.get("/admin/mail/mailing/?outcome=unknown").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mail_mailoutcome DISABLE TRIGGER USER")
    MailOutcome.objects.update(at=timezone.now() - timedelta(days=15))
    assert "waiting-unsent_mail" not in text(browser.get("/admin/")), "what failed long ago stands on the list alone"


def decided(row: Mailing, *, days: int) -> None:
    """Let a mail have been decided on so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE mail_mailing DISABLE TRIGGER USER")
        Mailing.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=days))
        cursor.execute("ALTER TABLE mail_mailing ENABLE TRIGGER USER")


def test_mails_are_found_by_whose_they_are_and_by_day(ngo: Caller) -> None:
    browser = signed_in(staff("one", "partner_manager"))
    karen, bo = (ended(member(ngo.partner, name=name).user, "FAILED") for name in ("karen", "bo"))
    listed = browser.get("/admin/mail/mailing/?q=kar").content.decode()
    assert str(karen.pk) in listed and str(bo.pk) not in listed
    today = timezone.localdate()
    for day, is_there in ((today, True), (today.replace(year=today.year - 1, day=1), False)):
        path = f"/admin/mail/mailing/?asked_at__year={day.year}&asked_at__month={day.month}&asked_at__day={day.day}"
        assert (str(karen.pk) in browser.get(path).content.decode()) == is_there


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SENT", "the mail is sent"),
        ("SKIPPED", "no longer to be sent"),
        ("REFUSED", "ask that the address be corrected"),
        ("FAILED", "look at the mail server"),
        ("waits", "the mail is sent within minutes"),
        ("late", "why no mail is sent"),
        ("unknown", "the mail may have gone out"),
    ],
)
def test_the_page_of_a_mail_says_what_there_is_to_do(ngo: Caller, code: str, said: str) -> None:
    person = member(ngo.partner).user
    if code in list(MailResult):
        row = ended(person, code)
    else:
        row = Mailing.objects.create(user=person, kind="digest", key="2026-W48", language="da")
        if code == "late":
            decided(row, days=2)
        if code == "unknown":
            Mailing.objects.filter(pk=row.pk).update(begun_at=timezone.now())
    assert said in text(signed_in(staff("one", "partner_manager")).get(f"/admin/mail/mailing/{row.pk}/change/"))
