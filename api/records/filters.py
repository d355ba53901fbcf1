"""Filters of a partner's own list, made from the dictionary with django-filter, and described from the same."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from api.http.parameters import value_problem
from api.openapi.parts import Parameter
from api.reference.members import ReferralStatus, code_of
from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field
from cases.models import Referral
from cases.months import MONTH
from cases.versions import Status
from core.text import Text

MONTH_EXPECTED = Text("En måned som ÅÅÅÅ-MM.", "A month as YYYY-MM.")
ANY_MONTH = {"type": "string", "pattern": r"^(?!0000)\d{4}-(0[1-9]|1[0-2])$"}


class ChoiceFilter(django_filters.ChoiceFilter):
    """Equal to one of some texts. `of` gives its type in the description; it is a function, since each query copies its filters."""

    def __init__(self, of: Any, values: tuple[str, ...], about: str, **options: Any) -> None:
        super().__init__(choices=[(value, value) for value in values], help_text=about, **options)
        self.of = lambda: of


class MonthFilter(django_filters.CharFilter):
    """A bound on a month."""

    def of(self) -> Any:
        """Its type in the description."""
        return ANY_MONTH

    def filter(self, queryset: QuerySet[Referral], value: str) -> QuerySet[Referral]:
        """The rows within the bound."""
        return super().filter(queryset, f"{value}-01") if value else queryset


def code_filter(field: CodedField | CodeSetField) -> ChoiceFilter:
    """Equal to a code, or having it in the set."""
    kind, codes, label = code_of(field), field.allowed, field.label.en
    if isinstance(field, CodeSetField):
        about = f"{label}: referrals that have this code in the set."
        return ChoiceFilter(kind, codes, about, field_name=field.name, method=contains)
    return ChoiceFilter(kind, codes, label, field_name=field.name)


def contains(queryset: QuerySet[Referral], name: str, value: str) -> QuerySet[Referral]:
    """The rows whose set has the code."""
    return queryset.filter(**{f"{name}__contains": [value]})


def filters_of(fields: tuple[Field, ...]) -> dict[str, ChoiceFilter]:
    """A filter for every coded field of a record."""
    return {field.name: code_filter(field) for field in fields if isinstance(field, CodedField | CodeSetField)}


class Bounds(django_filters.FilterSet):
    """What the dictionary does not name: status, and the months between which the referral was made."""

    status = ChoiceFilter(ReferralStatus, tuple(map(str, Status)), "What the current version is.")
    referred_from = MonthFilter(
        field_name="referred_in", lookup_expr="gte", help_text="The first month of referral, such as `2025-01`."
    )
    referred_to = MonthFilter(
        field_name="referred_in", lookup_expr="lte", help_text="The last month of referral, such as `2025-12`."
    )

    class Meta:
        model = Referral
        fields: list[str] = []


ReferralFilters: type[Bounds] = type("ReferralFilters", (Bounds,), dict(filters_of(d.REFERRAL)))
NAMES: tuple[str, ...] = tuple(ReferralFilters.base_filters)
PARAMETERS: tuple[Parameter, ...] = tuple(
    Parameter(name, each.extra["help_text"], each.of()) for name, each in ReferralFilters.base_filters.items()
)


def apply(queryset: QuerySet[Referral], parameters: dict[str, Any]) -> QuerySet[Referral]:
    """The rows that the parameters ask for. Raises `ProblemError` 400 with the allowed codes."""
    for name in ("referred_from", "referred_to"):
        if name in parameters and not MONTH.fullmatch(parameters[name]):
            raise value_problem(name, detail=MONTH_EXPECTED)
    filterset = ReferralFilters(parameters, queryset=queryset)
    for name in filterset.form.errors:
        raise value_problem(name, [code for code, _ in ReferralFilters.base_filters[name].extra["choices"]])
    for name, value in parameters.items():
        if value == "":
            raise value_problem(name)
    rows: QuerySet[Referral] = filterset.qs
    return rows
