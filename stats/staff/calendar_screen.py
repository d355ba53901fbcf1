"""The screen of the release calendar: dates are announced, confirmed, postponed and cancelled, and every notice stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.refusals import raised_as
from core.text import Text, say
from partners.choices import choices_of
from partners.staff.links import column
from partners.staff.lists import WordedFilter
from partners.staff.screens import SignedScreen
from stats.choices import DATE_STATUSES
from stats.errors import ReleaseRefused
from stats.models import ANNOUNCED, CANCELLED, CONFIRMED, DONE_DATE, POSTPONED, AnnouncedDate
from stats.periods import FORMS, Period
from stats.reading.dates import exact_time, title_of, words_of
from stats.staff.announced_dates import with_state
from stats.words import DATE_HELPS, DATE_WARNING

# What an entry is called, for good.
NAMES = ("period", "title_da", "title_en")
REASONS = ("reason_da", "reason_en")
AT_FIRST = (ANNOUNCED, CONFIRMED)
LATER = (CONFIRMED, POSTPONED, CANCELLED, DONE_DATE)
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
NO_MONTH = Text("Skriv en måned som 2027-03.", "Write a month as 2027-03.")
NO_DATE = Text("Angiv en måned eller et klokkeslæt.", "Give a month, or a date and time.")
NO_PERIOD = Text(f"Skriv en periode som {FORMS[0]} eller {FORMS[2]}.", f"Write a period as {FORMS[0]} or {FORMS[2]}.")
# Of the attempt, which is undone before the database looks whether there is such a user.
NOBODY = 0
AS_READ = Text("Kalenderen, som alle læser den", "The calendar as everybody reads it")
SUPERSEDED = Text("afløst", "superseded")
ANNOUNCE_CHANGE = Text("Meld en ændring ud", "Announce a change")


class DateForm(forms.ModelForm):
    """A notice of a date: the first of an entry, or with `entry` a later one, which keeps what the entry is called.

    The database decides whether the notice may follow the one before; it is asked here, so that the page can say why not.
    """

    entry = forms.UUIDField(label=say("Meddelelse om", "Notice of"), required=False, widget=forms.HiddenInput)
    month = forms.CharField(
        label=say("Måned", "Month"),
        required=False,
        max_length=7,
        # A browser without a choice of months shows a line of text.
        widget=forms.TextInput({"type": "month"}),
        help_text=say("Når kun måneden er kendt: 2027-03.", "When only the month is known: 2027-03."),
    )
    moment = forms.DateTimeField(
        label=say("Dato og klokkeslæt, dansk tid", "Date and time, Danish time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = AnnouncedDate
        fields = (
            "entry", "period", "title_da", "title_en", "month", "moment", "status", "reason_da", "reason_en",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what may be said: of a new entry everything, of one that was announced what has changed."""
        super().__init__(*args, **kwargs)
        self.before = last_of(self.data.get("entry") or self.initial.get("entry"))
        codes = LATER if self.before else AT_FIRST
        self.fields["status"] = forms.ChoiceField(
            label=say("Tilstand", "Status"), choices=choices_of({code: DATE_STATUSES[code] for code in codes})
        )

    def clean_entry(self) -> UUID:
        """The entry that the notice is of: a new one where none is named."""
        entry: UUID | None = self.cleaned_data["entry"]
        return entry or uuid4()

    def clean_period(self) -> str:
        """The period as releases write it. Raises `ValidationError` for what is none that everybody reads."""
        text: str = self.cleaned_data["period"].strip()
        period = Period.parse(text)
        if text and (period is None or "Q" in text):
            raise forms.ValidationError(str(NO_PERIOD))
        return text

    def clean_month(self) -> date | None:
        """The first day of the month. Raises `ValidationError` for what is no month."""
        text = self.cleaned_data["month"].strip()
        if not text:
            return None
        match = MONTH.fullmatch(text)
        if match is None or not 2000 <= int(match[1]) <= 2199:
            raise forms.ValidationError(str(NO_MONTH))
        return date(int(match[1]), int(match[2]), 1)

    def clean(self) -> dict[str, Any]:
        """The notice with its month, each reason on one line. Raises `ValidationError` where no date is given and none stays."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data |= {name: " ".join(data[name].split()) for name in REASONS if name in data}
        moment = data.get("moment")
        if moment:
            data["month"] = moment.date().replace(day=1)
        elif not data.get("month") and self.before and data.get("status") in (CANCELLED, DONE_DATE):
            data["month"] = self.before.month
        if not data.get("month") and "month" not in self.errors:
            raise forms.ValidationError(str(NO_DATE))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """What is not checked before the row is tried: not its name, on which constraints depend that say why in words."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - set(NAMES)

    def _post_clean(self) -> None:
        """Check the row as Django does; then try it, and undo the attempt."""
        if self.before:
            for name in NAMES:
                setattr(self.instance, name, getattr(self.before, name))
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        self.instance.user_id = NOBODY
        try:
            with raised_as(ReleaseRefused), transaction.atomic():
                self.instance.save(force_insert=True)
                transaction.set_rollback(True)
        except ReleaseRefused as refusal:
            self.add_error(None, str(refusal))
        self.instance.pk, self.instance._state.adding = None, True


