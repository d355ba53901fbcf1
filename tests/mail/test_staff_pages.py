"""What staff read of mail: who was told what, and never a text or an address."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.mail import EmailMessage

from partners.mail.models import Mailing
from tests.callers import Caller
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
