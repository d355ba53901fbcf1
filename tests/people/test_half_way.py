"""Who has shown the password and not yet a factor: what ends a session ends that too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from partners.audit import COMMAND
from partners.people import members
from partners.people.invitations import accept, invite
from partners.people.models import WebSession
from partners.roles import SUPERUSER
from tests.callers import Browser
from tests.people.conftest import Clock
from tests.people.visitors import PASSWORD, code, password, signed_in, staff, with_app

pytestmark = pytest.mark.django_db
FACTOR = "/account/login/factor/"
NEW = "another-long-password"


def half_way(name: str, given: str = PASSWORD) -> Browser:
    """A browser in which the password was shown."""
    browser = Browser()
    assert password(browser, name, given).headers["Location"] == FACTOR
    return browser


def gets_in(browser: Browser, secret: str) -> bool:
    """Whether the right code leads in."""
    browser.post(FACTOR, {"code": code(secret)})
    return bool(browser.get("/account/").status_code == 200)


def changes_it(user: User) -> None:
    """The person changes the password in another browser."""
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert signed_in(user).post("/account/password/", new).headers["Location"] == "/account/"


def is_set_on_the_server(user: User) -> None:
    """As `manage.py changepassword` does it, and as a sign-in under way meets it."""
    user.set_password(NEW)
    user.save()


def is_off_and_on(user: User) -> None:
    """The account is switched off, and on again."""
    members.switch(by=COMMAND, user=user, active=False)
    members.switch(by=COMMAND, user=user, active=True)


def is_off_in_the_admin_and_on(user: User) -> None:
    """A superuser takes the tick from `active`; later it comes back."""
    boss = signed_in(staff("boss", is_superuser=True))
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00"}
    boss.post(f"/admin/auth/user/{user.pk}/change/", {"username": user.username, **joined})
    assert not User.objects.get(pk=user.pk).is_active
    members.switch(by=COMMAND, user=user, active=True)


def ends_the_others(user: User) -> None:
    """The person ends the other sessions."""
    signed_in(user).sure("/account/sessions/end/")


ENDING = (
    changes_it,
    is_set_on_the_server,
    is_off_and_on,
    is_off_in_the_admin_and_on,
    ends_the_others,
)


def test_a_sign_in_half_way_goes_on_in_its_own_browser(clock: Clock) -> None:
    secret = with_app(staff("ida"))
    browser = half_way("ida")
    browser.post(FACTOR, {"code": code(secret, 5)})
    assert gets_in(browser, secret)


@pytest.mark.parametrize("happens", ENDING)
def test_what_ends_sessions_ends_a_sign_in_half_way(happens: Callable[[User], None], clock: Clock) -> None:
    user, other = staff("ida"), staff("eva")
    secret, hers = with_app(user), with_app(other)
    browser, second = half_way("ida"), half_way("eva")
    happens(User.objects.get(pk=user.pk))
    assert not gets_in(browser, secret)
    assert gets_in(second, hers)
    clock.next_code()
    given = NEW if not User.objects.get(pk=user.pk).check_password(PASSWORD) else PASSWORD
    assert gets_in(half_way("ida", given), secret)


@pytest.mark.parametrize("new", [NEW, PASSWORD])
def test_an_account_that_was_brought_back_is_not_entered_with_what_was_shown_before(clock: Clock, new: str) -> None:
    user = staff("ida", is_superuser=True)
    with_app(user)
    browser = half_way("ida")
    accept(token=invite(by=COMMAND, role=SUPERUSER, user=user), username="", password=new)
    assert not WebSession.objects.filter(user=user).exists()
    assert not gets_in(browser, with_app(user))


def test_an_invitation_is_accepted_in_the_browser_that_was_half_way() -> None:
    user = staff("ida", is_superuser=True)
    with_app(user)
    browser = half_way("ida")
    token = invite(by=COMMAND, role=SUPERUSER, user=user)
    sent = {"token": token, "username": "", "password1": NEW, "password2": NEW}
    assert browser.post("/account/invitation/", sent).headers["Location"] == "/account/setup/"
    assert browser.get("/account/setup/").status_code == 200


def test_a_new_password_leaves_no_other_session_of_the_person(clock: Clock) -> None:
    user = staff("ida")
    with_app(user)
    half_way("ida")
    changes_it(user)
    assert WebSession.objects.filter(user=user).count() == 1


def test_a_sign_in_half_way_is_no_session_that_the_person_sees(clock: Clock) -> None:
    user = staff("ida")
    secret = with_app(user)
    browser = half_way("ida")
    seen = signed_in(user)
    assert seen.get("/account/").content.decode().count('<td data-name="Began">') == 1
    WebSession.objects.update(began_at=timezone.now() - timedelta(hours=7))
    assert gets_in(browser, secret)
    assert WebSession.objects.filter(user=user, began_at__gt=timezone.now() - timedelta(minutes=1)).count() == 1
    assert seen.get("/account/").content.decode().count('<td data-name="Began">') == 2
