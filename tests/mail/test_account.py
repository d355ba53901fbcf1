"""The account's page of mail: a person gives an address, confirms it, chooses, stops and forgets."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone

from partners.mail import plain_mail, sending
from partners.mail.addresses import MOST_CODES, forget_old
from partners.mail.kinds import KINDS
from partners.mail.models import AddressCode, Mailbox, Mailing
from partners.models import AuditEvent
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.mail.boxes import give_address
from tests.people.visitors import Elements, member, signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
PAGE, CONFIRM, AGAIN = "/account/mail/", "/account/mail/confirm/", "/account/mail/again/"
TOKEN = re.compile(r"hv_mail_[0-9a-f]{64}")
Box = list[EmailMessage]


@pytest.fixture
def person(ngo: Caller) -> User:
    """A caseworker."""
    return member(ngo.partner, MemberRole.CASEWORKER, "mette").user


def give(browser: Browser, address: str = "mette@ngo.example", **changes: Any) -> Any:
    """Fill in the form."""
    return browser.post(PAGE, {"address": address, "language": "da", "kinds": ["due_soon"], **changes}, follow=True)


def actions() -> list[tuple[str, dict[str, Any]]]:
    """The audit of mail."""
    return list(AuditEvent.objects.filter(action__startswith="mail.").order_by("at").values_list("action", "detail"))


def test_an_address_is_given_and_confirmed_by_the_link_that_is_mailed_to_it(person: User, mail_on: Box) -> None:
    browser = signed_in(person)
    assert "sending a link" in text(give(browser))
    assert mail_on == [], "no web process sends"
    assert sending.deliver() == 1
    [message] = mail_on
    assert message.to == ["mette@ngo.example"]
    assert message.subject == "Bekræft din mailadresse i Henvis"
    assert "List-Unsubscribe" not in message.extra_headers
    link, _, token = next(line for line in message.body.splitlines() if "#" in line).partition("#")
    assert link == "https://henvis.example/account/mail/confirm/"
    assert TOKEN.fullmatch(token)
    assert "people/invitation.js" in text(browser.get(CONFIRM))
    assert "does not fit" in text(browser.post(CONFIRM, {"token": token[:-1] + "x"}))
    assert Mailbox.objects.get().confirmed_at is None
    assert "is confirmed" in text(browser.post(CONFIRM, {"token": f" {token} "}, follow=True))
    assert Mailbox.objects.get().confirmed_at is not None
    assert actions() == [("mail.give", {}), ("mail.confirm", {})]
    assert token not in str(list(AddressCode.objects.values())) + str(list(Mailing.objects.values()))


def test_another_s_code_confirms_nothing(person: User, ngo: Caller, mail_on: Box) -> None:
    other = signed_in(member(ngo.partner).user)
    give(signed_in(person))
    give(other, "other@ngo.example")
    sending.deliver()
    token = TOKEN.search(next(str(each.body) for each in mail_on if "mette" in each.to[0]))
    assert token
    assert "does not fit" in text(other.post(CONFIRM, {"token": token[0]}))
    assert not Mailbox.objects.filter(confirmed_at__isnull=False).exists()


def test_without_signing_in_nothing_is_confirmed(person: User, mail_on: Box) -> None:
    for path in (PAGE, CONFIRM):
        assert Browser().get(path).headers["Location"].startswith("/account/login/")


def test_a_new_address_is_confirmed_anew_and_the_old_one_hears_nothing(person: User, mail_on: Box) -> None:
    give_address(person, "da")
    give(signed_in(person), "new@ngo.example")
    assert Mailbox.objects.get().confirmed_at is None
    sending.deliver()
    assert [message.to for message in mail_on] == [["new@ngo.example"]]


def test_choices_are_kept_and_change_no_address(person: User, mail_on: Box) -> None:
    row = give_address(person)
    assert "choice is saved" in text(give(signed_in(person), row.address, kinds=["due_soon", "digest"]))
    after = Mailbox.objects.get()
    assert (after.language, after.confirmed_at) == ("da", row.confirmed_at)
    assert set(after.opt_outs) == {"due_now", "overdue", "reminder", "delivery", "notice", "codes"}
    assert actions() == []
    give(signed_in(person), row.address, kinds=[name for name in KINDS if name in after.opt_outs])
    assert set(Mailbox.objects.get().opt_outs) == {"due_soon", "digest"}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (MemberRole.READER, {"codes"}),
        (
            MemberRole.CASEWORKER,
            {"due_soon", "due_now", "overdue", "reminder", "digest", "delivery", "notice", "codes"},
        ),
        (MemberRole.MANAGER, set(KINDS) - {"confirm", "idle", "restore", "staff"}),
    ],
)
def test_each_role_is_offered_what_it_may_get(ngo: Caller, mail_on: Box, role: MemberRole, kinds: set[str]) -> None:
    assert offered(member(ngo.partner, role).user) == kinds


def test_staff_are_offered_what_is_theirs(mail_on: Box) -> None:
    assert offered(staff("one", "auditor")) == {"codes", "staff"}


def offered(user: User) -> set[str]:
    """The kinds on a person's page."""
    page = Elements(text(signed_in(user).get(PAGE)))
    return {given["value"] or "" for tag, given in page.found if tag == "input" and given.get("name") == "kinds"}


