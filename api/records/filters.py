"""Filters of a partner's own list, made from the dictionary with django-filter."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from api.http.parameters import wrong
from api.records.shape import MONTH
from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field
from cases.models import Referral, Status
from partners.text import Text

MONTH_EXPECTED = Text("En måned som ÅÅÅÅ-MM.", "A month as YYYY-MM.")


class MonthFilter(django_filters.CharFilter):
    """A bound on a month."""

    def filter(self, queryset: QuerySet[Referral], value: str) -> QuerySet[Referral]:
        """The rows within the bound."""
        return super().filter(queryset, f"{value}-01") if value else queryset


def code_filter(field: CodedField | CodeSetField) -> django_filters.Filter:
    """Equal to a code, or having it in the set."""
    choices = [(code, code) for code in field.allowed]
    words = {"help_text": field.label.en, "choices": choices}
    if isinstance(field, CodeSetField):
        return django_filters.ChoiceFilter(field_name=field.name, method=contains, **words)
    return django_filters.ChoiceFilter(field_name=field.name, **words)


def contains(queryset: QuerySet[Referral], name: str, value: str) -> QuerySet[Referral]:
    """The rows whose set has the code."""
    return queryset.filter(**{f"{name}__contains": [value]})


def filters_of(fields: tuple[Field, ...]) -> dict[str, django_filters.Filter]:
    """A filter for every coded field of a record."""
    return {field.name: code_filter(field) for field in fields if isinstance(field, CodedField | CodeSetField)}


class Bounds(django_filters.FilterSet):
    """What the dictionary does not name: status, and the months between which the referral was made."""

    status = django_filters.ChoiceFilter(choices=[(str(s), str(s)) for s in Status], help_text="Status")
    referred_from = MonthFilter(field_name="referred_in", lookup_expr="gte", help_text="First month, YYYY-MM")
    referred_to = MonthFilter(field_name="referred_in", lookup_expr="lte", help_text="Last month, YYYY-MM")

    class Meta:
        model = Referral
        fields: list[str] = []


ReferralFilters: type[Bounds] = type("ReferralFilters", (Bounds,), dict(filters_of(d.REFERRAL)))
NAMES: tuple[str, ...] = tuple(ReferralFilters.base_filters)


def apply(queryset: QuerySet[Referral], parameters: dict[str, Any]) -> QuerySet[Referral]:
    """The rows that the parameters ask for. Raises `ProblemError` 400 with the allowed codes."""
    for name in ("referred_from", "referred_to"):
        if name in parameters and not (MONTH.fullmatch(parameters[name]) and parameters[name] >= "0001"):
            raise wrong(name, detail=MONTH_EXPECTED)
    chosen = ReferralFilters(parameters, queryset=queryset)
    for name in chosen.form.errors:
        raise wrong(name, [code for code, _ in ReferralFilters.base_filters[name].extra["choices"]])
    for name, value in parameters.items():
        if value == "":
            raise wrong(name)
    rows: QuerySet[Referral] = chosen.qs
    return rows