class NoticeStateFilter(WordedFilter):
    """Filters notices by whether they hold. Unasked it shows those that do."""

    choices_offered: ClassVar = {
        "holds": (Text("gælder nu", "holds now"), lambda: Q(is_superseded=False, has_ended=False)),
        "superseded": (SUPERSEDED, lambda: Q(is_superseded=True)),
        "published": (
            DATE_STATUSES[DONE_DATE],
            lambda: Q(is_superseded=False, has_ended=True) & ~Q(status=CANCELLED),
        ),
        "cancelled": (DATE_STATUSES[CANCELLED], lambda: Q(is_superseded=False, status=CANCELLED)),
        "all": (Text("alle meddelelser", "all notices"), Q),
    }

    def value(self) -> str:
        return super().value() or "holds"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The states, without Django's choice of none."""
        return islice(super().choices(changelist), 1, None)


class CalendarScreen(SignedScreen):
    """The notices of the calendar, the next date first: those that hold, and on request the others. A change is a new notice."""

    form = DateForm
    ordering = ("month", "moment", "pk")
    list_display = ("title", "date_in_words", "state", "announced_at", "user")
    list_filter = (NoticeStateFilter,)
    list_select_related = ("user",)
    helps = DATE_HELPS
    act = Text("Meld en dato ud", "Announce a date")
    warning = DATE_WARNING

    def heading(self, row: AnnouncedDate) -> str:
        return str(self.title(row))

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnnouncedDate]:
        """The notices, each with how it stands."""
        return with_state(super().get_queryset(request))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the way to what everybody reads of it."""
        acts = [(AS_READ, reverse(f"calendar-{Text(*Text._fields)}"))]
        return super().changelist_view(request, {**(extra_context or {}), "acts": acts})

    def get_fields(self, request: HttpRequest, obj: AnnouncedDate | None = None) -> tuple[str, ...]:
        """The form; of a notice what it said."""
        if obj is None:
            before = last_of(request.POST.get("entry") or request.GET.get("entry"))
            return tuple(name for name in DateForm.Meta.fields if before is None or name not in NAMES)
        reasons = tuple(name for name in REASONS if getattr(obj, name))
        return ("title", "date", "state", *reasons, "announced_at", "user")

    def get_readonly_fields(self, request: HttpRequest, obj: AnnouncedDate | None = None) -> tuple[str, ...]:
        return () if obj is None else ("title", "date", "state")

    title = column(
        say("hvad", "what"), lambda notice: str(title_of(notice.period, Text(notice.title_da, notice.title_en)))
    )
    date_in_words = column(say("hvornår", "when"), lambda notice: str(words_of(notice.month, notice.moment)))

    @admin.display(description=say("tilstand", "status"))
    def state(self, notice: AnnouncedDate) -> str:
        """What was said of the date, and whether that still holds."""
        words = DATE_STATUSES[notice.status]
        if notice.is_superseded:  # type: ignore[attr-defined]
            return str(Text(*(f"{each} ({now})" for each, now in zip(words, SUPERSEDED, strict=True))))
        is_published = notice.has_ended and notice.status != CANCELLED  # type: ignore[attr-defined]
        return str(DATE_STATUSES[DONE_DATE] if is_published else words)

    @admin.display(description=say("hvornår", "when"))
    def date(self, notice: AnnouncedDate) -> str:
        """The date, as exact as it is known."""
        return str(exact_time(notice.moment) if notice.moment else words_of(notice.month, None))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A notice, with the way to the next one of its entry."""
        notice = self.get_object(request, object_id)
        may = notice is not None and self.has_add_permission(request)
        address = f"{reverse('admin:statistics_announceddate_add')}?entry={notice.entry}" if notice else ""
        acts = [(ANNOUNCE_CHANGE, address)] if may else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "acts": acts})


def last_of(entry: object) -> AnnouncedDate | None:
    """The notice of an entry that holds. None: it is new, or no id."""
    try:
        key = UUID(str(entry))
    except ValueError:
        return None
    return AnnouncedDate.objects.filter(entry=key).order_by("sequence").last()
