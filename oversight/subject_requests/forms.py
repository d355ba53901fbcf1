"""Forms of the register. There is no free text in them: what a person said stays in the letter."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any

from django import forms

from cases.choices import NOT_CHOSEN, codes_of
from cases.codelists.staff import EXTENSION_REASON, IDENTITY_CHECK, REFUSAL_GROUND, REQUEST_OUTCOME
from cases.months import today
from core.text import NO_TEXT, Text, lazily, say
from oversight.subject_requests.choices import RequestAct
from oversight.subject_requests.models import REFUSED, SubjectRequest
from oversight.subject_requests.words import RESTRICT, SEE_WHAT_IS_HELD, TASKS_ON_DATA
from partners.choices import choices_of

# Requests under the regulation cannot be older than it.
EARLIEST = date(2018, 5, 25)
# What can be answered to a request of a kind, beside what can be answered to every one.
OF_KIND: dict[str, tuple[str, ...]] = {
    "ACCESS": ("PRODUCED",),
    "RECTIFICATION": ("RECTIFIED",),
    "ERASURE": ("ERASED",),
    "RESTRICTION": ("RESTRICTED",),
    "OBJECTION": ("ERASED", "RESTRICTED"),
}
OF_EVERY_KIND = ("NOTHING_HELD", REFUSED, "WITHDRAWN", "MISTAKE")
RESTRICTED = str(RequestAct.RESTRICTED)
# What can be answered only once it was done from the request.
DONE_FIRST = (str(RequestAct.PRODUCED), str(RequestAct.ERASED), RESTRICTED)
DONE_FIRST_HELP = Text(
    "Udleveret, slettet og begrænset kan vælges, når det er gjort fra anmodningen.",
    "Produced, erased and restricted can be chosen once it was done from the request.",
)


def leads_to_erasure(kind: str) -> bool:
    """Whether erasing can be the answer to a request of a kind."""
    return str(RequestAct.ERASED) in OF_KIND[kind]


def leads_to_restriction(kind: str) -> bool:
    """Whether restricting the processing can be the answer to a request of a kind."""
    return RESTRICTED in OF_KIND[kind]


def leads_to_production(kind: str) -> bool:
    """Whether the data may be produced for a request of a kind: not where it is only about what is held, or kept out."""
    return TASKS_ON_DATA[kind] not in (SEE_WHAT_IS_HELD, RESTRICT)


def day_input() -> forms.DateInput:
    """A field of a day, which browsers show a calendar for."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def check_day(day: date, earliest: date) -> date:
    """The day. Raises `ValidationError` for one in the future, or before the earliest."""
    if day > today():
        raise forms.ValidationError(say("Dagen ligger ude i fremtiden.", "This day is in the future."))
    if day < earliest:
        raise forms.ValidationError(say("Dagen ligger for tidligt.", "This day is too early."))
    return day


class RequestForm(forms.ModelForm):
    """A new request."""

    class Meta:
        model = SubjectRequest
        fields = ("kind", "channel", "received_on")
        widgets = {"received_on": day_input()}

    def clean_received_on(self) -> date:
        """The day on which it was received."""
        return check_day(self.cleaned_data["received_on"], EARLIEST)


class IdentityForm(forms.Form):
    """How the identity was checked."""

    code = forms.ChoiceField(
        label=say("Sådan er identiteten kontrolleret", "How the identity was checked"),
        choices=lambda: [NOT_CHOSEN, *codes_of(IDENTITY_CHECK)],
    )


class ExtensionForm(forms.Form):
    """Why the time limit is extended."""

    code = forms.ChoiceField(
        label=say("Begrundelse", "Reason"), choices=lambda: [NOT_CHOSEN, *codes_of(EXTENSION_REASON)]
    )


def help_of(kind: str) -> Any:
    """What is said beside the answers to a request of a kind: which of them can be chosen only once something was done."""
    return lazily(DONE_FIRST_HELP if {*OF_KIND[kind]} & {*DONE_FIRST} else NO_TEXT)


class InformedForm(forms.Form):
    """When the person was told that the restriction is going to be lifted."""

    day = forms.DateField(label=say("Personen fik besked den", "The person was told on"), widget=day_input())

    def __init__(self, *args: Any, request: SubjectRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_day(self) -> date:
        """The day on which the person was told."""
        return check_day(self.cleaned_data["day"], self.request.received_on)


class AnswerForm(forms.Form):
    """What was answered, with the ground of a refusal, and when. `acts`: the acts of the request's steps so far."""

    code = forms.ChoiceField(label=say("Svar", "Answer"))
    ground = forms.ChoiceField(
        label=say("Grund til afslag", "Ground for refusal"),
        required=False,
        choices=lambda: [NOT_CHOSEN, *codes_of(REFUSAL_GROUND)],
        help_text=say("Kun hvis anmodningen er afslået.", "Only where the request was refused."),
    )
    day = forms.DateField(label=say("Besvaret den", "Answered on"), widget=day_input())

    def __init__(self, *args: Any, request: SubjectRequest, acts: Container[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        codes = [code for code in OF_KIND[request.kind] if code not in DONE_FIRST or code in acts]
        labels = {each.code: each.label for each in REQUEST_OUTCOME.codes}
        choices = choices_of({code: labels[code] for code in (*codes, *OF_EVERY_KIND)})
        self.fields["code"] = forms.ChoiceField(
            label=say("Svar", "Answer"), choices=[NOT_CHOSEN, *choices], help_text=help_of(request.kind)
        )

    def clean_day(self) -> date:
        """The day on which it was answered."""
        return check_day(self.cleaned_data["day"], self.request.received_on)

    def clean(self) -> dict[str, Any]:
        """The answer. Raises `ValidationError` for a refusal without a ground, and for a ground of anything else."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" in data and (data["code"] == REFUSED) != bool(data.get("ground")):
            raise forms.ValidationError(
                say(
                    "Et afslag skal have en grund, og kun et afslag har en.",
                    "A refusal needs a ground, and only a refusal has one.",
                )
            )
        return data
