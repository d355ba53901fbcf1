"""Forms of the page that produces or erases a person's data. A token is typed, never remembered and never repeated."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cases.choices import NOT_CHOSEN, codes_of
from cases.codelists.staff import RESTRICTION_GROUND
from cases.dictionary import CASE_TOKEN
from cases.erased.models import REASONS_OF_STAFF
from cases.months import today
from core.text import lazily, say
from oversight.rights.person import PersonData
from oversight.subject_requests.forms import day_input, leads_to_production

# The reason for an erasure that a request of a kind asks for.
REASON_OF_KIND = {"ERASURE": "REQUESTED", "OBJECTION": "OBJECTED"}


def token_input() -> forms.PasswordInput:
    """An input whose value browsers do not remember and answers do not repeat."""
    return forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False)


class TokenForm(forms.Form):
    """The person whose data it is about."""

    token = forms.CharField(max_length=20, widget=token_input(), label=lazily(CASE_TOKEN.label))
    test = forms.BooleanField(required=False, label=say("Testdata", "Test data"))


class ProduceForm(TokenForm):
    """What to produce, and how."""

    kinds_only = forms.BooleanField(
        required=False,
        label=say("Angiv organisationernes type, ikke deres navn", "Give the organisations' kinds, not their names"),
    )


class EraseForm(TokenForm):
    """The token once more, the reason and the confirmation. `fingerprint` is that of the data which the user was shown."""

    token = forms.CharField(
        max_length=20,
        widget=token_input(),
        label=say("Skriv sagskoden igen for at slette", "Type the case token again to erase"),
    )
    reason = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=[NOT_CHOSEN, *REASONS_OF_STAFF])
    fingerprint = forms.CharField(max_length=16, widget=forms.HiddenInput)
    confirm = forms.BooleanField(label=say("Slet alle oplysninger endeligt", "Erase all data permanently"))


class RestrictForm(TokenForm):
    """The token once more, the ground, and the day of the end, if one is known. `fingerprint` as for an erasure."""

    token = forms.CharField(
        max_length=20,
        widget=token_input(),
        label=say("Skriv sagskoden igen for at begrænse", "Type the case token again to restrict"),
    )
    ground = forms.ChoiceField(
        label=say("Grund (artikel 18, stk. 1)", "Ground (article 18(1))"),
        choices=[NOT_CHOSEN, *codes_of(RESTRICTION_GROUND)],
    )
    until = forms.DateField(
        label=say("Slutdato, hvis den kendes", "End, if one is known"),
        required=False,
        widget=day_input(),
        help_text=say(
            "Begrænsningen gælder, til den ophæves, også efter slutdatoen.",
            "It holds until it is lifted, also after its end.",
        ),
    )
    fingerprint = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def clean_until(self) -> date | None:
        """The end. Raises `ValidationError` for a day that has been."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < today():
            raise forms.ValidationError(say("Slutdatoen har været.", "The end has been."))
        return until


def restrict_form(data: PersonData, row: Any) -> TokenForm:
    """The form to restrict the processing of what was shown, for the request that the page is about."""
    ground = "OBJECTION" if row.kind == "OBJECTION" else None
    form = RestrictForm(initial={"fingerprint": data.fingerprint, "ground": ground}, auto_id="restrict_%s")
    return without_test(form)


def token_form(row: Any) -> TokenForm:
    """The form of the page, for the request that it is about, if any. What is not produced has no choice of names."""
    form = ProduceForm() if row is None or leads_to_production(row.kind) else TokenForm()
    return without_test(form) if row else form


def erase_form(data: PersonData, row: Any) -> TokenForm:
    """The form to erase what was shown, for the request that the page is about, if any."""
    reason = REASON_OF_KIND.get(row.kind) if row else None
    values = {"fingerprint": data.fingerprint, "test": data.cases[0].test, "reason": reason}
    # The form that looks a token up stands on the same page, and has the same names.
    form = EraseForm(initial=values, auto_id="erase_%s")
    return without_test(form) if row else form


def without_test(form: TokenForm) -> TokenForm:
    """A form that asks for no test data: a request in the register is a person's."""
    form.fields["test"].widget = forms.HiddenInput()
    return form
