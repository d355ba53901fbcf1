"""The forms of a decision on a figure that others have published, and of its refusal by a second person.

They refuse in words what the database would refuse.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.text import capfirst

from core.text import Text, lazily
from partners.staff.screens import length_told
from stats.fact_words import words_of_fact
from stats.models import INTERVAL, LONGEST_REASON
from stats.notes import is_reason
from stats.publishing.facts import known_facts
from stats.staff.grounds import check_visible
from stats.words import CONSTRAINTS, FACT_HELPS, FIELDS, REFUSAL_HELP

LEAST_NEEDED = Text("Et interval skal have et mindste tal.", "An interval needs a least number.")
CROSSED = Text("Højst er mindre end mindst.", "At most is less than at least.")
NO_BOUNDS = Text("Kun et interval har grænser.", "Only an interval has bounds.")
NO_FACT = Text(
    "Intet tal, som andre har offentliggjort, har det navn.", "No figure that others published has that name."
)
CHOOSE_FACT = Text("Vælg et tal", "Choose a figure")
TOO_SHORT = CONSTRAINTS["factdecision_reason_told"]
NEAR = Text("Mener du:", "Do you mean:")


class FactField(forms.ChoiceField):
    """A choice among the figures that others have published, by their years. An unknown one is refused with those near it."""

    def validate(self, value: str) -> None:
        """Raises `ValidationError` for a name that no figure has."""
        forms.Field.validate(self, value)
        choices: Any = self.choices
        names: dict[str, str] = dict(flatten_choices(choices))
        if value not in names:
            near = "; ".join(str(names[name]) for name in get_close_matches(value, names))
            raise forms.ValidationError(f"{NO_FACT} {NEAR} {near}" if near else str(NO_FACT))


def fact_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """The figures that others have published by their years, the newest first; each in words, with its numbers."""
    numbers: dict[str, list[str]] = {}
    for fact in known_facts():
        number = str(fact.low) if fact.low == fact.high else f"{fact.low}–{fact.high}"
        numbers.setdefault(fact.id, []).append(number)
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, those in numbers.items():
        years = name.partition(";")[0]
        groups.setdefault(years, []).append((name, f"{words_of_fact(name)} ({', '.join(dict.fromkeys(those))})"))
    return [("", str(CHOOSE_FACT)), *((years, groups[years]) for years in sorted(groups, reverse=True))]


class FactForm(forms.ModelForm):
    """A decision on a fact. It refuses in words what the constraints of the table would refuse by their names."""

    fact = FactField(label=capfirst(lazily(FIELDS["fact"])), choices=fact_choices, help_text=lazily(FACT_HELPS["fact"]))

    def clean_reason(self) -> str:
        """The reason. Raises `ValidationError` where the second person could not see or understand it."""
        return check_reason(check_visible(self.cleaned_data["reason"]))

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


class FactRefusalForm(forms.Form):
    """Why a second person refuses a decision."""

    reason = forms.CharField(
        label=capfirst(lazily(FIELDS["reason"])),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=length_told(lazily(REFUSAL_HELP), LONGEST_REASON),
    )

    def clean_reason(self) -> str:
        """The reason. Raises `ValidationError` where the first person could not see or understand it."""
        return check_reason(check_visible(self.cleaned_data["reason"]))


def check_reason(reason: str) -> str:
    """A reason as long as the table demands, and in words. Raises `ValidationError`."""
    if not is_reason(reason):
        raise forms.ValidationError(str(TOO_SHORT))
    return reason
