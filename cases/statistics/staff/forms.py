"""Forms of the staff pages of the statistics. They refuse in words what can be refused before anything is built."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils import timezone

from cases.statistics.counting.build import parse_period
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import INTERVAL
from cases.statistics.notes import check
from cases.statistics.publishing.choice import Choice, check_begun, check_period
from cases.statistics.publishing.vintages import last_vintage
from cases.statistics.staff.words import CHANGE_NOTES
from partners.text import Text

LEAST_NEEDED = Text("Et interval skal have et mindste tal.", "An interval needs a least number.")
CROSSED = Text("Højst er mindre end mindst.", "At most is less than at least.")
NO_BOUNDS = Text("Kun et interval har grænser.", "Only an interval has bounds.")


class ChoiceField(forms.JSONField):
    """A choice of tables as JSON.

    Text that is too long, nested too deep, or not valid Unicode is refused like any that is no JSON.
    """

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
        """The value to show again. Text that is no JSON is shown as it was sent."""
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return InvalidJSONInput((data or "")[: self.LONGEST])

    def prepare_value(self, value: Any) -> Any:
        """An empty field where nothing was chosen."""
        return "" if value is None else super().prepare_value(value)


class OrderForm(forms.ModelForm):
    """An order to build. It is checked as far as that is possible without the records."""

    class Meta:
        field_classes = {"choice": ChoiceField}

    def clean(self) -> dict[str, Any]:
        """The order with its period as builds write it. Raises `ValidationError` for what cannot be built."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            period = parse_period(data["period"])
            check_period(data["audience"], period)
            check_begun(period, timezone.localdate())
            if data.get("choice") is not None:
                Choice.parse(data["choice"])
            notes = Text(*(data.get(name, "") for name in CHANGE_NOTES))
            check(notes, last_vintage(data["audience"], period) + 1)
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return {**data, "period": period.id}


class FactForm(forms.ModelForm):
    """A decision on a fact. It refuses in words what the constraints of the table would refuse by their names."""

    def clean(self) -> dict[str, Any]:
        """The decision. An interval needs bounds in their order; no other decision has any."""
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
