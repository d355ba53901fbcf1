"""Forms of the pages, and what the library's own lack: whatever a browser sends is an answer, never an error of ours."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

from partners import choices
from partners.people.pages.words import OTHERS

# What the parts that read a credential raise of one that is malformed, beside what the library catches.
MALFORMED = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, NotImplementedError, RecursionError,
    AssertionError, struct.error, InvalidSignature, UnsupportedAlgorithm,
)  # fmt: skip
LONGEST_CREDENTIAL = 16_384
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@contextmanager
def read() -> Iterator[None]:
    """A credential that cannot be read is a wrong one."""
    try:
        yield
    except ValidationError:
        raise
    except MALFORMED:
        raise get_adapter().validation_error("incorrect_code") from None


class Credential(forms.JSONField):
    """What a browser's passkey has signed. It is never shown again: half a character in it could not be."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """The JSON. Numbers of thousands of digits and towers of brackets are no credential either."""
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("incorrect_code")
        with read():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing."""
        return None


class AddPasskey(AddWebAuthnForm):
    """A passkey: one that names its person, and asks for a finger or a PIN."""

    credential = Credential()
    name = forms.CharField(required=False, max_length=60)
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean_credential(self) -> dict[str, Any]:
        """What is needed of the credential at later sign-ins, in an alphabet that any database stores."""
        with read():
            return needed(self.cleaned_data["credential"])

    def clean(self) -> dict[str, Any]:
        """The library's check of what was signed."""
        with read():
            data: dict[str, Any] = super().clean()
        return data


def needed(credential: dict[str, Any]) -> dict[str, Any]:
    """A new credential without what else a browser, or somebody else, put into it. Raises `ValueError` for one that is odd."""
    response = {name: plain(credential["response"][name]) for name in ("clientDataJSON", "attestationObject")}
    names = {name: plain(credential[name]) for name in ("id", "rawId")}
    return {"type": "public-key", **names, "response": response, "clientExtensionResults": {"credProps": {"rk": True}}}


def plain(text: str) -> str:
    """The text, if it is base64url. Raises `ValueError`, `TypeError`."""
    if not BASE64URL.fullmatch(text):
        raise ValueError
    return text


class Robust:
    """Mixed into a form that checks a credential."""

    def clean_credential(self) -> Authenticator:
        """The authenticator that made the credential, of an active person."""
        with read():
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        return found


class AuthenticatePasskey(Robust, AuthenticateWebAuthnForm):
    """A passkey as the second factor."""

    credential = Credential()


class LoginPasskey(Robust, LoginWebAuthnForm):
    """A passkey alone."""

    credential = Credential()


class ReauthenticatePasskey(Robust, ReauthenticateWebAuthnForm):
    """A passkey before a change."""

    credential = Credential()


class AcceptForm(forms.Form):
    """An invitation's token and what the person chooses."""

    token = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    second = forms.CharField(max_length=32, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    username = forms.CharField(
        max_length=150,
        required=False,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password1 = forms.CharField(max_length=256, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password2 = forms.CharField(max_length=256, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean_password1(self) -> str:
        """One that the rules for passwords allow."""
        validate_password(self.cleaned_data["password1"])
        return str(self.cleaned_data["password1"])

    def clean(self) -> dict[str, Any]:
        """Both passwords alike."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "password1" in data and data["password1"] != data.get("password2"):
            self.add_error("password2", str(OTHERS["differ"]))
        return data


class InviteForm(forms.Form):
    """Whom a partner's manager invites."""

    role = forms.ChoiceField(choices=choices.member_roles)


class RowForm(forms.Form):
    """Which row of the own partner an act is about."""

    row = forms.UUIDField()
