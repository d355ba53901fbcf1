"""What the sign-in library is told: names and passwords, no mail, no registration; secrets of factors encrypted at rest.

`ACCOUNT_ADAPTER` and `MFA_ADAPTER` name these classes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from partners import audit
from partners.audit import Actor
from partners.people.factors import has_factor
from partners.people.pages.words import ERRORS, OTHERS
from partners.text import lazily

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# How a factor is shown again: which kinds, on which page, in which words.
WAYS = (
    ({Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}, "mfa_reauthenticate", "show_code"),
    ({Authenticator.Type.WEBAUTHN}, "mfa_reauthenticate_webauthn", "show_passkey"),
)
# What a session keeps between the two steps of signing in: a digest of the password that was shown.
FIRST_STEP = "henvis_first_step"
SAID = {code: lazily(words) for code, words in ERRORS.items()}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a name and a password."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SAID}

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` is a path. The library takes other hosts of the settings too, and fails at what it cannot parse."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: people are invited."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is ever sent."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Nothing is ever sent."""

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Errors only. What went well is seen on the page that follows."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user. Of one that is switched off the library would tell so; here it is a wrong password like any other."""
        found = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The same as for a wrong passkey."""
        messages.error(request, SAID["incorrect_code"])
        return HttpResponseRedirect(reverse("account_login"))

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Keep which password was shown, until a factor is."""
        request.session[FIRST_STEP] = user.get_session_auth_hash()
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write down that somebody signed in."""
        audit.record(by=Actor.of(user), action="person.sign_in", subject=str(user.pk))
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Before factors change, one of them is asked for again. Who has none yet has nothing to show."""
        return has_factor(context.request.user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """A factor, never the password: that is what whoever found the session open may know."""
        held = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        return [
            {"id": name, "description": str(OTHERS[words]), "url": reverse(name)}
            for kinds, name, words in WAYS
            if held & kinds
        ]


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SAID}

    def get_totp_issuer(self) -> str:
        """The name in the app."""
        return "Henvis"

    def encrypt(self, text: str) -> str:
        """The secret of a factor for the database, under a key that is not in it."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. One of another key (the pepper was changed) comes to a secret that nobody has, so that no code fits."""
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one: whoever has none is shut out of everything but setting one up."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Nothing is ever sent."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (the library's name)
        """What a passkey is called until the person names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"{lazily(OTHERS['passkey'])} {number}"


def cipher() -> Fernet:
    """Encryption under a key derived from the pepper."""
    key = hmac.new(settings.HENVIS_PEPPER.encode(), b"second factors", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
