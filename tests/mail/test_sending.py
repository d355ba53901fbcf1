"""Sending: once or never, to whoever may get it, with nothing in it; and what comes back."""

from __future__ import annotations

import email.policy
import io
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from partners.mail import plain_mail, sending
from partners.mail.kinds import KINDS, PREFERENCES
from partners.mail.models import Mailbox, Mailing
from partners.mail.sending import Occasion
from partners.models import AuditEvent
from tests.callers import Caller
from tests.mail.boxes import give_address, outcomes
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]
DAY = "2026-12-14"


@pytest.fixture
def person(ngo: Caller) -> User:
    """A manager with an address."""
    user = member(ngo.partner, name="karen").user
    give_address(user, "da")
    return user


def ask(user: User, kind: str = "due_soon", key: str = DAY) -> list[Mailing]:
    """Decide that somebody gets a mail."""
    return sending.ask([Occasion(user.pk, kind, key)])


def test_a_mail_has_a_day_and_links_and_nothing_else(person: User, mail_on: Box) -> None:
    ask(person)
    assert sending.deliver() == 1
    [message] = mail_on
    assert message.subject == "Jeres indberetning har frist 14. dec. 2026"
    assert re.findall(r"https?://[^\s/]+(\S*)", str(message.body))[:2] == ["/send/", PREFERENCES]
    assert "alternatives" not in message.__dict__ or not message.alternatives  # type: ignore[attr-defined]
    assert outcomes() == ["SENT"]


def test_what_servers_and_programs_are_told(person: User, mail_on: Box) -> None:
    """As bytes: a header that is long is not taken apart into words that no mail program reads."""
    ask(person)
    sending.deliver()
    [message] = mail_on
    assert message.from_email == "returns@centre.example", "the envelope's sender, to which mail comes back"
    lines = message.message(policy=email.policy.SMTP).as_bytes().decode()
    head = re.sub(r"\r\n[ \t]+", " ", lines.partition("\r\n\r\n")[0]).split("\r\n")
    told = dict(line.split(": ", 1) for line in head)
    assert told["From"] == "Henvis <henvis@centre.example>"
    assert told["Reply-To"] == "help@centre.example"
    assert told["Auto-Submitted"] == "auto-generated"
    assert told["Content-Language"] == "da"
    assert re.fullmatch(r"<[0-9a-f]{32}@centre\.example>", told["Message-ID"])
    assert re.fullmatch(r"<https://henvis\.example/account/mail/stop/[\w-]{22}/>", told["List-Unsubscribe"])
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not {"X-Mailer", "Sender", "Received", "Organization"} & set(told)
    assert told["Content-Type"].startswith("text/plain")


def test_a_long_address_of_the_service_leaves_the_header_whole(person: User, mail_on: Box, settings: Any) -> None:
    settings.HENVIS_ADDRESS = f"https://{'a' * 60}.{'b' * 60}.example"
    ask(person)
    sending.deliver()
    head, _, body = mail_on[0].message(policy=email.policy.SMTP).as_bytes().partition(b"\r\n\r\n")
    assert f"List-Unsubscribe: <{settings.HENVIS_ADDRESS}/account/mail/stop/".encode() in head
    assert body.isascii()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"confirm"}))
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_is_written_in_both_languages_and_leads_to_a_fixed_page(
    person: User, mail_on: Box, kind: str, language: str
) -> None:
    row = Mailing(user=person, kind=kind, key=DAY, language=language)
    message = plain_mail.write(row, "karen@partner.example")
    assert "{" not in f"{message.subject}{message.body}"
    assert message.body.startswith(str(KINDS[kind].body(language))[:12])
    assert KINDS[kind].path in {"/send/", "/account/", "/admin/"}
    assert f"https://henvis.example{KINDS[kind].path}\n" in message.body
    assert ("14. dec. 2026" if language == "da" else "14 Dec 2026") in message.body or "{day}" not in KINDS[
        kind
    ].body.en


def test_nobody_is_told_twice(person: User, mail_on: Box) -> None:
    assert len(ask(person)) == 1
    assert ask(person) == []
    assert sending.deliver() == 1
    assert sending.deliver() == 0
    assert ask(person) == []
    assert len(mail_on) == 1


