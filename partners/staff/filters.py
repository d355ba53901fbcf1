"""Filters of lists by state, in words: a class names the states, and says what each means in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.text import Text, lazily, say

# In the address of a list: what waits for whoever reads it.
FOR_READER = "mine"
WAITS_FOR_YOU = Text("venter på dig", "waits for you")


class PartnerFilter(admin.RelatedOnlyFieldListFilter):
    """Filters by a partner, of those that have a row. The page of any partner leads to lists that are filtered so."""

    def has_output(self) -> bool:
        """Whether there is something to choose, or somebody chose. Django drops a choice where there is one partner or none."""
        return super().has_output() or self.lookup_val is not None


BY_PARTNER = ("partner", PartnerFilter)


class WordedFilter(admin.SimpleListFilter):
    """Filters a list by one of some words. `choices_offered`: each with its words and its condition, asked when it is used."""

    title = say("tilstand", "state")
    parameter_name = "state"
    choices_offered: ClassVar[Mapping[str, tuple[Text, Callable[[], Q]]]] = {}

    def waits_for(self, user: Any) -> Q | None:
        """What waits for the reader, to which the first page leads; None where a list has no such rows."""
        return None

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        own = [(FOR_READER, lazily(WAITS_FOR_YOU))] if self.waits_for(request.user) is not None else []
        return [*own, *((name, lazily(words)) for name, (words, _) in self.choices_offered.items())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen one; all of them where none is chosen, or one that is not offered."""
        if self.value() == FOR_READER and (condition := self.waits_for(request.user)) is not None:
            return queryset.filter(condition)
        offer = self.choices_offered.get(self.value() or "")
        return queryset.filter(offer[1]()) if offer else queryset


class AddressFilter(WordedFilter):
    """Filters a list by one row that the address names.

    Pages of that row lead here. The list offers no choice: it would be as long as the table.
    """

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        """Find the row first: a list without one does not show the filter."""
        self.row = self.find(request.GET.get(self.parameter_name, ""))
        super().__init__(request, *args)

    def find(self, text: str) -> Any:
        """The row of a text from the address, or None."""
        raise NotImplementedError

    def rows_of(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The row by its name."""
        return [(str(self.row.pk), str(self.row))] if self.row is not None else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What belongs to the row; everything where the address names none."""
        return self.rows_of(queryset, self.row) if self.row is not None else queryset
