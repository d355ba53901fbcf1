"""Forms of the staff pages on cases. Tokens are posted, so that no address contains one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from cases import tokens
from cases.choices import NOT_CHOSEN, codes_of
from cases.codelists.staff import ATTRIBUTE_REASON, LINK_REASON
from cases.codelists.types import OTHER
from cases.linking.decisions import LISTS
from cases.linking.models import NO_DECISION, LinkDecisionKind
from cases.linking.person_view import ShownRecord
from cases.models import Case
from core.text import lazily, range_of, say

# The browser must not remember a texts token.
NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false"}
NO_DECISION_LABEL = say("Ingen afgørelse: oplysningerne gælder", "No decision: the records apply")
REASON = say("Begrundelse", "Reason")


class TokensForm(forms.Form):
    """Tokens of live cases, or of test cases, or the eight digits by which lists name a case: these find one of test mode too.

    `cases` of the cleaned data are the cases found; no message repeats a token.
    """

    test = forms.BooleanField(required=False, label=say("Søg blandt testsager", "Look among test cases"))
    least = 1

    def clean(self) -> dict[str, Any]:
        """The cases of the tokens and of the digits, in the order in which they were opened."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        ranges = {text: range_of(text) for text in names_in(data.get("tokens", ""))}
        by_digits = {the_one_within(ids).pk for ids in ranges.values() if ids}
        texts = [text for text, ids in ranges.items() if ids is None]
        if faults := sorted({str(fault) for fault in map(tokens.fault_of, texts) if fault}):
            raise forms.ValidationError([*faults])
        tokens_given = {tokens.canonical(text) for text in texts}
        by_token = Case.objects.filter(token__in=tokens_given, test=data.get("test", False)).values_list(
            "pk", flat=True
        )
        if len(by_token) < len(tokens_given):
            raise forms.ValidationError(str(tokens.UNKNOWN))
        cases_found = list(Case.objects.filter(pk__in={*by_token, *by_digits}).order_by("opened_at", "pk"))
        if "tokens" in data and len(cases_found) < self.least:
            raise forms.ValidationError(
                say(
                    f"Skriv mindst {self.least} forskellige sager.",
                    f"Enter at least {self.least} different cases.",
                )
            )
        return {**data, "cases": cases_found}


def names_in(text: str) -> list[str]:
    """The names of cases in a text: a line that is one token, also in groups, or else each of its words."""
    return [name for line in text.splitlines() for name in ([line] if tokens.canonical(line) else line.split())]


class FindForm(TokensForm):
    """The token of one case, or the eight digits by which lists name it."""

    tokens = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs=NO_AUTOFILL),
        label=say("Sagskode, eller de otte tegn fra en liste", "Case token, or the eight characters of a list"),
    )
    field_order = ("tokens", "test")


def the_one_within(ids: tuple[UUID, UUID]) -> Case:
    """The case whose id is between these. Raises `ValidationError` where there is none, or more than one."""
    cases_found = list(Case.objects.filter(pk__range=ids)[:2])
    if not cases_found:
        raise forms.ValidationError(
            say(
                "Ingen sag begynder sådan. Er det en reference, så brug »Slå en henvisning op«.",
                "No case begins like this. If it is a reference, use “Look a referral up”.",
            )
        )
    if len(cases_found) > 1:
        raise forms.ValidationError(
            say("Flere sager begynder sådan. Skriv sagskoden.", "Several cases begin like this. Enter the token.")
        )
    return cases_found[0]


class MergeForm(TokensForm):
    """The cases that are one person, and the reason."""

    least = 2
    tokens = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs=NO_AUTOFILL),
        label=say("Sagskoder, eller de otte tegn fra en liste", "Case tokens, or the eight characters of a list"),
    )
    reason = forms.ChoiceField(label=REASON, choices=[NOT_CHOSEN, *codes_of(LINK_REASON)])
    field_order = ("tokens", "test", "reason")


# Why a decision is undone, by its kind: what speaks for a merge speaks for no undoing of one.
UNDO_REASONS = {
    LinkDecisionKind.MERGE: ("WRONG_DECISION", "TWO_PERSONS", "CONFIRMED", OTHER),
    LinkDecisionKind.SPLIT: ("WRONG_DECISION", "MATCH", "CONFIRMED", OTHER),
}


class UndoForm(forms.Form):
    """The reason for undoing a decision."""

    reason = forms.ChoiceField(label=REASON)

    def __init__(self, *args: Any, kind: LinkDecisionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = dict(codes_of(LINK_REASON))
        choices = [NOT_CHOSEN, *((code, reasons[code]) for code in UNDO_REASONS[kind])]
        self.fields["reason"] = forms.ChoiceField(label=REASON, choices=choices)


class SplitForm(forms.Form):
    """The records of a case that belong to another person, and the reason."""

    reason = forms.ChoiceField(label=REASON, choices=[NOT_CHOSEN, *codes_of(LINK_REASON)])

    def __init__(self, *args: Any, records: Iterable[ShownRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(record.name, box_words(place, record)) for place, record in enumerate(records, 1)]
        field = forms.MultipleChoiceField(
            label=say("Oplysninger", "Records"), choices=dict(choices).items(), widget=forms.CheckboxSelectMultiple
        )
        self.fields = {"records": field, **self.fields}

    def selection(self) -> tuple[list[tuple[UUID, UUID]], list[UUID]]:
        """The chosen referrals as (partner, reference), and the partners of the chosen assessments."""
        parts = [name.split(":") for name in self.cleaned_data["records"]]
        referrals = [(UUID(partner), UUID(reference)) for partner, reference in parts if reference]
        return referrals, [UUID(partner) for partner, reference in parts if not reference]


def box_words(place: int, record: ShownRecord) -> str:
    """A record beside its box: the place of its column in the table above, what it is, whose, and from when."""
    return f"{place}. {record.in_words}"


class AttributeForm(forms.Form):
    """The true value of an attribute of a person, and the reason."""

    reason = forms.ChoiceField(label=REASON, choices=[NOT_CHOSEN, *codes_of(ATTRIBUTE_REASON)])

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [
            NOT_CHOSEN,
            *codes_of(LISTS[field]),
            (NO_DECISION, NO_DECISION_LABEL),
        ]
        self.fields = {"code": forms.ChoiceField(label=lazily(LISTS[field].label), choices=codes), **self.fields}
