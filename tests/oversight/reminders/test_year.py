"""A year of reminders on a moved clock: who was told what, when and in which language; and that no mail says anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils.translation import override

from cases.models import Case
from oversight.reminders import plan
from partners.mail.kinds import KINDS, day_of
from partners.mail.models import Mailing, MailOutcome
from partners.models import Client
from partners.staff import naming
from tests.api.calendars import stopped
from tests.oversight.reminders.year import EVENTS, World

pytestmark = pytest.mark.django_db
Sent = tuple[str, Mailing, EmailMessage]
# Day, kind, what it is about; to whom, in which language. Fritz is switched off, Tom's partner is in test mode and Uwe's has left:
# they are told nothing. Carl wants neither a week's warning nor Mondays. Dora's mail came back on 11 June, until she confirmed her
# address on 25 July: then what is still due is told. Otto may only look. Gamma confirms the agreement on 14 January; Beta says
# on 8 January that there was nothing in December, and Dora signs its year on the 22nd. Alpha declares its months complete when they
# are over, but for May, whose deadline completes it.
EXPECTED = """
2025-01-06 digest 2025-W02: dora/en eva/da
2025-01-06 staff 2025-W02: pia/da
2025-01-13 digest 2025-W03: dora/en eva/da
2025-01-13 staff 2025-W03: pia/da
2025-01-20 digest 2025-W04: dora/en
2025-02-03 digest 2025-W06: anna/da bo/en
2025-03-03 digest 2025-W10: anna/da bo/en
2025-03-07 due_soon 2025-03-14: anna/da bo/en
2025-04-07 digest 2025-W15: anna/da bo/en dora/en
2025-04-07 due_soon 2025-04-14: anna/da bo/en
2025-04-13 due_now 2025-04-14: anna/da bo/en
2025-04-14 digest 2025-W16: anna/da bo/en dora/en
2025-04-15 overdue 2025-04-14: anna/da bo/en
2025-04-16 reminder 2025-04-16: anna/da bo/en
2025-04-21 digest 2025-W17: anna/da bo/en dora/en
2025-04-23 due_soon 2025-04-30: dora/en
2025-06-02 digest 2025-W23: anna/da bo/en
2025-06-02 secret_soon 2025-07-01: eva/da
2025-06-02 staff 2025-W23: pia/da
2025-06-07 due_soon 2025-06-14: anna/da bo/en
2025-06-09 digest 2025-W24: anna/da bo/en
2025-06-09 staff 2025-W24: pia/da
2025-06-13 due_now 2025-06-14: anna/da bo/en
2025-06-16 staff 2025-W25: pia/da
2025-06-23 staff 2025-W26: pia/da
2025-06-25 secret_now 2025-07-01: eva/da
2025-06-30 staff 2025-W27: pia/da
2025-07-07 staff 2025-W28: pia/da
2025-07-14 staff 2025-W29: pia/da
2025-07-21 staff 2025-W30: pia/da
2025-07-25 due_soon 2025-07-30: dora/en
2025-07-28 digest 2025-W31: dora/en
2025-07-29 due_now 2025-07-30: carl/da dora/en
2025-09-01 digest 2025-W36: anna/da bo/en
2025-10-06 invitation 2025-10-08: anna/da
2025-10-06 staff 2025-W41: pia/da
2025-11-03 codes: rita/en
2025-12-01 digest 2025-W49: anna/da bo/en
"""


def days() -> Iterator[date]:
    """The days of the year."""
    return (date(2025, 1, 1) + timedelta(days=number) for number in range(365))


def live(monkeypatch: pytest.MonkeyPatch, box: list[EmailMessage]) -> tuple[World, list[Sent]]:
    """Live through the year. Returns what was sent: the day, the row and the mail."""
    clock, world, sent = stopped(monkeypatch), World(), []
    for day in days():
        clock(f"{day}T06:00")
        if str(day) in EVENTS:
            EVENTS[str(day)](world)
        clock(f"{day}T07:00")
        before = len(box)
        plan.run()
        if len(box) > before:
            outcomes = MailOutcome.objects.select_related("mailing__user").order_by("at")[before:]
            rows = [each.mailing for each in outcomes]
            sent += [(str(day), row, message) for row, message in zip(rows, box[before:], strict=True)]
            assert plan.run() == 0, "an hour later nobody is told again"
    return world, sent


def table(sent: list[Sent]) -> str:
    """What was sent, as the table above."""
    people: dict[str, list[str]] = defaultdict(list)
    for day, row, _ in sent:
        about = "" if row.kind == "codes" else f" {row.key}"
        people[f"{day} {row.kind}{about}"].append(f"{row.user.username}/{row.language}")
    return "\n".join(f"{what}: {' '.join(sorted(who))}" for what, who in sorted(people.items()))


def test_who_is_told_what_when_and_in_which_language_in_a_year(
    mail_on: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, sent = live(monkeypatch, mail_on)
    assert table(sent) == EXPECTED.strip()
    assert len(sent) == len(mail_on) > 30
    assert set(MailOutcome.objects.values_list("code", flat=True)) == {"SENT"}
    names = names_of(world)
    assert len(names) > 40
    for _, row, message in sent:
        says_nothing(row, message, names)


def names_of(world: World) -> set[str]:
    """What stands in no mail: people, organisations, clients, references, cases, and ids of rows."""
    callers = world.callers.values()
    return {
        *User.objects.values_list("username", flat=True),
        *(name for each in callers for name in (each.partner.name, str(each.partner.pk), each.token, each.secret)),
        *Client.objects.values_list("client_id", flat=True),
        *world.references,
        *Case.objects.values_list("token", flat=True),
        *(str(key) for key in Case.objects.values_list("pk", flat=True)),
        *(str(key) for key in Mailing.objects.values_list("pk", flat=True)),
    }


def says_nothing(row: Mailing, message: EmailMessage, names: set[str]) -> None:
    """A mail goes to one person, in the person's language, and has no figure but of the day that it is about, and no name."""
    own = row.user.username
    assert message.to == [f"{own}@partner.example"]
    text = f"{message.subject}\n{message.body}"
    with override(row.language):
        day = naming.day_of(day_of(row.key) or date.max)
    assert message.subject == KINDS[row.kind].subject(row.language).format(day=day)
    assert ("Du får denne mail" if row.language == "da" else "You get this mail") in text
    without_links = re.sub(
        r"https://henvis\.example/(send|account|admin|account/mail|account/mail/stop/[\w-]{22})/\n", "", text
    )
    assert "http" not in without_links
    assert re.findall(r"\d", without_links.replace(day, "")) == []
    raw: Any = message.message().as_string()
    told = " ".join(
        re.findall(r"[\w-]+", re.sub(r"(?m)^(To|Message-ID|List-Unsubscribe):.*$", "", f"{raw}\n{without_links}"))
    )
    assert [name for name in names if re.search(rf"(?i)(?<![\w-]){re.escape(name)}(?![\w-])", told)] == []
