"""Forms of the staff pages of the statistics: what can be told to be wrong before anything is built, in words."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils import timezone

from cases.statistics.counting.build import parse_period
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import INTERVAL
from cases.statistics.notes import checked
from cases.statistics.publishing.choice import Choice, check_begun, check_period
from cases.statistics.publishing.vintages import last_vintage
from cases.statistics.staff.words import CHANGE_NOTES
from partners.text import Text

LEAST_NEEDED = Text("Et interval skal have et mindste tal.", "An interval needs its least number.")
CROSSED = Text("Højst er mindre end mindst.", "At most is less than at least.")
NO_BOUNDS = Text("Kun et interval har grænser.", "Only an interval has bounds.")


class ChoiceField(forms.JSONField):
    """A choice of tables as JSON. What is too long, too deep, or has half a character in it is no JSON either."""

    LONGEST = 10_000

    def to_python(self, value: Any) -> Any:
        """The JSON. Raises `ValidationError`."""
        try:
            if isinstance(value, str) and len(value) > self.LONGEST:
                raise ValueError
            read = super().to_python(value)
            json.dumps(read, ensure_ascii=False).encode()
        except (RecursionError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return read

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was sent, to show it again: as it was where it is no JSON."""
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return InvalidJSONInput((data or "")[: self.LONGEST])

    def prepare_value(self, value: Any) -> Any:
        """Nothing chosen is an empty field."""
        return "" if value is None else super().prepare_value(value)


class OrderForm(forms.ModelForm):
    """An order that can be built, as far as it can be told without the records."""

    class Meta:
        field_classes = {"choice": ChoiceField}

    def clean(self) -> dict[str, Any]:
        """The period as builds write it, and a choice of tables that there are."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            period = parse_period(data["period"])
            check_period(data["audience"], period)
            check_begun(period, timezone.localdate())
            if data.get("choice") is not None:
                Choice.parse(data["choice"])
            said = Text(*(data.get(name, "") for name in CHANGE_NOTES))
            checked(said, last_vintage(data["audience"], period) + 1)
        except ReleaseRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return {**data, "period": period.id}


class FactForm(forms.ModelForm):
    """A decision on a figure. What the table's constraints would refuse by their names is refused here in words."""

    def clean(self) -> dict[str, Any]:
        """The bounds of an interval, and of nothing else."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        low, high = data["low"], data["high"]
        if data["decision"] != INTERVAL:
            for name in ("low", "high"):
                if data[name] is not None:
                    self.add_error(name, str(NO_BOUNDS))
        elif low is None:
            self.add_error("low", str(LEAST_NEEDED))
        elif high is not None and high < low:
            self.add_error("high", str(CROSSED))
        return data
