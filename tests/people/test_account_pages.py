"""The account's pages: a manager looks after the own partner alone, and whoever is turned away reads why."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.credentials import check_secret, live_secrets
from partners.models import AccessRequest, AuditEvent, Secret
from partners.people import members
from partners.people.invitations import invite, open_invitations
from partners.people.models import Invitation, Membership
from partners.people.names import rename
from partners.people.pages.words import WORDS
from partners.roles import MemberRole
from tests.callers import Browser, Caller, make_caller
from tests.pages.tables import rows
from tests.people.visitors import invited_by_two, member, signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
SECRETS, PEOPLE = "/account/secrets/", "/account/people/"
# What differs between two answers that say the same: the tokens of forms, and how long the session lasts.
CSRF = re.compile(r'(name="csrfmiddlewaretoken" value|data-token|data-longest)="[^"]+"')
SECRET = re.compile(r"hv_live_[0-9a-f]{72}")
TOKEN = re.compile(r"hv_invite_[0-9a-f]{64}")
NEW = {"role": "CASEWORKER", "recipient": "the night watch"}


@pytest.fixture
def manager(ngo: Caller) -> Browser:
    """A manager of the NGO."""
    return signed_in(member(ngo.partner, MemberRole.MANAGER, "manager").user)


def test_a_manager_sees_the_own_clients_with_hint_end_and_last_use(
    manager: Browser, ngo: Caller, other_ngo: Caller
) -> None:
    page = text(manager.get(SECRETS))
    assert ngo.client.client_id in page
    assert f"…{ngo.secret[-4:]}" in page
    assert "not used yet" in page
    assert other_ngo.client.client_id not in page
    assert ngo.secret not in page
    assert "give it to your IT supplier alone" in page and 'href="/docs/?lang=en"' in page
    used = timezone.now() - timedelta(days=3)
    Secret.objects.update(last_used_at=used)
    assert f"last used {timezone.localtime(used):%-d %b %Y, %H:%M}" in text(manager.get(SECRETS))


def test_a_manager_rotates_a_secret_which_is_shown_once(manager: Browser, ngo: Caller) -> None:
    page = text(manager.sure(f"{SECRETS}rotate/", {"client": ngo.client.client_id}))
    found = SECRET.search(page)
    assert found
    assert check_secret(ngo.client.client_id, found[0])
    assert page.index(ngo.client.client_id) < found.start() and "data-copy" in page
    assert 'href="/docs/?lang=en"' in page and f'href="{SECRETS}"' in page
    ends = Secret.objects.get(hint=ngo.secret[-4:]).expires_at - timezone.now()
    assert timedelta(days=13) < ends <= timedelta(days=14)
    assert not SECRET.search(text(manager.get(SECRETS)))
    assert manager.sure(f"{SECRETS}rotate/", {"client": ngo.client.client_id}).status_code == 409
    event = AuditEvent.objects.get(action="secret.rotate")
    assert (event.user.username if event.user else None, event.subject) == ("manager", ngo.client.client_id)


@pytest.mark.parametrize(("language", "words"), [("da", "Læse egne henvisninger"), ("en", "Read own referrals")])
def test_what_a_client_may_do_stands_in_words(manager: Browser, language: str, words: str) -> None:
    page = text(manager.get(SECRETS, headers={"Accept-Language": language}))
    assert words in page and "referrals:read" not in page


def test_a_manager_revokes_a_secret_at_once(manager: Browser, ngo: Caller) -> None:
    row = live_secrets(ngo.client).get()
    assert manager.sure(f"{SECRETS}revoke/", {"row": str(row.pk)}).headers["Location"] == SECRETS
    assert ngo.get("/api/v1/me").status_code == 401


def test_rows_of_another_partner_are_not_found(manager: Browser, ngo: Caller, other_ngo: Caller) -> None:
    hers = member(other_ngo.partner, MemberRole.READER)
    invite(by=COMMAND, role="READER", partner=other_ngo.partner)
    before = AuditEvent.objects.count()
    foreign = {
        f"{SECRETS}rotate/": {"client": other_ngo.client.client_id},
        f"{SECRETS}revoke/": {"row": str(live_secrets(other_ngo.client).get().pk)},
        f"{PEOPLE}off/": {"row": str(hers.pk)},
        f"{PEOPLE}on/": {"row": str(hers.pk)},
        f"{PEOPLE}back/": {"row": str(hers.pk)},
        f"{PEOPLE}withdraw/": {"row": str(Invitation.objects.get().pk)},
    }
    for path, form in foreign.items():
        answers = []
        for sent in (form, dict.fromkeys(form, str(uuid4())), dict.fromkeys(form, "x"), dict.fromkeys(form, "\0"), {}):
            answer = manager.post(path, sent)
            assert answer.status_code == 404, (path, sent)
            answers.append(CSRF.sub("", answer.content.decode()))
        assert all(answer == answers[0] for answer in answers)
    assert other_ngo.get("/api/v1/me").status_code == 200
    assert User.objects.get(pk=hers.user_id).is_active
    assert open_invitations().count() == 1
    assert AuditEvent.objects.count() == before
    page = text(manager.get(PEOPLE))
    assert hers.user.username not in page


def test_a_manager_invites_for_the_own_partner(manager: Browser, ngo: Caller, other_ngo: Caller) -> None:
    page = text(manager.post(f"{PEOPLE}invite/", {**NEW, "partner": str(other_ngo.partner.pk)}))
    assert re.search(r"http://testserver/account/invitation/#hv_invite_[0-9a-f]{64}<", page)
    row = Invitation.objects.get()
    assert (row.partner, row.role, row.made_by) == (ngo.partner, "CASEWORKER", User.objects.get(username="manager"))
    for role in ("superuser", "auditor", "", "x"):
        assert manager.post(f"{PEOPLE}invite/", {**NEW, "role": role}).status_code == 409
    assert not TOKEN.search(text(manager.get(PEOPLE)))
    assert manager.sure(f"{PEOPLE}withdraw/", {"row": str(row.pk)}).status_code == 302
    assert not open_invitations().exists()


def test_open_invitations_are_told_apart_by_their_makers_and_moments(manager: Browser, ngo: Caller) -> None:
    """Of the centre nobody is named."""
    colleague = member(ngo.partner, MemberRole.MANAGER, "maja").user
    rename(colleague, "Maja Holm")
    office = [staff(name, is_superuser=True) for name in ("office", "colleague")]
    invite(by=Actor.of(colleague), role="CASEWORKER", partner=ngo.partner)
    invited_by_two(*office, role="CASEWORKER", partner=ngo.partner)
    page = text(manager.get(PEOPLE))
    assert "Only another manager of yours can change your own role." in page
    for row, maker in zip(Invitation.objects.order_by("made_at"), ("Maja Holm (maja)", "the centre"), strict=True):
        made = f"made {timezone.localtime(row.made_at):%-d %b %Y, %H:%M} by {maker}"
        question = text(manager.post(f"{PEOPLE}withdraw/", {"row": str(row.pk)}))
        assert made in page and made in question
        assert "office" not in page + question


def test_a_manager_switches_people_off_and_on_but_not_itself(manager: Browser, ngo: Caller) -> None:
    other = member(ngo.partner, MemberRole.CASEWORKER)
    theirs = signed_in(other.user)
    assert theirs.get("/account/").status_code == 200
    manager.sure(f"{PEOPLE}off/", {"row": str(other.pk)})
    assert theirs.get("/account/").status_code == 302
    Authenticator.objects.create(user=User.objects.get(username="manager"), type=Authenticator.Type.TOTP, data={})
    page = text(manager.get(PEOPLE))
    assert "switched off" in page
    assert rows(page)[0] == ["Name", "Role", "Last signed in", "Second factors", "Action"]
    signed = timezone.localtime(User.objects.get(username="manager").last_login)
    assert [f"{signed:%-d %b %Y, %H:%M}", "set up"] in [line[2:4] for line in rows(page)]
    assert "not set up" in [line[3] for line in rows(page) if len(line) > 3]
    manager.post(f"{PEOPLE}on/", {"row": str(other.pk)})
    assert User.objects.get(pk=other.user_id).is_active
    own = str(User.objects.get(username="manager").membership.pk)
    assert manager.sure(f"{PEOPLE}off/", {"row": own}).status_code == 409
    assert list(AuditEvent.objects.filter(action__startswith="person.").values_list("action", flat=True)) == [
        "person.on",
        "person.off",
    ]


def test_whom_the_centre_switched_off_the_centre_switches_on(manager: Browser, ngo: Caller) -> None:
    other, boss = member(ngo.partner, MemberRole.CASEWORKER), Actor.of(staff("boss", is_superuser=True))
    members.switch(by=boss, user=other.user, active=False)
    assert manager.post(f"{PEOPLE}on/", {"row": str(other.pk)}).status_code == 409
    assert not User.objects.get(pk=other.user_id).is_active
    manager.sure(
        f"{PEOPLE}off/", {"row": str(other.pk)}
    )  # is off already, and does not become the partner's to switch on
    assert manager.post(f"{PEOPLE}on/", {"row": str(other.pk)}).status_code == 409
    assert AuditEvent.objects.filter(action="person.off").count() == 1
    members.switch(by=boss, user=other.user, active=True)
    manager.sure(f"{PEOPLE}off/", {"row": str(other.pk)})
    assert manager.post(f"{PEOPLE}on/", {"row": str(other.pk)}).status_code == 302


def test_a_manager_gives_a_colleague_another_role_and_the_account_stays(manager: Browser, ngo: Caller) -> None:
    other, stranger = member(ngo.partner, MemberRole.READER, "rolf"), member(make_caller("NGO").partner)
    page = text(manager.get(PEOPLE))
    assert 'aria-label="New role: rolf"' in page
    wanted = {"row": str(other.pk), "role": "CASEWORKER"}
    assert "Give the person another role?" in text(manager.post(f"{PEOPLE}role/", wanted))
    assert Membership.objects.get(pk=other.pk).role == "READER"
    assert "rolf has a new role." in text(manager.sure(f"{PEOPLE}role/", wanted, follow=True))
    manager.sure(f"{PEOPLE}role/", wanted)
    row = Membership.objects.get(pk=other.pk)
    assert (row.role, row.user_id, signed_in(row.user).get("/send/one/").status_code) == (
        "CASEWORKER",
        other.user_id,
        200,
    )
    [event] = AuditEvent.objects.filter(action="person.role")
    assert (event.subject, event.detail["role"]) == (str(other.user_id), "CASEWORKER")
    own = str(User.objects.get(username="manager").membership.pk)
    for row_id, role, status in ((own, "READER", 409), (str(stranger.pk), "READER", 404), (str(other.pk), "BOSS", 409)):
        assert manager.sure(f"{PEOPLE}role/", {"row": row_id, "role": role}).status_code == status
    assert signed_in(row.user).sure(f"{PEOPLE}role/", {"row": own, "role": "READER"}).status_code == 403


def test_a_manager_brings_a_person_back(manager: Browser, ngo: Caller) -> None:
    other = member(ngo.partner, MemberRole.READER)
    assert not TOKEN.search(text(manager.sure(f"{PEOPLE}back/", {"row": str(other.pk)})))
    row, colleague = AccessRequest.objects.get(), signed_in(member(ngo.partner).user)
    assert TOKEN.search(text(colleague.sure(f"{PEOPLE}back/approve/", {"row": str(row.pk)})))
    assert Invitation.objects.get().user == other.user
    User.objects.filter(pk=other.user_id).update(is_active=False)
    assert not open_invitations().exists()
    assert manager.sure(f"{PEOPLE}back/", {"row": str(other.pk)}).status_code == 409


@pytest.mark.parametrize("role", [MemberRole.CASEWORKER, MemberRole.READER])
def test_others_of_the_partner_manage_nothing(ngo: Caller, role: MemberRole) -> None:
    browser = signed_in(member(ngo.partner, role).user)
    assert "/account/secrets/" not in text(browser.get("/account/"))
    for path in (SECRETS, PEOPLE):
        assert browser.get(path).status_code == 403
    secret = live_secrets(ngo.client).get()
    for path, form in (
        (f"{SECRETS}rotate/", {"client": ngo.client.client_id}),
        (f"{SECRETS}revoke/", {"row": str(secret.pk)}),
        (f"{PEOPLE}invite/", NEW),
    ):
        assert browser.sure(path, form).status_code == 403
    assert not Invitation.objects.exists()
    assert live_secrets(ngo.client).count() == 1


def test_staff_and_people_of_a_partner_that_is_switched_off_manage_nothing_here(manager: Browser, ngo: Caller) -> None:
    for path in (SECRETS, PEOPLE):
        assert signed_in(staff(f"boss{len(path)}", is_superuser=True)).get(path).status_code == 403
    ngo.partner.active = False
    ngo.partner.save()
    for path in (SECRETS, PEOPLE):
        assert manager.get(path).status_code == 403


def test_acts_are_posts_with_a_token(ngo: Caller) -> None:
    browser = signed_in(member(ngo.partner).user)
    browser.forging = True
    for path in ("secrets/rotate/", "secrets/revoke/", "people/invite/", "people/off/", "sessions/end/"):
        assert browser.get(f"/account/{path}").status_code == 405, path
        answer = browser.post(f"/account/{path}", {"client": ngo.client.client_id})
        assert answer.status_code == 403
    assert live_secrets(ngo.client).count() == 1


def test_who_is_turned_away_reads_a_page(manager: Browser) -> None:
    """A problem in JSON is for programs."""
    for path, status, why in (("/admin/", 403, "forbidden"), ("/account/nothing/", 404, "not_found")):
        for language, said in zip(("da", "en"), WORDS[why], strict=True):
            answer = manager.get(path, headers={"Accept-Language": language})
            assert answer.status_code == status
            strict(answer)
            assert said in answer.content.decode()
    for forged in ({"forging": True}, {"policy": "no-referrer"}):
        browser = Browser()
        vars(browser).update(forged)
        answer = browser.post("/account/login/", {"login": "a", "password": "b"})
        assert answer.status_code == 403
        assert WORDS["old_form"].en in html.unescape(answer.content.decode())


@pytest.mark.parametrize("contact", ["", "centre@example.dk"])
def test_the_account_says_whom_to_ask_and_where_mail_is_chosen(manager: Browser, settings: Any, contact: str) -> None:
    settings.HENVIS_SITE = {**settings.HENVIS_SITE, "contact": contact}
    page = text(manager.get("/account/"))
    assert ("Never write about a person in the mail." in page) is bool(contact)
    assert ("Write to the centre:" in page) is bool(contact)
    menu, _, main = page.partition("<main")
    assert "/account/mail/" not in menu
    assert main.index("<h2>Sessions</h2>") < main.index("<h2>Mail</h2>") < main.index('href="/account/mail/"')
    assert "Ask a manager of yours for a new link." in text(Browser().get("/account/login/"))


def test_each_page_says_who_is_signed_in(manager: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("/account/", "/send/"):
        assert ">Your account (manager)</a>" in text(manager.get(page))
    User.objects.update(first_name="Ida Holm")
    for page in ("/account/", "/send/"):
        assert ">Your account (Ida Holm)</a>" in text(manager.get(page))
    out = text(Browser().get("/account/login/"))
    assert 'href="/account/">Sign in</a>' in out and "Your account" not in out

    def down(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", down)
    manager.raise_request_exception = False
    failed = manager.get("/account/")
    assert failed.status_code == 503
    assert WORDS["unavailable"].en in failed.content.decode()
