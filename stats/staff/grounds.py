"""What speaks against publishing a release, as approvers see it, and the form in which they say why it is right all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from core.text import Text, lazily, say
from partners.staff.screens import length_in_words
from stats.counting.notes import check_characters
from stats.errors import ReleaseRefused
from stats.models import LONGEST_REASON, SHORTEST_REASON, Release
from stats.publishing.choice import PROTECTED
from stats.publishing.inputs import check_reason
from stats.staff import approval
from stats.words import FIELDS, FOR_EVER

# What speaks against a publication that has not happened yet. What readers are told of it afterwards is in `wording.GROUNDS`.
SPEAKS_AGAINST = {
    "BEFORE_PERIOD_END": Text("Perioden er ikke slut.", "The period has not ended."),
    "FEW_REPORTS": Text(
        "For få af de forventede indberetninger er modtaget.", "Too few of the expected reports have come."
    ),
    "OTHER_DAY": Text(
        "Kalenderen har meldt en anden dag ud. Meld en ændring ud, eller udgiv på dagen.",
        "The calendar announces another day. Announce a change, or publish on that day.",
    ),
}
AGAINST = say("Taler imod", "Speaks against it")
ORDER_SAYS = say("Bestillingens begrundelse", "The order's reason")
NO_REASON = Text(
    "Ingen. Udkastet skal bestilles igen med en begrundelse, før det kan udgives nu.",
    "None. The draft must be ordered again with a reason before it can be published now.",
)
NOT_BY_CALENDAR = Text("Udgiv uden om kalenderen. {why}", "Publish although the calendar says something else. {why}")

# No share of nothing is complete.
NOBODY_EXPECTED = Text(
    "Ingen partner skulle indberette om perioden. Det vides ikke, om noget mangler.",
    "No partner was expected to report on the period. Whether anything is missing is not known.",
)


def reason_field(name: str) -> forms.CharField:
    """A reason in a language, for everybody."""
    return forms.CharField(
        label=lazily(FIELDS[name]),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "lang": name[-2:]}),
        help_text=length_in_words(lazily(FOR_EVER), LONGEST_REASON),
    )


class PublicReasonForm(forms.Form):
    """A reason in both languages. It refuses characters that nobody sees, and what is no words."""

    reason_da = reason_field("reason_da")
    reason_en = reason_field("reason_en")

    def clean(self) -> dict[str, Any]:
        """The reason. Raises `ValidationError` for characters that nobody sees, and for what is no words."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_characters(self.reason)
            if not self.errors:
                check_reason(self.reason)
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return data

    @property
    def reason(self) -> Text:
        """The reason in both languages."""
        return Text(*(self.cleaned_data.get(f"reason_{language}", "") for language in Text._fields))


def check_visible(reason: str) -> str:
    """A reason that whoever reads it can see. Raises `ValidationError` for characters that nobody sees."""
    try:
        check_characters(Text(reason, reason))
    except ReleaseRefused as refusal:
        raise forms.ValidationError(str(refusal)) from None
    return reason


class PublishForm(PublicReasonForm):
    """The approval of a release at a moment. Where nothing speaks against it there is no field: sending it is the approval."""

    def __init__(self, data: Mapping[str, Any] | None, *, release: Release, at: datetime) -> None:
        """Ask why, where something speaks against it, and for a tick where the calendar does not announce it."""
        super().__init__(data)
        self.grounds = approval.grounds_of(release.pk, at)
        if not self.grounds:
            self.fields = {}
        if difference := approval.difference_from_calendar(release, at):
            words = Text(*(each.format(why=why) for each, why in zip(NOT_BY_CALENDAR, difference, strict=True)))
            self.fields["off_calendar"] = forms.BooleanField(label=lazily(words))


def ground_facts(release: Release, grounds: list[str]) -> Iterator[tuple[object, object]]:
    """What speaks against a publication, and what the order says to it."""
    for code in grounds:
        yield AGAINST, SPEAKS_AGAINST[code]
    if release.reason_da:
        yield ORDER_SAYS, Text(release.reason_da, release.reason_en)
    elif grounds:
        yield ORDER_SAYS, NO_REASON


def report_facts(proof: approval.DraftProof | None) -> Iterator[tuple[object, object]]:
    """How many reports of persons were expected and came by the draft's moment, and the referrals behind it. Sums have theirs."""
    behind = proof.behind.get(PROTECTED.id) if proof else None
    if behind:
        reports_expected, came, referrals = (behind[name] for name in ("expected", "came", "referrals"))
        numbers = Text(
            f"{came} af {reports_expected} forventede er modtaget.",
            f"{came} of {reports_expected} expected have come.",
        )
        yield (
            say("Indberetninger, forventet og modtaget", "Reports, expected and come"),
            numbers if reports_expected else NOBODY_EXPECTED,
        )
        yield say("Henvisninger i perioden", "Referrals of the period"), referrals
