"""The middleware of pages with a session, and their gate: without a second factor a person can only sign in and set one up.

API requests pass Django's own by, which saves each 0.1 ms. The library records in the session which factor the person has shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import deactivate

# What a session keeps between the two steps of signing in: a digest of the password that was shown.
FIRST_STEP = "henvis_first_step"


# Recovery codes alone are no factor.
FACTORS: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_shown_factor(request: HttpRequest) -> bool:
    """Whether the person has shown a second factor in this session."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_factor(user: User | AnonymousUser) -> bool:
    """Whether the person has an app or a passkey. Recovery codes alone do not count."""
    return bool(FACTORS.filter(user_id=user.pk).exists())


def count_as_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Count a new factor as shown, since setting it up took a proof. The session gets a new key, as with every gain of rights."""
    post_authentication(request, authenticator, reauthenticated=True)
    request.session.cycle_key()


# The pages with a session: the admin, what people do with their own account, and the desk of a partner's people.
PEOPLE = ADMIN, ACCOUNT, DESK = "/admin/", "/account/", "/send/"
# For everybody, and for who has signed in with a password and has no factor yet, or has not shown it.
OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_invitation",
    "account_language",
    "mail_stop",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
UNPROVED = {"account_stay", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# The parameter by which the sign-in knows that a form came after the end of its session.
LOST = "lost"
SETTING_UP = {"account_stay", "account_setup", "mfa_activate_totp", "mfa_add_webauthn"}


class Gate:
    """A middleware after those of session and person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or a redirect to the page that must come first."""
        if not request.path.startswith(PEOPLE):
            return self.get_response(request)
        first = detour(request)
        return self.get_response(request) if first is None else HttpResponseRedirect(first)


def detour(request: HttpRequest) -> str | None:
    """The address that must come before this page, or None. Raises `PermissionDenied` on the admin for others than staff."""
    name = name_of(request.path)
    if name in OPEN:
        return None
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if not has_shown_factor(request):
        return way_to_factor(request, name)
    if request.path.startswith(ADMIN) and not request.user.is_staff:
        raise PermissionDenied
    return None


def way_to_factor(request: HttpRequest, name: str | None) -> str | None:
    """The address at which a person shows a second factor, or sets one up."""
    if has_factor(request.user):
        return None if name in UNPROVED else reverse("mfa_reauthenticate")
    return None if name in SETTING_UP else reverse("account_setup")


def to_sign_in(request: HttpRequest) -> str:
    """The address of the sign-in. It leads back to a page that was read, and says that a form was lost: none is sent again."""
    more = {"GET": {"next": request.path}, "POST": {LOST: "form"}}.get(request.method or "", {})
    query = f"?{urlencode(more)}" if more else ""
    return f"{reverse('account_login')}{query}"


def name_of(path: str) -> str | None:
    """The name of a page's route."""
    try:
        return resolve(path).url_name
    except Resolver404:
        return None


class ForPeople:
    """Mixed in before a middleware: only the pages of people go through it."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of this middleware, or of the next."""
        if request.path.startswith(PEOPLE):
            answer: HttpResponseBase = super().__call__(request)  # type: ignore[misc]
        else:
            answer = self.get_response(request)
        return answer


class Session(ForPeople, SessionMiddleware):
    """Sessions of people."""


class Locale(ForPeople, LocaleMiddleware):
    """The language of these pages. It ends with the request; the API chooses by `api.http.negotiation`."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in the reader's language."""
        try:
            return super().__call__(request)
        finally:
            deactivate()


class Authentication(ForPeople, AuthenticationMiddleware):
    """Who the person is."""


class Message(ForPeople, MessageMiddleware):
    """Messages between pages."""
