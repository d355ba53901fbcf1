"""Forms of the pages. The library's forms fail on some malformed credentials; here each is a wrong credential."""

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
from partners.people.names import LONGEST_RECIPIENT, NotARecipient, as_recipient
from partners.people.words import ERRORS

# What the parts that read a credential raise of one that is malformed, beside what the library catches.
MALFORMED = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, NotImplementedError, RecursionError,
    AssertionError, struct.error, InvalidSignature, UnsupportedAlgorithm,
)  # fmt: skip
LONGEST_CREDENTIAL = 16_384
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@contextmanager
def refuse_malformed() -> Iterator[None]:
    """Treat a credential that cannot be read as a wrong one."""
    try:
        yield
    except ValidationError:
        raise
    except MALFORMED:
        raise get_adapter().validation_error("incorrect_code") from None


class Credential(forms.JSONField):
    """What a passkey has signed. The page never shows it again, since it may not be valid text."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Parse the JSON. Very long numbers and deep nesting are refused like a wrong credential."""
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("incorrect_code")
        with refuse_malformed():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None


class AddPasskey(AddWebAuthnForm):
    """A new passkey, which identifies its person and asks for a fingerprint or a PIN."""

    credential = Credential()
    name = forms.CharField(required=False, max_length=60)
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean_credential(self) -> dict[str, Any]:
        """The parts of the credential that later sign-ins need, as base64url."""
        with refuse_malformed():
            return essentials(self.cleaned_data["credential"])

    def clean(self) -> dict[str, Any]:
        """Verify the signature, as the library does."""
        with refuse_malformed():
            data: dict[str, Any] = super().clean()
        return data


def essentials(credential: dict[str, Any]) -> dict[str, Any]:
    """A new credential, reduced to the members that are needed. Raises `ValueError` where one is malformed."""
    response = {name: plain(credential["response"][name]) for name in ("clientDataJSON", "attestationObject")}
    names = {name: plain(credential[name]) for name in ("id", "rawId")}
    return {"type": "public-key", **names, "response": response, "clientExtensionResults": {"credProps": {"rk": True}}}


def plain(text: str) -> str:
    """The text, if it is base64url. Raises `ValueError`, `TypeError`."""
    if not BASE64URL.fullmatch(text):
        raise ValueError
    return text


class Robust:
    """Mixed into a form that verifies a credential."""

    def clean_credential(self) -> Authenticator:
        """The authenticator that made the credential, of an active person."""
        with refuse_malformed():
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        return authenticator


class AuthenticatePasskey(Robust, AuthenticateWebAuthnForm):
    """A passkey as the second factor."""

    credential = Credential()


class LoginPasskey(Robust, LoginWebAuthnForm):
    """A passkey alone."""

    credential = Credential()


class ReauthenticatePasskey(Robust, ReauthenticateWebAuthnForm):
    """A passkey before a change."""

    credential = Credential()


class NameForm(forms.Form):
    """What a person is called, where others read it."""

    full_name = forms.CharField(max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class AcceptForm(NameForm):
    """An invitation's token and what the person chooses."""

    field_order = ("token", "second", "full_name", "username", "password1", "password2")

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
        """Check the password against the rules."""
        validate_password(self.cleaned_data["password1"])
        return str(self.cleaned_data["password1"])

    def clean(self) -> dict[str, Any]:
        """Check that both passwords are the same."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "password1" in data and data["password1"] != data.get("password2"):
            self.add_error("password2", str(ERRORS["differ"]))
        return data


def least_first() -> choices.Choices:
    """The roles at a partner: whoever chooses nothing gives least."""
    return choices.MEMBER_ROLES[::-1]


class InviteForm(forms.Form):
    """Whom a partner's manager invites."""

    recipient = forms.CharField(max_length=LONGEST_RECIPIENT, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(choices=least_first)

    def clean_recipient(self) -> str:
        """Check that it is a name or a function."""
        try:
            return as_recipient(self.cleaned_data["recipient"])
        except NotARecipient:
            raise ValidationError(str(ERRORS["not_a_recipient"])) from None


class RowForm(forms.Form):
    """Which row of the own partner an act is about."""

    row = forms.UUIDField()


class RoleForm(forms.Form):
    """Which role a person of the own partner is to have."""

    role = forms.ChoiceField(choices=least_first)