def test_a_worker_that_dies_in_between_has_sent_it_for_all_we_know(
    person: User, mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Death(BaseException):
        pass

    def die(*_: object) -> None:
        raise Death

    ask(person)
    with monkeypatch.context() as patch, pytest.raises(Death):
        patch.setattr(EmailBackend, "send_messages", die)
        sending.deliver()
    assert Mailing.objects.get().begun_at is not None
    assert outcomes() == []
    assert sending.deliver() == 0
    assert mail_on == []
    role = signed_in(staff("one", "partner_manager"))
    assert "unknown" in text(role.get("/admin/mail/mailing/"))


def test_a_server_that_is_away_takes_nothing_in_hand(
    person: User, mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise ConnectionRefusedError

    ask(person)
    with monkeypatch.context() as patch, pytest.raises(ConnectionRefusedError):
        patch.setattr(EmailBackend, "open", away)
        sending.deliver()
    assert Mailing.objects.get().begun_at is None
    assert sending.deliver() == 1


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A server that refuses what it gets."""

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_an_address_that_the_server_refuses_for_good_gets_no_more(
    person: User, mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(person)
    with monkeypatch.context() as patch:
        refusing(patch, SMTPRecipientsRefused({"karen@partner.example": (550, b"no such user")}))
        assert sending.deliver() == 0
    assert outcomes() == ["REFUSED"]
    assert Mailbox.objects.get().bounced_at is not None
    assert ask(person, key="2027-01-14") == []
    assert AuditEvent.objects.filter(action="mail.bounce", subject=str(person.pk)).count() == 1


@pytest.mark.parametrize(
    "error",
    [SMTPRecipientsRefused({"karen@partner.example": (450, b"later")}), SMTPDataError(554, b"x"), OSError("gone")],
)
def test_what_is_refused_for_now_marks_nobody_and_is_logged_without_an_address(
    person: User, mail_on: Box, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    ask(person)
    refusing(monkeypatch, error)
    with structlog.testing.capture_logs() as logs:
        sending.deliver()
    assert outcomes() == ["FAILED"]
    assert Mailbox.objects.get().bounced_at is None
    assert [each["event"] for each in logs] == [sending.NOT_SENT]
    assert "partner.example" not in str(logs)


class Flaky:
    """A server that ends the connection after each mail, and after `most` connections is away."""

    def __init__(self, most: int) -> None:
        self.is_open, self.left, self.sent = False, most, 0

    def open(self) -> None:
        """Connect where there is no connection."""
        if not self.is_open:
            if not self.left:
                raise ConnectionRefusedError
            self.is_open, self.left = True, self.left - 1

    def close(self) -> None:
        """Leave the connection."""
        self.is_open = False

    def send_messages(self, messages: list[EmailMessage]) -> None:
        """Take one mail for each connection."""
        if self.sent % 2:
            self.sent += 1
            raise SMTPServerDisconnected
        self.sent += 1


def test_a_connection_that_ends_costs_one_mail_and_a_server_that_is_away_none(
    person: User, mail_on: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 6):
        ask(person, key=f"2026-12-0{day}")
    server = Flaky(2)
    monkeypatch.setattr(sending, "mailers", SimpleNamespace(default=server))
    with pytest.raises(ConnectionRefusedError):
        sending.deliver()
    assert outcomes() == ["SENT", "FAILED", "SENT", "FAILED"]
    assert Mailing.objects.filter(begun_at=None).count() == 1, "it is sent once the server is there again"


def test_where_no_mail_is_configured_nothing_is_decided_and_staff_read_it(person: User) -> None:
    assert ask(person) == []
    assert sending.deliver() == 0
    assert not Mailing.objects.exists()
    for screen in ("mailbox", "mailing"):
        page = text(signed_in(staff(f"one-{screen}", "partner_manager")).get(f"/admin/mail/{screen}/"))
        assert "No mail is sent" in page


def test_a_worker_without_a_server_leaves_what_waits(person: User, mail_on: Box, settings: Any) -> None:
    settings.HENVIS_MAIL_SERVER = False
    ask(person)
    with structlog.testing.capture_logs() as logs:
        assert sending.deliver() == 0
    assert [each["log_level"] for each in logs] == ["error"]
    assert Mailing.objects.get().begun_at is None


def report(row: Mailing, address: str, action: str = "failed", quote: str | None = None) -> bytes:
    """A mail server's report (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt did not work.\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {quote or plain_mail.message_id(row.pk)}\n"
        f"To: {address}\n\n--b--\n"
    ).encode()


@pytest.fixture
def mailing(person: User, mail_on: Box) -> Mailing:
    """A mail that was sent."""
    [row] = ask(person)
    sending.deliver()
    return row


def test_a_report_marks_the_address(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    content = report(mailing, "Karen@Partner.example")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    told = io.StringIO()
    call_command("bounces", stdout=told)
    assert told.getvalue() == "1 addresses marked\n"
    row = Mailbox.objects.get()
    assert (row.confirmed_at, row.bounced_at is not None) == (None, True)
    assert sending.read(content) == 0, "it is marked already"


def test_what_is_no_report_of_a_mail_of_ours_marks_nobody(mailing: Mailing, ngo: Caller) -> None:
    other = member(ngo.partner).user
    give_address(other)
    for content in (
        b"",
        b"\xff\x00 no mail",
        report(mailing, "karen@partner.example", action="delayed"),
        report(mailing, "karen@partner.example", quote="<0123@centre.example>"),
        report(mailing, f"{other.username}@partner.example"),
        report(mailing, "nobody@partner.example"),
        report(mailing, "karen@partner.example").replace(b"message/delivery-status", b"text/plain"),
    ):
        assert sending.read(content) == 0
    assert not Mailbox.objects.filter(bounced_at__isnull=False).exists()


def test_staff_see_whom_to_call_and_no_address(mailing: Mailing, ngo: Caller, person: User) -> None:
    manager = signed_in(staff("one", "partner_manager"))
    assert "karen" not in text(manager.get("/admin/mail/mailbox/"))
    sending.mark(person.pk)
    pages = [text(manager.get(f"/admin/mail/mailbox/{path}")) for path in ("", f"{person.pk}/change/")]
    for page in pages:
        assert "karen" in page
        assert ngo.partner.name in page
        assert "partner.example" not in page
    assert signed_in(staff("two", "case_manager")).get("/admin/mail/mailbox/").status_code == 403
