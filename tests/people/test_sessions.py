"""Sessions end: when idle, after their longest time, with the account, with the password, and when their person says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from partners.audit import COMMAND
from partners.models import AuditEvent
from partners.people import members
from partners.people.models import WebSession
from partners.people.pages.words import WORDS
from partners.people.sessions import BEGAN
from tests.callers import Browser
from tests.people.visitors import PASSWORD, signed_in, staff

pytestmark = pytest.mark.django_db


def inside(browser: Browser) -> bool:
    """Whether the browser is signed in."""
    return bool(browser.get("/account/").status_code == 200)


def put_back(**by: timedelta) -> None:
    """As if the session's moments lay further back."""
    now = timezone.now()
    WebSession.objects.update(**{name: now - past for name, past in by.items()})


def test_a_session_ends_when_nobody_uses_it() -> None:
    browser = signed_in(staff("ida"))
    put_back(seen_at=timedelta(minutes=29))
    assert inside(browser)
    assert WebSession.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
    put_back(seen_at=timedelta(minutes=31))
    assert not inside(browser)
    assert browser.get("/admin/").status_code == 302


def test_a_session_ends_after_eight_hours_however_busy_it_is() -> None:
    browser = signed_in(staff("ida"))
    put_back(began_at=timedelta(hours=7, minutes=59))
    assert inside(browser)
    put_back(began_at=timedelta(hours=8, minutes=1))
    assert not inside(browser)


def test_whoever_fills_in_a_form_is_asked_before_the_session_ends_and_stays(client: Browser) -> None:
    """WCAG 2.2.1: a time limit is told in time, and prolonged by a click."""
    browser = signed_in(staff("ida"))
    session = browser.session
    session[BEGAN] = (timezone.now() - timedelta(hours=7)).isoformat()
    session.save()
    put_back(seen_at=timedelta(minutes=29))
    assert browser.post("/account/sessions/stay/").status_code == 204
    assert WebSession.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
    for page in ("/account/", "/admin/"):
        html = browser.get(page).content.decode()
        idle, longest = (int(re.search(rf'data-{name}="(\d+)"', html)[1]) for name in ("idle", "longest"))  # type: ignore[index]
        assert idle < 30 * 60
        assert 0 < longest <= 60 * 60
    put_back(seen_at=timedelta(minutes=31))
    assert browser.post("/account/sessions/stay/").status_code == 302
    assert 'id="stay"' not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_form_that_comes_after_the_end_of_its_session_is_told_to_be_lost(language: str) -> None:
    """Once: neither whoever reads a page is told so, nor who mistypes the password then."""
    browser = signed_in(staff("ida"))
    put_back(seen_at=timedelta(minutes=31))
    words = WORDS["form_lost"](language)
    spoken = {"Accept-Language": language}
    place = browser.post("/account/name/", {"name": "Ida"}).headers["Location"]
    assert words in browser.get(place, headers=spoken).content.decode()
    assert words not in browser.post(place, {"login": "ida", "password": "wrong"}, headers=spoken).content.decode()
    assert words not in browser.get(browser.get("/account/name/").headers["Location"], headers=spoken).content.decode()


def test_saving_a_session_does_not_begin_it_anew() -> None:
    browser = signed_in(staff("ida"))
    began = WebSession.objects.get().began_at
    session = browser.session
    session["more"] = 1
    session.save()
    session.cycle_key()
    assert WebSession.objects.get().began_at == began


def test_a_session_of_an_account_that_is_switched_off_ends_at_once() -> None:
    user, boss = staff("ida"), staff("boss", is_superuser=True)
    browser = signed_in(user)
    members.switch(by=COMMAND, user=user, active=False)
    assert not WebSession.objects.filter(user=user).exists()
    assert not inside(browser)
    members.switch(by=COMMAND, user=user, active=True)
    browser = signed_in(user)
    admin = signed_in(boss)
    admin.post(
        f"/admin/auth/user/{user.pk}/change/",
        {"username": "ida", "date_joined_0": "2026-01-01", "date_joined_1": "00:00"},
    )
    assert not User.objects.get(pk=user.pk).is_active
    assert not inside(browser)
    members.switch(by=COMMAND, user=user, active=True)
    assert not inside(browser)
    assert AuditEvent.objects.get(action="person.change").user_id == boss.pk


def test_a_new_password_ends_the_other_sessions() -> None:
    user = staff("ida")
    browser, other = signed_in(user), signed_in(user)
    new = {"oldpassword": PASSWORD, "password1": "another-long-password", "password2": "another-long-password"}
    assert browser.post("/account/password/", {**new, "oldpassword": "wrong"}).status_code == 200
    assert browser.post("/account/password/", {**new, "password1": "short", "password2": "short"}).status_code == 200
    assert inside(other)
    assert browser.post("/account/password/", new).headers["Location"] == "/account/"
    assert inside(browser)
    assert not inside(other)
    assert AuditEvent.objects.get(action="person.password").user_id == user.pk
    assert browser.get("/admin/password_change/").headers["Location"] == "/account/password/"


def test_a_person_sees_and_ends_the_own_other_sessions() -> None:
    user, other = staff("ida"), staff("eva")
    browser, second, hers = signed_in(user), signed_in(user), signed_in(other)
    assert browser.get("/account/").content.decode().count('<td data-name="Began">') == 2
    assert browser.get("/account/sessions/end/").status_code == 405
    browser.sure("/account/sessions/end/")
    assert inside(browser)
    assert not inside(second)
    assert inside(hers)
    assert AuditEvent.objects.get(action="person.end_sessions").detail == {"ended": 1}


def test_sessions_hold_no_address_and_no_browser() -> None:
    browser = signed_in(staff("ida"))
    browser.get("/account/", headers={"User-Agent": "Peculiar/1.0"}, REMOTE_ADDR="192.0.2.7")
    row = WebSession.objects.get()
    assert "192.0.2.7" not in str(row.__dict__) + str(browser.session.items())
    assert "Peculiar" not in str(row.__dict__) + str(browser.session.items())


def test_tidy_deletes_sessions_that_ended(capsys: pytest.CaptureFixture[str]) -> None:
    signed_in(staff("ida"))
    put_back(seen_at=timedelta(hours=1))
    kept = signed_in(staff("eva"))
    call_command("tidy")
    assert " 1 sessions, " in capsys.readouterr().out
    assert inside(kept)
