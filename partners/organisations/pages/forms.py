"""The form of a new mandate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from core.text import lazily
from partners.organisations.pages.words import LABELS

DAY = {"type": "date"}


class MandateForm(forms.Form):
    """Whom a manager gives a mandate, and for how long."""

    taker = forms.UUIDField(widget=forms.TextInput(attrs={"autocomplete": "off"}))
    since = forms.DateField(initial=timezone.localdate, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With our labels and the look of all pages."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = lazily(LABELS[name])
            field.widget.attrs["class"] = "form-input"
