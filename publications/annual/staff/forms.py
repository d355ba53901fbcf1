"""The forms of a report: of a section and of an order; and what stands in the former before anybody has written in its draft.

What a person wrote in an earlier draft was of its figures. Where a section shows the same it is finished (`drafting.keep_texts`).
In others a comment is carried over, to be read again. A heading or an alternative text is carried over only where a person rewrote
it and the new draft proposes the same as the old one did. Else the new proposal stands, and the old text beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import capfirst

from core.text import NO_TEXT, Text, lazily
from partners.audit import Actor
from publications.annual.document import from_json
from publications.annual.drafts import check_correction, earlier_texts, faults_of, tidy, write
from publications.annual.models import ReportDraft, ReportOrder, ReportPublication
from publications.annual.places import COMMENT, HEADING, Texts, is_comment, proposals
from publications.annual.refusals import ReportRefused
from publications.annual.staff.words import (
    EARLIER,
    FIELDS,
    IN,
    NO_RELEASE,
    ORDER_HELPS,
    PLACES,
    PROPOSED,
    TEXT_HELPS,
)
from stats.periods import PeriodKind
from stats.reading.catalogue import PUBLISHED


@dataclass(frozen=True)
class Suggestion:
    """Of a place: what the program proposes, what stands in its field at first, and another text of an earlier draft."""

    proposal: Text = NO_TEXT
    initial: Text = NO_TEXT
    earlier: Text = NO_TEXT


def suggestions_of(draft: ReportDraft) -> dict[str, Suggestion]:
    """The suggestion of each place of a draft, with the last text of an earlier one."""
    proposed_now, rows = proposals_of(draft), earlier_texts(draft)
    proposed_before = {each.pk: proposals_of(each) for each in {row.draft for row in rows.values()}}
    return {
        place: suggestion(
            place,
            proposed_now.get(place, NO_TEXT),
            proposed_before[rows[place].draft_id].get(place, NO_TEXT) if place in rows else NO_TEXT,
            Text(rows[place].text_da, rows[place].text_en) if place in rows else NO_TEXT,
        )
        for place in draft.places
    }


def suggestion(place: str, proposed_now: Text, proposed_before: Text, written_before: Text) -> Suggestion:
    if is_comment(place):
        return Suggestion(initial=written_before)
    if any(written_before) and proposed_now == proposed_before:
        return Suggestion(proposed_now, written_before)
    return Suggestion(proposed_now, proposed_now, NO_TEXT if written_before == proposed_now else written_before)


def proposals_of(draft: ReportDraft) -> Mapping[str, Text]:
    """What the program proposes in each place of a draft."""
    of_languages = [proposals(from_json(draft.documents[language])) for language in Text._fields]
    return {place: Text(*(each[place] for each in of_languages)) for place in of_languages[0]}


ROWS = {HEADING: 2, COMMENT: 8}


class SectionForm(forms.Form):
    """The places of a section, each in both languages. What is saved is finished.

    `texts`: what counts now. `proposals`: by place, what stands in its fields while nobody has written there yet.
    """

    def __init__(
        self, data: Any, draft: ReportDraft, places: list[str], texts: Texts, proposals: Mapping[str, Suggestion]
    ) -> None:
        super().__init__(data)
        self.draft, self.places, self.texts = draft, places, texts
        for place in places:
            for language in Text._fields:
                self.fields[f"{place}:{language}"] = text_field(place, language, proposals[place], texts.get(place))

    def pairs(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each place, side by side."""
        return [tuple(self[f"{place}:{language}"] for language in Text._fields) for place in self.places]

    def text_of(self, place: str) -> Text:
        return Text(*(tidy(place, self.cleaned_data.get(f"{place}:{language}") or "") for language in Text._fields))

    def clean(self) -> dict[str, Any]:
        """The texts, each with what is wrong with it at its field."""
        data = super().clean() or self.cleaned_data
        for place in self.places:
            for language, fault in faults_of(self.draft, place, self.text_of(place)).items():
                self.add_error(f"{place}:{language}", str(fault))
        return data

    def save(self, by: Actor) -> None:
        """Write what is new, and take what was proposed as it stands: all of it or nothing. Raises `ReportRefused`."""
        with transaction.atomic():
            for place in self.places:
                text = self.text_of(place)
                if text != self.texts.get(place, Text("", "") if place.endswith(COMMENT) else None):
                    write(by=by, draft=self.draft, place=place, text=text)


def text_field(place: str, language: str, suggestion: Suggestion, text: Text | None) -> forms.CharField:
    """The field of a place in a language."""
    name = place.rpartition(":")[2]
    content = (text or suggestion.initial)(language)
    label = Text(*(f"{PLACES[name](each)} {IN[language](each)}" for each in Text._fields))
    return forms.CharField(
        label=lazily(label),
        required=False,
        strip=False,
        initial=content,
        help_text=lazily(help_of(name, language, suggestion, content)),
        widget=forms.Textarea({"rows": ROWS.get(name, 4), "cols": 60, "lang": language}),
    )


def help_of(name: str, language: str, suggestion: Suggestion, content: str) -> Text:
    """What a field is for, with what is proposed for it and is not in it, and what stood in an earlier draft of other figures."""
    is_other = suggestion.proposal(language) not in {"", content}
    texts = [TEXT_HELPS[name], *([PROPOSED] if is_other else []), *([EARLIER] if suggestion.earlier(language) else [])]
    template = Text(*(" ".join(each) for each in zip(*texts, strict=True)))
    return Text(
        *(
            each.format(proposal=suggestion.proposal(language), earlier=suggestion.earlier(language))
            for each in template
        )
    )


def years_published() -> list[tuple[int, str]]:
    """The years of which there is a public release that is not withdrawn, as choices, the newest first."""
    releases = PUBLISHED.read().releases
    years = {int(each.period.id) for each in releases if each.period.kind == PeriodKind.YEAR and not each.withdrawal}
    return [(year, str(year)) for year in sorted(years, reverse=True)]


class ReportOrderForm(forms.ModelForm):
    """An order of a draft, of a year that there are public figures of."""

    year = forms.TypedChoiceField(
        label=capfirst(lazily(FIELDS["year"])),
        coerce=int,
        choices=years_published,
        help_text=lazily(ORDER_HELPS["year"]),
        error_messages={"invalid_choice": lazily(NO_RELEASE)},
    )

    class Meta:
        model = ReportOrder
        fields = ("year", "correction_da", "correction_en")

    def clean(self) -> dict[str, Any]:
        """The order, with a correction where a report of the year is published and there alone."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            correction = Text(*(tidy("", data[f"correction_{language}"]) for language in Text._fields))
            data |= {f"correction_{language}": correction(language) for language in Text._fields}
            try:
                check_correction(correction, ReportPublication.objects.filter(year=data["year"]).count())
            except ReportRefused as refusal:
                self.add_error("correction_da", str(refusal))
        return data
