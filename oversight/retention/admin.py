"""The staff screen of prolonged retention, with the rules and what goes next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from core.refusals import raised_as
from core.text import Text, say
from oversight.retention.models import HOLD_REASONS, RetentionHold
from oversight.retention.outlook import outlook
from oversight.retention.words import HELPS, NONE, WARNING
from partners.staff.links import column
from partners.staff.screens import SignedScreen


class HoldForm(forms.ModelForm):
    """A hold. What the database would refuse is told before the question."""

    class Meta:
        model = RetentionHold
        fields = ("year", "until_on", "reason_code")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        user = getattr(self, "user", None)
        if self.errors or user is None:
            return
        try:
            with raised_as(ValidationError), transaction.atomic():
                RetentionHold.objects.create(**self.cleaned_data, user=user)
                transaction.set_rollback(True)
        except ValidationError as refusal:
            self.add_error(None, refusal)


@admin.register(RetentionHold)
class RetentionHoldAdmin(SignedScreen):
    """Every hold, the newest first. The latest of a year holds."""

    form = HoldForm
    list_display = ("of_year", "until_on", "reason", "user", "set_at")
    list_select_related = ("user",)
    helps = HELPS
    empty_words = NONE
    act = Text("Forlæng eller forkort opbevaring", "Prolong or shorten retention")
    warning = WARNING

    def list_lead(self, request: HttpRequest) -> Text:
        """The rules, and what goes next."""
        return outlook()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user if obj is None else None})

    def get_fields(self, request: HttpRequest, obj: RetentionHold | None = None) -> tuple[str, ...]:
        """The form; of a row who set it too."""
        form = ("year", "until_on", "reason_code")
        return form if obj is None else (*form, "user", "set_at")

    of_year = column(say("år", "year"), str, ordering="year")
    reason = column(say("begrundelse", "reason"), lambda row: str(dict(HOLD_REASONS)[row.reason_code]))
