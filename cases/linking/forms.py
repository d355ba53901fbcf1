"""Forms of the staff pages on cases. Tokens are typed into them and posted, so that no address carries one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from cases import tokens
from cases.choices import codes_of
from cases.codelists.linking import ATTRIBUTE_REASON, LINK_REASON
from cases.dictionary import CASE_TOKEN
from cases.linking.attributes import LISTS
from cases.linking.models import NO_DECISION
from cases.linking.person import Shown
from cases.models import Case
from partners.text import lazily, say

# No browser keeps what was typed.
UNKEPT = {"autocomplete": "off", "spellcheck": "false"}
NOBODY = say("Ingen sag har denne sagskode.", "There is no such case.")
NOTHING = say("Ingen afgørelse: oplysningerne gælder", "No decision: the records say")
REASON = say("Begrundelse", "Reason")


class TokensForm(forms.Form):
    """Tokens of cases of one world, which are looked up: `cases` in the cleaned data. No message repeats one."""

    tokens = forms.CharField(max_length=400, widget=forms.Textarea(attrs=UNKEPT), label=lazily(CASE_TOKEN.label))
    test = forms.BooleanField(required=False, label=say("Testsager", "Test cases"))
    least = 1

    def clean(self) -> dict[str, Any]:
        """The cases of the tokens."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        named = {tokens.canonical(text) for text in data.get("tokens", "").split()}
        found = list(Case.objects.filter(token__in=named - {None}, test=data.get("test", False)))
        if "tokens" in data and (len(found) < len(named) or len(found) < self.least):
            raise forms.ValidationError(
                NOBODY
                if self.least == 1
                else say(
                    f"Skriv sagskoder på mindst {self.least} sager, der findes.",
                    f"Name {self.least} cases or more that are there.",
                )
            )
        return {**data, "cases": found}


class FindForm(TokensForm):
    """One token."""

    tokens = forms.CharField(max_length=40, widget=forms.TextInput(attrs=UNKEPT), label=lazily(CASE_TOKEN.label))


class MergeForm(TokensForm):
    """The tokens of cases that are one person, and why."""

    least = 2
    reason = forms.ChoiceField(label=REASON, choices=codes_of(LINK_REASON))
    field_order = ("tokens", "test", "reason")


class ReasonForm(forms.Form):
    """Why a decision is undone."""

    reason = forms.ChoiceField(label=REASON, choices=codes_of(LINK_REASON), initial="WRONG_DECISION")


class SplitForm(forms.Form):
    """Which records of a case are another person's, and why."""

    reason = forms.ChoiceField(label=REASON, choices=codes_of(LINK_REASON), initial="TWO_PERSONS")

    def __init__(self, *args: Any, records: Iterable[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (
                record.name,
                f"{record.kind}, {record.partner}, {record.month:%Y-%m}"
                if record.month
                else f"{record.kind}, {record.partner}",
            )
            for record in records
        ]
        chosen = forms.MultipleChoiceField(
            label=say("Oplysninger", "Records"), choices=dict(named).items(), widget=forms.CheckboxSelectMultiple
        )
        self.fields = {"records": chosen, **self.fields}

    def chosen(self) -> tuple[list[tuple[UUID, UUID]], list[UUID]]:
        """Referrals as (partner, reference), and the partners of assessments."""
        parts = [name.split(":") for name in self.cleaned_data["records"]]
        referrals = [(UUID(partner), UUID(reference)) for partner, reference in parts if reference]
        return referrals, [UUID(partner) for partner, reference in parts if not reference]


class AttributeForm(forms.Form):
    """What is true of a person, and why."""

    reason = forms.ChoiceField(label=REASON, choices=codes_of(ATTRIBUTE_REASON))

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [
            *codes_of(LISTS[field]),
            (NO_DECISION, NOTHING),
        ]
        self.fields = {"code": forms.ChoiceField(label=lazily(LISTS[field].label), choices=codes), **self.fields}
