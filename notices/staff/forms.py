"""Forms of the staff pages: a crisis and its end, a notice, the text of a language, and a withdrawal."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from core.text import lazily
from notices import choices
from notices.choices import NOT_WRITTEN
from notices.languages import LANGUAGES
from notices.models import LONGEST_SMS, LONGEST_TEXT, LONGEST_TITLE, Crisis, Notice
from notices.texts import full_name, with_title
from notices.words import FIELDS, HELPS, NO_NAMES, NO_REPLACEMENT

USUAL = timedelta(days=30)
MOMENT = "%Y-%m-%dT%H:%M"


def label(name: str) -> Any:
    return capfirst(lazily(FIELDS[name]))


def several(name: str, choices_offered: Any) -> forms.MultipleChoiceField:
    """A field of which several or none are chosen."""
    about = lazily(HELPS[name]) if name in HELPS else ""
    return forms.MultipleChoiceField(
        label=label(name), choices=choices_offered, required=False, widget=forms.CheckboxSelectMultiple, help_text=about
    )


def moment_field(name: str, initial: Any) -> forms.DateTimeField:
    """A moment in one field, as browsers offer it."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label(name), widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], initial=initial
    )


def minute() -> Any:
    """Now, to the minute."""
    return timezone.localtime().replace(second=0, microsecond=0)


class CrisisForm(forms.ModelForm):
    """A crisis."""

    forms = several("forms", choices.crisis_forms)

    class Meta:
        model = Crisis
        fields = ("code", "title_da", "title_en", "started_on", "forms")

    def clean(self) -> dict[str, Any]:
        """The titles as lines."""
        return tidy_fields(super().clean() or self.cleaned_data, "title_da", "title_en")


class CrisisEndForm(forms.Form):
    """The last day of a crisis."""

    ended_on = forms.DateField(label=label("ended_on"), widget=forms.DateInput({"type": "date"}))


class NoticeChoiceField(forms.ModelChoiceField):
    """One of some notices, each by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return full_name(obj)


class NoticeForm(forms.ModelForm):
    """A notice without its texts."""

    regions = several("regions", choices.regions)
    valid_from = moment_field("valid_from", minute)
    valid_to = moment_field("valid_to", lambda: minute() + USUAL)
    supersedes = NoticeChoiceField(Notice.objects.none(), required=False, label=label("supersedes"))

    class Meta:
        model = Notice
        fields = (
            *("crisis", "issuer_da", "issuer_en", "subject_code", "audience", "severity", "urgency", "certainty"),
            *("regions", "language", "valid_from", "valid_to", "source", "supersedes"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the crises that have no end yet, and the notices that readers got."""
        super().__init__(*args, **kwargs)
        offers = {
            "crisis": Crisis.objects.filter(end=None),
            "supersedes": with_title(Notice.objects.filter(publications__isnull=False).distinct()),
        }
        for name, rows in offers.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The names of the authority as lines."""
        return tidy_fields(super().clean() or self.cleaned_data, "issuer_da", "issuer_en")


class TextForm(forms.Form):
    """The text of a language. It is written in that language, and from right to left where that is."""

    title = forms.CharField(label=label("title"), max_length=LONGEST_TITLE)
    text = forms.CharField(label=label("text"), max_length=LONGEST_TEXT, help_text=lazily(NO_NAMES))
    sms = forms.CharField(label=label("sms"), max_length=LONGEST_SMS)
    is_finished = forms.BooleanField(label=label("is_finished"), required=False)

    def __init__(self, data: Any, language: str, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        attributes = {"lang": language, "dir": LANGUAGES[language].direction}
        for name, rows in {"title": 2, "text": 12, "sms": 3}.items():
            self.fields[name].widget = forms.Textarea({**attributes, "rows": rows, "cols": 60})
        for name, longest in {"title": LONGEST_TITLE, "text": LONGEST_TEXT, "sms": LONGEST_SMS}.items():
            self.fields[name].widget.attrs["maxlength"] = longest

    def clean(self) -> dict[str, Any]:
        """The text in lines, without signs that no reader sees and no file takes."""
        data = tidy_fields(super().clean() or self.cleaned_data, "title", "text", "sms")
        for name in ("title", "text", "sms"):
            if data.get(name) == "":
                self.add_error(name, self.fields[name].error_messages["required"])
        return data


def tidy_fields(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was typed, with these texts tidy. The text of a notice alone has lines."""
    return data | {name: tidy(data[name], is_one_line=name != "text") for name in names if name in data}


def is_written(sign: str) -> bool:
    """Whether a sign is kept: no control character, none that the table refuses, and no half of one."""
    return not re.match(NOT_WRITTEN, sign) and unicodedata.category(sign) not in {"Cc", "Cs"}


def tidy(text: str, *, is_one_line: bool) -> str:
    """A text whose lines end alike, without signs that nobody sees. `is_one_line`: its lines are joined."""
    lines = ["".join(filter(is_written, line)).strip() for line in text.splitlines()]
    return " ".join(filter(None, lines)) if is_one_line else "\n".join(lines).strip()


class NoticeWithdrawalForm(forms.Form):
    """Which notice comes instead, if any."""

    replacement = NoticeChoiceField(
        Notice.objects.none(), required=False, empty_label=lazily(NO_REPLACEMENT), label=label("supersedes")
    )

    def __init__(self, data: Any, others: QuerySet[Notice]) -> None:
        super().__init__(data)
        self.fields["replacement"].queryset = with_title(others)  # type: ignore[attr-defined]
        self.fields["replacement"].label = lazily(("Gælder i stedet", "Holds instead"))
