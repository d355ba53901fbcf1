"""What the staff's page of a partner says is to be done about mail to its people."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from core.text import Text
from partners.mail.models import Mailbox
from partners.models import Partner
from partners.people.rights import MAY_INVITE
from partners.staff import partner_page
from partners.staff.partner_page import PartnerLine, Reader, Stage


def steps(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """People whose mail comes back, in number: nothing reaches them but a call."""
    boxes = Mailbox.objects.filter(bounced_at__isnull=False, user__is_active=True, user__membership__partner=partner)
    if partner.active and (number := boxes.count()):
        people = Text("én bruger", "one person") if number == 1 else Text(f"{number} brugere", f"{number} people")
        words = Text(
            f"Mail til {people.da} kommer retur: ring til partneren, så adressen kan rettes.",
            f"Mail to {people.en} comes back: call the partner, so that the address is put right.",
        )
        yield PartnerLine(words, reverse("admin:mail_mailbox_changelist"), "mail.view_mailbox")


partner_page.add_steps(Stage.CONTACT, right=MAY_INVITE, find=steps)
