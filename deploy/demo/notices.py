"""The crisis of the demo, modelled on a pandemic, with three notices in nine languages.

The texts are invented. Of all but the Danish and the English ones no speaker of the language has read them, and each says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.codelists import NOTICE_CHANNEL, SERVICE_PLACE, SERVICE_STATE
from cases.months import midnight, this_month, today
from core.text import Text
from notices.acknowledgements import expected_partners
from notices.models import Acknowledgement, Crisis, Notice, ServiceStatus
from notices.texts import publish, review, write_text
from notices.work import work
from partners.kinds import Kind
from partners.models import Client
from sandbox import database

# By the subject of a notice and by language: its title, its text, and the same as a text message.
TEXTS: dict[str, dict[str, tuple[str, str, str]]] = json.loads(
    (Path(__file__).parent / "notice_texts.json").read_text(encoding="utf-8")
)
HEALTH = ("Sundhedsstyrelsen", "Danish Health Authority")
# Who issues a notice that the health authority does not.
ISSUERS = {"SUPPORT": ("Center mod Menneskehandel", "Danish Centre against Human Trafficking")}
FORMS = ["SITUATION"]
WEEKS = timedelta(weeks=5)
HOLDS = timedelta(days=60)


def declare_crisis(say: Callable[[str], None], author: User, approver: User) -> None:
    """Declare the crisis and publish its notices, unless one was declared already; and make the sheets that are missing.

    `approver` reviews what `author` wrote, and publishes it.
    """
    if not Crisis.objects.exists():
        say("declaring a crisis, with notices in nine languages")
        titles = {"title_da": "Epidemi (opdigtet)", "title_en": "Epidemic (invented)"}
        began = today() - WEEKS
        with transaction.atomic(), database.backdating():
            crisis = Crisis.objects.create(
                code="epidemic", started_on=began, declared_at=midnight(began), forms=FORMS, user=author, **titles
            )
        for subject, texts in TEXTS.items():
            publish_notice(crisis, subject, texts, author, approver)
    acknowledge(say)
    work(say)


def publish_notice(
    crisis: Crisis, subject: str, texts: dict[str, tuple[str, str, str]], author: User, approver: User
) -> None:
    """A notice in all its languages, Danish first, since the others translate that."""
    issuer_da, issuer_en = ISSUERS.get(subject, HEALTH)
    now = timezone.now()
    notice = Notice.objects.create(
        crisis=crisis,
        issuer_da=issuer_da,
        issuer_en=issuer_en,
        subject_code=subject,
        audience="POTENTIAL_VICTIMS",
        severity="Moderate",
        urgency="Expected",
        certainty="Likely",
        valid_from=now,
        valid_to=now + HOLDS,
        user=author,
    )
    for language, (title, text, sms) in texts.items():
        text_written = write_text(
            by=author, notice=notice, language=language, title=title, text=text, sms=sms, is_finished=True
        )
        review(by=approver, text=text_written, by_speaker=language in Text._fields)
        publish(by=approver, text=text_written)


def acknowledge(say: Callable[[str], None]) -> None:
    """Most partners have seen the notices, half of them have handed one on, and some say which services are open; once."""
    if Acknowledgement.objects.exists():
        return
    say("acknowledging notices")
    partners = [(each, Client.objects.filter(partner=each).first()) for each in expected_partners()]
    with_clients = [(partner, client) for partner, client in partners if client is not None]
    channels, places = NOTICE_CHANNEL.names, SERVICE_PLACE.names
    for number, (partner, client) in enumerate(with_clients):
        by = {"partner": partner, "client": client}
        for notice in Notice.objects.all():
            if number % 4:
                Acknowledgement.objects.create(notice=notice, kind="SEEN", **by)
            if number % 4 > 1:
                answer = {"kind": "HANDED_ON", "month": this_month(), "channel": channels[number % len(channels)]}
                Acknowledgement.objects.create(notice=notice, **answer, **by)
        if partner.kind == Kind.NGO:
            where = {"place": places[number % len(places)], "region": f"DK0{number % 5 + 1}"}
            state = SERVICE_STATE.names[number % len(SERVICE_STATE.names)]
            # Every second one keeps its place unknown.
            address = "Opdigtet Gade 1" if number % 2 else ""
            ServiceStatus.objects.create(state=state, address=address, **where, **by)
