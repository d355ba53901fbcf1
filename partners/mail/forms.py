"""Forms of the account's page of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User

from core.text import lazily
from partners.mail.addresses import kinds_for
from partners.mail.kinds import KINDS
from partners.mail.models import Mailbox
from partners.mail.words import HELPS, LABELS, NOT_ASCII


class MailForm(forms.Form):
    """Address, language and the kinds that a person wants."""

    address = forms.EmailField(
        label=lazily(LABELS["address"]),
        help_text=lazily(HELPS["address"]),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "form-input", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=lazily(LABELS["language"]),
        choices=settings.LANGUAGES,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    kinds = forms.MultipleChoiceField(
        label=lazily(LABELS["kinds"]),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-checkbox"}),
    )

    def __init__(self, user: User, row: Mailbox | None, language: str, data: Any = None) -> None:
        """The form as the person has it now. `language`: of the page, for who has chosen none yet."""
        kinds = kinds_for(user)
        opt_outs = row.opt_outs if row else []
        initial = {
            "address": row.address if row else "",
            "language": row.language if row else language,
            "kinds": [each for each in kinds if each not in opt_outs],
        }
        super().__init__(data, initial=initial)
        choices = [(each, str(KINDS[each].title)) for each in kinds]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """The address, in ASCII: a mail server that takes another is still rare."""
        address: str = self.cleaned_data["address"]
        if not address.isascii():
            raise forms.ValidationError(lazily(NOT_ASCII), code="invalid")
        return address


class AddressCodeForm(forms.Form):
    """The code from the mail."""

    token = forms.CharField(
        label=lazily(LABELS["token"]),
        max_length=128,
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"}),
    )
