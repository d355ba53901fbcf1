"""The adapters of the sign-in library: names and passwords, no mail, no registration, and encrypted secrets of second factors.

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

from core.text import lazily
from partners import audit
from partners.audit import Actor
from partners.people.gate import DESK, FIRST_STEP, has_factor
from partners.people.pages.words import WORDS
from partners.people.rights import membership_of
from partners.people.words import ERRORS

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# How a factor is shown again: which kinds, on which page, in which words.
WAYS = (
    ({Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}, "mfa_reauthenticate", "show_code"),
    ({Authenticator.Type.WEBAUTHN}, "mfa_reauthenticate_webauthn", "show_passkey"),
)
SAID = {code: lazily(words) for code, words in ERRORS.items()}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a name and a password."""

    error_messages = {**DefaultAccountAdapter.error_messages, **SAID}

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` is a path. The library would accept other hosts of the settings, and fails where it cannot parse one."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person works: a partner's people on the desk."""
        return DESK if membership_of(request.user) is not None else str(super().get_login_redirect_url(request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people are invited."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing."""

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Send nothing."""

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Show errors only: the page that follows shows a success."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user, or None. A deactivated account answers like a wrong password, of which the library would tell."""
        user_found = super().authenticate(request, **credentials)
        return user_found if user_found is not None and user_found.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Answer as for a wrong passkey."""
        messages.error(request, SAID["incorrect_code"])
        return HttpResponseRedirect(reverse("account_login"))

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Keep in the session which password was given, until a second factor is."""
        request.session[FIRST_STEP] = user.get_session_auth_hash()
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Write the audit row of the sign-in."""
        audit.record(by=Actor.of(user), action="person.sign_in", subject=str(user.pk))
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Whether the person must show a second factor again before factors change: where there is one."""
        return has_factor(context.request.user)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Second factors alone: whoever finds a session open may know the password."""
        types = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        return [
            {"id": name, "description": str(WORDS[words]), "url": reverse(name)}
            for kinds, name, words in WAYS
            if types & kinds
        ]


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SAID}

    def get_totp_issuer(self) -> str:
        """The service's name in the app."""
        return "Henvis"

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of a factor with a key that the database does not hold."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt the secret of a factor. Under another pepper it becomes a random one, so that no code matches."""
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another factor remains: without one a person can only set one up."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Send nothing."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (the library's name)
        """The name of a passkey that the person has not named."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"{lazily(WORDS['passkey'])} {number}"


def cipher() -> Fernet:
    """The cipher, with a key derived from the pepper."""
    key = hmac.new(settings.HENVIS_PEPPER.encode(), b"second factors", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