def test_a_kind_that_is_not_offered_is_refused(person: User, mail_on: Box) -> None:
    assert "Select a valid choice" in text(give(signed_in(person), kinds=["secret_soon"]))
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("address", ["mette", "mette@", "a@b.example\nBcc: c@d.example", "mø@ngo.example"])
def test_what_is_no_address_is_refused(person: User, mail_on: Box, address: str) -> None:
    page = text(give(signed_in(person), address))
    assert re.search(r'form-error-message"[^>]*>[A-Z]', page)
    assert not Mailbox.objects.exists()


def test_five_links_a_day_and_no_more(person: User, mail_on: Box) -> None:
    browser = signed_in(person)
    for number in range(MOST_CODES):
        give(browser, f"stranger-{number}@elsewhere.example")
    assert "five links" in text(give(browser, "another@elsewhere.example"))
    assert Mailbox.objects.get().address == f"stranger-{MOST_CODES - 1}@elsewhere.example"
    assert "five links" in text(browser.post(AGAIN, follow=True))
    assert Mailing.objects.count() == MOST_CODES


def test_a_new_link_for_an_address_that_is_not_confirmed(person: User, mail_on: Box) -> None:
    browser = signed_in(person)
    browser.post(AGAIN)
    assert not Mailing.objects.exists()
    give(browser)
    assert "Send a new link" in text(browser.get(PAGE))
    browser.post(AGAIN)
    assert sending.deliver() == 2
    assert len({TOKEN.findall(str(message.body))[0] for message in mail_on}) == 2


def test_an_address_is_forgotten_when_its_person_says_so_or_is_switched_off(person: User, mail_on: Box) -> None:
    give_address(person)
    assert "deleted" in text(give(signed_in(person), ""))
    assert Mailbox.objects.get().address == ""
    Mailbox.objects.update(address="again@ngo.example")
    forget_old()
    assert Mailbox.objects.get().address
    User.objects.filter(pk=person.pk).update(is_active=False)
    forget_old()
    assert Mailbox.objects.get().address == ""
    assert actions() == [("mail.forget", {}), ("mail.forget", {})]


def test_codes_that_nobody_used_are_deleted(person: User) -> None:
    past = timezone.now() - timedelta(days=1)
    AddressCode.objects.create(digest="a", user=person, about=past, expires_at=past)
    forget_old()
    assert not AddressCode.objects.exists()


def test_no_log_holds_an_address_a_code_or_a_link(
    person: User, mail_on: Box, capfd: pytest.CaptureFixture[str]
) -> None:
    browser, link = signed_in(person), plain_mail.signature(person.pk, "digest")
    give(browser)
    give(browser, "wrong@@ngo.example")
    browser.post(CONFIRM, {"token": "hv_mail_" + "0" * 64})
    browser.post(f"{PAGE}stop/{link}/")
    lines = capfd.readouterr().err
    assert lines.count('"event": "request"') >= 4
    assert not [each for each in ("ngo.example", "hv_mail_", link) if each in lines]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_keep_a_strict_policy_in_both_languages(person: User, mail_on: Box, language: str) -> None:
    browser = signed_in(person)
    give(browser)
    for path in (PAGE, CONFIRM, f"{PAGE}stop/{plain_mail.signature(person.pk, 'digest')}/"):
        answer = browser.get(path, headers={"Accept-Language": language})
        strict(answer)
        assert f'<html lang="{language}">' in text(answer)
        assert "no-store" in answer["Cache-Control"]


def test_the_page_says_where_no_mail_is_sent(person: User) -> None:
    assert "sends no mail at present" in text(signed_in(person).get(PAGE))
    assert 'href="/account/mail/"' in text(signed_in(person).get("/account/"))


def test_a_click_in_a_mail_stops_its_kind_without_signing_in(person: User, mail_on: Box) -> None:
    give_address(person)
    path = plain_mail.address(person.pk, "digest").removeprefix("https://henvis.example")
    program = Browser()
    program.forging = True
    assert "<form method=" in text(program.get(path))
    assert Mailbox.objects.get().opt_outs == [], "a program that looks at links stops nothing"
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Mailbox.objects.get().opt_outs == ["digest"]
    assert program.post(path).status_code == 200
    assert actions() == [("mail.stop", {"kind": "digest", "by_link": True})], "a link that is used again writes nothing"


@pytest.mark.parametrize("wrong", ["x", "æ", "A" * 22, "A" * 4000])
def test_another_link_stops_nothing(person: User, mail_on: Box, wrong: str) -> None:
    give_address(person)
    answer = Browser().post(f"{PAGE}stop/{wrong}/")
    assert answer.status_code == 404
    assert "does not work" in answer.content.decode()
    assert Mailbox.objects.get().opt_outs == []


def test_no_link_stops_a_code(person: User, mail_on: Box) -> None:
    give_address(person)
    assert plain_mail.find(plain_mail.signature(person.pk, "confirm")) is None
    assert plain_mail.find(plain_mail.signature(person.pk, "digest")) == (person.pk, "digest")
    # So long a number is not in a signature by chance.
    assert "987654321" not in plain_mail.address(987654321, "digest")
