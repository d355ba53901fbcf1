"""A crisis with notices, written, reviewed and published by those who may, with the rights of the web server."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from notices import acknowledgements, status, texts
from notices.models import FIRST_DAY, Crisis, Notice, NoticePublication, NoticeSheet, NoticeText, ServiceStatus
from partners.models import Client, Partner
from tests.callers import Caller, as_web_server
from tests.people.visitors import staff

DANISH = {
    "title": "Du kan få en gratis test",
    "text": "Du kan få en test for virus. Den koster ikke noget. Du skal ikke vise pas eller papirer.",
    "sms": "Du kan få en gratis test for virus. Ingen papirer. Ring 70 20 25 50.",
}
ENGLISH = {
    "title": "You can get a free test",
    "text": "You can get a test for the virus. It costs nothing. You need not show a passport or papers.",
    "sms": "You can get a free virus test. No papers. Call 70 20 25 50.",
}
ARABIC = {
    "title": "يمكنك إجراء فحص مجاني",
    "text": "يمكنك إجراء فحص للفيروس مجانًا. لا تحتاج إلى جواز سفر أو أوراق.",
    "sms": "فحص مجاني للفيروس. بدون أوراق. اتصل 70202550",
}

NOON = time(12)
# What is typed to declare a crisis.
CRISIS = {"code": "v", "title_da": "<a>", "title_en": "<b>", "started_on": "2026-03-11", "forms": "SITUATION"}


def user(name: str, role: str) -> User:
    """A member of staff with a role."""
    return User.objects.filter(username=name).first() or staff(name, role)


def writer() -> User:
    """Who writes notices."""
    return user("wanda", "partner_manager")


def reader() -> User:
    """Who reviews what the writer wrote."""
    return user("rita", "partner_manager")


def publisher() -> User:
    """Who publishes."""
    return user("peter", "approver")


def declare(**changes: Any) -> Crisis:
    """A crisis that began two weeks ago, or when it is said, and was declared on that day."""
    began = changes.setdefault("started_on", timezone.localdate() - timedelta(days=14))
    values = {"code": "virus", "title_da": "Epidemi", "title_en": "Epidemic", "user": writer()}
    values["declared_at"] = datetime.combine(max(began, FIRST_DAY), NOON, UTC)
    # The web server's role cannot date it.
    return Crisis.objects.create(**{**values, "forms": ["SITUATION"], **changes})


def create(crisis: Crisis | None = None, **changes: Any) -> Notice:
    """A notice without a text."""
    now = timezone.now()
    values = {
        "crisis": crisis or Crisis.objects.first() or declare(),
        "issuer_da": "Sundhedsstyrelsen",
        "issuer_en": "Danish Health Authority",
        "subject_code": "TEST",
        "audience": "POTENTIAL_VICTIMS",
        "severity": "Moderate",
        "urgency": "Expected",
        "certainty": "Likely",
        "valid_from": now - timedelta(hours=1),
        "valid_to": now + timedelta(days=30),
        "user": writer(),
    }
    with as_web_server():
        return Notice.objects.create(**{**values, **changes})


def write(notice: Notice, language: str = "da", by: User | None = None, **changes: Any) -> NoticeText:
    """A finished text."""
    words = {"da": DANISH, "ar": ARABIC}.get(language, ENGLISH)
    author = by or writer()
    with as_web_server():
        return texts.write_text(
            by=author, notice=notice, language=language, **{**words, "is_finished": True, **changes}
        )


def review(text: NoticeText, by: User | None = None) -> None:
    """Review a text."""
    who = by or reader()
    with as_web_server():
        texts.review(by=who, text=text)


def publish(text: NoticeText, by: User | None = None) -> None:
    """Publish a text."""
    who = by or publisher()
    with as_web_server():
        texts.publish(by=who, text=text)


def make_public(notice: Notice, *languages: str) -> NoticeText:
    """Write, review and publish texts. The last of them."""
    for language in languages or ("da",):
        text = write(notice, language)
        review(text)
        publish(text)
    return text


def say_open(partner: Partner) -> ServiceStatus:
    """A service of a partner is open, at an address."""
    by = {"partner": partner, "client": Client.objects.filter(partner=partner).first()}
    return ServiceStatus.objects.create(place="DROP_IN", region="DK01", state="OPEN", address="Algade 1", **by)


def withdraw(notice: Notice, replacement: Notice | None = None, by: User | None = None) -> None:
    """Withdraw a notice."""
    who = by or publisher()
    with as_web_server():
        texts.withdraw(by=who, notice=notice, replacement=replacement)


def one_of_each(caller: Caller) -> None:
    """A row of every table."""
    crisis = declare()
    notice = create(crisis)
    make_public(notice)
    NoticeSheet.objects.create(of=NoticePublication.objects.get(notice=notice), pdf=b"%PDF", digest="0" * 64)
    with as_web_server():
        acknowledgements.see(by=caller.principal, number=notice.pk)
        status.say(by=caller.principal, place="DROP_IN", region="DK01", state="OPEN")
    withdraw(notice)
    with as_web_server():
        texts.end_crisis(by=writer(), crisis=crisis, ended_on=timezone.localdate())
