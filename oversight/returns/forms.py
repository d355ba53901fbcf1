"""Forms of the staff pages on returned referrals. What is looked for is posted, so that no address contains it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone

from cases import tokens
from cases.choices import NOT_CHOSEN
from cases.codelists.types import NOT_APPLICABLE
from cases.models import Referral
from core.text import range_of, say
from oversight.returns import choices
from oversight.returns.choices import USUAL

NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}
# Days until an answer is hoped for, at most.
MOST = 90
NONE_FOUND = say(
    "Ingen henvisning har denne reference, og ingen sag denne sagskode.",
    "No referral has this reference, and no case has this token.",
)
# So many referrals that begin alike are shown; a partner may make its own references alike on purpose.
MOST_FOUND = 20
TOO_SHORT = say(
    f"Mere end {MOST_FOUND} henvisninger begynder sådan. Skriv hele referencen.",
    f"More than {MOST_FOUND} referrals begin like this. Write the whole reference.",
)
DUE_WRONG = say(f"Vælg en dag inden for de næste {MOST} dage.", f"Choose a day within the next {MOST} days.")


def records_of(text: str) -> list[Referral]:
    """The current versions that a reference, its first eight digits or a case token names; its check symbol must fit."""
    token, references = tokens.canonical(text.strip()), range_of(text)
    try:
        condition = Q(reference__range=references) if references else Q(reference=UUID(text.strip()))
    except ValueError:
        condition = Q(case__token=token) if token else Q(pk__in=())
    rows = Referral.objects.current().filter(condition).select_related("partner", "case")
    in_order = rows.order_by("partner__name", "recorded_at")
    return list(in_order[: MOST_FOUND + 1] if references else in_order)


class LookUpForm(forms.Form):
    """A reference, whole or as lists show it, or a case token. `records` of the cleaned data are the referrals found.

    No message repeats what was typed.
    """

    name = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs=NO_AUTOFILL),
        label=say(
            "Reference (hele, eller de første otte tegn) eller sagskode",
            "Reference (whole, or its first eight characters) or case token",
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The referrals by `records`. Of a token that is mistyped it says so; a part of a reference must name few."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        records = records_of(data.get("name", ""))
        if "name" in data and not records:
            is_mistyped = tokens.fault_of(data["name"].strip()) is tokens.MISTYPED
            raise forms.ValidationError(str(tokens.MISTYPED) if is_mistyped else NONE_FOUND)
        if len(records) > MOST_FOUND and range_of(data["name"]):
            raise forms.ValidationError(TOO_SHORT)
        return {**data, "records": records}


class AskForm(forms.Form):
    """Why a referral is returned, which field it is about, and until when an answer is hoped for."""

    reason_code = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=[NOT_CHOSEN, *choices.REASONS])
    field = forms.ChoiceField(
        label=say("Drejer sig om", "Is about"), choices=choices.FIELD_CODES, initial=NOT_APPLICABLE
    )
    due = forms.DateField(
        label=say("Svar inden", "Answer by"),
        initial=lambda: timezone.localdate() + timedelta(days=USUAL),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due(self) -> Any:
        """A day to come, and not a far one."""
        due, today = self.cleaned_data["due"], timezone.localdate()
        if not today < due <= today + timedelta(days=MOST):
            raise forms.ValidationError(DUE_WRONG)
        return due
