"""The gate of the pages of people: without a second factor a person can only sign in and set one up."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from partners.people.factors import has_factor, has_shown_factor

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
