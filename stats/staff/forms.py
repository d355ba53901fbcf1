"""Forms of the staff pages of the statistics. They refuse in words what can be refused before anything is built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import Text, lazily
from stats import rooms_above
from stats.counting.build import parse_period
from stats.counting.notes import check_characters, check_notes, vintages_read
from stats.errors import ReleaseRefused, refuse
from stats.models import AUTHORITY, PUBLIC, BuildOrder, Release
from stats.periods import EARLIEST, Period
from stats.publishing.choice import (
    HIGHEST,
    THRESHOLD,
    Choice,
    check_begun,
    check_period,
)
from stats.publishing.inputs import are_few, check_reason
from stats.staff.proposals import (
    SERVER,
    TOTAL,
    TOTAL_ALONE,
    TableOfTicks,
    count_and_names,
    latest_answer,
    server_chooses,
    tables_offered,
    ticks,
)
from stats.staff.words import (
    CHANGE_NOTES,
    COUNTS_HELP,
    NO_SUMS,
    REASONS,
    SETTINGS,
    axes,
    release_in_words,
    sums_before,
    sums_offered,
)
from stats.words import ORDER_HELPS, PARAMETER_HELPS

TICK = Text(
    f"Hver tabel er prøvet for sig ({{moment}}) med grænsen {THRESHOLD}; sammen kan de koste mere. Tvivl er, hvor brede de "
    "skjulte tals intervaller er tilsammen, delt med personerne i tabellen.",
    f"Each table was tried by itself ({{moment}}) with the threshold {THRESHOLD}; together they may cost more. Doubt is how wide "
    "the intervals of the hidden figures are together, divided by the persons of the table.",
)
NO_PROPOSALS = Text(
    "For perioden og modtagerne er der endnu ingen forslag at vælge imellem.",
    "For the period and audience there are no proposals to choose from yet.",
)
TICK_SOME = Text(
    "Sæt kryds ved de tabeller, der skal bestilles, eller lad serveren vælge.",
    "Tick the tables to order, or let the server choose.",
)
TICK_ONE_WAY = Text(
    "Enten vælger du tabellerne, eller også gør serveren, eller du bestiller kun det samlede antal.",
    "Either you choose the tables, or the server does, or you order the total alone.",
)
FIRST_PROPOSE = Text("Bed først om forslag.", "Ask for proposals first.")
# The parameters of a choice that staff may order, each with its default. A lower threshold would show in a draft what others hide,
# and drafts with other noise would together tell the noise: those are for whoever has the server (docs/method.md).
PARAMETERS = {"threshold": THRESHOLD}


def number(name: str, least: int, default: int) -> forms.IntegerField:
    """The field of a parameter. Left empty it is the default."""
    return forms.IntegerField(
        label=lazily(SETTINGS[name]),
        required=False,
        min_value=least,
        max_value=HIGHEST,
        initial=default,
        help_text=lazily(PARAMETER_HELPS[name]),
    )


def checked_period(data: Mapping[str, Any]) -> Period:
    """The period of a form, as far as its audience reads it and it has begun. Raises `ReleaseRefused`."""
    period = parse_period(data["period"])
    check_period(data["audience"], period)
    check_begun(period, timezone.localdate())
    return period


class PeriodInput(forms.TextInput):
    """A line for a period, with those that have begun in words to choose from. Several years together are typed."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The line and its list."""
        line = super().render(name, value, {**(attrs or {}), "list": f"{name}-begun"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', begun_periods(timezone.localdate()))
        return format_html('{}<datalist id="{}-begun">{}</datalist>', line, name, options)


def begun_periods(today: date) -> list[tuple[str, Text]]:
    """The years and quarters that have begun, the newest first, each in words."""
    parts = ("", "-Q4", "-Q3", "-Q2", "-Q1")
    periods = [Period.parse(f"{year}{part}") for year in range(today.year, EARLIEST - 1, -1) for part in parts]
    return [(each.id, each.label) for each in periods if each and each.begins <= today]


class ProposalForm(forms.ModelForm):
    """An order of proposals: a period and an audience."""

    class Meta:
        model = BuildOrder
        fields = ("period", "audience")
        widgets: ClassVar = {"period": PeriodInput}
        help_texts: ClassVar = {"period": lazily(ORDER_HELPS["period"])}

    def clean(self) -> dict[str, Any]:
        """The order with its period as builds write it. Raises `ValidationError` for what cannot be proposed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            return {**data, "period": checked_period(data).id}
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class OrderForm(forms.ModelForm):
    """An order of a draft: tables are ticked among proposals, so that nobody orders what was not seen.

    It is checked as far as that is possible without the records.
    """

    tables = forms.MultipleChoiceField()
    sums = forms.MultipleChoiceField()
    threshold = number("threshold", THRESHOLD, THRESHOLD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the tables of the last proposals for the period and audience of the form, where there are any."""
        super().__init__(*args, **kwargs)
        period, audience = (self.data.get(name) or self.initial.get(name) for name in ("period", "audience"))
        audience = (
            audience if audience in (PUBLIC, AUTHORITY) else ""
        )  # what somebody typed into the address is not looked up
        self.answer = answer = latest_answer(period, audience)
        self.fields["tables"] = forms.MultipleChoiceField(
            label=lazily(SETTINGS["tables"]),
            widget=TableOfTicks(answer) if answer else forms.CheckboxSelectMultiple,
            choices=[*choices_without_table(answer), *ticks(answer)] if answer else (),
            help_text=help_of_ticks(answer, period=period, audience=audience),
            error_messages={"required": lazily(TICK_SOME if answer else NO_PROPOSALS)},
        )
        self.fields["sums"] = self.field_of_sums(period, audience)

    def field_of_sums(self, period: object, audience: object) -> forms.MultipleChoiceField:
        """The counts that may come with the release; those of the last vintage are ticked."""
        datasets_offered = sums_offered(period, audience)
        return forms.MultipleChoiceField(
            label=lazily(SETTINGS["sums"]),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=datasets_offered,
            initial=sums_before(period, audience),
            help_text=lazily(COUNTS_HELP if datasets_offered else NO_SUMS),
        )

    def clean_tables(self) -> list[str]:
        """The tables that were ticked, none of them, or that the server chooses. Raises `ValidationError` for two of these."""
        tables: list[str] = self.cleaned_data["tables"]
        if {SERVER, TOTAL} & set(tables) and len(tables) > 1:
            raise forms.ValidationError(str(TICK_ONE_WAY))
        return tables

    @property
    def tables_in_words(self) -> str:
        """Of a valid form the tables that are ordered, or among which the server chooses: how many, and each."""
        if (tables := self.cleaned_data["tables"]) != [SERVER]:
            words = dict([(TOTAL, axes("")), *ticks(self.answer)]) if self.answer else {}
            return count_and_names(words[name] for name in tables)
        return f"{server_chooses(self.answer)} {count_and_names(axes(name) for name in tables_offered(self.answer))}"

    def clean(self) -> dict[str, Any]:
        """The order with its period as builds write it. Raises `ValidationError` for what cannot be built."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if set(self.errors) - {"tables"}:
            return data
        try:
            period = checked_period(data)
            if self.errors:
                return data
            self.instance.choice = choice_of(data, self.answer)
            notes = Text(*(data.get(name, "") for name in CHANGE_NOTES))
            check_notes(notes, needed=vintages_read(data["audience"], period).exists())
            reason = check_reason(Text(*(data.get(name, "") for name in REASONS)))
            if not any(reason) and data["audience"] == PUBLIC:
                check_unopposed(period)
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return {**data, "period": period.id}


def check_unopposed(period: Period) -> None:
    """Raise `ReleaseRefused` where something speaks against publishing a period today: the order has to say why it is right."""
    now = timezone.now()
    behind = rooms_above.reports(period.first, period.last, now)
    if timezone.localdate().replace(day=1) <= period.last:
        raise refuse(
            "Perioden er ikke slut. Begrund på begge sprog, hvorfor tallene alligevel skal udgives.",
            "The period has not ended. Say in both languages why its figures are to be published all the same.",
        )
    if are_few({"persons": behind.as_json()}):
        raise refuse(
            f"{behind.came} af {behind.expected} forventede indberetninger er modtaget. Begrund på begge sprog, hvorfor tallene "
            "alligevel skal udgives.",
            f"{behind.came} of {behind.expected} expected reports have come. Say in both languages why the figures are to be "
            "published all the same.",
        )


def choices_without_table(answer: BuildOrder) -> list[tuple[str, str]]:
    """To let the server choose; of what everybody may read also the total alone."""
    total = [] if answer.audience == AUTHORITY else [(TOTAL, str(TOTAL_ALONE))]
    return [(SERVER, str(server_chooses(answer))), *total]


def help_of_ticks(answer: BuildOrder | None, **choice: object) -> str:
    """What the proposals are that can be ticked; without any, the way to them, which keeps what was chosen."""
    if answer is None:
        fields = urlencode({name: value for name, value in choice.items() if value})
        address = f"{reverse('admin:statistics_buildorder_propose')}?{fields}".rstrip("?")
        return format_html('{} <a href="{}">{}</a>', NO_PROPOSALS, address, FIRST_PROPOSE)
    moment = date_format(timezone.localtime(answer.ordered_at), "DATETIME_FORMAT")
    return str(Text(*(each.format(moment=moment) for each in TICK)))


def choice_of(data: Mapping[str, Any], answer: BuildOrder | None) -> dict[str, Any]:
    """The choice of an order as it is stored: the ticked tables, or those among which the server chooses.

    Parameters that are the default are left out. Raises `ReleaseRefused`.
    """
    parameters = {name: data[name] for name, default in PARAMETERS.items() if data.get(name) not in (None, default)}
    sums = {"sums": data["sums"]} if data.get("sums") else {}
    if data["tables"] == [SERVER]:
        Choice.of([""], **parameters)
        return {"among": tables_offered(answer), **sums, **parameters}
    tables = [""] if data["tables"] == [TOTAL] else data["tables"]
    Choice.of(tables, **parameters)
    return {"tables": tables, **sums, **parameters}


class ReleaseChoice(forms.ModelChoiceField):
    """A choice of a release, by its period, audience and vintage."""

    def label_from_instance(self, obj: Release) -> str:
        """The release in words, with its id."""
        return str(release_in_words(obj))


class ErratumForm(forms.ModelForm):
    """An erratum. It refuses in words what no reader would see."""

    def clean(self) -> dict[str, Any]:
        """The erratum. Raises `ValidationError` for characters that nobody sees."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_characters(Text(data.get("text_da", ""), data.get("text_en", "")))
        except ReleaseRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return data
