"""Withdrawing a published release: the page that asks for its replacement and for the reason, in both languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import LONGEST_REASON, Release
from cases.statistics.notes import check_characters
from cases.statistics.staff import approval
from cases.statistics.staff.forms import ReleaseChoice
from cases.statistics.staff.offers import ACTS, address, approvable, return_with_message
from cases.statistics.staff.releases import replacements
from cases.statistics.staff.words import question_of, release_in_a_sentence, sentence_about
from cases.statistics.words import FIELDS, FOR_EVER
from partners.staff.questions import question_page
from partners.staff.screens import ReadOnly, actor, length_told
from partners.text import Text, lazily, say

STAYS = Text(
    "Den kan stadig læses under sit id, mærket som trukket tilbage. Alle kan læse, hvorfor, og hvad der erstatter den. "
    "Det kan ikke fortrydes.",
    "It can still be read by its id, marked as withdrawn. Everybody can read why, and what replaces it. This cannot be undone.",
)


def reason_field(name: str) -> forms.CharField:
    """The reason in a language."""
    return forms.CharField(
        label=lazily(FIELDS[name]),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "lang": name[-2:]}),
        help_text=length_told(lazily(FOR_EVER), LONGEST_REASON),
    )


class WithdrawForm(forms.Form):
    """The release that replaces it, and the reason."""

    reason_da = reason_field("reason_da")
    reason_en = reason_field("reason_en")

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = ReleaseChoice(label=say("Erstattes af", "Replacement"), queryset=replacements(release))
        self.fields = {"replacement": others, **self.fields}

    def clean(self) -> dict[str, Any]:
        """The reason. Raises `ValidationError` for characters that nobody sees."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_characters(self.reason)
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return data

    @property
    def reason(self) -> Text:
        """The reason in both languages."""
        return Text(*(self.cleaned_data.get(f"reason_{language}", "") for language in Text._fields))


class WithdrawalAct(ReadOnly):
    """The screen of releases, as far as withdrawing goes."""

    def withdraw(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for the reason and the replacement; then withdraw. The release's page says where there is no replacement yet."""
        release = approvable(request, release_id)
        if not replacements(release).exists():
            return HttpResponseRedirect(address("change", release.pk))
        form = WithdrawForm(request.POST or None, release=release)
        if form.is_valid():
            replacement = form.cleaned_data["replacement"]
            try:
                approval.withdraw(
                    by=actor(request), release_id=release.pk, replacement=replacement.pk, reason=form.reason
                )
                other = release_in_a_sentence(replacement)
                message = Text(
                    f"{{subject}} er trukket tilbage og erstattet af {other.da}.",
                    f"{{subject}} is withdrawn and replaced by {other.en}.",
                )
                return return_with_message(request, str(sentence_about(release, message)), release)
            except ReleaseRefused as refusal:
                messages.error(request, str(refusal))
        page = {
            "opts": self.opts,
            "title": question_of(release, Text("Træk {} tilbage?", "Withdraw {}?")),
            "warning": STAYS,
            "facts": [],
            "form": form,
            "submit": ACTS["withdraw"],
            "back": address("change", release.pk),
        }
        return question_page(request, page)
