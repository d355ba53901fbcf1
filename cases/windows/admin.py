"""Staff screens of windows, reopenings and receipts. What is added stays: a change is a further row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from cases.windows import partner_years
from cases.windows.models import (
    FIRST_YEAR,
    LAST_YEAR,
    REOPENING_REASONS,
    WINDOW_REASONS,
    Reopening,
    WindowChange,
    YearReceipt,
)
from cases.windows.partner_years import ReopeningRefused, reopen
from cases.windows.words import (
    CHANGE_WARNING,
    FIELDS,
    HELD_NOW,
    HELPS,
    NEVER_CLOSES,
    NONE_CHANGED,
    ONLY_CHANGES,
    REOPENING_WARNING,
    TAKEN_BACK,
)
from core.text import NO_TEXT, Text, number_in, say
from partners.staff.links import column
from partners.staff.lists import BY_PARTNER
from partners.staff.naming import day_of
from partners.staff.questions import is_edited
from partners.staff.screens import ReadOnly, SignedScreen

DAYS = ("opens_on", "deadline_on", "new_until", "corrections_until")


class ReopeningForm(forms.ModelForm):  # type: ignore[type-arg]
    """A reopening. What the database would refuse is told before the question."""

    class Meta:
        model = Reopening
        fields = ("partner", "year", "until_on", "reason_code")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        user = getattr(self, "user", None)
        if self.errors or user is None:
            return
        data = self.cleaned_data
        try:
            with transaction.atomic():
                reopen(
                    by=user,
                    partner_id=data["partner"].pk,
                    year=data["year"],
                    until=data["until_on"],
                    reason_code=data["reason_code"],
                )
                transaction.set_rollback(True)
        except ReopeningRefused as refusal:
            self.add_error(None, str(refusal))


@admin.register(WindowChange)
class WindowChangeAdmin(SignedScreen):
    """Every window that staff have set, the newest first. The latest of a partner and year holds."""

    list_display = ("year", "of_partner", *DAYS, "reason", "user", "changed_at")
    list_filter = ("year", BY_PARTNER)
    list_select_related = ("partner", "user")
    helps = HELPS
    empty_words = NONE_CHANGED
    act = Text("Sæt et års frister", "Set the days of a year")
    warning = CHANGE_WARNING

    def list_lead(self, request: HttpRequest) -> Text:
        """What the list has, and where the deadlines of a year stand."""
        return ONLY_CHANGES

    def get_fields(self, request: HttpRequest, obj: WindowChange | None = None) -> tuple[str, ...]:
        """The form; of a row who set it too."""
        form = ("partner", "year", *DAYS, "reason_code")
        return form if obj is None else (*form, "user", "changed_at")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The days that hold now, where the address names the year: those that a new row leaves empty it takes back."""
        initial = super().get_changeform_initial_data(request)
        row = (
            None
            if is_edited(request)
            else latest(uuid_in(initial.get("partner", "")), number_in(initial.get("year", "")))
        )
        return {**{name: getattr(row, name) for name in DAYS if row}, **initial}

    def lead(self, request: HttpRequest) -> str:
        """The days that hold now, where the address or the form names the partner and the year."""
        initial = self.get_changeform_initial_data(request)
        year = number_in(initial.get("year") or "")
        days = days_held(uuid_in(initial.get("partner") or ""), year)
        return str(Text(f"Nu gælder for {year}: {days.da}.", f"For {year} now: {days.en}.")) if any(days) else ""

    def facts_to_add(self, form: forms.ModelForm[Any]) -> list[tuple[Any, str]]:
        """The form, the days that hold now, and those that were set before and are left empty now."""
        data, facts = form.cleaned_data, super().facts_to_add(form)
        partner_id = data["partner"] and data["partner"].pk
        if words := str(days_held(partner_id, data["year"])):
            facts.append((HELD_NOW, words))
        row = latest(partner_id, data["year"])
        days = {name: getattr(row, name) for name in DAYS if row and data[name] is None}
        days_back = "; ".join(f"{FIELDS[name]} {day_of(day)}" for name, day in days.items() if day)
        return [*facts, (TAKEN_BACK, days_back)] if days_back else facts

    of_partner = column(say("partner", "partner"), lambda row: row.partner or say("alle", "all"), ordering="partner")
    reason = column(say("begrundelse", "reason"), lambda row: str(WINDOW_REASONS[row.reason_code]))


def latest(partner_id: UUID | None, year: int | None) -> WindowChange | None:
    """The row that holds for a partner, or for all (None), and a year; None where no year is named."""
    if year is None:
        return None
    return WindowChange.objects.filter(partner=partner_id, year=year).order_by("-changed_at", "-pk").first()


def days_held(partner_id: UUID | None, year: int | None) -> Text:
    """The days of a partner's year in words, whoever has set them; nothing where there is no such partner or year."""
    if partner_id is None or year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return NO_TEXT
    try:
        window = partner_years.years_of(partner_id).window(year)
    except LookupError:
        return NO_TEXT
    days = {FIELDS[name]: day_of(day) for name in DAYS if (day := getattr(window, name)) is not None}
    words = (", ".join(f"{name(language)} {day}" for name, day in days.items()) for language in Text._fields)
    return Text(*words) if days else NEVER_CLOSES


def uuid_in(text: str) -> UUID | None:
    """The id in an address; None where there is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@admin.register(Reopening)
class ReopeningAdmin(SignedScreen):
    """Every reopening, the newest first."""

    form = ReopeningForm
    list_display = ("year", "partner", "until_on", "reason", "user", "reopened_at")
    list_filter = ("year", "reason_code", BY_PARTNER)
    list_select_related = ("partner", "user")
    # A reopening is of one partner: nothing is left empty.
    helps = {name: text for name, text in HELPS.items() if name != "partner"}
    act = Text("Genåbn et år", "Reopen a year")
    warning = REOPENING_WARNING

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"user": request.user if obj is None else None})

    def get_fields(self, request: HttpRequest, obj: Reopening | None = None) -> tuple[str, ...]:
        """The form; of a row who reopened it too."""
        form = ("partner", "year", "until_on", "reason_code")
        return form if obj is None else (*form, "user", "reopened_at")

    reason = column(say("begrundelse", "reason"), lambda row: str(REOPENING_REASONS[row.reason_code]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Reopen the year, under the partner's lock and with its audit row."""
        row = reopen(
            by=request.user,  # type: ignore[arg-type]
            partner_id=obj.partner_id,
            year=obj.year,
            until=obj.until_on,
            reason_code=obj.reason_code,
        )
        obj.pk, obj.user_id = row.pk, row.user_id


@admin.register(YearReceipt)
class ReceiptAdmin(ReadOnly):
    """Who has signed which year. The counts of a receipt are its partner's: no page of staff shows them."""

    list_display = ("year", "partner", "number", "user", "signed_at")
    list_filter = ("year", BY_PARTNER)
    list_select_related = ("partner", "user")
    fields = ("year", "partner", "number", "user", "signed_at", "digest")

    def heading(self, row: YearReceipt) -> str:
        """The year, the partner and which receipt of the year it is."""
        return str(Text(f"{row.year}, {row.partner}, nr. {row.number}", f"{row.year}, {row.partner}, no. {row.number}"))
